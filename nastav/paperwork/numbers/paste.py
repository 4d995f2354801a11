"""A block of kinds, numbers and dates pasted from Excel, spread over the papers that wait for theirs."""

from collections.abc import Sequence

from nastav import dates, ru
from nastav.intake import block
from nastav.intake.block import Column, Grid, Naming, Spread
from nastav.paperwork.models import Paper


def spread(text: str, papers: Sequence[Paper], first_year: int) -> Spread[int]:
    """Return the cells of a pasted block by the paper's id; a row is known by its kind or its place."""
    names = block.named((paper.id, [paper.kind.name]) for paper in papers)

    def day(cell: str) -> str | None:
        try:
            found = ru.parse_date(cell, school_year=first_year, today=dates.today())
        except ValueError:
            return None
        return ru.date_short(found)

    grid = Grid(
        keys=[paper.id for paper in papers],
        naming=(Naming(r"вид\b.*|бумага|документ|наименование\b.*|название\b.*", names, _is_name),),
        columns=(
            Column("number", r"n|номер\b.*"),
            Column("dated", r"дата\b.*|от", day, "не дата, исправьте в таблице"),
        ),
        unknown="такой бумаги без номера нет.",
        is_loose=True,
    )
    return block.spread(text, grid)


def _is_name(cell: str) -> bool:
    """Tell a kind of paper from a number: it has words of three letters or more."""
    return any(len(word) > 2 and word.isalpha() for word in cell.split())
