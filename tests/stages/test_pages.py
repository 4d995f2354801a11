"""The list, the page of a stage, facts, history, paper; the cost in queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from nastav.db import db, writing
from nastav.pairs.models import PairState
from nastav.people.models import Kind, Part
from nastav.stages.models import StageState
from tests.stages.stand import DONE, Stand
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_meeting, add_pair, add_person


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_the_list_shows_seven_stages_with_deadline_and_state(
    stand: Stand, boris: PageClient
) -> None:
    stand.put(1, StageState.RETURNED)
    stand.put(3, StageState.SUBMITTED)
    rows = [
        " ".join(row.get_text(" ").split())
        for row in soup(boris.get("/schools/4/stages", follow_redirects=True)).select(".tasks > li")
    ]
    assert len(rows) == 7
    assert "возвращён" in rows[0]
    assert "Исправить до 14.12.2020 включительно" in rows[0]
    assert "просрочен на 3 дня" in rows[1]
    assert "на проверке" in rows[2]
    assert "Выполнено 2 из 2 мероприятий" in rows[2]
    assert "Срок — до 25.05.2021 включительно" in rows[6]


def test_an_impossible_date_of_the_order_is_explained(stand: Stand, boris: PageClient) -> None:
    text = text_of(boris.get(stand.url(1)))
    assert "Срок — до 30.11.2020 включительно" in text
    assert "«до 31 ноября»" in text
    assert "31 ноября не бывает" in text


def test_facts_are_counted_and_never_tick_anything(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    with app.app_context(), writing():
        school = stand.cast.boris_school
        for _ in range(3):
            add_person(school)
        add_person(school, is_mistake=True)
        add_person(school, joined=date(2019, 9, 1), left=date(2020, 8, 31))
        add_person(stand.cast.vera_school)
        add_person(school, part=Part.MENTOR, kind=Kind.TEACHER)
    page = boris.get(stand.url(2))
    assert "В базе за учебный год 3 наставляемых, план 2020 года — 44" in text_of(page)
    assert soup(page).select_one(f"a[href='/schools/{school}/mentees']")
    assert "В базе за учебный год 1 наставник, из них учеников: 0, план 2020 года — 2" in text_of(
        boris.get(stand.url(3))
    )
    assert stand.sheet(2).version == 0


def test_pairs_count_without_drafts_and_goals_apart(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    with app.app_context(), writing():
        school = stand.cast.boris_school
        add_pair(school, None, [], state=PairState.DRAFT)
        add_pair(school, None, []).goal = "Сдать проект"
        add_pair(school, None, [], date(2020, 6, 1), ended=date(2020, 9, 1))  # of the summer
        add_pair(school, None, [], date(2020, 5, 1), ended=date(2020, 9, 1))  # counted to 31.08
        add_pair(school, None, [], date(2020, 5, 1), ended=date(2020, 8, 31))
    text = text_of(boris.get(stand.url(6)))
    assert "Пар и групп в 2020/21 учебном году: 2" in text
    assert "Цель указана у 1 из 2 пар и групп" in text
    assert "В начале и в ходе работы за 2020/21 учебный год внесено: 0 анкет" in text


def test_the_stage_of_the_pairs_work_says_who_has_met(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    with app.app_context(), writing():
        school = stand.cast.boris_school
        pairs = [add_pair(school, None, [], date(2020, 8, 1)) for _ in range(3)]
        for pair, day in ((0, date(2020, 12, 1)), (0, date(2020, 12, 8)), (1, date(2020, 8, 31))):
            add_meeting(pairs[pair], day, [])
        add_meeting(pairs[2], date(2020, 12, 1), [], is_deleted=True)
        add_meeting(add_pair(school, None, [], state=PairState.DRAFT), date(2020, 12, 1), [])
    said = "Пар и групп в 2020/21 учебном году: 3; встречались 1, записано встреч: 2"
    assert said in text_of(boris.get(stand.url(6)))
    assert "записано встреч" not in text_of(boris.get(stand.url(5)))


def test_a_missing_plan_is_said_and_the_coordinator_may_enter_it(
    app: Flask, stand: Stand, boris: PageClient, anna: PageClient
) -> None:
    with app.app_context(), writing():
        db.session.execute(db.text("DELETE FROM plan_target WHERE year = 2020"))
    assert "План на 2020 год не введён" in text_of(boris.get(stand.url(2)))
    assert "Ввести план" not in text_of(boris.get(stand.url(2)))
    assert "Ввести план" in text_of(anna.get(stand.url(2)))


def test_the_district_is_led_to_the_coverage_and_not_to_the_register(
    stand: Stand, anna: PageClient
) -> None:
    links = {str(link["href"]) for link in soup(anna.get(stand.url(2))).select("main .fact a")}
    assert links == {f"/schools/{stand.cast.boris_school}/coverage/2020"}


def test_the_history_keeps_old_and_new(stand: Stand, boris: PageClient) -> None:
    boris.fill(stand.url(1, "/activities/1/edit"), "/edit", **DONE)
    boris.fill(stand.url(1, "/activities/1/edit"), "/edit", responsible="Громова Г. Г.")
    text = text_of(boris.get(stand.url(1, "/history")))
    assert "Школа начала этап. Борис Белов" in text
    assert "Ответственный: было Белов Б. Б. → стало Громова Г. Г." in text
    assert "Статус: было — → стало выполнено" in text
    assert "09.12.2020" in text


def test_a_sample_is_filled_in_and_says_that_it_is_one(stand: Stand, boris: PageClient) -> None:
    sample = boris.get(stand.url(1, "/print?sample=1"))
    text = text_of(sample)
    assert "Образец. Номера, даты и фамилии вымышлены." in text
    assert "Выполнено 5 из 5 мероприятий" in text
    assert "Этап не начат" not in text
    for row in soup(sample).select("tbody tr"):
        assert "—" not in [cell.get_text(strip=True) for cell in row.select("td")]
    assert "Образец" not in text_of(boris.get(stand.url(1, "/print")))
    assert stand.sheet(1).done == 0  # nothing was saved


def test_the_sheet_has_its_header_and_a_line_to_sign(stand: Stand, galina: PageClient) -> None:
    stand.put(1, StageState.ACCEPTED)
    text = text_of(galina.get(stand.url(1, "/print")))
    for part in (
        "Приложение к отчёту об исполнении приказа от 23.09.2020 № 428",
        "Лист выполнения этапа I",
        "по состоянию на 9 декабря 2020 г.",
        "Приказ № 145 от 12.10.2020",
        "Директор СОШ №5",
        "(подпись)",
    ):
        assert part in text.replace("\xa0", " ")


@pytest.mark.parametrize("rest", ["", "/print", "/submit", "/history"])
def test_a_full_stage_costs_as_many_queries_as_an_empty_one(
    app: Flask, stand: Stand, boris: PageClient, rest: str
) -> None:
    stand.put(6, StageState.IN_PROGRESS)
    with counted(app) as few:
        boris.get(stand.url(6, rest))
    for number in range(1, 7):
        for kind in ("Приказ", "Справка"):
            boris.send(stand.url(6, f"/activities/{number}/documents/new"), {"kind": kind})
    with counted(app) as many:
        boris.get(stand.url(6, rest))
    assert len(many) == len(few)
    assert len(few) <= 19  # one of them for the seven stages in the header


def test_a_saved_row_costs_the_same_in_a_short_and_a_long_stage(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    costs = []
    for ordinal in (7, 6):  # four activities and six; both are about people in pairs
        page = boris.get(stand.url(ordinal, "/activities/1/edit"))
        with counted(app) as sent:
            boris.fill(page, "/edit", **DONE)
        costs.append(len(sent))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("state", "shown"),
    [(StageState.IN_PROGRESS, 0), (StageState.SUBMITTED, 1), (StageState.ACCEPTED, 1)],
)
def test_only_the_coordinator_is_led_to_the_review(
    stand: Stand, anna: PageClient, gleb: PageClient, state: StageState, shown: int
) -> None:
    stand.put(1, state)
    link = f"a[href='{stand.url(1, '/review')}']"
    assert len(soup(anna.get(stand.url(1))).select(link)) == shown
    assert not soup(gleb.get(stand.url(1))).select(link)
