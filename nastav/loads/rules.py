"""What each row of a table would do, and whom the register knows already. Pure: no database."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from nastav import dates, ru, terms
from nastav.consents.models import Signer
from nastav.consents.rules import needed
from nastav.loads import naming
from nastav.loads.beside import rules as beside
from nastav.loads.beside.columns import PROFILE
from nastav.loads.beside.rules import Beside, Typed, shown
from nastav.loads.column import Change, Room, plain
from nastav.loads.columns import columns, kind_label, read_kind
from nastav.loads.tables import Cells
from nastav.people.alike import keys, same_name
from nastav.people.models import Kind, Part
from nastav.people.rows import Entry
from nastav.people.rules import Namesakes, NewPerson

LONGEST_POST = 200
_NO_CLASS = "Укажите класс, например 7 «А»."


class Verdict(StrEnum):
    """What becomes of a row; in the order of the preview."""

    BAD = "bad"
    DIFFERENT = "different"  # known already, with other values: to skip or to update
    SAME = "same"  # known already: nothing to do
    GOOD = "good"


@dataclass(frozen=True)
class Row:
    """A row with its verdict; `note` says what to mend or why nothing is to do."""

    number: int
    cells: Cells
    verdict: Verdict
    note: str = ""
    new: NewPerson | None = None
    known: Entry | None = None  # whom the registers have already
    changes: tuple[Change, ...] = ()
    typed: Typed = field(default_factory=Typed)  # what the row says beside the register
    is_alike: bool = False  # perhaps somebody of that name: to skip, to update, or another child

    @property
    def name(self) -> str:
        """Return the name as it was typed."""
        cells = self.cells
        parts = (cells.get(key, "") for key in ("code", "name", *naming.NAMES))
        return " ".join(filter(None, parts))

    @property
    def group(self) -> str:
        """Return the class or post as it was read, or typed if it was not."""
        if self.new and self.new.grade:
            return ru.class_name(self.new.grade, self.new.letter)
        typed = self.cells.get("class") or self.cells.get("post", "")
        return (self.new.post if self.new else "") or typed

    @property
    def joined(self) -> str:
        """Return since when somebody is or would be in the register, or what was typed."""
        if self.verdict is Verdict.BAD or self.new is None:
            return self.cells.get("joined", "")
        is_here = self.known is not None and self.verdict is not Verdict.GOOD
        return ru.date_short(self.known.joined if self.known and is_here else self.new.joined)

    @property
    def consent(self) -> str:
        """Return what the row says of a consent as it was read, or typed if it was not."""
        if self.typed.paper:
            return beside.paper_said(self.typed.paper)
        if self.verdict is not Verdict.BAD:
            return ""
        cells = (self.cells.get(key, "") for key in ("signed_on", "signer", "paper"))
        return ", ".join(filter(None, cells))

    @property
    def profile(self) -> list[tuple[str, str]]:
        """Return title and value of each column of the profile that the row fills, read as `consent`."""
        if self.verdict is not Verdict.BAD:
            return beside.said(self.typed)
        return [(one.title, self.cells[one.key]) for one in PROFILE if one.key in self.cells]


@dataclass(frozen=True)
class Preview:
    """The rows, those to mend first."""

    rows: tuple[Row, ...]

    def of(self, verdict: Verdict) -> list[Row]:
        """Return the rows of a verdict, in their order in Excel."""
        return [row for row in self.rows if row.verdict is verdict]

    @property
    def mark(self) -> str:
        """Return a mark of exactly what loading would do; loading anything else is refused."""
        does = [*self.of(Verdict.GOOD), *self.of(Verdict.DIFFERENT)]
        told = [
            (row.number, row.new, row.known and row.known.id, row.changes, row.typed)
            for row in does
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True)
class Register:
    """What rows are read for and compared with."""

    part: Part
    namesakes: Namesakes
    joined: date  # of those whose row has no date
    class_year: int
    kinds: Sequence[str] = ()  # names of the district's forms of mentoring
    both_from: int = 8  # the grade from which a pupil signs beside the guardian
    beside: Mapping[int, Beside] = field(default_factory=dict)  # by person's id
    uses_codes: bool = False  # pupils are kept by codes
    taken: Mapping[str, int] = field(default_factory=dict)  # search key of a code → register number


def check(rows: Sequence[tuple[int, Cells]], register: Register) -> Preview:
    """Return every row with its verdict: read, compared with the registers and with each other."""
    seen: dict[Any, int] = {}
    entering: dict[tuple[str, str], list[Row]] = defaultdict(list)
    checked = []
    for number, cells in rows:
        row = _checked(number, cells, register)
        if row.new is not None:
            is_known = row.verdict is not Verdict.GOOD and not row.is_alike
            who = row.known.id if row.known and is_known else row.new.identity
            first = seen.setdefault(who, number)
            if first != number:
                note = f"Повторяет строку {first}."
                row = Row(number, cells, Verdict.SAME, note, row.new)
            elif row.verdict is Verdict.GOOD:
                row = _like_another_row(row, entering)
        checked.append(row)
    order = list(Verdict)
    return Preview(tuple(sorted(checked, key=lambda row: order.index(row.verdict))))


def _checked(number: int, cells: Cells, register: Register) -> Row:
    new, known, problems = _read(cells, register)
    found = [known] if known else register.namesakes.same(new, register.part) if new else []
    usual = partial(_signer, new, found[0] if found else None, register)
    typed, more = beside.read(cells, register.part, register.kinds, usual)
    if new is None or more:
        return Row(number, cells, Verdict.BAD, " ".join([*problems, *more]))
    row = Row(number, cells, Verdict.GOOD, new=new, typed=typed)
    alike = [] if found else register.namesakes.alike(new, register.part)
    if alike and new.same_as is None:
        row = _asked(row, new, alike, register)
    elif found:
        row = _compared(row, new, found, register)
    else:
        row = _of_other_part(row, new, register)
    why = naming.refusal(new, row.known, register.taken, uses_codes=register.uses_codes)
    return Row(number, cells, Verdict.BAD, why) if why and row.new else row


def _signer(new: NewPerson | None, known: Entry | None, register: Register, day: date) -> Signer:
    """Who has to sign on a day, where a row does not say who did."""
    if new is None:
        return Signer.GUARDIAN  # the row is bad
    grade, year = new.grade, register.class_year
    if grade is None and known and known.school_class:
        grade = known.school_class.grade_in(year)
    then = grade + dates.cycle_of(day) - year if grade else None
    return needed(new.kind, then, register.both_from)


def _compared(row: Row, new: NewPerson, found: list[Entry], register: Register) -> Row:
    one, here = found[0], [one for one in found if not one.left]
    changes: tuple[Change, ...] = ()
    if not here:
        note = f"№{ru.NBSP}{one.number}, но выбыл(а): верните из карточки."
    elif len(here) > 1:
        numbers = ru.list_and(one.number for one in here)
        note = f"В базе несколько таких людей, №{ru.NBSP}{numbers}: изменяйте в карточке."
    else:
        holds = register.beside.get(one.person_id, Beside())
        own = _changes(row.cells, new, one)
        if register.uses_codes and one.kind is Kind.PUPIL:  # a name stays until a code replaces it
            own = [each for each in own if each.key not in naming.NAMES]
        changes = (*own, *beside.changes(row.typed, holds))
        note = f"Уже в базе, №{ru.NBSP}{one.number}."
        if "joined" in row.cells and new.joined > one.joined:
            note += " Более позднюю дату вхождения укажите в карточке."
        if paper := beside.withdrawn(row.typed, holds):
            day = ru.date_short(paper.signed_on)
            note += f" Согласие от {day} отозвано: новое внесите в карточке."
    verdict = Verdict.DIFFERENT if changes else Verdict.SAME
    return replace(row, verdict=verdict, note=note, known=one, changes=changes)


def _asked(row: Row, new: NewPerson, alike: list[Entry], register: Register) -> Row:
    """Somebody of the name, in another class or with half the surname: the same child, or another."""
    here = [one for one in alike if one.can_move]
    known = here[0] if here else alike[0]
    changes = _compared(row, new, [known], register).changes if len(here) == 1 else ()
    who = ru.list_and(_said(one) for one in here or alike)
    note = f"Такое имя уже есть: {who}. Тот же ребёнок или другой?"
    asked = replace(row, verdict=Verdict.DIFFERENT, note=note, known=known)
    return replace(asked, changes=changes, is_alike=True)


def _said(one: Entry) -> str:
    gone = f", выбытие {ru.date_short(one.left)}" if one.left else ""
    return f"№{ru.NBSP}{one.number}, {one.group or 'класс не указан'}{gone}"


def _like_another_row(row: Row, entering: dict[tuple[str, str], list[Row]]) -> Row:
    """Two rows of one file with one name and two classes are asked about as well."""
    new = row.new
    if new is None:
        return row
    near = [other for key in sorted(keys(new)) for other in entering[key]]
    for key in keys(new):
        entering[key].append(row)
    other = next((one for one in near if one.new and same_name(one.new, new)), None)
    if other is None:
        return row
    note = f"Похоже на строку {other.number} ({other.group}). Тот же ребёнок или другой?"
    return replace(row, verdict=Verdict.DIFFERENT, note=note, is_alike=True)


def _of_other_part(row: Row, new: NewPerson, register: Register) -> Row:
    """Somebody of the other register becomes the same person in a second part."""
    other = Part.MENTOR if register.part is Part.MENTEE else Part.MENTEE
    people = {one.person_id: one for one in register.namesakes.same(new, other)}
    if not people:
        return row
    if len(people) > 1:
        note = "В другой базе несколько таких людей: добавьте отдельно и выберите."
        return Row(row.number, row.cells, Verdict.BAD, note)
    person_id, one = people.popitem()
    note = f"Уже в другой базе, №{ru.NBSP}{one.number}: это будет тот же человек."
    return replace(row, new=replace(new, same_as=person_id), note=note, known=one)


# --- differences ----------------------------------------------------------------------------------


def _changes(cells: Cells, new: NewPerson, known: Entry) -> list[Change]:
    """An empty cell changes nothing; a later day of joining is not ours to change, pairs may forbid it."""
    found = []
    if new.patronymic and ru.search_key(new.patronymic) != ru.search_key(known.patronymic):
        found.append(
            Change(
                "patronymic",
                terms.inside(terms.PERSON["patronymic"]),
                known.patronymic,
                new.patronymic,
                new.patronymic,
            )
        )
    found += _change_of_class(new, known)
    if "kind" in cells and new.kind is not known.kind:
        old, label = (kind_label(kind, known.part) for kind in (known.kind, new.kind))
        found.append(Change("kind", terms.inside(terms.PERSON["kind"]), old, label, new.kind))
    if new.post and new.post != plain(known.post):
        found.append(
            Change("post", terms.inside(terms.PERSON["post"]), known.post, new.post, new.post)
        )
    for column in columns(known.part):
        if column.read is None or column.room is not Room.REGISTER or column.key not in cells:
            continue
        was, value = getattr(known, column.key), getattr(new, column.key)
        is_later = column.key == "joined" and value > was
        if shown(was) != shown(value) and not is_later:
            title = terms.inside(column.title)
            found.append(Change(column.key, title, shown(was), shown(value), value))
    return found


def _change_of_class(new: NewPerson, known: Entry) -> list[Change]:
    if new.kind is not Kind.PUPIL or not new.grade:
        return []
    its, year = known.school_class, known.first_year
    old = (its.grade_in(year), its.letter) if its else (None, "")
    value = (new.grade, new.letter or (old[1] if old[0] == new.grade else ""))
    if value == old:
        return []
    text = ru.class_name(*old) if old[0] else ""
    return [Change("class", "класс", text, ru.class_name(*value), value)]


# --- reading a row --------------------------------------------------------------------------------


def _read(cells: Cells, register: Register) -> tuple[NewPerson | None, Entry | None, list[str]]:
    """Return the person of a row and who has its register number, or None and all there is to mend."""
    part = register.part
    names = naming.names(cells, uses_codes=register.uses_codes)
    problem = naming.problem(cells, names, uses_codes=register.uses_codes)
    problems = [problem] if problem else []
    number = cells.get("number", "")
    known = None
    if number.isdecimal() and len(number) < 9:
        key = ru.search_key(f"{names['surname']} {names['given_name']}")
        known = register.namesakes.numbered(int(number), key, part)
    values: dict[str, Any] = {**names, "joined": register.joined}
    for column in columns(part):
        if column.read and column.room is Room.REGISTER and column.key in cells:
            try:
                values[column.key] = column.read(cells[column.key])
            except ValueError as mistake:
                problems.append(_sentence(mistake))
    try:
        is_coded = bool(naming.code(cells, uses_codes=register.uses_codes))
        values |= _who(cells, part, known, is_coded=is_coded)
    except ValueError as mistake:
        problems.append(_sentence(mistake))
    if problems:
        return None, None, problems
    return NewPerson(**values, class_year=register.class_year), known, []


def _sentence(mistake: ValueError) -> str:
    text = str(mistake)
    return text if text.endswith(".") else f"{text}."


def names_pupils(rows: Sequence[tuple[int, Cells]], register: Register) -> list[int]:
    """Return the rows with the name of a pupil whom the registers do not know by it; to be refused."""
    return [number for number, cells in rows if _brings_name(cells, register)]


def _brings_name(cells: Cells, register: Register) -> bool:
    """Whatever else is wrong with the row: nothing of it may be kept."""
    if not naming.has_name(cells):
        return False
    if "code" not in cells and naming.code(cells, uses_codes=True):
        return False
    bare = {key: cell for key, cell in cells.items() if key != "code"}
    names = naming.names(bare, uses_codes=False)
    if register.namesakes.knows(f"{names['surname']} {names['given_name']}"):
        return False
    try:
        return read_kind(cells.get("kind", ""), register.part) is Kind.PUPIL
    except ValueError:
        return _is_pupil(cells, register.part)


def _is_pupil(cells: Cells, part: Part) -> bool:
    """Who somebody is where «Категория участника» does not say so."""
    return part is Part.MENTEE or cells.get("class", "")[:1].isdigit()


def _who(
    cells: Cells, part: Part, known: Entry | None, *, is_coded: bool = False
) -> dict[str, Any]:
    """Return kind, class and post: each may stand in for another.

    Raises:
        ValueError: what to mend.
    """
    its_class, post = cells.get("class", ""), cells.get("post", "")
    kind = read_kind(cells["kind"], part) if "kind" in cells else None
    if kind is None:
        is_known_so = known is not None and not its_class
        is_pupil = _is_pupil(cells, part) or is_coded
        kind = known.kind if known and is_known_so else Kind.PUPIL if is_pupil else Kind.TEACHER
    if kind is not Kind.PUPIL:
        post = post or its_class  # «Класс или должность» is one column
        if len(post) > LONGEST_POST:
            raise ValueError(f"Должность. {ru.too_long(len(post), LONGEST_POST)}")
        return {"kind": kind, "post": post}
    if not its_class and known is None:
        hint = (
            "" if part is Part.MENTOR else " Для молодого педагога укажите «Категорию участника»."
        )
        raise ValueError(_NO_CLASS + hint)
    grade, letter = ru.parse_class(its_class) if its_class else (None, "")
    return {"kind": kind, "grade": grade, "letter": letter}
