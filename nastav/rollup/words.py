"""What a cell of the matrix says: short on the screen, in full for screen readers and Excel.

State and lateness are two facts (rules.md#state-and-lateness): in full both are said, the state first;
short, lateness comes first and the reason beside it.
"""

from nastav import ru, terms
from nastav.stages.models import StageState
from nastav.stages.records import StageLine
from nastav.stages.rules import LOCKED

CHANGED = "изменён после приёмки"
LATE = "поздно"  # of what waits or is accepted: that it came past its date stays said
_SHORT = {
    StageState.NOT_STARTED: ru.DASH,
    StageState.SUBMITTED: "провер.",
    StageState.ACCEPTED: terms.STAGE_STATES["accepted"],
    StageState.RETURNED: "возвр.",
}


def short(line: StageLine) -> str:
    """Return «−9 дн.», or in time «возвр.», «провер.», «3 из 5», «—», «принят».

    Late against «исправить до» it is «−4»: that day stands beside it (`reason`).
    """
    if line.standing.is_overdue:
        is_returned = line.state is StageState.RETURNED
        days = line.standing.days_late
        return ru.number(-days) if is_returned else ru.days_late(days)
    return _SHORT.get(line.state) or _progress(line) or terms.STAGE_STATES[line.state]


def reason(line: StageLine) -> str:
    """Return what stands small beside it: «испр. до 25.11», in time «до 03.12»; late, «3 из 5»."""
    if line.state is StageState.RETURNED:
        until = f"до {ru.date_short(line.standing.due)[:5]}"
        return f"испр. {until}" if line.standing.is_overdue else until
    is_begun_late = line.standing.is_overdue and line.state is StageState.IN_PROGRESS
    return _progress(line) if is_begun_late else ""


def mark(line: StageLine, *, is_changed: bool = False) -> str:
    """Return «поздно» of what came past its date, «изменён» of what lost something since."""
    marks = [LATE] if _came_late(line) else []
    return ", ".join([*marks, "изменён"] if is_changed else marks)


def full(line: StageLine, *, is_changed: bool = False) -> str:
    """Return state and lateness: «возвращён, исправить до 16.12.2020, просрочен на 4 дня»."""
    late = line.standing.days_late
    said = _state(line) + (f", просрочен на {days(late)}" if late else "")
    return f"{said}, {CHANGED}" if is_changed else said


def _state(line: StageLine) -> str:
    if line.state is StageState.RETURNED:
        return f"возвращён, исправить до {ru.date_short(line.standing.due)}"
    if line.state is StageState.IN_PROGRESS and _progress(line):
        return f"в работе, {_progress(line)}"
    return terms.STAGE_STATES[line.state] + (f", {LATE}" if _came_late(line) else "")


def _came_late(line: StageLine) -> bool:
    return line.came_late and line.state in LOCKED


def days(count: int) -> str:
    """Return «9 дней»."""
    return ru.counted(count, "день", "дня", "дней")


def _progress(line: StageLine) -> str:
    """«3 из 5»; nothing of a past day, of which that is not known."""
    return f"{line.ready} из {line.total}" if line.total else ""
