"""The ready text of a reminder to one lagging school and to all of them."""

from collections.abc import Sequence
from datetime import date

from nastav import ru
from nastav.district.models import District
from nastav.rollup import words
from nastav.rollup.queries import Cell, Row
from nastav.stages.models import StageState

_ASK = (
    "Прошу заполнить недостающее и отправить этапы на проверку на сайте «Наставничество». "
    "Если нужна помощь, сообщите мне."
)


def to_school(row: Row, district: District, today: date) -> str:
    """Return the reminder to one school: which stages, since when, by how many days."""
    asked = f"По состоянию на {ru.date_long(today)} в {row.school} {_unsent(len(row.cells))}"
    lines = [f"{ru.DASH} {_stage(cell)}" for cell in row.cells]
    return _letter("Здравствуйте.", asked, lines, district)


def to_all(rows: Sequence[Row], district: District, today: date) -> str:
    """Return the reminder to all schools that are behind, one line each."""
    schools = ru.counted(len(rows), "школе", "школах", "школах")
    unsent = _unsent(sum(len(row.cells) for row in rows))
    asked = f"По состоянию на {ru.date_long(today)} в {schools} {unsent}"
    lines = [f"{ru.DASH} {row.school}: {ru.list_and(map(_briefly, row.cells))}" for row in rows]
    return _letter("Уважаемые коллеги.", asked, lines, district)


def _letter(greeting: str, asked: str, lines: list[str], district: District) -> str:
    order = f"приказ от {ru.date_short(district.order_date)} №{ru.NBSP}{district.order_number}"
    listed = ";\n".join(lines) + "."
    signature = f"{ru.initials_first(district.coordinator)}, {district.coordinator_post}"
    return f"{greeting}\n\n{asked} ({order}):\n{listed}\n\n{_ASK}\n\n{signature}"


def _unsent(count: int) -> str:
    verb = ru.plural(count, "не отправлен", "не отправлено", "не отправлено")
    return f"{verb} на проверку {ru.counted(count, 'этап', 'этапа', 'этапов')}"


def _stage(cell: Cell) -> str:
    late = words.days(cell.line.standing.days_late)
    due = ru.date_short(cell.line.standing.due)
    since = "возвращён, исправить нужно было до" if _is_returned(cell) else "срок был до"
    return f"этап {cell.stage.roman} «{cell.stage.title}»: {since} {due}, просрочен на {late}"


def _briefly(cell: Cell) -> str:
    return f"этап {cell.stage.roman} (просрочен на {words.days(cell.line.standing.days_late)})"


def _is_returned(cell: Cell) -> bool:
    return cell.line.state is StageState.RETURNED
