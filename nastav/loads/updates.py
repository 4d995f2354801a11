"""Giving known people the values of their rows, and giving the former ones back, with their history."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert

from nastav import classes, dates, ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.columns.column import Room
from nastav.db import db
from nastav.loads.rows import Row
from nastav.loads.traces import Trace, Values, group_text, revived, write_rows
from nastav.loads.writing import who
from nastav.people import kinds
from nastav.people.changes.models import PersonChange
from nastav.people.lines import REGISTERS
from nastav.people.models import KIND_LABELS, Kind, Part, Person


def apply(actor: Actor, school_id: int, rows: Sequence[Row], class_year: int) -> list[Trace]:
    """Update the known people of these rows, in a number of statements that does not grow with them.

    What stands beside the register is not written here (`extras/`).

    Raises:
        Conflict: somebody was changed meanwhile, or is gone.
    """
    wanted: dict[str, dict[int, Values]] = {"person": {}, "participation": {}}
    updated = []
    for row in rows:
        values = {
            change.key: change.value for change in row.changes if change.room is Room.REGISTER
        }
        if row.known is None or not values:
            continue
        updated.append(row)
        if value := values.get("class"):
            values["class"] = [class_year, *value]
        of_person = {name: value for name, value in values.items() if hasattr(Person, name)}
        of_line = {name: value for name, value in values.items() if name not in of_person}
        # both, for a form of either that is open must see a later version
        wanted["person"][row.known.person_id] = of_person
        wanted["participation"][row.known.id] = of_line
    traces = _write(actor, school_id, wanted)
    if updated:
        _tell(actor, updated)
    return traces


def restore(actor: Actor, school_id: int, former: Sequence[Trace]) -> None:
    """Give people the values back that an update replaced.

    Raises:
        Conflict: somebody was changed meanwhile, or is gone.
    """
    wanted: dict[str, dict[int, Values]] = {"person": {}, "participation": {}}
    for trace in former:
        wanted[trace.table][trace.row_id] = trace.revived
    _write(actor, school_id, wanted)


def _write(actor: Actor, school_id: int, wanted: dict[str, dict[int, Values]]) -> list[Trace]:
    traces = [row for table, values in wanted.items() for row in write_rows(table, values)]
    people = wanted["person"]
    kinds.put_right_of(
        {person_id: values["kind"] for person_id, values in people.items() if "kind" in values}
    )
    _note(actor, school_id, traces, wanted)
    return traces


def _note(
    actor: Actor,
    school_id: int,
    traces: Sequence[Trace],
    wanted: Mapping[str, Mapping[int, Values]],
) -> None:
    """Keep old and new in the person's history, as `people.changes` does for one."""
    entries = [
        {
            "person_id": trace.person_id,
            "school_id": school_id,
            "at": dates.now(),
            "actor_name": actor.name,
            "field": name,
            "old": _text(name, old),
            "new": _text(name, wanted[trace.table][trace.row_id][name]),
        }
        for trace in traces
        for name, old in trace.values.items()
    ]
    if entries:
        db.session.execute(insert(PersonChange), entries)


def _text(name: str, value: Any) -> str:
    """A value as the history of a person shows it."""
    if name == "class":
        return classes.class_name(*value[1:]) if value[1] else ""
    if name == "group":
        return group_text(value)
    value = revived(name, value)
    if isinstance(value, Kind):
        return KIND_LABELS[value]
    return ru.date_short(value) if isinstance(value, date) else str(value)


def _tell(actor: Actor, rows: Sequence[Row]) -> None:
    known = [row.known for row in rows if row.known]
    part: Part = known[0].part
    changes = [change for row in rows for change in row.changes if change.room is Room.REGISTER]
    fields = sorted({change.title for change in changes})
    people = who([entry.number for entry in known])
    subject = f"{people}, {REGISTERS[part]}: {', '.join(fields)}"
    record(actor, "people:changed", subject=subject, school_id=actor.school_id)
