"""What holds when pupils move up, and how a block pasted from Excel tells their classes. Pure."""

from collections.abc import Iterable

from nastav import classes
from nastav.intake import block
from nastav.intake.block import Column, Grid, Spread
from nastav.people import pasted
from nastav.people.rows import Entry

LAST_GRADE = 11


def spread(text: str, pupils: Iterable[Entry]) -> Spread[int]:
    """Return the classes that a block tells, by person's id."""
    everybody = list(pupils)
    grid = Grid(
        keys=[pupil.person_id for pupil in everybody],
        naming=(pasted.people(everybody),),
        columns=(
            Column("class", r"станет|(?:новый )?класс\b.*", _class, "нужен класс, например 8 «А»"),
        ),
        unknown="среди тех, кого переводят, такого имени нет.",
    )
    return block.spread(text, grid)


def _class(text: str) -> str | None:
    try:
        return classes.class_name(*classes.parse_class(text))
    except classes.BadClass:
        return None
