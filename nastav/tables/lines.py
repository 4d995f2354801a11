"""From the lines of one sheet or text to rows whose cells have names: heading, columns, people. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from nastav import ru
from nastav.columns import naming
from nastav.columns.column import DROPPED, SKIPPED, Asked, Cells
from nastav.columns.register import WHO, columns, heading_key, is_never_kept, understood
from nastav.people.models import Part
from nastav.tables import values

_SEARCHED = 30  # rows at the top among which the heading is looked for
_NUMBER = re.compile(r"№?\s*\d+[.)]?")

Line = tuple[int, list[str]]  # number in Excel, cells
Answers = Mapping[str, str]  # key of a heading → key of the column, as the school once said

# keys of `Cells` that are no columns
HIDDEN = "hidden"  # the row was hidden or filtered away
ASIDE = "aside"  # the row is not to be loaded, unless somebody takes it
SHEET = "sheet"  # the sheet's name, where several are read
LINE = "line"  # … and the row's number there: its own tells it from rows of all the sheets
_MARKS = (HIDDEN, ASIDE, SHEET, LINE)


@dataclass
class Found:
    """What was read of one sheet or text."""

    rows: list[tuple[int, Cells]]
    notes: list[str]
    asked: list[Asked]  # columns that the person has to name before rows can be read
    is_by_sheet: bool = False  # the sheet's name was taken for the class


def heading(lines: list[Line], part: Part, answers: Answers) -> int | None:
    """Return the place of the heading: the first row that names two columns, else one that names one.

    Below the first row a single column is a name's, and hardly anything stands beside it.
    """
    single = None
    for at, (_, cells) in enumerate(lines[:_SEARCHED]):
        named = [_column(part, cell, answers) for cell in cells]
        keys = {key for key in named if key}
        if keys & WHO and len(keys) > 1:
            return at
        is_first = at == 0 and keys - {DROPPED} and not _is_row(cells, named)
        is_bare = keys & WHO and len({cell for cell in cells if cell}) == 1
        if single is None and (is_first or is_bare):
            single = at
    return single


def _is_row(cells: list[str], named: list[str | None]) -> bool:
    """Tell whether somebody stands in a row, «Птицына Ольга, ученик», that might pass for a heading."""
    known = sum(key is not None for key in named)
    return known == 1 and any(
        _is_name(cell) for cell, key in zip(cells, named, strict=True) if key is None
    )


def _column(part: Part, heading: str, answers: Answers) -> str | None:
    return understood(part, heading) or answers.get(heading_key(heading))


def read(
    lines: list[Line], part: Part, answers: Answers, hidden: frozenset[int] = frozenset()
) -> Found:
    """Return the rows of people, what was left out of the others, and what has to be asked."""
    at = heading(lines, part, answers)
    if at is None:
        places, notes, asked = _by_place(lines, part)
        lines = lines[1:] if any(column.heading for column in asked) else lines
    else:
        places, notes, asked = _by_heading(lines[at][1], lines[at + 1 :], part, answers)
        if at:
            above = values.listed(number for number, _ in lines[:at])
            notes.append(f"Над заголовком пропущено, строки: {above}.")
        lines = [line for line in lines[at + 1 :] if line[1] != lines[at][1]]
    reading = _Reading(places, part)
    rows = [(number, cells) for number, row in lines if (cells := reading.cells(number, row))]
    rows = [(number, _marked(cells, is_hidden=number in hidden)) for number, cells in rows]
    return Found(rows, [*reading.notes(), *notes], asked)


def _marked(cells: Cells, *, is_hidden: bool) -> Cells:
    return {**cells, HIDDEN: "да", ASIDE: HIDDEN} if is_hidden else cells


def _by_heading(
    heading: list[str], lines: list[Line], part: Part, answers: Answers
) -> tuple[dict[int, str], list[str], list[Asked]]:
    """Return the columns by place, what was passed over, and what has to be asked."""
    places: dict[int, str] = {}
    ignored: dict[str, None] = {}
    asked: list[Asked] = []
    width = max((len(cells) for _, cells in lines), default=0)
    for at in range(max(width, len(heading))):
        title = heading[at] if at < len(heading) else ""
        key = _column(part, title, answers) if title else None
        cells = _values(at, lines)
        # a heading merged over surname, name and patronymic
        is_same = 0 < at < len(heading) and heading[at - 1] == title and key == "name"
        if key and key != SKIPPED and (key not in places.values() or is_same):
            places[at] = key
        elif key is None and ru.search_key(title) and cells and not is_never_kept(title, cells):
            asked.append(Asked(f"?{at + 1}", title, at + 1, tuple(cells[:_SHOWN])))
            places[at] = f"?{at + 1}"
        elif key != DROPPED and (ru.search_key(title) or not (title or _is_numbering(at, lines))):
            ignored[f"«{title[:60]}»" if title else f"{at + 1}-й, без заголовка"] = None
    places = {at: key for at, key in places.items() if key != DROPPED}
    notes = [f"Пропущены столбцы: {', '.join(ignored)}."] if ignored else []
    return places, notes, asked


_SHOWN = 3  # values by which a person tells what a column holds


def _values(at: int, lines: list[Line]) -> list[str]:
    """Return the different values of a column, the first ones first."""
    return list(dict.fromkeys(cells[at] for _, cells in lines if at < len(cells) and cells[at]))


def _is_numbering(at: int, lines: list[Line]) -> bool:
    """Tell whether a column holds nothing but numbers in order, or nothing at all."""
    cells = [cells[at] for _, cells in lines if at < len(cells) and cells[at]]
    return all(_NUMBER.fullmatch(cell) for cell in cells)


def _by_place(lines: list[Line], part: Part) -> tuple[dict[int, str], list[str], list[Asked]]:
    """Without a heading: a numbering column if there is one, the name, the class or post.

    Where no names stand at that place every column is asked for, the first row being the headings if it
    alone has no digits in a column.
    """
    shift = 1 if any(cells[0] for _, cells in lines) and _is_numbering(0, lines) else 0
    if not _are_names(_values(shift, lines)) or _are_names(_values(shift + 1, lines)):
        return _all_asked(lines, part)
    more = any(any(cells[shift + 2 :]) for _, cells in lines)
    notes = [
        f"Без заголовка читаются два столбца, ФИО и класс. Пропущены столбцы с {shift + 3}-го."
    ]
    return {shift: "name", shift + 1: "class"}, notes if more else [], []


_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s*){1,5}")
_CODE = re.compile(r"[^\W\d_]{1,5}[\s/.-]*\d[\w/.-]*")


def _are_names(values: list[str]) -> bool:
    """Tell whether most values are two words or more with capitals, or codes of digits and letters."""
    names = [value for value in values if _is_name(value)]
    return bool(values) and len(names) * 2 >= len(values)


def _is_name(text: str) -> bool:
    words = bool(_NAME.match(text)) and sum(map(str.isupper, text)) > 1
    return words or bool(_CODE.fullmatch(text))


def _is_heading(lines: list[Line]) -> bool:
    """Tell whether the first row alone has no digits in a column whose other rows all have some."""
    if not lines:
        return False
    (_, first), *rest = lines
    columns = [_values(at, rest) for at, title in enumerate(first) if title]
    is_plain = not any(sign.isdigit() for cell in first for sign in cell)
    numbered = [column for column in columns if len(column) > 1 and all(map(_has_digit, column))]
    return is_plain and bool(numbered)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _all_asked(lines: list[Line], part: Part) -> tuple[dict[int, str], list[str], list[Asked]]:
    body = lines[1:] if _is_heading(lines) else lines
    titles = lines[0][1] if body is not lines else []
    asked = []
    for at in range(max((len(cells) for _, cells in lines), default=0)):
        cells = _values(at, body)
        title = titles[at] if at < len(titles) else ""
        is_numbering = not ru.search_key(title) and _is_numbering(at, body)
        if not cells or is_numbering or understood(part, title) == DROPPED:
            continue
        if not is_never_kept(title, cells):
            asked.append(Asked(f"?{at + 1}", title, at + 1, tuple(cells[:_SHOWN])))
    return {column.place - 1: column.key for column in asked}, [], asked


def named(
    rows: Sequence[tuple[int, Cells]], part: Part
) -> tuple[list[tuple[int, Cells]], list[str]]:
    """Clean the rows whose columns somebody has just named, as those of known headings are.

    Returns:
        The rows of people, and what was left out or put right.
    """
    kept, notes = [], []
    for sheet, own in groupby(rows, lambda row: row[1].get(SHEET, "")):
        reading = _Reading({}, part)
        for number, cells in own:
            line = int(cells.get(LINE, number))
            marks = {key: cells[key] for key in _MARKS if key in cells}
            said = {key: cell for key, cell in cells.items() if key not in marks}
            if why := values.nobody(list(said.values()), dict(enumerate(said))):
                reading.nobody[line] = why
            else:
                reading.clean(line, said)
                kept.append((number, {**said, **marks}))
        notes += [f"Лист «{sheet}». {note}" if sheet else note for note in reading.notes()]
    return kept, notes


# --- one row --------------------------------------------------------------------------------------


@dataclass
class _Reading:
    """Reads the rows of one table and remembers what it left out or put right."""

    places: Mapping[int, str]
    part: Part
    nobody: dict[int, str] = field(default_factory=dict)  # row → by what it is known
    numbered: list[int] = field(default_factory=list)
    split: list[int] = field(default_factory=list)
    mistaken: dict[str, list[tuple[int, str]]] = field(default_factory=dict)  # by column

    def cells(self, number: int, row: list[str]) -> Cells:
        """Return what a row says of a person; nothing where it is of nobody."""
        if why := values.nobody(row, self.places):
            self.nobody[number] = why
            return {}
        found = self._named(row)
        if not found and any(cell and not _NUMBER.fullmatch(cell) for cell in row):
            self.nobody[number] = next(cell for cell in row if cell)[:30]
        self.clean(number, found)
        return found

    def clean(self, number: int, found: Cells) -> None:
        """Leave out errors where nothing is needed, and part from the name what is none of it."""
        for key in [key for key in found if values.is_error(found[key])]:
            if key not in values.NEEDED and not key.startswith("?"):
                self.mistaken.setdefault(key, []).append((number, found.pop(key)))
        self._put_right(number, found)

    def _named(self, row: list[str]) -> Cells:
        found: dict[str, list[str]] = {}
        for at, key in self.places.items():
            cell = values.said(row[at]) if at < len(row) else ""
            if cell and cell not in found.setdefault(key, []):
                found[key].append(cell)
        return {key: " ".join(cells) for key, cells in found.items() if cells}

    def _put_right(self, number: int, found: Cells) -> None:
        """Part number and class from the name; a class that contradicts its column stays for the person."""
        key = next((key for key in (*naming.WHOLE, "surname") if key in found), "")
        if not key:
            return
        name = values.without_number(found[key])
        if name != found[key]:
            self.numbered.append(number)
        found[key] = name
        parts = values.apart(name)
        if parts and ("class" not in found or values.same_class(parts[1], found["class"])):
            found[key], found["class"] = parts[0], found.get("class") or parts[1]
            self.split.append(number)

    def notes(self) -> list[str]:
        """Return what was left out or put right, counted and named."""
        notes = []
        if self.nobody:
            listed = [f"{number}{ru.NBSP}(«{why}»)" for number, why in self.nobody.items()]
            more = [f"и ещё {len(listed) - 10}"] if len(listed) > 10 else []
            notes.append(f"Не люди, пропущены строки: {', '.join([*listed[:10], *more])}.")
        if self.mistaken:
            notes.append(self._of_mistaken())
        if self.numbered:
            notes.append(f"Номер перед именем убран, строки: {values.listed(self.numbered)}.")
        if self.split:
            notes.append(f"Класс взят из столбца с именем, строки: {values.listed(self.split)}.")
        return notes

    def _of_mistaken(self) -> str:
        titles = {column.key: column.title for column in columns(self.part)}
        texts = []
        for key, cells in self.mistaken.items():
            what = ", ".join(dict.fromkeys(cell for _, cell in cells))
            word = "строка" if len(cells) == 1 else "строки"
            rows = values.listed(number for number, _ in cells)
            texts.append(f"«{titles[key]}» — {word} {rows} ({what})")
        return f"Ошибка Excel вместо значения, оставлено пустым: {'; '.join(texts)}."
