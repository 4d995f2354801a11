"""The rows beside the register that a load wrote: written, found again, taken back.

They are written behind the session's back, so they are read past it too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from nastav.consents.models import Consent
from nastav.db import Conflict, db
from nastav.loads.writing import write
from nastav.mentors.profiles.models import MentorKind, MentorProfile, Selection

MODELS: dict[str, type[Consent] | type[MentorProfile]] = {
    "consent": Consent,
    "mentor_profile": MentorProfile,
}
Values = dict[str, Any]


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


def _rows(table: str, ids: Iterable[int]) -> dict[int, Any]:
    """The rows as they are in the database, past the session: they are written behind its back."""
    its = MODELS[table].__table__
    rows = db.session.execute(select(its).where(its.c.id.in_(list(ids)))).mappings()
    return {row["id"]: row for row in rows}


def write_rows(table: str, wanted: Mapping[int, Values]) -> list[Trace]:
    """Write values by row's id; return what they replaced.

    Raises:
        Conflict: one of them was saved meanwhile, or is gone.
    """
    if not wanted:
        return []
    rows = _rows(table, wanted)
    if set(rows) != set(wanted):
        raise Conflict
    kinds_of = {one: values["kind_ids"] for one, values in wanted.items() if "kind_ids" in values}
    former_kinds = _kinds(kinds_of)
    names = {name for values in wanted.values() for name in values} - {"kind_ids"}
    traces = []
    for row_id, values in wanted.items():
        row = rows[row_id]
        was = {name: row[name] for name in values if name != "kind_ids"}
        if row_id in kinds_of:
            was["kind_ids"] = former_kinds[row_id]
        kept = {name: _kept(value) for name, value in was.items()}
        whose = (table, row_id, row["person_id"], row["version"] + 1, _stamp(row))
        traces.append(Trace(*whose, kept))
    write(
        MODELS[table],
        [
            {
                **{name: values.get(name, rows[row_id][name]) for name in names},
                "its_id": row_id,
                "its_version": rows[row_id]["version"],
            }
            for row_id, values in wanted.items()
        ],
    )
    set_kinds(kinds_of)
    return traces


def _stamp(row: Mapping[str, Any]) -> str:
    return row["created_at"].isoformat() if "created_at" in row else ""


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _revived(name: str, value: Any) -> Any:
    if name == "interviewed_on" and value:
        return date.fromisoformat(value)
    return Selection(value) if name == "decision" else value


def _kinds(profile_ids: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {one: [] for one in profile_ids}
    rows = select(MentorKind.profile_id, MentorKind.kind_id).where(MentorKind.profile_id.in_(found))
    for row in db.session.execute(rows.order_by(MentorKind.kind_id)):
        found[row.profile_id].append(row.kind_id)
    return found


def set_kinds(wanted: Mapping[int, Sequence[int]]) -> None:
    """Put these forms of mentoring in the place of those there were."""
    if not wanted:
        return
    db.session.execute(delete(MentorKind).where(MentorKind.profile_id.in_(wanted)))
    rows = [{"profile_id": one, "kind_id": kind} for one, told in wanted.items() for kind in told]
    if rows:
        db.session.execute(insert(MentorKind), rows)


def still_there(traces: Iterable[Trace]) -> list[Trace]:
    """Return those whose row nobody has removed since."""
    every = list(traces)
    now = _now(every)
    return [one for one in every if _is_it(one, now)]


def changed_since(made: Sequence[Trace], replaced: Sequence[Trace]) -> set[int]:
    """Return the ids of the people whose rows were saved after the load, or removed if it found them."""
    every = [*made, *replaced]
    now = _now(every)
    gone = {one.person_id for one in replaced if not _is_it(one, now)}
    return gone | {
        one.person_id
        for one in every
        if _is_it(one, now) and now[one.table, one.row_id]["version"] != one.version
    }


def _now(traces: Sequence[Trace]) -> dict[tuple[str, int], Any]:
    """The rows of the traces as they are now, by table and id."""
    return {
        (table, row_id): row
        for table in MODELS
        for row_id, row in _rows(
            table, [one.row_id for one in traces if one.table == table]
        ).items()
    }


def _is_it(one: Trace, now: Mapping[tuple[str, int], Any]) -> bool:
    row = now.get((one.table, one.row_id))
    return row is not None and _stamp(row) == one.made_at


def rows_made(made: Sequence[Trace]) -> dict[str, list[int]]:
    """Return the ids of the rows a load made, by table."""
    return {table: [one.row_id for one in made if one.table == table] for table in MODELS}


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
        former = {one.row_id: one.values for one in replaced if one.table == table}
        revived = {
            row_id: {name: _revived(name, value) for name, value in values.items()}
            for row_id, values in former.items()
        }
        write_rows(table, revived)
