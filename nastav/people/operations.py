"""Changing the registers. The journal gets register numbers and names of fields, never values."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm.attributes import flag_modified

from nastav import dates, ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district.models import School
from nastav.people import queries, schooling
from nastav.people.changes.models import FIELDS
from nastav.people.changes.operations import Changed, note
from nastav.people.codes import operations as coding
from nastav.people.codes import queries as codes
from nastav.people.codes.rules import clash
from nastav.people.inserting import (
    PERSON,
    give_numbers,
    insert_classes,
    insert_groups,
    insert_people,
    line_row,
)
from nastav.people.lines import REGISTERS, check_joined, check_named, record_line
from nastav.people.models import (
    TEXTS,
    Part,
    Participation,
    Person,
    PersonClass,
)
from nastav.people.rules import NewPerson
from nastav.refusals import NotAllowed


@dataclass(frozen=True)
class Added:
    """Somebody who has just entered a register."""

    participation_id: int
    person_id: int
    number: int


def add_person(actor: Actor, school: School, part: Part, new: NewPerson) -> Added:
    """Enter one person into a register of a school.

    Raises:
        NotAllowed: the date lies ahead, somebody has the code, or the person named as the same is not
            this school's.
    """
    added = _add(school, part, [new])[0]
    subject = f"№ {added.number}, {REGISTERS[part]}"
    record(actor, "person:added", subject=subject, school_id=school.id)
    return added


def add_people(
    actor: Actor, school: School, part: Part, people: Sequence[NewPerson]
) -> list[Added]:
    """Enter many people at once, in a handful of statements; returned in the order given.

    Raises: as `add_person`; then nobody is entered (the caller's transaction is to be rolled back).
    """
    if not people:
        return []
    added = _add(school, part, people)
    subject = (
        f"{len(added)} чел., {REGISTERS[part]}, до № {max(newcomer.number for newcomer in added)}"
    )
    record(actor, "people:added", subject=subject, school_id=school.id)
    return added


def change_person(
    actor: Actor,
    row: Participation,
    data: NewPerson,
    *,
    version: int,
    person_version: int,
) -> None:
    """Change a person and their participation (loaded together) to what was typed, if that differs.

    Raises:
        Conflict: either row was saved since the form was opened.
        NotAllowed: the date of joining lies ahead or after the day of leaving, the name was erased, or
            somebody else has the code.
    """
    own_class = schooling.class_row(row, data)
    changed = _changes(row, own_class, data)
    if not changed:
        return  # sent twice
    check_version(row, version)
    check_version(row.person, person_version)
    check_named(row.person)
    _check_still_ours(row, data)
    check_joined(data.joined)
    if data.is_coded and data.surname != row.person.surname:
        school_ids = codes.schools_of(row.person_id)
        _check_codes(row.school_id, [data], others=school_ids, but=[row.person_id])
    if row.left and data.joined > row.left:
        raise NotAllowed("joined", f"Выбытие отмечено {ru.date_short(row.left)}: укажите раньше.")
    schooling.set_group(row, data)  # it asks first: what was assigned before would be written twice
    _assign(row, data)
    if own_class and data.grade:
        schooling.set_class(own_class, data.grade, data.letter)
    # both versions move, so that of two curators with the form open the second is told
    flag_modified(row.person, "kind")
    flag_modified(row, "joined")
    note(actor, row, changed)
    db.session.flush()
    record_line(
        actor, "person:changed", row, ": " + ", ".join(FIELDS[change.field] for change in changed)
    )


def change_class(actor: Actor, row: Participation, data: NewPerson) -> None:
    """Give a pupil of a register the class typed of somebody of the name; all else stays.

    Raises:
        NotAllowed: the name was erased.
    """
    own_class = schooling.class_row(row, data)
    if own_class is None or not data.grade:
        return
    check_named(row.person)
    was, typed = (own_class.grade, own_class.letter), (data.grade, data.letter)
    if was == typed:
        return  # sent twice
    own_class.move_id = None
    own_class.grade, own_class.letter = typed
    db.session.add(own_class)
    flag_modified(row.person, "kind")
    flag_modified(row, "joined")
    note(actor, row, [Changed("class", was, typed)])
    db.session.flush()
    record_line(actor, "person:changed", row, f": {FIELDS['class']}")


def receive(
    actor: Actor,
    school: School,
    part: Part,
    person: Person,
    joined: date,
    own_class: tuple[int, str],
    *,
    code: str = "",
) -> Participation:
    """Enter a pupil of another school into a register of this one; the person stays the same.

    Whoever stands in this register already (a double that the coordinator confirmed) keeps their line.
    Of a pupil without a name this school writes its own code; the others find the old one in the history.

    Raises:
        NotAllowed: the day of joining lies ahead, the name was erased, or somebody has the code.
    """
    check_named(person)
    check_joined(joined)
    if person.is_coded:
        _recode(school, person, code or person.surname)
    give_numbers(school.id, [person.id])
    grade, letter = own_class
    new = NewPerson(person.surname, person.given_name, joined, grade=grade, letter=letter)
    insert_classes(school.id, [person.id], [new])
    lines = select(Participation).filter_by(
        school_id=school.id, person_id=person.id, part=part, left=None, is_mistake=False
    )
    row = db.session.scalar(lines)
    if row is None:
        row = Participation(person_id=person.id, school_id=school.id, part=part, joined=joined)
        db.session.add(row)
        db.session.flush()
        record_line(actor, "person:added", row)
    return row


def mark_mistake(actor: Actor, row: Participation, *, is_mistake: bool, version: int) -> None:
    """Mark a participation as entered by mistake, so that it counts nowhere, or take the mark off.

    Raises:
        Conflict: the row was saved meanwhile.
    """
    if row.is_mistake == is_mistake:
        return  # sent twice
    check_version(row, version)
    note(actor, row, [Changed("mistake", _yes(row.is_mistake), _yes(is_mistake))])
    row.is_mistake = is_mistake
    db.session.flush()
    record_line(actor, "person:struck" if is_mistake else "person:restored", row)


# --- adding ---------------------------------------------------------------------------------------


def _add(school: School, part: Part, people: Sequence[NewPerson]) -> list[Added]:
    for new in people:
        check_joined(new.joined)
    _check_codes(school.id, [new for new in people if not new.same_as])
    _check_own(school, [new.same_as for new in people if new.same_as])
    ids = insert_people(school, people)
    insert_classes(school.id, ids, people)
    insert_groups(school.id, ids, people)
    numbers = give_numbers(school.id, ids)
    rows = [
        line_row(school.id, part, person_id, new)
        for person_id, new in zip(ids, people, strict=True)
    ]
    statement = insert(Participation).returning(Participation.person_id, Participation.id)
    made = {row.person_id: row.id for row in db.session.execute(statement, rows)}
    return [Added(made[person_id], person_id, numbers[person_id]) for person_id in ids]


def _recode(school: School, person: Person, code: str) -> None:
    wanted, school_ids = NewPerson(code, "", dates.today()), codes.schools_of(person.id)
    _check_codes(school.id, [wanted], others=school_ids, but=[person.id])
    coding.recode(school, person, code, school_ids=school_ids)


def _check_still_ours(row: Participation, data: NewPerson) -> None:
    """The name is one for both schools: the one the pupil goes to now writes it."""
    moved = row.left is not None and queries.is_elsewhere(row.school_id, row.person_id)
    if moved and _differing(row.person, data):
        text = "Ученик числится в другой школе: фамилию и имя теперь ведёт она."
        raise NotAllowed("surname", text)


def _check_codes(
    school_id: int,
    people: Iterable[NewPerson],
    *,
    others: Collection[int] = (),
    but: Collection[int] = (),
) -> None:
    """A code is one child's in each school whose register the child stands in."""
    coded = [new.surname for new in people if new.is_coded]
    if sentence := clash(coded, codes.taken(school_id, others=others, but=but) if coded else {}):
        raise NotAllowed("code", sentence)


def _check_own(school: School, person_ids: Sequence[int]) -> None:
    if set(person_ids) - set(queries.numbers(school.id, person_ids)):
        raise NotAllowed("same_as", "Этого человека в базах школы нет: обновите страницу.")


_PARTICIPATION = (*TEXTS, "joined")


# --- changing -------------------------------------------------------------------------------------


def _differing(row: Person | Participation, data: NewPerson) -> list[Changed]:
    names = PERSON if isinstance(row, Person) else _PARTICIPATION
    both = [Changed(name, getattr(row, name), getattr(data, name)) for name in names]
    return [changed for changed in both if changed.old != changed.new]


def _changes(row: Participation, own_class: PersonClass | None, data: NewPerson) -> list[Changed]:
    return [
        *coding.history_changes(row.person, data, _differing(row.person, data)),
        *_differing(row, data),
        *schooling.class_changes(own_class, data),
        *schooling.group_changes(row, data),
    ]


def _assign(row: Participation, data: NewPerson) -> None:
    for name in PERSON:
        setattr(row.person, name, getattr(data, name))
    for name in _PARTICIPATION:
        setattr(row, name, getattr(data, name))
    row.person.search_key = ru.search_key(data.full_name)
    row.person.sort_key = ru.sort_key(data.full_name)


def _yes(is_so: bool) -> str:
    return "да" if is_so else "нет"
