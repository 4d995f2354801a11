"""The matrix on a past day: by the steps that are kept with their day (rules.md#stage)."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from nastav import dates
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.rollup.past.rules import Stood, stood
from nastav.stages.models import SchoolStage, StageState, Step, Transition
from nastav.stages.rules import Taken
from tests.rollup.test_matrix import MATRIX, cell
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.stages import StageOf, put

BOOK = "/districts/1/exports/stages-2020.xlsx"
# the steps of one stage: what, from and to which state, on which day of 2020, and what is kept with it
LIFE: tuple[tuple[Step, str, str, tuple[int, int], dict[str, Any]], ...] = (
    (Step.STARTED, "not_started", "in_progress", (11, 10), {}),
    (Step.SUBMITTED, "in_progress", "submitted", (12, 2), {"days_late": 2}),
    (Step.ACCEPTED, "submitted", "accepted", (12, 3), {"is_undone": True}),
    (Step.UNDONE, "accepted", "submitted", (12, 4), {}),
    (Step.RETURNED, "submitted", "returned", (12, 4), {"fix_by": date(2020, 12, 6)}),
    (Step.SUBMITTED, "returned", "submitted", (12, 8), {"days_late": 2}),
    (Step.ACCEPTED, "submitted", "accepted", (12, 9), {}),
)


@pytest.fixture
def lived(app: Flask) -> None:
    """Let stage I of СОШ №5 live through all of this."""
    with app.app_context(), writing():
        school_id, stage, _ = StageOf("СОШ №5", 1).find()
        row = SchoolStage(
            school_id=school_id, stage_id=stage.id, state=StageState.ACCEPTED, days_late=2
        )
        db.session.add(row)
        db.session.flush()
        for step, before, after, day, more in LIFE:
            kept = Transition(
                school_stage_id=row.id,
                step=step,
                before=StageState(before),
                after=StageState(after),
                day=date(2020, *day),
                actor_name="кто-то",
                **more,
            )
            db.session.add(kept)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("9.11.2020", "state-not_started —"),
        ("10.11.2020", "state-in_progress в работе"),
        ("1.12.2020", "state-overdue −1 дн."),
        ("2.12.2020", "state-submitted провер. поздно"),
        ("3.12", "state-accepted принят поздно"),
        ("4.12.2020", "state-returned возвр. до 06.12"),
        ("7.12.2020", "state-overdue −1 испр. до 06.12"),
        ("8.12.2020", "state-submitted провер. поздно"),
    ],
)
@pytest.mark.usefixtures("lived")
def test_a_stage_stands_as_its_steps_left_it(anna: PageClient, day: str, shown: str) -> None:
    assert cell(anna, "СОШ №5", 1, f"?on={day}") == shown


@pytest.mark.usefixtures("lived")
def test_a_past_day_says_what_it_is_made_of_and_decides_nothing(anna: PageClient) -> None:
    answer = anna.get(f"{MATRIX}?on=4.12.2020&state=returned")
    text = " ".join(text_of(answer).split())
    assert "на 04.12.2020" in text
    assert "По данным, внесённым на сегодня" in text
    page = soup(answer)
    assert not page.select("#decide, #counters a[href*='/overdue'], #counters a[href*='/review']")
    assert page.select_one("#on")["value"] == "04.12.2020"  # type: ignore[index]
    assert page.select(".matrix thead th")[2].get_text(" ").split()[:3] == ["II", "до", "06.12"]
    back = page.select_one(".note a[href$='?state=returned']")
    assert back is not None
    links = [str(link["href"]) for link in page.select("#excel, #show-all")]
    assert links == [f"{BOOK}?on=04.12.2020&state=returned", f"{MATRIX}?on=04.12.2020"]


def test_a_day_to_come_or_no_day_is_refused_where_it_was_typed(anna: PageClient) -> None:
    for typed, sentence in (
        ("10.12.2020", "Дата ещё не наступила"),
        ("31.11.2020", "31.11.2020 не существует"),
        ("22.09.2020", "Приказ издан 23.09.2020: укажите этот день или позже."),
        ("позавчера", "Укажите дату в формате ДД.ММ.ГГГГ"),
    ):
        answer = anna.get(f"{MATRIX}?on={typed}")
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        page = soup(answer)
        assert page.select("#on-error")
        assert page.select_one("#on")["value"] == typed  # type: ignore[index]
        assert page.select("#decide")
        assert anna.get(f"{BOOK}?on={typed}").status_code == 404


def test_deadlines_are_those_that_held_then(anna: PageClient, app: Flask) -> None:
    with app.app_context(), writing():
        _, stage, _ = StageOf("СОШ №5", 1).find()
        for day, old, new in ((1, "2020-11-30", "2020-12-05"), (4, "2020-12-05", "2020-12-07")):
            entry = AuditEntry(
                event="deadline:moved",
                actor_name="Анна",
                district_id=1,
                subject="2020/21, этап I",
                changes={"due": [old, new], "reason": ["", "карантин"]},
            )
            entry.at = datetime(2020, 12, day, 9, tzinfo=UTC)
            db.session.add(entry)
        stage.due = date(2020, 12, 7)
    assert cell(anna, "СОШ №5", 1) == "state-overdue −2 дн."
    assert cell(anna, "СОШ №5", 1, "?on=6.12") == "state-not_started —"
    heading = soup(anna.get(f"{MATRIX}?on=2.12")).select(".matrix thead th")[1]
    assert "05.12" in heading.get_text()
    heading = soup(anna.get(f"{MATRIX}?on=30.11.2020")).select(".matrix thead th")[1]
    assert "сегодня, 30.11" in " ".join(heading.get_text().split())


def test_a_past_day_costs_the_same_few_queries(anna: PageClient, app: Flask) -> None:
    dates.configure(app.config["ZONE"], date(2021, 12, 9))

    def cost(query: str) -> int:
        with statements() as found:
            assert anna.get(MATRIX + query, headers=HTMX).status_code == 200
        return len(found)

    put(app, ("СОШ №5", 1, "accepted"), ("СОШ №5", 2, "returned"), ("СОШ №2", 1, "submitted"))
    # the steps and the deadlines of then; what changed after an acceptance is asked of today alone
    assert cost("?on=1.12.2020") == cost("") + 1


@pytest.mark.usefixtures("lived")
def test_the_workbook_keeps_the_filter_and_the_day(anna: PageClient) -> None:
    answer = anna.get(f"{BOOK}?on=4.12.2020&state=returned&stage=1")
    sheets = load_workbook(BytesIO(answer.data), data_only=True).worksheets
    rows = [[value for value in row if value is not None] for row in sheets[0].values]
    own = next(row for row in rows if row and row[0] == "СОШ №5")
    assert own[1] == "возвращён, исправить до 06.12.2020"
    assert not [row for row in rows if row and row[0] == "СОШ №4"]
    text = " ".join(str(value) for row in rows for value in row)
    assert "Отбор: возвращён, этап I." in text
    assert "на 4 декабря 2020" in text.replace("\xa0", " ")
    assert [sheet.title for sheet in sheets[1:3]] == ["По школам", "По этапам"]
    assert len([row for row in sheets[1].values if str(row[0]).startswith("СОШ")]) == 13


@pytest.mark.usefixtures("lived")
def test_what_is_not_asked_for_stays_empty_in_the_workbook(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №5", 2, "submitted"))
    answer = anna.get(f"{BOOK}?state=submitted")
    rows = list(load_workbook(BytesIO(answer.data), data_only=True).worksheets[0].values)
    own = next(row for row in rows if row[0] == "СОШ №5")
    assert own[1:8] == (None, "на проверке", None, None, None, None, None)
    assert own[9] == 1  # «На проверке», counted of what is shown
    assert own[8] == 0  # the accepted one is not shown


@pytest.mark.usefixtures("lived")
def test_a_swapped_matrix_brings_the_address_of_its_workbook(anna: PageClient) -> None:
    part = soup(anna.get(f"{MATRIX}?on=4.12.2020&overdue=y", headers=HTMX))
    link = part.select_one("#excel[hx-swap-oob]")
    assert link is not None
    assert link["href"] == f"{BOOK}?on=04.12.2020&overdue=y"


@pytest.mark.usefixtures("lived")
def test_how_complete_and_timely_equals_the_screen(anna: PageClient) -> None:
    page = soup(anna.get(MATRIX))
    foot = [row.select("td")[0].get_text() for row in page.select(".matrix tfoot tr")]
    sheet = load_workbook(BytesIO(anna.get(BOOK).data), data_only=True).worksheets[2]
    row = next(row for row in sheet.values if str(row[0]).startswith("I."))
    assert row[1:3] + row[4:5] == (13, 1, 0)
    assert [text.split()[0] for text in foot] == ["1", "0"]


def test_a_decision_taken_back_leaves_no_trace_in_how_a_stage_stands() -> None:
    steps = [
        Taken(1, Step.SUBMITTED, StageState.IN_PROGRESS, StageState.SUBMITTED, 0, None, False),
        Taken(
            2,
            Step.RETURNED,
            StageState.SUBMITTED,
            StageState.RETURNED,
            None,
            date(2020, 12, 6),
            True,
        ),
        Taken(3, Step.UNDONE, StageState.RETURNED, StageState.SUBMITTED, None, None, False),
        Taken(4, Step.WITHDRAWN, StageState.SUBMITTED, StageState.IN_PROGRESS, None, None, False),
        Taken(5, Step.SUBMITTED, StageState.IN_PROGRESS, StageState.SUBMITTED, 3, None, False),
    ]
    assert stood(steps) == Stood(StageState.SUBMITTED, None, 3, None)
    assert stood(steps[:2]) == Stood(StageState.RETURNED, date(2020, 12, 6), 0, None)
    assert stood([]) == Stood(StageState.NOT_STARTED)
