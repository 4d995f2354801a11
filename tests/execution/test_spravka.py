"""The справка: page, text and document say what the table says, in Russian; one A4 page, to be signed."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import District
from nastav.execution import sentences, spravka
from nastav.execution.facts import Control, Decisions, LateSchool, Participation, Practices
from nastav.plan.models import PlanTarget
from tests import office
from tests.conftest import ClientOf
from tests.execution.conftest import ADDRESS
from tests.execution.test_rules import STAGES, coverage, known
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_group
from tests.support.registers import CANARIES

PAGE = f"{ADDRESS}/spravka"
WORD, TEXT = f"{PAGE}.docx", f"{PAGE}.txt"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


def paragraphs(client: PageClient) -> list[str]:
    """Return the paragraphs of the page."""
    return [plain(each.get_text()) for each in soup(client.get(PAGE)).select(".word > p")]


@pytest.mark.usefixtures("district")
def test_sentences_hold_the_numbers_of_the_table(app: Flask, anna: PageClient, cast: Cast) -> None:
    with app.app_context(), writing():
        add_group(cast.vera_school, 36)
    page = soup(anna.get(PAGE))
    rows = [
        [plain(cell.get_text()) for cell in row.select("th, td")] for row in page.select(".word tr")
    ]
    head, *schools, total = rows
    assert head == ["ОО", "План", "Факт", "%", "Отклонение"]
    assert ["СОШ №2", "35", "36", "102,9 %", "+1"] in schools
    assert ["СОШ №5", "44", "40", "90,9 %", "−4"] in schools
    assert total == ["ИТОГО, сумма по школам", "286", "76", "26,6 %", "−210"]
    told = paragraphs(anna)
    assert told[1] == (
        "В 2020 году в наставнических парах и группах состояли 76 обучающихся при плане 286 (26,6 % "
        "плана); до плана района не хватает 210 детей, по школам не хватает 211. На день справки в парах и "
        "группах 76 детей."
    )
    lacking = sum(max(0, int(row[1]) - int(row[2] if row[2].isdecimal() else 0)) for row in schools)
    assert lacking == 211
    assert told[2].startswith(
        "План выполнила 1 школа из 13: СОШ №2 (36 при плане 35). Ниже плана 12 школ"
    )
    assert f"им вместе не хватает {lacking} детей; больше всего — СОШ №1 (68)" in told[2]
    assert "принято 1, на проверке 1, возвращено 1; просрочено 24 этапа" in told[4]
    assert "По пункту 2.2 в 2 событиях 2020 года участвовали 3 наставляемых." in told[5]


@pytest.mark.usefixtures("looked_into")
def test_page_text_and_document_are_one(anna: PageClient) -> None:
    page = soup(anna.get(PAGE)).select_one(".word")
    assert page
    text = anna.get(TEXT).get_data(as_text=True)
    document = docx.Document(BytesIO(anna.get(WORD).data))
    said = [plain(each.text) for each in document.paragraphs if each.text.strip()]
    whole = plain(page.get_text(" "))
    for each in said:
        assert each in whole
        assert each in plain(text)
    assert (
        "По пункту 3 выборочный контроль: проверено 1, подтверждено 1, ещё не проверено 1 "
        "(2 школы); сохранены отчёты на 01.10, 01.12."
    ) in said
    for row in document.tables[0].rows:
        cells = [plain(cell.text) for cell in row.cells]
        assert "\t".join(cells) in text.replace("\xa0", " ")
        assert " ".join(cells) in whole
    signed = [[cell.text for cell in row.cells] for row in document.tables[1].rows]
    assert [plain(row[2]) for row in signed[::2]] == ["Е. В. Давиденко", "Е. А. Соляник"]
    assert signed[0][0].startswith("Муниципальный координатор, ")
    own = soup(anna.get(PAGE)).select_one("#spravka-text")
    assert own
    assert plain(own.get_text()) == plain(text)
    assert "{" not in whole
    assert "None" not in whole


@pytest.mark.usefixtures("district")
def test_rights_days_journal_and_names(app: Flask, client_of: ClientOf) -> None:
    for address in (PAGE, WORD, TEXT):
        answer = client_of("gleb").get(f"{address}?on=01.12.2020")
        assert answer.status_code == 200
        assert client_of("boris").get(address).status_code == 403
        bad = client_of("anna").get(f"{address}?on=31.02.2020")
        assert bad.status_code == 422
        assert "не существует" in text_of(bad)
        if address != PAGE:
            assert "2020-12-01" in answer.headers["Content-Disposition"]
    assert CANARIES[0] not in client_of("anna").get(TEXT).get_data(as_text=True)
    with app.app_context():
        noted = db.session.query(AuditEntry).filter_by(event="export:downloaded")
        assert {entry.subject for entry in noted} == {"spravka.docx", "spravka.txt"}


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.usefixtures("looked_into")
def test_the_document_is_one_page_and_its_signatures_never_stand_alone(
    app: Flask, anna: PageClient, tmp_path: Path
) -> None:
    usual = tmp_path / "usual.docx"
    usual.write_bytes(anna.get(WORD).data)
    assert anna.get(WORD).data == usual.read_bytes()
    with app.app_context():
        longer = [long_paper(tmp_path, schools) for schools in range(18, 40, 3)]
    printed = office.to_pdf([usual, *longer], tmp_path / "out")
    assert office.pdf_pages(printed[usual]) == [(595, 842)]
    assert "Е. А. Соляник" in plain(office.pdf_text(printed[usual])[0])
    lasts = [plain(office.pdf_text(printed[path])[-1]) for path in longer]
    over = [text for text in lasts if "СПРАВКА" not in text]
    assert 0 < len(over) < len(lasts)  # somewhere among them a page comes to be full
    for text in over:
        assert text.startswith(
            "2 ОО План"
        )  # the page's number, the heading again, at least the total
        for word in ("ИТОГО", "Е. В. Давиденко", "Е. А. Соляник"):
            assert word in text


def long_paper(folder: Path, schools: int) -> Path:
    """Write the справка of a district with so many schools."""
    found = known(coverage(*[(10, 4)] * schools))
    path = folder / f"long-{schools}.docx"
    path.write_bytes(spravka.document(found, db.session.get_one(District, 1)))
    return path


def test_a_first_day_and_a_year_without_a_plan(app: Flask, anna: PageClient, cast: Cast) -> None:
    assert (
        "За 2020 год данных о наставляемых нет при плане 286: школы никого не внесли."
        in paragraphs(anna)
    )
    with app.app_context(), writing():
        db.session.query(PlanTarget).delete()
        add_group(cast.vera_school, 21)
        district = db.session.get_one(District, 1)
        district.signed_by = "Начальник управления"
    told = paragraphs(anna)
    assert told[1].startswith(
        "В 2020 году в наставнических парах и группах состоял 21 обучающийся; план на 2020 год не введён."
    )
    assert told[2] == "План на 2020 год не введён ни у одной школы."
    table = plain(soup(anna.get(PAGE)).select(".word table")[0].get_text(" "))
    assert "СОШ №2 не введён 21 — —" in table


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (1, "состоял 1 обучающийся при плане 60"),
        (2, "состояли 2 обучающихся при плане 60"),
        (21, "состоял 21 обучающийся при плане 60"),
        (60, "план района выполнен."),
    ],
)
def test_numerals_agree(fact: int, said: str) -> None:
    assert said in plain(sentences.coverage(known(coverage((60, fact)))))


def test_control_is_silent_until_somebody_looked_and_names_six_days_at_most() -> None:
    assert sentences.control(known()) == ""
    days = tuple(date(2020, month, 1) for month in range(2, 10))
    assert plain(sentences.control(replace(known(), control=Control(kept=days)))) == (
        "По пункту 3 сохранены отчёты на 01.04, 01.05, 01.06, 01.07, 01.08, 01.09 и ещё 2 раньше."
    )


def test_all_plans_met_and_none() -> None:
    assert plain(sentences.schools(known(coverage((10, 10), (5, 9))))) == (
        "План выполнили 2 школы из 2: СОШ №1 (10 при плане 10) и СОШ №2 (9 при плане 5)."
    )
    assert plain(sentences.schools(known(coverage((10, 9))))) == (
        "План не выполнила ни одна из 1 школы. Ниже плана 1 школа, ей не хватает 1 ребёнка: СОШ №1 (1)."
    )


def test_stages_and_duties_in_words() -> None:
    late = (LateSchool("СОШ №5", ("I",)), LateSchool("СОШ №12", ("I", "II")))
    found = known(stages=replace(STAGES, overdue=3, late=late))
    assert plain(sentences.stages(found)).endswith(
        "просрочено 3 этапа в 2 школах: СОШ №5 (этап I) и СОШ №12 (этапы I и II)."
    )
    assert plain(sentences.stages(known())).endswith("возвращено 0; просроченных нет.")
    one = replace(known(), stages=replace(STAGES, overdue=1, late=late[:1]))
    assert "; просрочен 1 этап в 1 школе: СОШ №5 (этап I)." in plain(sentences.stages(one))
    found = replace(
        known(),
        practices=Practices(7, 7),
        participation=Participation(1, 1, 1),
        decisions=Decisions(2019, 74, 256, 0),
    )
    assert plain(sentences.duties(found)) == (
        "По пункту 2.1 опубликовано 7 практик из 7 школ. По пункту 2.2 в 1 событии 2020 года участвовал 1 "
        "наставляемый. По пункту 2.3 решение принято по всем 330 парам 2019/20 учебного года: 74 "
        "продолжены, 256 завершены."
    )
    older = replace(found, decisions=Decisions(2019, 1, 1, 0, earlier=2))
    assert "по 2 из 2 пар 2019/20 учебного года: 1 продолжена, 1 завершена; срок прошёл" in plain(
        sentences.duties(older)
    )
    assert plain(sentences.duties(older)).endswith("без решения 2 пары.")
    early = replace(found, decisions=Decisions(2020, 0, 0, 1), on=date(2020, 12, 9))
    assert (
        "по 0 из 1 пары 2020/21 учебного года: 0 продолжены, 0 завершены; срок решения — 31.08.2021"
        in plain(sentences.duties(early))
    )
