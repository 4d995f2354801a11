"""What a cell of the matrix says: short on the screen, in full for screen readers and Excel."""

from nastav import ru, terms
from nastav.stages.models import StageState
from nastav.stages.records import StageLine

_SHORT = {
    StageState.NOT_STARTED: ru.DASH,
    StageState.SUBMITTED: "провер.",
    StageState.ACCEPTED: terms.STAGE_STATES["accepted"],
    StageState.RETURNED: "возвр.",
}


def short(line: StageLine) -> str:
    """Return «−9 дн.», «возвр.», «провер.», «3 из 5», «—» or «принят»; overdue wins."""
    if line.standing.is_overdue:
        return ru.days_late(line.standing.days_late)
    return _SHORT.get(line.state) or _progress(line)


def full(line: StageLine) -> str:
    """Return the same in words: «просрочен на 9 дней», «возвращён, исправить до 16.12.2020»."""
    if line.standing.is_overdue:
        returned = "возвращён, " if line.state is StageState.RETURNED else ""
        return f"{returned}просрочен на {days(line.standing.days_late)}"
    if line.state is StageState.RETURNED:
        return f"возвращён, исправить до {ru.date_short(line.standing.due)}"
    if line.state is StageState.IN_PROGRESS:
        return f"в работе, {_progress(line)}"
    return terms.STAGE_STATES[line.state]


def days(count: int) -> str:
    """Return «9 дней»."""
    return ru.counted(count, "день", "дня", "дней")


def _progress(line: StageLine) -> str:
    return f"{line.ready} из {line.total}"
