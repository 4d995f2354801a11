"""The plainest way in: a table pasted from Excel, two columns, «ФИО» and «класс».

Pure text in, checked rows out. Row numbers are those of the pasted table, the heading counted.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

from nastav import ru
from nastav.excel import clipboard
from nastav.people.models import Kind, Part
from nastav.people.queries import Entry
from nastav.people.rules import Namesakes, NewPerson

MOST_ROWS = 2000
LONGEST = 100  # a part of a name
_NUMBER = re.compile(r"№?\s*\d+[.)]?")
_HEADINGS = {
    "name": re.compile(r"(?:фио|ф и о|фамилия имя)\b.*"),
    "surname": re.compile(r"фамилия"),
    "given_name": re.compile(r"имя"),
    "patronymic": re.compile(r"отчество"),
    "detail": re.compile(r"(?:класс|должность)\b.*"),
    "number": re.compile(r"|номер|(?:n )?п п"),
}
_WHOLE_NAME = "Укажите фамилию и имя в одном столбце, например Петрова Ирина Сергеевна."
Make = Callable[..., NewPerson]
_NO_CLASS = "Укажите класс, например 7 «А». Молодого педагога добавьте отдельно."


class TooManyRows(ValueError):
    """More rows than one paste may hold."""


class Verdict(StrEnum):
    """What becomes of a pasted row; in the order of the preview."""

    BAD = "bad"
    DOUBLE = "double"
    GOOD = "good"


@dataclass(frozen=True)
class PastedRow:
    """A row as it was pasted, read as far as it could be."""

    row: int
    name: str
    detail: str
    new: NewPerson | None
    verdict: Verdict
    note: str = ""
    known: Entry | None = None  # whom the registers have already


@dataclass(frozen=True)
class Preview:
    """A pasted table with a verdict on each row, the rows to mend first."""

    rows: tuple[PastedRow, ...]
    ignored: tuple[str, ...]  # columns that were left out

    def of(self, verdict: Verdict) -> list[PastedRow]:
        """Return the rows of a verdict, in the order they were pasted."""
        return [row for row in self.rows if row.verdict is verdict]

    @property
    def people(self) -> list[NewPerson]:
        """Return whom loading would enter."""
        return [row.new for row in self.of(Verdict.GOOD) if row.new]

    @property
    def mark(self) -> str:
        """Return a mark of exactly the rows shown as good; loading anything else is refused."""
        shown = repr([(row.row, row.new) for row in self.of(Verdict.GOOD)])
        return hashlib.sha256(shown.encode()).hexdigest()


def parse(text: str, part: Part, joined: date, class_year: int) -> Preview:
    """Return the pasted rows that hold anything, each good or bad by itself.

    Raises:
        TooManyRows: there are more than `MOST_ROWS`.
    """
    table = [(row, cells) for row, cells in enumerate(_cells(text), start=1) if any(cells)]
    columns = _headings(table[0][1]) if table else None
    if columns:
        heading = table.pop(0)[1]
        ignored = tuple(cell for at, cell in enumerate(heading) if at not in columns)
    else:
        columns, ignored = _by_place(table)
    if len(table) > MOST_ROWS:
        raise TooManyRows
    make = partial(NewPerson, joined=joined, class_year=class_year)
    rows = tuple(_read(row, _named(cells, columns), part, make) for row, cells in table)
    return Preview(rows, tuple(filter(None, ignored)))


def check(paste: Preview, part: Part, namesakes: Namesakes) -> Preview:
    """Return the rows compared with the school's registers and with each other.

    Somebody of this register is a double and left out; somebody of the other one becomes the same
    person in a second part.
    """
    seen: dict[tuple[str, str, int | None, str], int] = {}
    rows = []
    for row in paste.rows:
        if row.new is None:
            rows.append(row)
            continue
        first = seen.setdefault(row.new.identity, row.row)
        if first != row.row:
            note = f"Повторяет строку {first}."
            rows.append(replace(row, verdict=Verdict.DOUBLE, note=note))
        else:
            rows.append(_compared(row, row.new, part, namesakes))
    order = list(Verdict)
    return replace(paste, rows=tuple(sorted(rows, key=lambda row: order.index(row.verdict))))


def _compared(row: PastedRow, new: NewPerson, part: Part, namesakes: Namesakes) -> PastedRow:
    if known := namesakes.same(new, part):
        one = known[0]
        note = f"Уже в реестре: №{ru.NBSP}{one.number}."
        if one.left:
            note = f"Есть в реестре, №{ru.NBSP}{one.number}, но выбыл(а): верните из карточки."
        return replace(row, verdict=Verdict.DOUBLE, note=note, known=one)
    other = Part.MENTOR if part is Part.MENTEE else Part.MENTEE
    if people := {one.person_id: one for one in namesakes.same(new, other)}:
        if len(people) > 1:
            note = "В другом реестре несколько таких людей: добавьте отдельно и выберите."
            return replace(row, verdict=Verdict.BAD, note=note, new=None)
        person_id, one = people.popitem()
        note = f"Уже в другом реестре, №{ru.NBSP}{one.number}: это будет тот же человек."
        return replace(row, new=replace(new, same_as=person_id), note=note, known=one)
    return row


# --- reading the text -----------------------------------------------------------------------------


def _cells(text: str) -> list[list[str]]:
    """Text typed by hand has no tabs; a comma or a semicolon parts its cells."""
    if "\t" in text:
        return [[" ".join(cell.split()) for cell in row] for row in clipboard.cells(text)]
    plain = text.replace("\0", "").splitlines()
    return [[cell.strip() for cell in re.split("[;,]", line)] for line in plain]


def _headings(cells: list[str]) -> dict[int, str] | None:
    """Return what each column holds, or None when the row is no heading."""
    keys = [ru.search_key(cell) for cell in cells]
    columns = {
        at: name
        for at, key in enumerate(keys)
        for name, heading in _HEADINGS.items()
        if heading.fullmatch(key)
    }
    return columns if {"name", "surname", "detail"} & set(columns.values()) else None


def _by_place(table: list[tuple[int, list[str]]]) -> tuple[dict[int, str], tuple[str, ...]]:
    """Without a heading: a numbering column if there is one, the name, the class or post."""
    first = [cells[0] for _, cells in table if cells[0]]
    shift = 1 if first and all(_NUMBER.fullmatch(cell) for cell in first) else 0
    width = max((len(cells) for _, cells in table), default=0)
    more = any(any(cells[shift + 2 :]) for _, cells in table)
    ignored = (f"столбцы с {shift + 3}-го по {width}-й",) if more else ()
    return {shift: "name", shift + 1: "detail"}, ignored


def _named(cells: list[str], columns: dict[int, str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for at, name in columns.items():
        if at < len(cells) and cells[at]:
            named.setdefault(name, cells[at])
    return named


def _read(row: int, cells: dict[str, str], part: Part, make: Make) -> PastedRow:
    parts = (cells.get(name, "") for name in ("surname", "given_name", "patronymic"))
    name = cells.get("name") or " ".join(filter(None, parts))
    detail = cells.get("detail", "")
    new, problem = _person(name, detail, part, make)
    return PastedRow(row, name, detail, new, Verdict.BAD if problem else Verdict.GOOD, problem)


def _person(name: str, detail: str, part: Part, make: Make) -> tuple[NewPerson | None, str]:
    """Return the person of a row, or None and what to mend."""
    surname, given_name, patronymic = ru.split_full_name(name)
    names = {"surname": surname, "given_name": given_name, "patronymic": patronymic or ""}
    is_adult = part is Part.MENTOR and not detail[:1].isdigit()
    if problem := _name_problem(names) or (_post_problem(detail) if is_adult else ""):
        return None, problem
    if is_adult:
        return make(**names, kind=Kind.TEACHER, post=detail), ""
    try:
        grade, letter = ru.parse_class(detail)
    except ru.BadClass as error:
        return None, f"{error}." if detail else _NO_CLASS
    return make(**names, grade=grade, letter=letter), ""


def _name_problem(names: dict[str, str]) -> str:
    if any(sign.isdigit() for part in names.values() for sign in part):
        return "В имени есть цифры: поставьте класс в отдельный столбец."
    if not ru.search_key(names["surname"]) or not ru.search_key(names["given_name"]):
        return _WHOLE_NAME
    is_long = max(map(len, names.values())) > LONGEST
    return f"Слишком длинное имя: больше {LONGEST} знаков." if is_long else ""


def _post_problem(post: str) -> str:
    return "Слишком длинная должность: больше 200 знаков." if len(post) > 200 else ""
