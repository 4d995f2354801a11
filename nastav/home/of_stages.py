"""Tasks that are stages: returned, late, due soon, ready to be sent, activities that can be declared.

Pure, no database. What waits for the coordinator or is accepted is nobody's task here.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from nastav import ru
from nastav.facts.sentences import Room
from nastav.home.records import Return
from nastav.home.tasks import Action, Task, TaskKind
from nastav.stages.models import StageState
from nastav.stages.pages import StagePage
from nastav.stages.records import StageHead, StageLine

SOON = 3  # days before a deadline from which it is urgent
Heads = Mapping[int, StageHead]  # by ordinal


def stage_tasks(
    lines: Sequence[StageLine], heads: Heads, returns: Mapping[int, Return], today: date
) -> list[Task]:
    """Return what is urgent and what is ready among the stages of one school, as they stand on a day.

    Within a kind the earlier binding date comes first.
    """
    waiting = [line for line in lines if not line.is_locked]
    waiting.sort(key=lambda line: (line.standing.due, line.ordinal))
    found = [
        _of_stage(line, heads[line.ordinal], returns.get(line.ordinal, Return()), today)
        for line in waiting
    ]
    return [task for task in found if task]


def press_tasks(pages: Iterable[StagePage]) -> list[Task]:
    """Return the activities that can be declared by one press, and those declared so today.

    The stage with the earlier deadline comes first.
    """
    waiting = [page for page in pages if not page.sheet.is_locked]
    waiting.sort(key=lambda page: (page.sheet.standing.due, page.sheet.head.ordinal))
    return [
        Task(TaskKind.DECLARABLE, row.title, page=page, row=row)
        for page in waiting
        for row in page.declarable
    ]


def unsent_tasks(years: Mapping[int, Sequence[str]]) -> list[Task]:
    """Return a task for the last of the past school years with stages not sent, the others named in it.

    Args:
        years: roman numbers of the stages that were not sent, by first year, the latest first.
    """
    if not years:
        return []
    (year, romans), *earlier = years.items()
    name = ru.school_year(year)
    word = ru.plural(len(romans), "не отправлен", "не отправлены", "не отправлены")
    reason = f"{ru.list_and(romans)}: заполнить и отправить можно, опоздание будет видно."
    if earlier:
        reason += (
            f" Неотправленные есть и в {ru.list_and(ru.school_year(each) for each, _ in earlier)}."
        )
    room = Room("stages.school_stages", {"cycle": year})
    return [
        Task(
            TaskKind.UNSENT,
            f"{ru.counted(len(romans), 'этап', 'этапа', 'этапов')} {name} {word}",
            reason,
            (Action(f"Открыть {name}", room, "stages:read"),),
        )
    ]


def next_due(lines: Sequence[StageLine], today: date) -> list[StageLine]:
    """Return the unsent stages whose deadlines lie ahead, the nearest first."""
    ahead = [line for line in lines if not line.is_locked and line.standing.due >= today]
    return sorted(ahead, key=lambda line: (line.standing.due, line.ordinal))


def _of_stage(line: StageLine, head: StageHead, why: Return, today: date) -> Task | None:
    kind, reason = _urgency(line, today)
    is_ready = 0 < line.total == line.ready
    title = f"Этап {head.roman}. {head.short}"
    if kind is None and is_ready:
        kind, title = TaskKind.READY, f"Этап {head.roman} готов к отправке"
        reason = f"{_progress(line)} Срок — до {ru.date_short(line.standing.due)} включительно."
    if kind is None:
        return None
    remarks = [f"Мероприятие {remark.ordinal}: {remark.text}" for remark in why.remarks]
    said = tuple(filter(None, (why.note, *remarks))) if kind is TaskKind.RETURNED else ()
    actions = _actions(kind, head, is_ready=is_ready)
    return Task(kind, title, reason, actions, line=line, remarks=said)


def _urgency(line: StageLine, today: date) -> tuple[TaskKind | None, str]:
    late, left = line.standing.days_late, (line.standing.due - today).days
    due = ru.date_short(line.standing.due)
    days = ru.counted(late, "день", "дня", "дней")
    if line.state is StageState.RETURNED:
        if late:
            return TaskKind.RETURNED, f"Исправить нужно было до {due}: прошло {days}."
        return TaskKind.RETURNED, f"Исправить и отправить снова до {due} включительно."
    if line.standing.is_overdue:
        return TaskKind.OVERDUE, f"Срок прошёл {due}, {days} назад. {_progress(line)}"
    if 0 <= left <= SOON:
        return TaskKind.DUE_SOON, f"Срок {_soon(left)}, до {due} включительно. {_progress(line)}"
    return None, ""


def _soon(days: int) -> str:
    words = {0: "сегодня", 1: "завтра"}
    return words.get(days, f"через {ru.counted(days, 'день', 'дня', 'дней')}")


def _progress(line: StageLine) -> str:
    return f"Выполнено {line.ready} из {ru.out_of(line.total, 'мероприятия', 'мероприятий')}."


def _actions(kind: TaskKind, head: StageHead, *, is_ready: bool) -> tuple[Action, ...]:
    here = {"ordinal": head.ordinal}
    stage, sheet = Room("stages.stage", here), Room("stages.sheet", here)
    if kind is TaskKind.RETURNED:
        first = Action(f"Исправить этап {head.roman}", stage, "stages:edit")
    elif is_ready:
        check = Room("stages.sending.self_check", here)
        first = Action("Проверить и отправить", check, "stages:edit")
    else:
        first = Action(f"Заполнить этап {head.roman}", stage, "stages:edit")
    return (
        first,
        Action(f"Распечатать этап {head.roman}", sheet, "reports:read"),
        Action(f"Открыть этап {head.roman}", stage, "stages:read"),
    )
