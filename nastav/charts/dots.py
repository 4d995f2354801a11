"""Fact, target and the gap between them as a row each: a dot, a tick, a dotted line. Places in per cent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nastav.charts.scales import bound, scale

_LEFT: Final = 1.0  # per cent of the plot before zero, so that a dot at zero is whole
_WIDE: Final = 97.0


@dataclass(frozen=True)
class Row:
    """A row's numbers; None is not known. `before`: what the fact was at the beginning."""

    actual: int | None
    target: int | None
    before: int | None = None

    @property
    def largest(self) -> int:
        """Return the number that must fit on the scale."""
        return max(self.actual or 0, self.target or 0)


@dataclass(frozen=True)
class Marks:
    """Where the marks of a row stand; None: such a mark is not drawn."""

    at: int  # which of the rows that were given
    dot: float | None
    tick: float | None
    gap: tuple[float, float] | None
    stem: tuple[float, float] | None
    is_over: bool


@dataclass(frozen=True)
class Tick:
    """A line of the grid with its number."""

    number: int
    x: float
    said_at: float
    anchor: str


@dataclass(frozen=True)
class Plot:
    """Rows on one scale; `above`, `up_to`: which of them, where they stand on two."""

    ticks: tuple[Tick, ...]
    marks: tuple[Marks, ...]
    above: int | None = None
    up_to: int | None = None


def draw(rows: Sequence[Row], order: Sequence[int] | None = None) -> list[Plot]:
    """Return one scale, or two where small rows could not be seen beside a large one.

    Args:
        rows: the numbers.
        order: in which order they stand, by their places; as they came, where nothing is said.
    """
    places = list(range(len(rows)) if order is None else order)
    small = bound([row.largest for row in rows])
    if small is None:
        return [_plot(rows, places)]
    lower = [at for at in places if rows[at].largest <= small]
    upper = [at for at in places if rows[at].largest > small]
    return [_plot(rows, upper, above=small), _plot(rows, lower, up_to=small)]


def _plot(
    rows: Sequence[Row], places: Sequence[int], above: int | None = None, up_to: int | None = None
) -> Plot:
    on = scale(rows[at].largest for at in places)

    def x(value: int) -> float:
        return round(_LEFT + _WIDE * on.share(value), 1)

    def tick(number: int) -> Tick:
        if not number:
            return Tick(number, x(number), _LEFT - 0.6, "start")
        is_last = number == on.top
        return Tick(
            number, x(number), 99.5 if is_last else x(number), "end" if is_last else "middle"
        )

    def marks(at: int) -> Marks:
        row = rows[at]
        known = row.actual is not None
        dot = x(row.actual or 0) if known else None
        end = None if row.target is None or not known else x(row.target)
        has_grown = row.before is not None and (row.actual or 0) > row.before
        return Marks(
            at=at,
            dot=dot,
            tick=end,
            gap=(dot, end)
            if dot is not None and end not in (None, dot) and end is not None
            else None,
            stem=(x(row.before or 0), dot) if dot is not None and has_grown else None,
            is_over=known and row.target is not None and (row.actual or 0) > row.target,
        )

    return Plot(tuple(map(tick, on.levels)), tuple(map(marks, places)), above, up_to)
