"""What each row of a table would do, and whom the register knows already. Pure: no database."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from nastav import classes, dates, ru, terms
from nastav.columns import category, naming
from nastav.columns.column import Cells, Change, Room, TooLong, plain
from nastav.columns.register import columns, kind_label
from nastav.consents.models import Signer
from nastav.consents.rules import needed
from nastav.loads.extras import rules as extras
from nastav.loads.extras.rules import Extras, shown
from nastav.loads.models import OTHER
from nastav.loads.ready import rules as ready
from nastav.loads.ready.rules import Known
from nastav.loads.rows import Preview, Row, Verdict
from nastav.people.alike import keys, same_name
from nastav.people.models import Kind, Part
from nastav.people.rows import AgeGroup, Entry
from nastav.people.rules import Namesakes, NewPerson
from nastav.tables.table import place, within_sentence
from nastav.tables.values import mistakes


@dataclass(frozen=True)
class Register:
    """What rows are read for and compared with."""

    part: Part
    namesakes: Namesakes
    joined: date  # of those whose row has no date
    class_year: int
    kinds: Sequence[str] = ()  # names of the district's forms of mentoring
    both_from: int = 8  # the grade from which a pupil signs beside the guardian
    extras: Mapping[int, Extras] = field(default_factory=dict)  # by person's id
    has_classes: bool = True  # some row of the table says a class
    uses_codes: bool = False  # pupils are kept by codes
    taken: Mapping[str, int] = field(default_factory=dict)  # search key of a code → register number
    together: Known = field(default_factory=dict)  # (mentor, mentee) → starts of their pairs


def check(
    rows: Sequence[tuple[int, Cells]],
    register: Register,
    choice: Callable[[int, bool], str] = lambda *_: "",
) -> Preview:
    """Return every row with its verdict: read, compared with the registers and with each other.

    `choice` says what was decided of a known person's row, by its number
    and whether it may be another child.
    """
    seen: dict[Any, int] = {}
    entering: dict[tuple[str, str], list[Row]] = defaultdict(list)
    places = {number: within_sentence(number, cells) for number, cells in rows}
    checked = []
    desk = ready.Desk(
        register.part,
        register.namesakes,
        register.kinds,
        register.joined,
        register.class_year,
        register.together,
    )
    register = replace(register, has_classes=any(category.says_class(cells) for _, cells in rows))
    for number, cells in rows:
        row = _checked(number, cells, register)
        if row.new is not None:
            is_known = row.verdict is not Verdict.GOOD and not row.is_alike
            who = row.known.id if row.known and is_known else row.new.identity
            first = seen.setdefault(who, number)
            if first != number:
                note = f"Повторяет {places[first]}."
                row = replace(row, verdict=Verdict.SAME, note=note, changes=(), repeats=first)
            elif row.verdict is Verdict.GOOD:
                row = _like_another_row(row, entering)
        if row.verdict is Verdict.DIFFERENT:
            row = replace(row, choice=choice(number, row.is_alike))
        row = _with_pair(row, desk)
        checked.append(row)
    order = list(Verdict)
    return Preview(tuple(sorted(checked, key=lambda row: order.index(row.verdict))))


def _with_pair(row: Row, desk: ready.Desk) -> Row:
    """Add the pair that a row names; whom it cannot tell apart somebody has to."""
    if row.new is None or row.verdict is Verdict.BAD:
        return row
    is_them = row.known and row.known.part is row.part and row.choice != OTHER
    is_here = row.known if is_them else None
    try:
        found = ready.find(row.cells, row.new, is_here, desk)
    except TooLong as mistake:
        found = ready.Found(problem=str(mistake))
    notices = (*row.notices, *found.notices)
    if found.problem:
        return Row(row.number, row.cells, row.part, Verdict.BAD, found.problem, notices=notices)
    new = row.new
    if found.pair and "joined" not in row.cells:  # nobody is in a pair before the register
        new = replace(new, joined=min(new.joined, found.pair.started))
    return replace(row, new=new, pair=found.pair, notices=notices)


def _checked(number: int, cells: Cells, register: Register) -> Row:
    bad = partial(Row, number, cells, register.part, Verdict.BAD)
    if mend := mistakes(cells, register.part):
        return bad(mend)
    person = _read(cells, register)
    new, known = person.new, person.known
    found = [known] if known else register.namesakes.same(new, register.part) if new else []
    usual = partial(_signer, new, found[0] if found else None, register)
    more = extras.read(cells, register.part, register.kinds, usual)
    notices = (*person.notices, *more.notices)
    if new is None or more.problems:
        return bad(" ".join([*person.problems, *more.problems]), notices=notices)
    row = Row(
        number, cells, register.part, Verdict.GOOD, new=new, typed=more.typed, notices=notices
    )
    alike = [] if found else register.namesakes.alike(new, register.part)
    if alike and new.same_as is None:
        row = _asked(row, new, alike, register)
    elif found:
        row = _compared(row, new, found, register)
    else:
        row = _of_other_part(row, new, register)
    why = naming.refusal(new, row.known, register.taken, uses_codes=register.uses_codes)
    return bad(why, notices=notices) if why and row.new else row


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
    entry, here = found[0], [entry for entry in found if not entry.left]
    changes: tuple[Change, ...] = ()
    if not here:
        note = f"№{ru.NBSP}{entry.number}, но выбыл(а): верните из карточки."
    elif len(here) > 1:
        numbers = ru.list_and(entry.number for entry in here)
        note = f"В базе несколько таких людей, №{ru.NBSP}{numbers}: изменяйте в карточке."
    else:
        holds = register.extras.get(entry.person_id, Extras())
        own = _changes(row.cells, new, entry)
        if (
            register.uses_codes and entry.kind is Kind.PUPIL
        ):  # a name stays until a code replaces it
            own = [each for each in own if each.key not in naming.NAMES]
        changes = (*own, *extras.changes(row.typed, holds))
        note = f"Уже в базе, №{ru.NBSP}{entry.number}."
        if any(change.key == "kind" for change in own):
            note += _PUT_RIGHT
        if "joined" in row.cells and new.joined > entry.joined:
            note += " Более позднюю дату вхождения укажите в карточке."
        if paper := extras.withdrawn(row.typed, holds):
            day = ru.date_short(paper.signed_on)
            note += f" Согласие от {day} отозвано: новое внесите в карточке."
    verdict = Verdict.DIFFERENT if changes else Verdict.SAME
    return replace(row, verdict=verdict, note=note, known=entry, changes=changes)


_PUT_RIGHT = (
    " Категория исправится как ошибка; если она сменилась с какого-то дня, изменяйте в карточке."
)


def _asked(row: Row, new: NewPerson, alike: list[Entry], register: Register) -> Row:
    """Somebody of the name, in another class or with half the surname: the same child, or another."""
    here = [entry for entry in alike if entry.can_move]
    known = here[0] if here else alike[0]
    changes = _compared(row, new, [known], register).changes if len(here) == 1 else ()
    who = ru.list_and(_said(entry) for entry in here or alike)
    note = f"Такое имя уже есть: {who}. Тот же ребёнок или другой?"
    asked = replace(row, verdict=Verdict.DIFFERENT, note=note, known=known)
    numbers = tuple(dict.fromkeys(entry.number for entry in alike))
    return replace(asked, changes=changes, is_alike=True, alike=numbers)


def _said(entry: Entry) -> str:
    gone = f", выбытие {ru.date_short(entry.left)}" if entry.left else ""
    return f"№{ru.NBSP}{entry.number}, {entry.group or 'класс не указан'}{gone}"


def _like_another_row(row: Row, entering: dict[tuple[str, str], list[Row]]) -> Row:
    """Two rows of one file with one name and two classes are asked about as well."""
    new = row.new
    if new is None:
        return row
    near = [other for key in sorted(keys(new)) for other in entering[key]]
    for key in keys(new):
        entering[key].append(row)
    others = [row for row in near if row.new and same_name(row.new, new)]
    if not others:
        return row
    note = f"Похоже на {others[0].said()} ({others[0].who}). Тот же ребёнок или другой?"
    rows = tuple(dict.fromkeys(other.number for other in others))
    return replace(row, verdict=Verdict.DIFFERENT, note=note, is_alike=True, alike_rows=rows)


def _of_other_part(row: Row, new: NewPerson, register: Register) -> Row:
    """Somebody of the other register becomes the same person in a second part."""
    other = Part.MENTOR if register.part is Part.MENTEE else Part.MENTEE
    people = {entry.person_id: entry for entry in register.namesakes.same(new, other)}
    if not people:
        return row
    if len(people) > 1:
        note = "В другой базе несколько таких людей: добавьте отдельно и выберите."
        return Row(row.number, row.cells, row.part, Verdict.BAD, note)
    person_id, entry = people.popitem()
    note = f"Уже в другой базе, №{ru.NBSP}{entry.number}: это будет тот же человек."
    return replace(row, new=replace(new, same_as=person_id), note=note, known=entry)


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
    found += [*_change_of_class(new, known), *_change_of_group(new, known)]
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
    school_class, year = known.school_class, known.first_year
    old = (school_class.grade_in(year), school_class.letter) if school_class else (None, "")
    value = (new.grade, new.letter or (old[1] if old[0] == new.grade else ""))
    if value == old:
        return []
    text = classes.class_name(*old) if old[0] else ""
    return [Change("class", "класс", text, classes.class_name(*value), value)]


def _change_of_group(new: NewPerson, known: Entry) -> list[Change]:
    """An age is the same while its years are: no file of ours says on which day they were counted."""
    group, was = new.age_group, known.age_group or AgeGroup("", None, None)
    if group is None or new.grade:
        return []
    is_other = group.age is not None and group.age not in (was.age, was.age_on(dates.today()))
    aged = (group.age, group.aged_on) if is_other else (was.age, was.aged_on)
    merged = AgeGroup(group.name or was.name, *aged)
    if was == merged:
        return []
    day = merged.aged_on.isoformat() if merged.aged_on else None
    value = [merged.name, merged.age, day]
    return [Change("group", "группа", was.text, merged.text, value)]


# --- reading a row --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Person:
    """The person of a row and who has its register number, or all there is to mend."""

    new: NewPerson | None
    known: Entry | None = None
    problems: Sequence[str] = ()
    notices: Sequence[str] = ()


def _read(cells: Cells, register: Register) -> _Person:
    names = naming.names(cells, uses_codes=register.uses_codes)
    problem = naming.problem(cells, names, uses_codes=register.uses_codes)
    problems = [problem] if problem else []
    known = _numbered(cells, names, register)
    values: dict[str, Any] = {**names, "joined": register.joined}
    for column in columns(register.part):
        if column.read and column.room is Room.REGISTER and column.key in cells:
            try:
                values[column.key] = column.read(cells[column.key])
            except ValueError as mistake:
                problems.append(_sentence(mistake))
    try:
        is_coded = bool(naming.code(cells, uses_codes=register.uses_codes))
        is_what = category.read(
            cells, register.part, known, is_coded=is_coded, has_classes=register.has_classes
        )
    except ValueError as mistake:
        return _Person(None, problems=[*problems, _sentence(mistake)])
    if problems:
        return _Person(None, problems=problems, notices=is_what.notices)
    values |= {name: getattr(is_what, name) for name in _WHAT}
    if is_what.age:
        values["aged_on"] = dates.cycle_bounds(register.class_year)[0]
    return _Person(
        NewPerson(**values, class_year=register.class_year), known, notices=is_what.notices
    )


def _numbered(cells: Cells, names: Mapping[str, str], register: Register) -> Entry | None:
    number = cells.get("number", "")
    if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
        return None
    key = ru.search_key(f"{names['surname']} {names['given_name']}")
    return register.namesakes.numbered(int(number), key, register.part)


_WHAT = ("kind", "grade", "letter", "group_name", "age", "post")
_LONGEST_NUMBER = 8  # digits


def _sentence(mistake: ValueError) -> str:
    text = str(mistake)
    return text if text.endswith(".") else f"{text}."


def names_pupils(rows: Sequence[tuple[int, Cells]], register: Register) -> list[str]:
    """Return where names of pupils stand whom the registers do not know by them; to be refused."""
    return [place(number, cells) for number, cells in rows if _brings_name(cells, register)]


def without_new_partners(
    rows: Sequence[tuple[int, Cells]], register: Register
) -> tuple[list[tuple[int, Cells]], list[int]]:
    """Return the rows without names of partners whom the registers do not know, and which had some."""
    gone = [
        number
        for number, cells in rows
        if not ready.names_known(cells, register.part, register.namesakes)
    ]
    kept = [
        (number, {key: cell for key, cell in cells.items() if key != "partner"})
        if number in gone
        else (number, cells)
        for number, cells in rows
    ]
    return kept, gone


def _brings_name(cells: Cells, register: Register) -> bool:
    """Whatever else is wrong with the row: nothing of it may be kept."""
    if not ready.names_known(cells, register.part, register.namesakes):
        return True
    if not naming.has_name(cells):
        return False
    if "code" not in cells and naming.code(cells, uses_codes=True):
        return False
    bare = {key: cell for key, cell in cells.items() if key != "code"}
    names = naming.names(bare, uses_codes=False)
    if register.namesakes.knows(f"{names['surname']} {names['given_name']}"):
        return False
    return category.is_pupil(cells, register.part)
