"""Naming the columns of a load, remembering it for the school, forgetting it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.columns.column import SKIPPED, Asked
from nastav.columns.register import heading_key
from nastav.db import Conflict, db
from nastav.loads.headings import queries, rules
from nastav.loads.headings.models import LONGEST, SchoolHeading
from nastav.loads.models import Load, LoadState
from nastav.people.lines import REGISTERS
from nastav.people.models import Part
from nastav.tables import lines


def name_columns(actor: Actor, load: Load, chosen: Mapping[str, str]) -> None:
    """Name the columns of a load that asks, and remember it by their headings.

    Raises:
        Conflict: it is not open any more.
    """
    if load.state is not LoadState.OPEN:
        raise Conflict
    asked = [Asked(**column) for column in load.asked]
    if not asked:
        return  # sent twice
    rows, notes = lines.named(rules.answered(load.rows, asked, chosen), load.part)
    load.rows, load.asked = [[number, cells] for number, cells in rows], []
    skipped = [column.title for column in asked if chosen.get(column.key, SKIPPED) == SKIPPED]
    if skipped:
        notes.append(f"Пропущены столбцы: {', '.join(skipped)}.")
    load.notes = [*load.notes, *notes]
    _remember(
        load,
        {column.heading: chosen.get(column.key, SKIPPED) for column in asked if column.heading},
    )
    subject = f"загрузка № {load.id}, {REGISTERS[load.part]}"
    record(actor, "load:columns_named", subject=subject, school_id=load.school_id)
    db.session.flush()


def _remember(load: Load, named: Mapping[str, str]) -> None:
    known = queries.answers(load.school_id, load.part)
    fresh = {heading_key(heading)[:LONGEST]: key for heading, key in named.items()}
    db.session.add_all(
        SchoolHeading(school_id=load.school_id, part=load.part, heading=heading, column_key=key)
        for heading, key in fresh.items()
        if heading and heading not in known
    )


def forget(actor: Actor, school_id: int, part: Part, known: Sequence[str]) -> None:
    """Forget what the school said of the headings of a register, so that it is asked again."""
    if not known:
        return
    rows = delete(SchoolHeading).filter_by(school_id=school_id, part=part)
    db.session.execute(rows)
    record(actor, "load:columns_forgotten", subject=REGISTERS[part], school_id=school_id)
