"""A block pasted from Excel, spread over the schools of a plan year. Pure text in, cells out."""

from collections.abc import Sequence

from nastav.intake import block
from nastav.intake.block import Column, Grid, Naming, Spread
from nastav.plan.queries import SchoolTarget

_NO_NUMBER = "не целое число, исправьте в таблице"
COLUMNS = (
    Column("mentees", r"(?:план )?наставля\w*\b.*", block.digits, _NO_NUMBER),
    Column("mentors", r"(?:план )?наставн\w*\b.*", block.digits, _NO_NUMBER),
)


def spread(text: str, rows: Sequence[SchoolTarget]) -> Spread[int]:
    """Return the cells of a pasted block by school, for the schools of a year in their order."""
    names = block.named((row.school_id, [row.name]) for row in rows)
    known = Naming(
        r"оо|школа|образовательная организация|наименование\b.*",
        names,
        lambda cell: not cell.isdecimal(),
    )
    grid = Grid(
        keys=[row.school_id for row in rows],
        naming=(known,),
        columns=COLUMNS,
        unknown="такой школы в плане нет.",
        is_loose=True,
    )
    return block.spread(text, grid)
