"""A block pasted from Excel, spread over the sheet of a week: pairs × days, topic and kind."""

from collections.abc import Mapping, Sequence

from nastav import ru
from nastav.intake import block
from nastav.intake.block import Column, Grid, Naming, Spread
from nastav.meetings import rules
from nastav.meetings.week.grid import USUAL, Row, minutes_of
from nastav.pairs.rows import PairRow
from nastav.people import pasted

WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
HEADING = rf"{pasted.HEADING}|пара\b.*|группа\b.*"


def spread(text: str, rows: Sequence[Row], kinds: Mapping[int, str]) -> Spread[int]:
    """Return the cells of a pasted block by pair's id and by the beginning of the field's name.

    Args:
        text: the block.
        rows: of the page, its pairs are known by any name of theirs.
        kinds: of meetings, id → name.
    """
    days = [_day(at, f"{cell.day:%Y%m%d}") for at, cell in enumerate(rows[0].cells if rows else ())]
    named = {ru.search_key(name): str(kind_id) for kind_id, name in kinds.items()}
    kind = Column(
        "k",
        r"тип\b.*",
        lambda word: named.get(ru.search_key(word)),
        "такого типа встреч нет, выберите его из списка",
    )
    grid = Grid(
        keys=[row.pair.id for row in rows],
        naming=(Naming(HEADING, block.named((row.pair.id, _names(row.pair)) for row in rows)),),
        columns=(*days, Column("t", r"тема\b.*"), kind),
        unknown="такой пары на этой странице листа нет.",
        closed={
            (row.pair.id, f"c-{cell.day:%Y%m%d}")
            for row in rows
            for cell in row.cells
            if cell.is_shown_only
        },
    )
    return block.spread(text, grid)


def fields(found: Spread[int]) -> dict[str, str]:
    """Return what was put, by the names of the form's fields."""
    return {
        f"{name[0]}-{pair_id}{name[1:]}": text
        for pair_id, cells in found.cells.items()
        for name, text in cells.items()
    }


def _day(at: int, day: str) -> Column:
    heading = rf"{WEEKDAYS[at]}\b.*|0?{int(day[6:])} {day[4:6]}\b.*"
    wants = f"нужно число минут, от 1 до {rules.MOST_MINUTES}, или «{USUAL}»"
    return Column(f"c-{day}", heading, _minutes, wants)


def _minutes(text: str) -> str | None:
    plain = "".join(text.split())
    return plain if minutes_of(plain, 1) else None


def _names(pair: PairRow) -> list[str]:
    members = [member.who for member in (*pair.mentors, *pair.current_mentees)]
    return [pair.label, *(name for who in members for name in pasted.names(who))]
