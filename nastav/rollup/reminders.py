"""The ready text of a reminder to one lagging school and to all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nastav import ru, terms
from nastav.district.models import District
from nastav.rollup import words
from nastav.rollup.board import Board, Cell, Row
from nastav.rollup.decide import words as decide
from nastav.rollup.decide.rules import Kind
from nastav.stages.models import StageState

_PAIRS = {
    Kind.UNDECIDED: (
        "Решения по п. 2.3",
        "не принято решение по п. 2.3 о парах и группах прошлого учебного года: "
        "с 31 августа они не считаются",
        "Прошу каждую продолжить или завершить: раздел «Пары и встречи», «Завершение года».",
    ),
    Kind.SILENT: (
        "Пары без встреч",
        "есть пары и группы, у которых давно не записано ни одной встречи",
        "Прошу провести встречи или записать проведённые: раздел «Пары и встречи», «Лист встреч».",
    ),
}
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


@dataclass(frozen=True)
class Reminder:
    """A text to copy, under its heading; `key` is its place on the page."""

    key: str
    title: str
    text: str


def of_deadlines(board: Board, district: District) -> list[Reminder]:
    """Return the reminders of what is due within three days, one for each deadline."""
    days = sorted({stage.due for stage in board.stages if board.is_within(stage, decide.NEAR)})
    due = [(day, cells) for day in days if (cells := decide.due_cells(board, day))]
    return [
        _of_deadline(day, cells, board, district, Kind.DUE.value if at == 0 else f"due-{at}")
        for at, (day, cells) in enumerate(due)
    ]


def _of_deadline(
    day: date, cells: Sequence[Cell], board: Board, district: District, key: str
) -> Reminder:
    romans = list(dict.fromkeys(cell.stage.roman for cell in sorted(cells, key=_ordinal)))
    word = ru.plural(len(romans), "срок этапа", "срок этапов", "срок этапов")
    when = decide.when(day, board.today)
    asked = f"Напоминаю: {when}, {word} {ru.list_and(romans)}. Ещё не отправили на проверку"
    lines = _by_school((cell.school, f"этап {cell.stage.roman}, {cell.full}") for cell in cells)
    text = _letter("Уважаемые коллеги.", asked, lines, district)
    return Reminder(key, f"К сроку {ru.date_short(day)}", text)


def of_still(cells: Sequence[Cell], today: date, district: District) -> Reminder | None:
    """Return the reminder of stages that nobody has touched for two weeks."""
    if not cells:
        return None
    days = words.days(decide.STILL_FOR.days)
    asked = f"По состоянию на {ru.date_long(today)} нет записей {days} и больше"
    lines = _by_school(
        (cell.school, f"этап {cell.stage.roman}, срок до {ru.date_short(cell.stage.due)}")
        for cell in cells
    )
    text = _letter("Уважаемые коллеги.", asked, lines, district)
    return Reminder(Kind.STILL.value, f"Нет движения {days}", text)


def of_pairs(
    kind: Kind, pairs: Mapping[str, int], today: date, district: District
) -> Reminder | None:
    """Return the reminder of pairs that wait for the decision of point 2.3, or have not met."""
    if not pairs:
        return None
    title, what, ask = _PAIRS[kind]
    asked = f"По состоянию на {ru.date_long(today)} {what}"
    counted = (f"{name}: {ru.counted(count, *terms.PAIRS)}" for name, count in pairs.items())
    lines = [f"{ru.DASH} {line}" for line in counted]
    return Reminder(kind.value, title, _letter("Уважаемые коллеги.", asked, lines, district, ask))


def _by_school(said: Iterable[tuple[str, str]]) -> list[str]:
    found: dict[str, list[str]] = {}
    for school, what in said:
        found.setdefault(school, []).append(what)
    return [f"{ru.DASH} {school}: {'; '.join(parts)}" for school, parts in found.items()]


def _ordinal(cell: Cell) -> int:
    return cell.stage.ordinal


def _letter(
    greeting: str, asked: str, lines: list[str], district: District, ask: str = _ASK
) -> str:
    order = f"приказ от {ru.date_short(district.order_date)} №{ru.NBSP}{district.order_number}"
    listed = ";\n".join(lines) + "."
    signature = f"{ru.initials_first(district.coordinator)}, {district.coordinator_post}"
    return f"{greeting}\n\n{asked} ({order}):\n{listed}\n\n{ask}\n\n{signature}"


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
