"""The rows that a load wrote, and what stood in them: written, found again, taken back.

They are written behind the session's back, so they are read past it too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from nastav import ru
from nastav.consents.models import Consent
from nastav.db import Conflict, db
from nastav.loads.writing import write
from nastav.mentors.profiles.models import MentorKind, MentorProfile, Selection
from nastav.people.changes.models import NAME
from nastav.people.models import Kind, Participation, Person, PersonClass, PersonGroup
from nastav.people.rows import AgeGroup

MODELS: dict[str, type[Consent] | type[MentorProfile] | type[Participation] | type[Person]] = {
    "person": Person,
    "participation": Participation,
    "consent": Consent,
    "mentor_profile": MentorProfile,
}
# column → value; a profile's "kind_ids"; a line's "class" → [school year, grade, letter], grade 0 for none;
# a line's "group" → [name, age, the age's day as ISO], all empty for none
Values = dict[str, Any]
_APART = {"kind_ids", "class", "group"}  # kept in tables of their own


@dataclass(frozen=True)
class Trace:
    """A row that a load wrote: the version it left, and the former values as JSON (made: none).

    A removed consent's id is given out again, so the time it was made says whether it is the same one.
    """

    table: str
    row_id: int
    person_id: int
    version: int
    made_at: str = ""
    values: Values = field(default_factory=dict)

    @property
    def revived(self) -> Values:
        """Return the former values as the table takes them."""
        return {name: revived(name, value) for name, value in self.values.items()}


def stored(rows: Iterable[dict[str, Any]]) -> list[Trace]:
    """Return the traces that a load keeps; of a load before 0.3 a line and its person were one."""
    found = []
    for row in rows:
        if "table" in row:
            found.append(Trace(**row))
            continue
        of_person = {name: value for name, value in row["values"].items() if hasattr(Person, name)}
        of_line = {name: value for name, value in row["values"].items() if name not in of_person}
        (line, person), person_id = row["versions"], row["person_id"]
        found.append(Trace("person", person_id, person_id, person, values=of_person))
        key = row["participation_id"]
        found.append(Trace("participation", key, person_id, line, values=of_line))
    return found


def _rows(table: str, ids: Iterable[int]) -> dict[int, Any]:
    """The rows as they are in the database, past the session: they are written behind its back."""
    stored = MODELS[table].__table__
    rows = db.session.execute(select(stored).where(stored.c.id.in_(list(ids)))).mappings()
    return {row["id"]: row for row in rows}


def write_rows(table: str, wanted: Mapping[int, Values]) -> list[Trace]:
    """Write values by row's id and move every version on; return what they replaced.

    Raises:
        Conflict: one of them was saved meanwhile, or is gone.
    """
    if not wanted:
        return []
    rows = _rows(table, wanted)
    if set(rows) != set(wanted):
        raise Conflict
    kinds_of = {
        person_id: values["kind_ids"]
        for person_id, values in wanted.items()
        if "kind_ids" in values
    }
    classes_of = {
        person_id: values["class"] for person_id, values in wanted.items() if "class" in values
    }
    groups_of = {
        person_id: values["group"] for person_id, values in wanted.items() if "group" in values
    }
    apart = {
        **{("kind_ids", kind): ids for kind, ids in _kinds(kinds_of).items()},
        **{
            ("class", school_class): value
            for school_class, value in _classes(rows, classes_of).items()
        },
        **{("group", group): value for group, value in _groups(rows, groups_of).items()},
    }
    traces = []
    for row_id, values in wanted.items():
        row = rows[row_id]
        was = {name: apart[name, row_id] if name in _APART else row[name] for name in values}
        kept = {name: _kept(value) for name, value in was.items()}
        person_id = row_id if table == "person" else row["person_id"]
        traces.append(Trace(table, row_id, person_id, row["version"] + 1, _stamp(row), kept))
    _write_plain(table, wanted, rows)
    set_kinds(kinds_of)
    _set_classes(rows, classes_of)
    _set_groups(rows, groups_of)
    return traces


def _write_plain(table: str, wanted: Mapping[int, Values], rows: Mapping[int, Any]) -> None:
    names = {name for values in wanted.values() for name in values} - _APART
    written = []
    for row_id, values in wanted.items():
        row = rows[row_id]
        whole = {name: values.get(name, row[name]) for name in names}
        if table == "person":
            name = " ".join(filter(None, (whole.get(part, row[part]) for part in NAME)))
            whole |= {"search_key": ru.search_key(name), "sort_key": ru.sort_key(name)}
        written.append({**whole, "its_id": row_id, "its_version": row["version"]})
    write(MODELS[table], written)


def _stamp(row: Mapping[str, Any]) -> str:
    return row["created_at"].isoformat() if "created_at" in row else ""


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


_REVIVED = {
    "joined": date.fromisoformat,
    "interviewed_on": date.fromisoformat,
    "kind": Kind,
    "decision": Selection,
}


def revived(name: str, value: Any) -> Any:
    """Return a value kept as JSON as the table takes it; one that is no text is left as it is."""
    return _REVIVED[name](value) if name in _REVIVED and type(value) is str else value


def _classes(rows: Mapping[int, Any], wanted: Mapping[int, Sequence[Any]]) -> dict[int, list[Any]]:
    """Return the class that a line's person had in the school year wanted."""
    if not wanted:
        return {}
    columns = (
        PersonClass.school_id,
        PersonClass.person_id,
        PersonClass.first_year,
        PersonClass.grade,
        PersonClass.letter,
    )
    people = [rows[line_id]["person_id"] for line_id in wanted]
    found = db.session.execute(select(*columns).where(PersonClass.person_id.in_(people)))
    known = {tuple(row[:3]): list(row[2:]) for row in found}
    return {
        line_id: known.get(
            (rows[line_id]["school_id"], rows[line_id]["person_id"], value[0]),
            [value[0], 0, ""],
        )
        for line_id, value in wanted.items()
    }


def _set_classes(rows: Mapping[int, Any], wanted: Mapping[int, Sequence[Any]]) -> None:
    """Put the class of a school year in the place of the one there was."""
    fresh = [
        {
            "school_id": rows[line_id]["school_id"],
            "person_id": rows[line_id]["person_id"],
            "first_year": year,
            "grade": grade,
            "letter": letter,
        }
        for line_id, (year, grade, letter) in wanted.items()
    ]
    for school_id, year in {(row["school_id"], row["first_year"]) for row in fresh}:
        place = {"school_id": school_id, "first_year": year}
        ids = [row["person_id"] for row in fresh if place.items() <= row.items()]
        old = delete(PersonClass).where(PersonClass.person_id.in_(ids)).filter_by(**place)
        db.session.execute(old.execution_options(synchronize_session=False))
    if fresh := [row for row in fresh if row["grade"]]:
        db.session.execute(insert(PersonClass), fresh)


def _groups(rows: Mapping[int, Any], wanted: Mapping[int, Sequence[Any]]) -> dict[int, list[Any]]:
    """Return the group that a line's person has in its school."""
    if not wanted:
        return {}
    columns = (
        PersonGroup.school_id,
        PersonGroup.person_id,
        PersonGroup.name,
        PersonGroup.age,
        PersonGroup.aged_on,
    )
    people = [rows[line_id]["person_id"] for line_id in wanted]
    found = db.session.execute(select(*columns).where(PersonGroup.person_id.in_(people)))
    known = {(row[0], row[1]): [row[2], row[3], _kept(row[4])] for row in found}
    return {
        line_id: known.get(
            (rows[line_id]["school_id"], rows[line_id]["person_id"]), ["", None, None]
        )
        for line_id in wanted
    }


def group_text(value: Sequence[Any]) -> str:
    """Return a group as people read it."""
    name, age, day = value
    return AgeGroup(name, age, date.fromisoformat(day) if day else None).text


def _set_groups(rows: Mapping[int, Any], wanted: Mapping[int, Sequence[Any]]) -> None:
    """Put a group in the place of the one there was."""
    for school_id in {rows[line_id]["school_id"] for line_id in wanted}:
        ids = [
            rows[line_id]["person_id"]
            for line_id in wanted
            if rows[line_id]["school_id"] == school_id
        ]
        old = delete(PersonGroup).where(
            PersonGroup.school_id == school_id, PersonGroup.person_id.in_(ids)
        )
        db.session.execute(old.execution_options(synchronize_session=False))
    fresh = [
        {
            "school_id": rows[line_id]["school_id"],
            "person_id": rows[line_id]["person_id"],
            "name": name,
            "age": age,
            "aged_on": date.fromisoformat(day) if day else None,
        }
        for line_id, (name, age, day) in wanted.items()
        if name or age
    ]
    if fresh:
        db.session.execute(insert(PersonGroup), fresh)


def _kinds(profile_ids: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {profile_id: [] for profile_id in profile_ids}
    if not found:
        return found
    rows = select(MentorKind.profile_id, MentorKind.kind_id).where(MentorKind.profile_id.in_(found))
    for row in db.session.execute(rows.order_by(MentorKind.kind_id)):
        found[row.profile_id].append(row.kind_id)
    return found


def set_kinds(wanted: Mapping[int, Sequence[int]]) -> None:
    """Put these forms of mentoring in the place of those there were."""
    if not wanted:
        return
    db.session.execute(delete(MentorKind).where(MentorKind.profile_id.in_(wanted)))
    rows = [
        {"profile_id": profile_id, "kind_id": kind}
        for profile_id, kind_ids in wanted.items()
        for kind in kind_ids
    ]
    if rows:
        db.session.execute(insert(MentorKind), rows)


def still_there(traces: Iterable[Trace]) -> list[Trace]:
    """Return those whose row nobody has removed since."""
    every = list(traces)
    now = _now(every)
    return [trace for trace in every if _is_it(trace, now)]


def changed_since(made: Sequence[Trace], replaced: Sequence[Trace]) -> set[int]:
    """Return the ids of the people whose rows were saved after the load, or removed if it found them."""
    every = [*made, *replaced]
    now = _now(every)
    gone = {trace.person_id for trace in replaced if not _is_it(trace, now)}
    return gone | {
        trace.person_id
        for trace in every
        if _is_it(trace, now) and now[trace.table, trace.row_id]["version"] != trace.version
    }


def _now(traces: Sequence[Trace]) -> dict[tuple[str, int], Any]:
    """The rows of the traces as they are now, by table and id."""
    return {
        (table, row_id): row
        for table in MODELS
        for row_id, row in _rows(
            table, [trace.row_id for trace in traces if trace.table == table]
        ).items()
    }


def _is_it(trace: Trace, now: Mapping[tuple[str, int], Any]) -> bool:
    row = now.get((trace.table, trace.row_id))
    return row is not None and trace.made_at in ("", _stamp(row))


def rows_made(made: Sequence[Trace]) -> dict[str, list[int]]:
    """Return the ids of the rows a load made, by table."""
    return {table: [trace.row_id for trace in made if trace.table == table] for table in MODELS}


def take_back(made: Sequence[Trace], replaced: Sequence[Trace]) -> None:
    """Remove the rows a load made and give the others their values back.

    Raises:
        Conflict: one of them was saved meanwhile.
    """
    ids = rows_made(made)
    kinds_of = delete(MentorKind).where(MentorKind.profile_id.in_(ids["mentor_profile"]))
    db.session.execute(kinds_of)
    for table, model in MODELS.items():
        db.session.execute(delete(model).where(model.id.in_(ids[table])))
        former = {trace.row_id: trace.revived for trace in replaced if trace.table == table}
        write_rows(table, former)
