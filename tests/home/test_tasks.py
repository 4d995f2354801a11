"""«Сначала это»: возвращён → просрочен → срок ≤ 3 дней → без пары → без встреч."""

from datetime import date, timedelta

import pytest

from nastav.home.tasks import TaskKind, next_due, urgent
from nastav.people.models import Part
from nastav.stages import rules
from nastav.stages.models import StageState
from nastav.stages.records import StageLine

TODAY = date(2020, 12, 9)


def line(
    ordinal: int,
    due: date,
    state: StageState = StageState.NOT_STARTED,
    fix_by: date | None = None,
    *,
    before_site: bool = False,
) -> StageLine:
    return StageLine(
        school_id=1,
        stage_id=ordinal,
        ordinal=ordinal,
        standing=rules.standing(
            state, due=due, fix_by=fix_by, today=TODAY, before_site=before_site
        ),
        version=1,
        fix_by=fix_by,
        submitted_at=None,
        sent_late=None,
        done=0,
        not_required=0,
        total=5,
    )


def task_kinds(
    lines: list[StageLine], without_pair: int = 0, silent: int = 0, without_consent: int = 0
) -> list[tuple[str, int | None]]:
    tasks = urgent(lines, without_pair, TODAY, silent=silent, without_consent=without_consent)
    return [(task.kind.value, task.line.ordinal if task.line else None) for task in tasks]


def test_returned_before_overdue_before_soon_before_without_pair_meetings_consent() -> None:
    lines = [
        line(1, date(2020, 12, 10)),
        line(2, date(2020, 11, 30)),
        line(3, date(2020, 11, 1), StageState.RETURNED, date(2020, 12, 20)),
    ]
    expected = [
        ("returned", 3),
        ("overdue", 2),
        ("due_soon", 1),
        ("without_pair", None),
        ("without_meetings", None),
        ("without_consent", None),
    ]
    assert task_kinds(lines, without_pair=4, silent=2, without_consent=2) == expected


def test_within_a_kind_the_earlier_date_comes_first() -> None:
    lines = [line(1, date(2020, 11, 30)), line(2, date(2020, 11, 15)), line(3, date(2020, 12, 1))]
    assert task_kinds(lines) == [("overdue", 2), ("overdue", 1), ("overdue", 3)]


@pytest.mark.parametrize(("days", "is_task"), [(0, True), (3, True), (4, False)])
def test_a_deadline_is_a_task_from_three_days_before(days: int, is_task: bool) -> None:
    assert bool(task_kinds([line(1, TODAY + timedelta(days))])) is is_task


@pytest.mark.parametrize("state", [StageState.SUBMITTED, StageState.ACCEPTED])
def test_what_was_sent_is_nobodys_task_however_late(state: StageState) -> None:
    assert task_kinds([line(1, date(2020, 9, 30), state)]) == []


def test_a_past_year_loaded_from_an_order_is_never_a_task() -> None:
    assert task_kinds([line(1, date(2020, 11, 30), before_site=True)]) == []


def test_a_return_tells_how_many_days_its_own_date_is_past() -> None:
    late = line(1, date(2020, 11, 1), StageState.RETURNED, date(2020, 12, 7))
    (task,) = urgent([late], 0, TODAY)
    assert (task.kind, task.days) == (TaskKind.RETURNED, 2)


def test_next_due_is_the_nearest_stage_not_yet_sent() -> None:
    lines = [
        line(1, date(2020, 11, 30)),
        line(2, date(2020, 12, 20), StageState.SUBMITTED),
        line(3, date(2021, 2, 1)),
        line(4, date(2020, 12, 31)),
    ]
    found = next_due(lines, TODAY)
    assert found is not None
    assert found.ordinal == 4


def test_nothing_is_due_next_when_everything_is_sent() -> None:
    assert next_due([line(1, date(2021, 1, 1), StageState.ACCEPTED)], TODAY) is None


def test_doubles_of_other_schools_come_before_those_of_the_own() -> None:
    tasks = urgent([], 0, TODAY, doubled={Part.MENTEE: {7}, Part.MENTOR: set()}, twice=2)
    assert [(task.kind, task.people, task.part) for task in tasks] == [
        (TaskKind.DOUBLED, 1, Part.MENTEE),
        (TaskKind.DOUBLED, 2, None),
    ]
