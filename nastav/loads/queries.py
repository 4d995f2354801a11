"""Reading loads of one school, and whether anything else speaks of the people they brought in."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, Table, select

from nastav.db import db
from nastav.loads.models import Load, LoadState
from nastav.people.models import Part, Participation

SHOWN = 10  # loads listed on the page of loading
# rows that belong to a person in a register and go with them; all else that names a person is in their way
OWN = ("participation", "person_change", "person_class", "person_group", "register_number")


def load(school_id: int, part: Part, load_id: int) -> Load | None:
    """Return a load of a school's register, or None if it has none such."""
    return db.session.scalar(select(Load).filter_by(id=load_id, school_id=school_id, part=part))


def load_of_form(school_id: int, part: Part, token: str) -> Load | None:
    """Return the load a form made when it came the first time."""
    return db.session.scalar(select(Load).filter_by(token=token, school_id=school_id, part=part))


def recent(school_id: int, part: Part) -> list[Load]:
    """Return the last loads that are open, loaded or undone, the latest first."""
    rows = (
        select(Load)
        .filter_by(school_id=school_id, part=part)
        .where(Load.state != LoadState.DROPPED)
        .order_by(Load.id.desc())
        .limit(SHOWN)
    )
    return list(db.session.scalars(rows))


def spoken_of(
    part: Part,
    people: Sequence[int],
    participations: Sequence[int],
    made: Mapping[str, Collection[int]],
) -> set[int]:
    """Return those of these people who stand in a pair, an answer or any other record of the site.

    People stand below the rooms that speak of them, so the tables are asked, not the rooms: whatever
    refers to a person or a participation counts. In a table that tells the part, only this part does.
    What the load itself made (ids by table) goes with it and is not in its way.
    """
    found: set[int] = set()
    for table in db.metadata.sorted_tables:
        if table.name in OWN:
            continue
        for column in table.columns:
            target = {key.target_fullname for key in column.foreign_keys}
            if "person.id" in target:
                rows = select(column).where(
                    column.in_(people), *_of_part(table, part), *_but(table, made)
                )
                found |= set(db.session.scalars(rows))
            elif "participation.id" in target:
                owners = select(Participation.person_id).where(
                    Participation.id == column, column.in_(participations)
                )
                found |= set(db.session.scalars(owners))
    return found


def _but(table: Table, made: Mapping[str, Collection[int]]) -> list[ColumnElement[bool]]:
    return [table.c.id.not_in(made[table.name])] if table.name in made else []


def _of_part(table: Table, part: Part) -> list[ColumnElement[bool]]:
    return [table.c.part == part] if "part" in table.c else []
