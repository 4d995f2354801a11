"""The weekly list: возвращён → просрочен → срок ≤ 3 дней → без наставника | одним нажатием | остальное."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from nastav.coverage.lacking import WeekSheet, Without
from nastav.home.of_people import Waiting, people_tasks
from nastav.home.of_stages import next_due, stage_tasks, unsent_tasks
from nastav.home.records import Return, ReturnedActivity
from nastav.home.steps import Begun, autumn_steps, first_steps
from nastav.home.tasks import MOST, MOST_PRESSES, Group, Task, TaskKind, folded, ordered
from nastav.people.models import Part
from nastav.stages import rules
from nastav.stages.models import ActivityStatus, StageState
from nastav.stages.records import ActivityRow, StageHead, StageLine

TODAY = date(2020, 12, 9)
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII")
HEADS = {
    number: StageHead(
        number, 1, number, "key", roman, "Длинное название", "Название", TODAY, "", "", "", False, 1
    )
    for number, roman in enumerate(ROMANS, start=1)
}
NOBODY = Without(0, 0, 0, 0, 0)


def line(
    ordinal: int,
    due: date,
    state: StageState = StageState.NOT_STARTED,
    fix_by: date | None = None,
    *,
    done: int = 0,
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
        done=done,
        not_required=0,
        total=5,
    )


def of_stages(*lines: StageLine) -> list[Task]:
    return ordered(stage_tasks(lines, HEADS, {}, TODAY))


def kinds(tasks: Iterable[Task]) -> list[tuple[str, int | None]]:
    return [(task.kind.value, task.line.ordinal if task.line else None) for task in tasks]


def declarable(number: int, status: ActivityStatus = ActivityStatus.NOT_STARTED) -> Task:
    before = {"status": "not_started"} if status is ActivityStatus.DONE else None
    row = ActivityRow(
        number, number, "key", "Название", "", None, 0, 1, status, TODAY, "", "", "", before
    )
    return Task(TaskKind.DECLARABLE, "Название", row=row)


# --- stages ---------------------------------------------------------------------------------------


def test_returned_before_overdue_before_soon_before_orphans_before_presses_before_the_week() -> (
    None
):
    waiting = Waiting(Without(4, 2, 0, 1, 1), silent=2, unconsented=2, transferred=1)
    tasks = ordered(
        [
            *people_tasks(waiting),
            declarable(1),
            *of_stages(
                line(1, date(2020, 12, 10)),
                line(2, date(2020, 11, 30)),
                line(3, date(2020, 11, 1), StageState.RETURNED, date(2020, 12, 20)),
                line(4, date(2020, 12, 31), StageState.IN_PROGRESS, done=5),
            ),
        ]
    )
    assert kinds(tasks) == [
        ("returned", 3),
        ("overdue", 2),
        ("due_soon", 1),
        ("without_mentor", None),
        ("declarable", None),
        ("ready", 4),
        ("transferred", None),
        ("undecided", None),
        ("without_pair", None),
        ("without_meetings", None),
        ("without_consent", None),
    ]


def test_within_a_kind_the_earlier_date_comes_first() -> None:
    tasks = of_stages(
        line(1, date(2020, 11, 30)), line(2, date(2020, 11, 15)), line(3, date(2020, 12, 1))
    )
    assert kinds(tasks) == [("overdue", 2), ("overdue", 1), ("overdue", 3)]


@pytest.mark.parametrize(("days", "is_task"), [(0, True), (3, True), (4, False)])
def test_a_deadline_is_a_task_from_three_days_before(days: int, is_task: bool) -> None:
    assert bool(of_stages(line(1, TODAY + timedelta(days)))) is is_task


@pytest.mark.parametrize("state", [StageState.SUBMITTED, StageState.ACCEPTED])
def test_what_was_sent_is_nobodys_task_however_late_or_ready(state: StageState) -> None:
    assert of_stages(line(1, date(2020, 9, 30), state, done=5)) == []


def test_a_past_year_loaded_from_an_order_is_never_a_task() -> None:
    assert of_stages(line(1, date(2020, 11, 30), before_site=True)) == []


def test_a_return_tells_how_many_days_its_own_date_is_past_and_the_remarks() -> None:
    late = line(1, date(2020, 11, 1), StageState.RETURNED, date(2020, 12, 7))
    why = Return("Проверьте даты.", (ReturnedActivity(2, "Нет номера."),))
    (task,) = stage_tasks([late], HEADS, {1: why}, TODAY)
    assert "прошло 2\N{NO-BREAK SPACE}дня" in task.reason
    assert task.remarks == ("Проверьте даты.", "Мероприятие 2: Нет номера.")


def test_a_stage_with_everything_done_is_sent_also_where_it_is_urgent() -> None:
    urgent, calm = of_stages(
        line(1, TODAY, StageState.IN_PROGRESS, done=5),
        line(2, TODAY + timedelta(20), StageState.IN_PROGRESS, done=5),
    )
    assert [task.actions[0].label for task in (urgent, calm)] == ["Проверить и отправить"] * 2
    assert (urgent.group, calm.group) == (Group.URGENT, Group.PRESS)


def test_the_deadlines_to_come_are_of_stages_not_sent_the_nearest_first() -> None:
    lines = [
        line(1, date(2020, 11, 30)),
        line(2, date(2020, 12, 20), StageState.SUBMITTED),
        line(3, date(2021, 2, 1)),
        line(4, date(2020, 12, 31)),
    ]
    assert [ahead.ordinal for ahead in next_due(lines, TODAY)] == [4, 3]
    assert next_due([line(1, date(2021, 1, 1), StageState.ACCEPTED)], TODAY) == []


def test_unsent_stages_of_the_last_past_year_are_one_task_that_names_the_others() -> None:
    (task,) = unsent_tasks({2019: ["III", "VII"], 2018: ["I"], 2017: ["II"]})
    assert task.title == "2\N{NO-BREAK SPACE}этапа 2019/20 не отправлены"
    assert "III и VII" in task.reason
    assert "2018/19 и 2017/18" in task.reason
    assert task.actions[0].room.values == {"cycle": 2019}
    assert unsent_tasks({}) == []


# --- the fold -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("weekly", "presses"), [(10, MOST_PRESSES), (4, 6), (0, 8)])
def test_ten_rows_at_most_before_the_fold_and_what_is_pressed_hides_no_other(
    weekly: int, presses: int
) -> None:
    others = [Task(TaskKind.WITHOUT_CONSENT, "Без согласия")] * weekly
    week = folded([*map(declarable, range(1, 9)), *others])
    shown = {group: len(tasks) for group, tasks in week.groups}
    assert shown.get(Group.PRESS) == presses
    assert shown.get(Group.WEEK, 0) == min(weekly, MOST - presses)
    assert len(week.rest) == 8 + weekly - sum(shown.values())


def test_what_was_declared_stays_in_its_place_whatever_the_number() -> None:
    done = [declarable(number, ActivityStatus.DONE) for number in range(1, 13)]
    week = folded([declarable(20), *done, declarable(21)])
    ((_, shown),) = week.groups
    assert [task.row.ordinal for task in shown if task.row] == [20, *range(1, 13)]
    assert len(week.rest) == 1


def test_a_group_without_tasks_is_not_there_and_only_the_first_is_urgent() -> None:
    assert not folded([]).groups
    assert not folded([declarable(1)]).is_urgent
    assert folded(of_stages(line(1, TODAY))).is_urgent


# --- people and pairs -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waiting", "title", "label"),
    [
        (Waiting(Without(3, 3, 0, 0, 1)), "У группы нет наставника", "Назначить наставника"),
        (Waiting(Without(1, 1, 0, 0, 1)), "У пары нет наставника", "Назначить наставника"),
        (Waiting(Without(5, 5, 0, 0, 2)), "У 2 пар и групп нет наставника", "Назначить наставника"),
        (Waiting(NOBODY, transferred=1), "В школу переводится 1 ученик", "Принять или отказать"),
        (
            Waiting(NOBODY, classes=60),
            "60 учеников числятся в прошлогоднем классе",
            "Перевести в классы",
        ),
        (Waiting(NOBODY, drafts=7), "7 черновиков ждут начала", "Начать пары"),
        (Waiting(NOBODY, named=1), "1 имя ученика ещё не заменено кодом", "Заменить имена"),
        (
            Waiting(NOBODY, week=WeekSheet(2, 9), monday=date(2020, 11, 30)),
            "Лист встреч 30.11–06.12",
            "Заполнить лист",
        ),
        (
            Waiting(NOBODY, answers=("Анкеты в начале работы", "Наставляемые — 12 из 40.")),
            "Анкеты в начале работы",
            "Внести пачку анкет",
        ),
        (
            Waiting(Without(0, 0, 0, 2, 0)),
            "2 пары или группы: решение по п. 2.3 не принято",
            "Записать решения",
        ),
    ],
)
def test_each_thing_that_waits_is_a_task_with_its_button(
    waiting: Waiting, title: str, label: str
) -> None:
    task = people_tasks(waiting)[0]
    assert task.title.replace("\N{NO-BREAK SPACE}", " ") == title
    assert task.actions[0].label == label


def test_doubles_of_other_schools_come_before_those_of_the_own() -> None:
    doubled = {Part.MENTEE: {7}, Part.MENTOR: set[int]()}
    tasks = people_tasks(Waiting(NOBODY, doubled=doubled, twice=2))
    assert [(task.kind, task.part) for task in tasks] == [
        (TaskKind.DOUBLED, Part.MENTEE),
        (TaskKind.DOUBLED, None),
    ]
    assert "2\N{NO-BREAK SPACE}записи" in tasks[1].title


def test_a_week_whose_sheet_is_full_and_a_school_without_pairs_need_no_sheet() -> None:
    assert people_tasks(Waiting(NOBODY, week=WeekSheet(9, 9))) == []
    assert people_tasks(Waiting(NOBODY)) == []


# --- steps ----------------------------------------------------------------------------------------


def test_in_september_what_carries_over_is_led_first_and_is_not_in_the_list_again() -> None:
    tasks = ordered(
        [
            *people_tasks(Waiting(Without(60, 0, 57, 0, 0), classes=60, drafts=7)),
            *unsent_tasks({2020: ["III"]}),
        ]
    )
    steps, rest = autumn_steps(tasks, date(2021, 9, 6))
    assert [step.title for step in steps] == [
        "Перевести классы",
        "Продолжить пары",
        "Закончить прошлый год",
    ]
    assert [task.kind for task in rest] == [TaskKind.WITHOUT_PAIR]
    assert autumn_steps(tasks, date(2021, 10, 1)) == ((), tuple(tasks))
    assert autumn_steps(rest, date(2021, 9, 6)) == ((), rest)


def begun(*, stage: bool = False, mentees: bool = False, mentors: bool = False) -> Begun:
    return Begun(stage=stage, mentees=mentees, mentors=mentors, pairs=False)


def test_a_school_that_begins_is_led_until_it_has_a_stage_people_and_pairs() -> None:
    all_done, due = line(1, date(2020, 11, 30), done=5), date(2020, 11, 30)
    steps = first_steps(begun(stage=True), HEADS[1], all_done)
    assert [step.is_done for step in steps] == [True, False, False]
    assert all(step.needs for step in steps)
    assert steps[1].sample
    sent = first_steps(begun(stage=True), HEADS[1], line(1, due, StageState.SUBMITTED))
    assert sent[0].is_done
    everything = Begun(stage=True, mentees=True, mentors=True, pairs=True)
    assert first_steps(everything, HEADS[1], all_done) == ()


def test_what_is_only_begun_is_no_step_that_is_done() -> None:
    begins = line(1, date(2020, 11, 30), StageState.IN_PROGRESS, done=1)
    steps = first_steps(begun(stage=True, mentees=True), HEADS[1], begins)
    assert [step.is_done for step in steps] == [False, False, False]
    assert steps[0].actions[0].label == "Продолжить этап I"
    assert steps[1].actions[0].room.values == {"book": "mentors"}  # the mentees are there
