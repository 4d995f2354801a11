"""What came late stays said: the first sending, the mending, the deadline that held, and old sendings."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from nastav import dates
from nastav.db import db, writing
from nastav.stages import rules
from nastav.stages.models import Stage, StageState, Step, Transition
from nastav.stages.sending.operations import submit_stage, withdraw_stage
from tests.stages.stand import Stand
from tests.support.pages import PageClient, text_of

S, A, R = StageState.SUBMITTED, StageState.ACCEPTED, StageState.RETURNED


def send(stand: Stand, day: date) -> None:
    dates.configure(fixed=day)
    with stand.app.app_context(), writing():
        sheet = stand._sheet(1)
        submit_stage(stand.cast.actor("boris"), sheet, version=sheet.version)


def take_back(stand: Stand) -> None:
    with stand.app.app_context(), writing():
        sheet = stand._sheet(1)
        withdraw_stage(stand.cast.actor("boris"), sheet, version=sheet.version)


def returned(stand: Stand) -> None:
    """A stage sent in time, returned to be mended by 14.12.2020."""
    dates.configure(fixed=date(2020, 11, 30))
    stand.put(1, R)


@pytest.mark.parametrize(("day", "late"), [(date(2020, 12, 14), 0), (date(2020, 12, 16), 2)])
def test_mending_is_stamped_like_the_first_sending(stand: Stand, day: date, late: int) -> None:
    returned(stand)
    assert stand.sheet(1).fix_late is None
    send(stand, day)
    assert (stand.sheet(1).sent_late, stand.sheet(1).fix_late) == (0, late)
    stand.decide(1, A)
    assert stand.sheet(1).fix_late == late


def test_what_was_taken_back_is_judged_anew(stand: Stand) -> None:
    returned(stand)
    send(stand, date(2020, 12, 20))
    take_back(stand)
    assert stand.sheet(1).fix_late is None
    send(stand, date(2020, 12, 15))
    assert stand.sheet(1).fix_late == 1


def test_a_later_return_in_time_does_not_wash_the_mark_off(stand: Stand) -> None:
    returned(stand)
    send(stand, date(2020, 12, 17))
    stand.decide(1, R)
    dates.configure(fixed=date(2020, 12, 14))
    send(stand, date(2020, 12, 14))
    stand.decide(1, A)
    assert stand.sheet(1).fix_late == 3


def test_the_mark_stands_everywhere_after_acceptance_too(
    stand: Stand, boris: PageClient, anna: PageClient
) -> None:
    dates.configure(fixed=date(2020, 12, 2))
    stand.put(1, S)
    queue = text_of(anna.get("/districts/1/review"))
    assert "отправлен с опозданием на 2 дня" in queue
    stand.decide(1, A)
    for client in (boris, anna):
        page = text_of(client.get(stand.url(1)))
        assert "принят поздно" in page
        assert "с опозданием на 2 дня" in page
    stages = boris.get(f"/schools/{stand.cast.boris_school}/2020/stages")
    assert "принят поздно" in text_of(stages)
    assert "принят поздно" in text_of(anna.get("/districts/1/2020/stages"))
    assert "с опозданием на 2 дня" in text_of(boris.get(stand.url(1, "/print")))
    history = text_of(boris.get(stand.url(1, "/history")))
    assert "Отправлен на проверку с опозданием на 2 дня (срок — 30.11.2020)" in history


def test_what_came_in_time_has_no_mark(stand: Stand, boris: PageClient, anna: PageClient) -> None:
    dates.configure(fixed=date(2020, 11, 30))
    stand.put(1, A)
    for page in (boris.get(stand.url(1)), anna.get("/districts/1/2020/stages")):
        assert "принят поздно" not in text_of(page)


def test_mending_late_is_said_on_the_stage_and_in_the_queue(
    stand: Stand, boris: PageClient, anna: PageClient
) -> None:
    returned(stand)
    send(stand, date(2020, 12, 16))
    assert "исправлен с опозданием на 2 дня" in text_of(anna.get("/districts/1/review"))
    assert "исправлен с опозданием на 2 дня" in text_of(boris.get(stand.url(1)))
    assert "Исправлен с опозданием на 2 дня" in text_of(boris.get(stand.url(1, "/sent")))


def test_the_deadline_that_held_is_named_once_it_was_moved(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    dates.configure(fixed=date(2020, 12, 2))
    stand.put(1, S)
    assert "срок тогда" not in text_of(boris.get(stand.url(1)))
    with app.app_context(), writing():
        stage = db.session.scalars(select(Stage).filter_by(ordinal=1)).first()
        assert stage
        stage.due = date(2020, 12, 10)
    for rest in ("", "/print"):
        assert "с опозданием на 2 дня (срок тогда — 30.11.2020)" in text_of(
            boris.get(stand.url(1, rest))
        )
    assert "до 30.11.2020 включительно" in text_of(boris.get(stand.url(1, "/sent")))


# --- the rule, over any life of a stage -----------------------------------------------------------


def step(
    kind: Step, before: StageState, late: int | None = None, *, undone: bool = False
) -> Transition:
    return Transition(step=kind, before=before, days_late=late, is_undone=undone)


def test_an_undone_decision_leaves_the_sending_waiting() -> None:
    life = [step(Step.SUBMITTED, R, 4), step(Step.ACCEPTED, S, undone=True), step(Step.UNDONE, A)]
    assert rules.days_late_after_return(life) == 4
    assert rules.days_late_after_return([*life, step(Step.WITHDRAWN, S)]) is None


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=8))
def test_the_worst_that_was_decided_or_waits_is_kept(sendings: list[tuple[int, bool]]) -> None:
    life, kept = [step(Step.SUBMITTED, StageState.IN_PROGRESS, 99), step(Step.RETURNED, S)], []
    for late, is_withdrawn in sendings:
        life.append(step(Step.SUBMITTED, R, late))
        life.append(step(Step.WITHDRAWN if is_withdrawn else Step.RETURNED, S))
        kept += [] if is_withdrawn else [late]
    assert rules.days_late_after_return(life) == max(kept, default=None)


def test_each_sending_keeps_what_it_was_judged_by(app: Flask, stand: Stand) -> None:
    returned(stand)
    send(stand, date(2020, 12, 16))
    with app.app_context():
        rows = select(Transition.due, Transition.days_late).filter_by(step=Step.SUBMITTED)
        found = [tuple(row) for row in db.session.execute(rows.order_by(Transition.id))]
    assert found == [(date(2020, 11, 30), 0), (date(2020, 12, 14), 2)]
