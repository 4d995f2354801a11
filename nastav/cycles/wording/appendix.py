"""Reading appendix 2 pasted from Word: stages, their activities, deadlines. Pure text in, wording out.

Either the stage stands in a column of its own (its lower cells merged, so empty), or in a row above its
activities, numbered in Roman. Several activities may stand in one cell, each with its number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from nastav import dates, ru
from nastav.intake import clipboard

MOST: Final = 30_000  # characters: seven stages in the longest words we have seen are 6,000
TITLE, ACTIVITY, DUE = 300, 500, 200  # characters that fit
_HEADINGS: Final = {
    "stage": r"(наименование )?этап\w*( .*)?",
    "activity": r"(содержание|перечень|наименование )?\W*(мероприяти|деятельност)\w*.*|содержание.*",
    "due": r"срок\w*.*|дата.*",
}
_ROMAN: Final = re.compile(r"(?:этап\s+)?([IVXІ]{1,5})(?:\s*этап)?[.):\s–—-]+(\S.*)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?:\d{1,2}\.\d{1,2}[.)]?|\d{1,2}[.)])\s*(?=\D)")
_DAY: Final = re.compile(
    r"(\d{1,2})(?:\s+([а-яё]+)|[./](\d{1,2})(?:[./](\d{4}))?)(?:\s+(\d{4}))?", re.IGNORECASE
)
_PICTURE: Final = "\ufffc"


@dataclass
class PastedStage:
    """A stage as the table words it."""

    title: str
    due: str = ""  # the deadline in the order's words
    activities: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Deadline:
    """What a deadline's words mean in a school year."""

    day: date | None
    problem: str = ""


def read(text: str) -> list[PastedStage]:
    """Return the stages of a pasted table in their order; nothing where it is no such table."""
    rows = [[_plain(cell) for cell in row] for row in clipboard.cells(text)]
    rows = [row for row in rows if any(row)]
    places = _places(rows[0]) if rows else {}
    if places:
        del rows[0]
    stages: list[PastedStage] = []
    usual = places or _usual(rows)
    for row, below in zip(rows, [*rows[1:], []], strict=False):
        _take(row, below, usual, stages)
    return [stage for stage in stages if stage.activities]


def problems(
    text: str, found: Sequence[PastedStage], known: Sequence[tuple[str, int]]
) -> list[str]:
    """Return why a table cannot be taken, all at once; empty when it fits the school year.

    Args:
        text: as it was pasted.
        found: what was read of it.
        known: the stages of the school year: the Roman number, how many activities it has.
    """
    if len(text) > MOST:
        return [
            f"Это {ru.number(len(text))} знаков, а таблица этапов — не больше {ru.number(MOST)}. "
            "Вставьте одну таблицу приложения 2, без остального документа."
        ]
    if _PICTURE in text:
        return ["В таблице есть картинка: сайт хранит только слова. Скопируйте саму таблицу."]
    if not found:
        return [
            "Таблица этапов не найдена. Скопируйте в Word таблицу приложения 2 целиком: этап, мероприятия, "
            "срок."
        ]
    if len(found) != len(known):
        pasted = ru.counted(len(found), "этап", "этапа", "этапов")
        return [f"В таблице {pasted}, а в учебном году их {len(known)}: вставьте таблицу целиком."]
    return [
        sentence
        for stage, (roman, count) in zip(found, known, strict=True)
        for sentence in _stage_problems(stage, roman, count)
    ]


def _stage_problems(stage: PastedStage, roman: str, count: int) -> list[str]:
    said = []
    if len(stage.activities) != count:
        pasted = ru.counted(len(stage.activities), "мероприятие", "мероприятия", "мероприятий")
        said.append(f"Этап {roman}: в таблице {pasted}, на сайте {count}.")
    texts = [(stage.title, TITLE, "название"), (stage.due, DUE, "срок")]
    texts += [(text, ACTIVITY, f"мероприятие {n}") for n, text in enumerate(stage.activities, 1)]
    for text, most, what in texts:
        if len(text) > most:
            said.append(f"Этап {roman}, {what}. {ru.too_long(len(text), most)}")
    return said


def deadline(words: str, first_year: int) -> Deadline:
    """Return the day that a deadline's words name in a school year, or why they name none."""
    found = _DAY.search(words)
    if not found:
        return Deadline(None, "дня в сроке нет")
    day, month, number, year_of_number, year = found.groups()
    written = f"{day} {month}" if month else f"{day}.{number}"
    try:
        read_day = ru.parse_date(written, school_year=first_year, today=dates.today())
    except ru.BadDate as error:
        return Deadline(None, str(error).partition(":")[0])
    named = year or year_of_number
    if named and int(named) != read_day.year:
        return Deadline(None, f"{named} год — другой учебный год")
    return Deadline(read_day)


# --- reading --------------------------------------------------------------------------------------------


def _plain(cell: str) -> str:
    lines = (" ".join(line.split()) for line in cell.splitlines())
    return "\n".join(filter(None, lines))


def _places(cells: Sequence[str]) -> dict[str, int]:
    """Return which column is which, if the row is the headings."""
    keys = [ru.search_key(cell) for cell in cells]
    found = {
        name: at
        for name, heading in _HEADINGS.items()
        for at, key in enumerate(keys)
        if re.fullmatch(heading, key)
    }
    return found if "activity" in found or {"stage", "due"} <= found.keys() else {}


def _usual(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Columns without headings: a stage or a number, the activities, the deadline."""
    width = max(map(len, rows), default=0)
    return {"stage": 0, "activity": min(1, width - 1), "due": min(2, width - 1)} if width else {}


def _take(
    row: Sequence[str], below: Sequence[str], places: dict[str, int], stages: list[PastedStage]
) -> None:
    def cell(name: str) -> str:
        at = places.get(name, -1)
        return row[at] if 0 <= at < len(row) else ""

    title = _numbered_heading(row, below) or _heading(row, cell("stage"))
    if title and not (stages and stages[-1].title == title):
        stages.append(PastedStage(title))
    if not stages:
        return
    stage, due = stages[-1], cell("due")
    text = cell("activity")
    is_heading = title and title in (text, _heading([text], ""), _NUMBER.sub("", text))
    if text and not is_heading:
        stage.activities += _activities(text)
    if due and due != text and not stage.due:
        stage.due = due.replace("\n", " ")


def _heading(row: Sequence[str], own: str) -> str:
    """Return the title of the stage that a row begins, or ""."""
    joined = ". ".join(filter(None, row[:2]))
    for text in (own, next(filter(None, row), ""), joined):
        if found := _ROMAN.fullmatch(text.replace("\n", " ")):
            return found[2]
    is_number = bool(re.fullmatch(r"[\d.)]*", own))
    return "" if is_number else own.replace("\n", " ")


def _numbered_heading(row: Sequence[str], below: Sequence[str]) -> str:
    """Return the title of a stage that the order numbers «6.», with «6.1» below it, or ""."""
    first, under = (next(filter(None, cells), "") for cells in (row, below))
    found = re.fullmatch(r"(\d{1,2})[.)]?(?:\s+(\S.*))?", first.replace("\n", " "))
    if not found or not re.match(rf"{found[1]}\.1\b", under):
        return ""
    return found[2] or next(iter([cell for cell in row if cell][1:]), "").replace("\n", " ")


def _activities(text: str) -> list[str]:
    """Return the activities of a cell: a line with a number begins one."""
    found: list[str] = []
    for line in text.split("\n"):
        number = _NUMBER.match(line)
        if number or not found:
            found.append(line[number.end() if number else 0 :])
        else:
            found[-1] += f" {line}"
    return found
