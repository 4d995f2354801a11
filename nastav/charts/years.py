"""One small drawing of facts against the steps of a plan over years, on a scale of its own from zero."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_TALL: Final = 56  # pixels of the box, below the space above it
_TOP: Final = 4
_HIGHEST: Final = 94  # of the 100 units of the box, so that the line of the largest is whole
_YEAR: Final = 100  # units


@dataclass(frozen=True)
class Small:
    """Its places: the box is `width` by 100 units, lines in units, the dot and «?» outside of it."""

    width: int
    facts: tuple[str, ...]  # lines; a year without data breaks them
    plan: tuple[str, ...]
    dot: float | None  # pixels from above, at the right edge
    unknown: tuple[float, ...]  # per cent from the left, of each year without data
    top: int = _TOP
    tall: int = _TALL


def draw(actual: Sequence[int | None], targets: Sequence[int | None]) -> Small:
    """Return the places of two or more years, the earliest first; None is «нет данных» or «не введён»."""
    largest = max((value for value in [*actual, *targets] if value), default=1)

    def y(value: int) -> float:
        return round(100 - _HIGHEST * value / largest, 1)

    last = len(actual) - 1
    facts = [[f"{at * _YEAR},{y(value)}" for at, value in run] for run in _runs(actual)]
    plan = [
        [point for at, value in run for point in _step(at, y(value), last)]
        for run in _runs(targets)
    ]
    end = actual[-1]
    has_any = any(value is not None for value in actual)
    return Small(
        width=last * _YEAR,
        facts=tuple(" ".join(points * 2 if len(points) == 1 else points) for points in facts),
        plan=tuple(" ".join(points) for points in plan),
        dot=None if end is None else round(_TOP + _TALL * y(end) / 100, 1),
        unknown=tuple(
            round(at / last * 98, 1) for at, value in enumerate(actual) if value is None and has_any
        ),
    )


def _runs(values: Sequence[int | None]) -> Iterable[list[tuple[int, int]]]:
    """Neighbouring known values with their places."""
    known = groupby(enumerate(values), key=lambda each: each[1] is None)
    return [
        [(at, value) for at, value in run if value is not None]
        for is_none, run in known
        if not is_none
    ]


def _step(at: int, y: float, last: int) -> Iterable[str]:
    """From the middle between two years to the next middle."""
    begin, end = max(at * _YEAR - _YEAR // 2, 0), min(at * _YEAR + _YEAR // 2, last * _YEAR)
    return f"{begin},{y}", f"{end},{y}"
