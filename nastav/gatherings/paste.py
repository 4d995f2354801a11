"""A list pasted from Excel: whom of a register it names, and as what they took part."""

from collections.abc import Sequence

from nastav.intake import block
from nastav.intake.block import Column, Grid, Spread
from nastav.people import pasted
from nastav.people.rows import Entry


def spread(text: str, people: Sequence[Entry], *, asks_role: bool) -> Spread[int]:
    """Return whom a list names, by person's id, with the role where it is asked."""
    grid = Grid(
        keys=[entry.person_id for entry in people],
        naming=(pasted.people(people),),
        columns=(Column("role", r"роль\b.*|результат\b.*"),) if asks_role else (),
        unknown="в списке такого имени нет.",
        must_name=True,
    )
    return block.spread(text, grid)
