"""«Исполнение приказа»: the points on a day, on screen and in Excel, by role and by bad input."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle, District
from nastav.pairs.models import Decision, Pair, PairState
from nastav.people.models import Part
from nastav.plan.models import PlanTarget
from nastav.stages.models import Activity, ActivityRevision, Evidence
from tests import office
from tests.conftest import ClientOf
from tests.execution.conftest import ADDRESS
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_pair, add_person
from tests.support.registers import CANARIES

BOOK = f"{ADDRESS}.xlsx"
MAY = date(2020, 5, 25)
Lines = dict[str, list[str]]


def lines(client: PageClient, query: str = "") -> Lines:
    """Return point → its cells as they are read."""
    rows = soup(client.get(f"{ADDRESS}{query}")).select("#points tbody tr")
    cells = [[cell.get_text(" ", strip=True).replace("\xa0", " ") for cell in row] for row in rows]
    return {row[0]: row[1:] for each in cells if (row := [text for text in each if text])}


def cells(client: PageClient, ref: str, query: str = "") -> str:
    return " | ".join(lines(client, query)[ref])


@pytest.mark.usefixtures("district")
def test_every_point_has_its_state_figures_and_proof(anna: PageClient) -> None:
    found = lines(anna)
    assert list(found) == [
        "1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "3", "Прил. 1", "Прил. 2", "Прил. 3",
    ]  # fmt: skip
    assert "ниже плана" in found["1.1"]
    told = " ".join(found["1.1"])
    assert "40 из 286 наставляемых в 2020 году (14,0 %)" in told
    assert "До плана района не хватает 246 наставляемых, по школам не хватает 246" in told
    assert "Это 1,4 % от 2 852 обучающихся при цели 70 % к 2024 году" in told
    assert "1 из 91 этапа принято, 1 на проверке, 88 в работе или не начато, 1 возвращено" in cells(
        anna, "1.2"
    )
    assert "просрочено 24, из них возвращено 1" in cells(anna, "1.2")
    assert "с нарушением срока" in cells(anna, "1.2")
    assert "3 человека" in cells(anna, "1.3")
    assert "Е. В. Давиденко" in cells(anna, "1.4")
    assert "1 из 13 школ: этап I принят; 1 на проверке. Практик опубликовано 1" in cells(
        anna, "2.1"
    )
    assert (
        "3 из 40 наставляемых в парах и группах участвовали хотя бы в одном из 2 событий"
        in cells(anna, "2.2")
    )
    assert "срок не наступил" in cells(anna, "2.3")
    assert "0 из 1 пары 2020/21 учебного года" in cells(anna, "2.3")
    assert "2 из 3 отправленных этапов проверено: 1 принято, 1 возвращено" in cells(anna, "3")
    # the order's file: what schools must see to
    assert "Вовлечённость наставляемых в социальные, культурные" in cells(anna, "2.2")


@pytest.mark.usefixtures("district")
def test_a_past_day_has_its_own_figures(anna: PageClient) -> None:
    assert "2 из 40" in cells(anna, "2.2", "?on=08.12.2020")
    assert "0 из 286" in cells(anna, "1.1", "?on=30.09.2020")
    assert "Практик опубликовано 0" in cells(anna, "2.1", "?on=30.11")
    page = text_of(anna.get(f"{ADDRESS}?on=30.11.2020"))
    assert "на 30\xa0ноября 2020\xa0г." in page.replace(
        "30 ноября 2020 г.", "30\xa0ноября 2020\xa0г."
    )
    assert "по данным, внесённым на сегодня" in page


@pytest.mark.usefixtures("district")
def test_a_past_day_counts_activities_and_documents_of_that_day(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    with app.app_context(), writing():
        team = db.session.query(Activity).filter_by(key="school_team").one()
        for at, status in ((2, "in_progress"), (4, "done")):
            revision = ActivityRevision(
                school_id=cast.boris_school, activity_id=team.id, actor_name="тест",
                at=datetime(2020, 12, at, 20, 59, tzinfo=UTC),  # 23:59 in the district
                values={"status": status},
            )  # fmt: skip
            db.session.add(revision)
        kept = Evidence(school_id=cast.boris_school, activity_id=team.id, kind="Приказ")
        kept.created_at = datetime(2020, 12, 2, 21, 0, tzinfo=UTC)  # 3 December there
        kept.removed_at = datetime(2020, 12, 4, 21, 0, tzinfo=UTC)
        db.session.add(kept)
    none, some = "0 из 286 мероприятий", "1 из 286 мероприятий"
    for day, said, schools in (("02", none, 0), ("03", none, 1), ("04", some, 1), ("05", some, 0)):
        query = f"?on={day}.12.2020"
        assert said in cells(anna, "Прил. 2", query), day
        assert f"подтверждена документом у {schools} из 13 школ" in cells(anna, "1.3", query), day
        assert f"подтверждающих документов: {schools}" in cells(anna, "1.2", query), day
    first = lines(anna, "?on=01.10.2020")["Прил. 2"]
    assert first[:2] == ["7 этапов, 22 мероприятия", "срок не наступил"]


@pytest.mark.usefixtures("looked_into")
def test_control_names_the_lots_and_the_kept_reports(anna: PageClient) -> None:
    assert (
        "Выборочный контроль: проверено 1, подтверждено 1, ещё не проверено 1 (2 школы). "
        "Сохранены отчёты на 01.10, 01.12."
    ) in cells(anna, "3")
    assert "Выборочная проверка ; Сохранённые отчёты" in cells(anna, "3")
    earlier = cells(anna, "3", "?on=02.12.2020")
    assert "проверено 0, подтверждено 0, ещё не проверено 2 (2 школы)" in earlier
    before = cells(anna, "3", "?on=30.11.2020")
    assert "Выборочный" not in before
    assert "Сохранён отчёт на 01.10." in before
    links = soup(anna.get(ADDRESS)).select("#points a[href*=samples], #points a[href*=reports]")
    assert [anna.get(str(link["href"])).status_code for link in links] == [200, 200]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("22.09.2020", "Приказ издан 23.09.2020: укажите этот день или позже."),
        ("10.12.2020", "Дата ещё не наступила: укажите 09.12.2020 или раньше."),
        ("31.02.2020", "31.02.2020 не существует"),
        ("31.02", "31.02.2020 не существует"),  # of the year that has been, not of the one to come
        ("25.05", "Приказ издан 23.09.2020"),
        ("вчера", "Укажите дату в формате ДД.ММ.ГГГГ"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_today_is_shown(
    anna: PageClient, typed: str, sentence: str
) -> None:
    for address in (ADDRESS, BOOK):
        answer = anna.get(address, query_string={"on": typed})
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        field = soup(answer).select_one("#on")
        assert field
        assert field["value"] == typed


def test_a_first_day_says_what_is_not_there(app: Flask, anna: PageClient) -> None:
    with app.app_context(), writing():
        db.session.query(PlanTarget).delete()
        db.session.get_one(District, 1).coordinator = ""
    found = {ref: row[1] for ref, row in lines(anna).items()}
    assert found["1.1"] == found["1.4"] == found["2.2"] == found["2.3"] == "нет данных"
    assert found["Прил. 1"] == "нет данных"
    assert "План не введён на 2020 год" in cells(anna, "Прил. 1")
    assert "None" not in text_of(anna.get(ADDRESS))


def test_a_decision_not_taken_by_31_august_is_late(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    began = date(2019, 10, 1)
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, part=Part.MENTOR, joined=began)
        people = [add_person(cast.boris_school, joined=began) for _ in range(3)]
        one, two, three = (
            add_pair(cast.boris_school, mentor, [mentee], began, ended=ended)
            for mentee, ended in zip(people, (MAY, MAY, None), strict=True)
        )
        one.decision, two.decision = Decision.CONTINUE, Decision.FINISH
        undecided = three.id
    told = cells(anna, "2.3")
    assert "2 из 3 пар 2019/20 учебного года: продолжены 1, завершены 1. Без решения — 1" in told
    assert "с нарушением срока" in told
    with app.app_context(), writing():
        pair = db.session.get_one(Pair, undecided)
        pair.state, pair.decision, pair.ended = PairState.CLOSED, Decision.FINISH, date(2020, 12, 1)
    assert "3 из 3" in cells(anna, "2.3")
    assert "исполнено" in cells(anna, "2.3")
    assert "2 из 3" in cells(anna, "2.3", "?on=30.11.2020")


@pytest.mark.usefixtures("district")
def test_links_lead_to_what_stands_behind(client_of: ClientOf) -> None:
    for login, journal in (("anna", True), ("gleb", False)):
        client = client_of(login)
        page = soup(client.get(ADDRESS))
        links = {str(link["href"]) for link in page.select("#points a")}
        assert ("/districts/1/journal" in links) is journal
        assert len(links) > 5
        for link in links:
            assert client.get(link).status_code == 200, link


@pytest.mark.usefixtures("district")
def test_rights_and_names(client_of: ClientOf) -> None:
    for address in (ADDRESS, BOOK):
        assert client_of("gleb").get(address).status_code == 200
        assert client_of("boris").get(address).status_code == 403
        assert client_of("galina").get(address).status_code == 403
        assert client_of("anna").get(address.replace("/1/", "/2/")).status_code == 404
    assert CANARIES[0] not in text_of(client_of("gleb").get(ADDRESS))


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.usefixtures("looked_into")
def test_the_workbook_says_what_the_page_says(app: Flask, anna: PageClient, tmp_path: Path) -> None:
    answer = anna.get(f"{BOOK}?on=08.12.2020")
    path = tmp_path / "execution.xlsx"
    path.write_bytes(answer.data)
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    table = [[str(cell.value) for cell in row] for row in sheet.iter_rows(max_col=5)]
    shown = lines(anna, "?on=08.12.2020")
    for ref, what, state, figures, _proof in (row for row in table if row[0] in shown):
        own = shown[ref]
        assert what == own[0]
        assert state.replace(",", "") == own[1]
        assert figures.replace(" ", "") == own[2].replace(" ", "")
    assert len([row for row in table if row[0] in shown]) == len(shown)
    assert "Сохранены отчёты на 01.10, 01.12." in shown["3"][2]
    printed = office.to_pdf([path], tmp_path / "out")[path]
    assert office.pdf_pages(printed) == [(842, 595)]
    assert "Е. А. Соляник" in office.pdf_text(printed)[0].replace("\xa0", " ")
    with app.app_context():
        noted = db.session.query(AuditEntry).filter_by(event="export:downloaded").one()
        assert noted.subject == "execution.xlsx"


def test_the_school_year_is_that_of_the_day(app: Flask, anna: PageClient) -> None:
    anna.fill("/districts/1/settings/cycles", "settings/cycles")  # opens 2021/22
    assert "Сводка по этапам, 2020/21" in cells(anna, "1.2")
    with app.app_context(), writing():
        db.session.query(Cycle).filter_by(first_year=2020).one().first_year = 2019
    assert "Сводка по этапам, 2019/20" in cells(
        anna, "1.2"
    )  # the last one before, where none is open
