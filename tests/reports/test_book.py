"""«Отчёт на дату»: the page, the book, each part alone; by role, by day and by bad input."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from openpyxl import load_workbook

from nastav.audit.models import AuditEntry
from nastav.consents.models import Consent, Signer
from nastav.db import db, writing
from nastav.district.models import Cycle, District
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.people.models import Kind, Part
from nastav.plan.models import PlanTarget, PlanYear
from nastav.reports.figures import figures
from nastav.reports.queries import material
from nastav.stages.models import Activity, ActivityRevision, Stage
from tests import office
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_pair, add_person
from tests.support.registers import CANARIES
from tests.support.stages import put

PAGE, BOOK = "/districts/1/reports", "/districts/1/reports/book.xlsx"
SHEETS = [
    "Сводка", "Охват", "Кто посчитан", "Не вошли в счёт", "По неделям", "До плана по школам",
    "План 2020–2024", "План, наставляемые", "План, наставники", "Этапы", "Просрочено", "Мониторинг",
    "Обратная связь", "Оценки", "Исполнение", "Как считалось",
]  # fmt: skip
ALONE = {
    "summary": SHEETS[:1],
    "coverage": SHEETS[1:6],
    "plan": SHEETS[6:9],
    "stages": SHEETS[9:10],
    "overdue": SHEETS[10:11],
    "monitoring": SHEETS[11:12],
    "feedback": SHEETS[12:14],
    "execution": SHEETS[14:15],
    "how": SHEETS[15:],
}
Table = list[list[Any]]


def sheets(client: PageClient, query: str = "") -> dict[str, Table]:
    """Return the sheets of the book, values as the site counted them, no-break spaces plain."""
    book = load_workbook(BytesIO(client.get(f"{BOOK}{query}").data), data_only=True)
    return {sheet.title: table(sheet) for sheet in book}


def table(sheet: Any) -> Table:
    return [
        [cell.replace("\xa0", " ") if isinstance(cell, str) else cell for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def row(found: Table, *begins: str) -> list[Any]:
    return next(line for line in found if line[: len(begins)] == list(begins))


@pytest.mark.usefixtures("district")
def test_the_book_holds_nine_parts_and_each_can_be_taken_alone(anna: PageClient) -> None:
    assert list(sheets(anna)) == SHEETS
    links = [str(link["href"]) for link in soup(anna.get(PAGE)).select(".sheet-list a")]
    assert links == [f"{BOOK}?sheet={key}" for key in ALONE]
    for key, names in ALONE.items():
        assert list(sheets(anna, f"?sheet={key}")) == names
    assert anna.get(f"{BOOK}?sheet=nothing").status_code == 404


@pytest.mark.usefixtures("district")
def test_the_page_says_what_each_part_is(anna: PageClient) -> None:
    said = [
        item.get_text(" ", strip=True) for item in soup(anna.get(PAGE)).select(".sheet-list li")
    ]
    told = " | ".join(said).replace("\xa0", " ")
    assert "13 школ, две строки ИТОГО" in told
    assert "5 лет (2020–2024)" in told
    assert "286 строк: школа, этап, мероприятие" in told
    assert "24 этапа, 13 школ" in told
    assert "доля 7 из 10 и выше" in told


@pytest.mark.usefixtures("district")
def test_parts_say_the_same_as_their_screens(anna: PageClient) -> None:
    found = sheets(anna)
    assert row(found["Сводка"], "Охвачено наставляемых")[1:3] == [286, 40]
    assert row(found["Сводка"], "Просрочено")[1:3] == [91, 24]
    assert row(found["Охват"], "СОШ №5")[1:3] == row(found["План, наставляемые"], "СОШ №5")[1:3]
    assert row(found["План, наставляемые"], "ИТОГО, сумма по школам")[1:4] == [286, 40, 715]
    assert row(found["План, наставляемые"], "ИТОГО по приказу")[1] == 285
    assert len([line for line in found["Этапы"] if str(line[0]).startswith("СОШ")]) == 286
    late = [line for line in found["Просрочено"] if str(line[0]).startswith("СОШ")]
    assert (len(late), row(found["Просрочено"], "ИТОГО этапов")[4]) == (24, 24)
    points = soup(anna.get("/districts/1/execution")).select("#points tbody th")
    refs = [point.get_text().replace("\xa0", " ") for point in points]
    listed = [line[0] for line in found["Исполнение"] if line[2]]
    assert listed == ["Пункт", *refs]


def put_an_adult_pair(school_id: int) -> None:
    """A young teacher with a consent, led by an employer who was trained twice; and one in no pair."""
    mentor = add_person(school_id, part=Part.MENTOR, kind=Kind.EMPLOYER)
    mentee = add_person(school_id, kind=Kind.TEACHER)
    add_pair(school_id, mentor, [mentee], date(2020, 10, 5))
    add_person(school_id)
    for day in (date(2020, 12, 1), date(2020, 12, 9)):
        training = Training(school_id=school_id, held_on=day, hours=4, programme="Основы")
        db.session.add(training)
        db.session.flush()
        db.session.add(TrainingAttendance(training_id=training.id, person_id=mentor.id))
    paper = Consent(person_id=mentee.id, school_id=school_id, signer=Signer.OWN)
    paper.signed_on = date(2020, 10, 1)
    db.session.add(paper)


def test_monitoring_counts_by_organisation_and_form(
    anna: PageClient, app: Flask, cast: Cast
) -> None:
    with app.app_context(), writing():
        put_an_adult_pair(cast.boris_school)
    lines = sheets(anna, "?sheet=monitoring")["Мониторинг"]
    own = [line for line in lines if line[0] == "СОШ №5"]
    assert [line[2:] for line in own] == [[1, 1, 1, 0, 0, 1, 1, 2, 1, 1]] * 2
    district = lines[lines.index(own[-1]) + 1 :]
    assert district[1][2:] == own[-1][2:]
    before = sheets(anna, "?sheet=monitoring&on=30.11.2020")["Мониторинг"]
    assert row(before, "СОШ №5")[7:9] == [0, 1]


def test_stages_of_a_past_day_are_as_the_last_save_left_them(
    anna: PageClient, app: Flask, cast: Cast
) -> None:
    with app.app_context(), writing():
        first = db.session.query(Activity).order_by(Activity.stage_id, Activity.ordinal).first()
        assert first
        saves = (
            (
                datetime(2020, 11, 30, 20, 59, tzinfo=UTC),
                "in_progress",
                [],
            ),  # 23:59 in the district
            (datetime(2020, 12, 1, 21, 0, tzinfo=UTC), "done", ["Приказ № 1 от 01.12.2020"]),
        )
        for at, status, documents in saves:
            values = {"status": status, "done_on": None, "documents": documents}
            values["responsible"] = "А. А. Жёлобов"
            revision = ActivityRevision(school_id=cast.boris_school, activity_id=first.id, at=at)
            revision.actor_name, revision.values = "тест", values
            db.session.add(revision)

    def on(day: str) -> list[Any]:
        return row(sheets(anna, f"?sheet=stages&on={day}")["Этапы"], "СОШ №5", "I")[4:]

    assert on("29.11.2020") == ["не начато", None, None, None]
    assert on("30.11.2020") == on("01.12.2020") == ["в работе", None, "А. А. Жёлобов", None]
    assert on("02.12.2020") == ["выполнено", None, "А. А. Жёлобов", "Приказ № 1 от 01.12.2020"]
    put(app, ("СОШ №5", 1, "accepted"))
    today = row(sheets(anna, "?sheet=stages")["Этапы"], "СОШ №5", "I")
    assert today[4] == "выполнено"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("22.09.2020", "Приказ издан 23.09.2020: укажите этот день или позже."),
        ("10.12.2020", "Дата ещё не наступила: укажите 09.12.2020 или раньше."),
        ("31.02.2020", "31.02.2020 не существует"),
        ("вчера", "ДД.ММ.ГГГГ"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_no_file_is_given(
    anna: PageClient, typed: str, sentence: str
) -> None:
    for address in (PAGE, BOOK):
        answer = anna.get(address, query_string={"on": typed})
        assert answer.status_code == 422
        assert sentence in text_of(answer).replace("\xa0", " ")
        field = soup(answer).select_one("input[name=on]")
        assert field is not None
        assert field["value"] == typed


def test_a_district_on_its_first_day_has_a_book_with_empty_tables(
    app: Flask, anna: PageClient
) -> None:
    with app.app_context(), writing():
        for model in (PlanTarget, PlanYear, Activity, Stage, Cycle):
            db.session.query(model).delete()
    assert "учебный год не открыт" in text_of(anna.get(PAGE))
    found = sheets(anna)
    assert row(found["Этапы"], "Записей нет")
    assert "Учебный год на эту дату не открыт: этапов нет." in str(found["Просрочено"])
    assert "План не введён: 2020 год." in str(found["План, наставляемые"])
    assert row(found["Сводка"], "Охвачено наставляемых")[1:3] == ["—", "нет данных"]


@pytest.mark.usefixtures("district")
def test_a_download_is_noted_and_named_by_its_day(anna: PageClient, app: Flask) -> None:
    answer = anna.get(f"{BOOK}?on=30.11.2020")
    disposition = answer.headers["Content-Disposition"]
    assert "Отчёт на 30.11.2020.xlsx" in unquote(disposition)
    assert 'filename="report-2020-11-30.xlsx"' in disposition
    anna.get(f"{BOOK}?sheet=plan")
    with app.app_context():
        entries = db.session.query(AuditEntry).filter_by(event="export:downloaded").all()
    assert [entry.subject for entry in entries] == [
        "report-2020-11-30.xlsx", "report-plan-2020-12-09.xlsx",
    ]  # fmt: skip


def test_the_observer_reads_and_a_school_does_not(client_of: ClientOf) -> None:
    for address in (PAGE, BOOK):
        assert client_of("gleb").get(address).status_code == 200
        assert client_of("boris").get(address).status_code == 403
        assert client_of("anna").get(address.replace("/1/", "/2/")).status_code == 404


@pytest.mark.usefixtures("district")
def test_the_book_says_no_childs_name(anna: PageClient) -> None:
    said = str(sheets(anna))
    assert not [name for name in CANARIES if name in said]


@pytest.mark.usefixtures("district")
def test_figures_have_keys_of_their_own(app: Flask) -> None:
    with app.test_request_context():
        found = figures(material(db.session.get_one(District, 1), date(2020, 12, 9)))
    keys = [figure.key for figure in found]
    assert len(keys) == len(set(keys))
    assert len({figure.label for figure in found}) == len(found)


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.usefixtures("district")
def test_the_book_is_the_same_once_recalculated(anna: PageClient, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(anna.get(BOOK).data)
    counted = office.recalculate([path], tmp_path)[path]
    assert office.wrong_results(path, counted) == []
    assert row(table(load_workbook(counted, data_only=True)["Охват"]), "СОШ №5")[2] == 40
