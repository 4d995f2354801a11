"""Giving known people the values of their rows, and giving the former ones back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from nastav import dates, ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, Model, db
from nastav.loads.column import Room
from nastav.loads.rules import Row
from nastav.loads.writing import who, write
from nastav.people.changes.models import PersonChange
from nastav.people.models import KIND_LABELS, Kind, Part, Participation, Person, PersonClass
from nastav.people.operations import REGISTERS

Values = dict[str, Any]  # field → value; "class" → [school year, grade, letter], grade 0 for none


@dataclass(frozen=True)
class Former:
    """What an update replaced, and the versions it left: the undo goes no further than these."""

    participation_id: int
    person_id: int
    versions: Sequence[int]  # of the participation and of the person
    values: Values  # as JSON holds them


def apply(actor: Actor, rows: Sequence[Row], class_year: int) -> list[Former]:
    """Update the known people of these rows, in a number of statements that does not grow with them.

    What stands beside the register is not written here (`beside/`).

    Raises:
        Conflict: somebody was changed meanwhile, or is gone.
    """
    wanted: dict[int, Values] = {}
    for row in rows:
        values = {one.key: one.value for one in row.changes if one.room is Room.REGISTER}
        if row.known and values:
            wanted[row.known.id] = values
            if value := values.get("class"):
                values["class"] = [class_year, *value]
    former = _change(actor, wanted)
    if wanted:
        _tell(actor, [row for row in rows if row.known and row.known.id in wanted])
    return former


def restore(actor: Actor, former: Sequence[Former]) -> None:
    """Give people the values back that an update replaced.

    Raises:
        Conflict: somebody was changed meanwhile, or is gone.
    """
    _change(
        actor,
        {
            one.participation_id: {key: _revived(key, value) for key, value in one.values.items()}
            for one in former
        },
    )


def changed_since(former: Sequence[Former]) -> set[int]:
    """Return the ids of the people whose rows were saved, or removed, after the update."""
    lines = _lines(one.participation_id for one in former)
    now = {key: [line.version, person.version] for key, (line, person) in lines.items()}
    return {one.person_id for one in former if now.get(one.participation_id) != list(one.versions)}


# --- reading --------------------------------------------------------------------------------------

Line = tuple[Participation, Person]


def _lines(ids: Iterable[int]) -> dict[int, Line]:
    """Both rows of each participation, let go of by the session: they are written behind its back."""
    rows = (
        select(Participation, Person)
        .join(Person, Person.id == Participation.person_id)
        .where(Participation.id.in_(list(ids)))
        .execution_options(populate_existing=True)
    )
    found = {line.id: (line, person) for line, person in db.session.execute(rows)}
    for pair in found.values():
        for row in pair:
            if row in db.session:
                db.session.expunge(row)
    return found


def _classes(lines: Iterable[Participation]) -> dict[tuple[int, int, int], list[Any]]:
    """Return [school year, grade, letter] by school, person and school year."""
    rows = select(
        PersonClass.school_id,
        PersonClass.person_id,
        PersonClass.first_year,
        PersonClass.grade,
        PersonClass.letter,
    ).where(PersonClass.person_id.in_([one.person_id for one in lines]))
    return {(row[0], row[1], row[2]): list(row[2:]) for row in db.session.execute(rows)}


# --- writing --------------------------------------------------------------------------------------


def _change(actor: Actor, wanted: dict[int, Values]) -> list[Former]:
    if not wanted:
        return []
    lines = _lines(wanted)
    if set(lines) != set(wanted):
        raise Conflict
    classes = _classes(line for line, _ in lines.values())
    former = []
    for key, values in wanted.items():
        line, person = lines[key]
        before = {name: _now(lines[key], name, value, classes) for name, value in values.items()}
        versions = (line.version + 1, person.version + 1)
        former.append(
            Former(line.id, person.id, versions, {k: _kept(v) for k, v in before.items()})
        )
    _note(actor, wanted, lines, former)
    for name, at in ((Participation, 0), (Person, 1)):
        _write(name, [(lines[key][at], values) for key, values in wanted.items()])
    _write_classes(
        (lines[key][0].school_id, lines[key][0].person_id, *values["class"])
        for key, values in wanted.items()
        if "class" in values
    )
    return former


def _now(pair: Line, name: str, value: Any, classes: dict[tuple[int, int, int], list[Any]]) -> Any:
    line, person = pair
    if name == "class":
        return classes.get((line.school_id, person.id, value[0]), [value[0], 0, ""])
    return getattr(line if hasattr(line, name) else person, name)


def _write(model: type[Model], rows: Sequence[tuple[Any, Values]]) -> None:
    """Write those of the values that the table has, and move every version on."""
    table = model.metadata.tables[model.__tablename__]
    names = {name for _, values in rows for name in values if name in table.c}
    written = []
    for row, values in rows:
        whole = {name: values.get(name, getattr(row, name)) for name in names}
        if isinstance(row, Person):
            parts = [whole.get(name, getattr(row, name)) for name in _NAME]
            name = " ".join(filter(None, parts))
            whole |= {"search_key": ru.search_key(name), "sort_key": ru.sort_key(name)}
        written.append({**whole, "its_id": row.id, "its_version": row.version})
    write(model, written)


_NAME = ("surname", "given_name", "patronymic")


def _write_classes(wanted: Iterable[tuple[int, int, int, int, str]]) -> None:
    """Put the class of a school year in the place of the one there was."""
    rows = [
        {
            "school_id": school_id,
            "person_id": person_id,
            "first_year": year,
            "grade": grade,
            "letter": letter,
        }
        for school_id, person_id, year, grade, letter in wanted
    ]
    for school_id, year in {(row["school_id"], row["first_year"]) for row in rows}:
        place = {"school_id": school_id, "first_year": year}
        ids = [row["person_id"] for row in rows if place.items() <= row.items()]
        old = delete(PersonClass).where(PersonClass.person_id.in_(ids)).filter_by(**place)
        db.session.execute(old.execution_options(synchronize_session=False))
    if fresh := [row for row in rows if row["grade"]]:
        db.session.execute(insert(PersonClass), fresh)


def _note(
    actor: Actor, wanted: dict[int, Values], lines: dict[int, Line], former: Sequence[Former]
) -> None:
    """Keep old and new in the person's history, as `people.changes` does for one."""
    told = [
        {
            "person_id": one.person_id,
            "school_id": lines[one.participation_id][0].school_id,
            "at": dates.now(),
            "actor_name": actor.name,
            "field": name,
            "old": _text(name, old),
            "new": _text(name, wanted[one.participation_id][name]),
        }
        for one in former
        for name, old in one.values.items()
    ]
    db.session.execute(insert(PersonChange), told)


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _revived(name: str, value: Any) -> Any:
    if name == "joined" and isinstance(value, str):
        return date.fromisoformat(value)
    return Kind(value) if name == "kind" else value


def _text(name: str, value: Any) -> str:
    """A value as the history of a person shows it."""
    if name == "class":
        return ru.class_name(*value[1:]) if value[1] else ""
    value = _revived(name, value)
    if isinstance(value, Kind):
        return KIND_LABELS[value]
    return ru.date_short(value) if isinstance(value, date) else str(value)


def _tell(actor: Actor, rows: Sequence[Row]) -> None:
    known = [row.known for row in rows if row.known]
    part: Part = known[0].part
    told = [one for row in rows for one in row.changes if one.room is Room.REGISTER]
    fields = sorted({one.title for one in told})
    people = who([one.number for one in known])
    subject = f"{people}, {REGISTERS[part]}: {', '.join(fields)}"
    record(actor, "people:changed", subject=subject, school_id=actor.school_id)
