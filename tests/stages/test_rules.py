"""The state table (rules.md#stage), every state and step; lateness; what an activity needs."""

from datetime import date, timedelta

import pytest

from nastav.stages import rules
from nastav.stages.models import ActivityStatus, StageState, Step
from nastav.stages.rules import Gap

N, P, S, A, R = (
    StageState.NOT_STARTED,
    StageState.IN_PROGRESS,
    StageState.SUBMITTED,
    StageState.ACCEPTED,
    StageState.RETURNED,
)
# step → {state before: state after}; what is not named here is forbidden
TABLE = {
    Step.STARTED: {N: P},
    Step.SUBMITTED: {P: S, R: S},
    Step.WITHDRAWN: {S: R},  # it was returned before it was sent
    Step.ACCEPTED: {S: A},
    Step.RETURNED: {S: R},
    Step.REOPENED: {A: R},
    Step.REOPENING_ASKED: {A: A},
}
DUE = date(2020, 11, 30)
TODAY = date(2020, 12, 9)


@pytest.mark.parametrize("step", TABLE)
@pytest.mark.parametrize("before", StageState)
def test_a_step_leads_only_where_the_table_says(step: Step, before: StageState) -> None:
    assert rules.after(step, before, StageState.RETURNED) == TABLE[step].get(before)


def test_withdrawing_gives_back_what_was_before() -> None:
    assert rules.after(Step.WITHDRAWN, S, P) is P
    assert rules.after(Step.WITHDRAWN, S, R) is R


@pytest.mark.parametrize(("days", "late"), [(-1, 0), (0, 0), (1, 1), (9, 9)])
@pytest.mark.parametrize("state", [N, P])
def test_the_deadline_is_inclusive(state: StageState, days: int, late: int) -> None:
    found = rules.standing(state, due=DUE, fix_by=None, today=DUE + timedelta(days=days))
    assert found.days_late == late
    assert found.key == ("overdue" if late else state.value)


@pytest.mark.parametrize("state", [S, A])
def test_what_the_coordinator_holds_is_never_overdue(state: StageState) -> None:
    found = rules.standing(state, due=DUE, fix_by=None, today=DUE + timedelta(days=100))
    assert not found.is_overdue
    assert found.key == state.value


@pytest.mark.parametrize(("today", "late"), [(date(2020, 12, 14), 0), (date(2020, 12, 15), 1)])
def test_a_returned_stage_is_judged_by_fix_by(today: date, late: int) -> None:
    found = rules.standing(R, due=DUE, fix_by=date(2020, 12, 14), today=today)
    assert (found.days_late, found.due) == (late, date(2020, 12, 14))


def test_a_year_before_the_site_is_never_overdue() -> None:
    found = rules.standing(N, due=DUE, fix_by=None, today=date(2026, 1, 1), before_site=True)
    assert not found.is_overdue


@pytest.mark.parametrize(
    ("status", "done_on", "reason", "has_proof", "expected"),
    [
        (ActivityStatus.NOT_STARTED, None, "", False, []),
        (ActivityStatus.IN_PROGRESS, None, "", False, []),
        (ActivityStatus.DONE, None, "", False, [Gap.DATE, Gap.PROOF]),
        (ActivityStatus.DONE, TODAY, "", False, [Gap.PROOF]),
        (ActivityStatus.DONE, TODAY, "", True, []),
        (ActivityStatus.DONE, TODAY + timedelta(days=1), "", True, [Gap.FUTURE]),
        (ActivityStatus.NOT_REQUIRED, None, "", True, [Gap.REASON]),
        (ActivityStatus.NOT_REQUIRED, None, "Нет 9 классов", False, []),
    ],
)
def test_a_status_lacks(
    status: ActivityStatus, done_on: date | None, reason: str, has_proof: bool, expected: list[Gap]
) -> None:
    found = rules.gaps(status, done_on=done_on, reason=reason, has_proof=has_proof, today=TODAY)
    assert found == expected


@pytest.mark.parametrize("status", [ActivityStatus.NOT_STARTED, ActivityStatus.IN_PROGRESS])
def test_an_unfinished_activity_keeps_the_stage_from_being_sent(status: ActivityStatus) -> None:
    found = rules.gaps_for_sending(status, done_on=TODAY, reason="", has_proof=True, today=TODAY)
    assert found == [Gap.STATUS]


def test_the_last_proof_is_known() -> None:
    assert rules.is_last_proof(ActivityStatus.DONE, documents=1, counted=0)
    assert not rules.is_last_proof(ActivityStatus.DONE, documents=2, counted=0)
    assert not rules.is_last_proof(ActivityStatus.DONE, documents=1, counted=3)
    assert not rules.is_last_proof(ActivityStatus.IN_PROGRESS, documents=1, counted=0)
