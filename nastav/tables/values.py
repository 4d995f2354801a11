"""What stands in a cell of a school's table: a word for nothing, an error of Excel, a number, a class."""

import re
from collections.abc import Iterable, Mapping

from nastav import classes, ru
from nastav.columns import naming
from nastav.columns.register import columns
from nastav.intake.grid import NO_RESULT
from nastav.people.models import Part

LOST = "формула без результата"
NAMES = (*naming.WHOLE, *naming.NAMES)
# without these nobody knows who somebody is; an error in any other column leaves it empty
NEEDED = ("code", *NAMES, "class", "kind")
_NOTHING = re.compile(r"[-‐‑‒–—−]*|нет|отсутству[её]т|б/о", re.IGNORECASE)
_ERROR = re.compile(
    r"#(?:N/A|Н/Д|REF!|ССЫЛКА!|VALUE!|ЗНАЧ!|DIV/0!|ДЕЛ/0!|NAME\?|ИМЯ\?|NUM!|ЧИСЛО!|NULL!|ПУСТО!"
    r"|SPILL!|ПЕРЕНОС!|CALC!|ВЫЧИСЛ!|GETTING_DATA)|##+|(?:Err|Ошибка):\s?\d{3}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"№?\s*\d{1,4}\s*[.)]\s*(?=[^\W\d_])")
_CLASSED = re.compile(
    r"(?P<name>[^\d,;(]+\s[^\d,;(]*[^\W\d_][^\d,;(]*?)[\s,;(]+(?P<class>\d.*?)[)\s]*"
)
_FOOT = re.compile(
    r"(?:итого|всего|(?:зам\w*\.?\s*)?директора?|исполнитель|исп\.|м\.\s?п\.|подпись|руководитель"
    r"|куратор|ответственн\w+|состав(?:ил|лено)\w*|согласовано|утвержд\w+)(?!\w)",
    re.IGNORECASE,
)
_SIGNED_ON = re.compile(r"_{4,}")


def said(cell: str) -> str:
    """Return what a cell says: "" for a word that means nothing, a lost result by its name."""
    if cell == NO_RESULT:
        return LOST
    return "" if _NOTHING.fullmatch(cell) else cell


def is_error(cell: str) -> bool:
    """Tell whether an error of Excel or a formula without its result stands in place of a value."""
    return cell == LOST or _ERROR.fullmatch(cell) is not None


def mistakes(cells: Mapping[str, str], part: Part) -> str:
    """Return what to mend of the errors that stand in columns that are needed, or ""."""
    found = [
        column
        for column in columns(part)
        if column.key in NEEDED and is_error(cells.get(column.key, ""))
    ]
    return " ".join(_mend(column.title, cells[column.key]) for column in found)


def _mend(title: str, cell: str) -> str:
    if cell == LOST:
        how = "Откройте файл в Excel, сохраните и загрузите снова или впишите значение."
        return f"«{title}»: {LOST}. {how}"
    return f"«{title}»: вместо значения ошибка Excel ({cell}). Исправьте её в файле или впишите значение."


def without_number(cell: str) -> str:
    """Return a name without its number in the list: «1. Козлова Жанна»."""
    return _NUMBERED.sub("", cell, count=1) if _NUMBERED.match(cell) else cell


def apart(cell: str) -> tuple[str, str] | None:
    """Return name and class of «Козлова Жанна, 4Б», or None where no class stands behind the name."""
    found = _CLASSED.fullmatch(cell)
    if not found or not is_class(found["class"]):
        return None
    return found["name"].strip(), found["class"].strip()


def is_class(text: str) -> bool:
    """Tell whether a text names a class of a school."""
    try:
        classes.parse_class(text)
    except classes.BadClass:
        return False
    return True


def same_class(text: str, other: str) -> bool:
    """Tell whether two texts name the same class."""
    return (
        is_class(text)
        and is_class(other)
        and classes.parse_class(text) == classes.parse_class(other)
    )


def nobody(cells: list[str], columns: Mapping[int, str]) -> str:
    """Return by what a row is known as nobody's: a sum, a signature, a heading over some rows; else "".

    Args:
        cells: of the row.
        columns: place → key of those that are read.
    """
    filled = [(at, cell) for at, cell in enumerate(cells) if cell]
    if len(filled) > 2 and len({cell for _, cell in filled}) == 1:
        return filled[0][1][:30]  # one text over the whole table
    named = [at for at, _ in filled if columns.get(at) in ("code", *NAMES)]
    first = filled[0][0]
    # «директор школы» under «Должность» is the post of whoever is named beside it
    tried = named[:1] if named and first in columns else [first, *named[:1]]
    for at in tried:
        if found := _FOOT.match(cells[at]):
            return found[0]
    return "____" if any(_SIGNED_ON.search(cell) for _, cell in filled) else ""


def listed(numbers: Iterable[int]) -> str:
    """Return «3», «3 и 5», runs of rows as «1–27», and no more than ten of them."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown: list[str | int] = []
    for run in runs[:10]:
        shown += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else run
    return ru.list_and([*shown, *(["другие"] if len(runs) > 10 else [])])
