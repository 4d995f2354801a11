"""One small drawing of facts against the steps of a plan over years, on a scale of its own from zero."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_TALL: Final = 56  # pixels of the box, below the space above it
_TOP: Final = 4
TALL: Final = 100  # units of the box: whole ones are half a pixel, and short to send
_HIGHEST: Final = 94  # of them, so that the line of the largest is whole
_YEAR: Final = 2  # units: a step of the plan begins half way between two years


@dataclass(frozen=True)
class Small:
    """Its places: the box is `width` by `units`, lines in units, the dot and «?» outside of it."""

    width: int
    facts: tuple[str, ...]  # lines; a year without data breaks them
    plan: tuple[str, ...]  # paths: each level is written once
    dot: float | None  # pixels from above, at the right edge
    unknown: tuple[float, ...]  # per cent from the left, of each year without data
    top: int = _TOP
    tall: int = _TALL
    units: int = TALL


def draw(actual: Sequence[int | None], targets: Sequence[int | None]) -> Small:
    """Return the places of two or more years, the earliest first; None is «нет данных» or «не введён»."""
    largest = max((value for value in [*actual, *targets] if value), default=1)

    def y(value: int) -> int:
        return round(TALL - _HIGHEST * value / largest)

    last = len(actual) - 1
    facts = [[f"{at * _YEAR},{y(value)}" for at, value in run] for run in _runs(actual)]
    plan = [_steps([(at, y(value)) for at, value in run], last) for run in _runs(targets)]
    end = actual[-1]
    has_any = any(value is not None for value in actual)
    return Small(
        width=last * _YEAR,
        facts=tuple(" ".join(points * 2 if len(points) == 1 else points) for points in facts),
        plan=tuple(plan),
        dot=None if end is None else round(_TOP + _TALL * y(end) / TALL, 1),
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


def _steps(run: Sequence[tuple[int, int]], last: int) -> str:
    """From the middle between two years to the next middle; on to the next level there."""
    begin = max(run[0][0] * _YEAR - _YEAR // 2, 0)
    path, level, end = f"M{begin},{run[0][1]}", run[0][1], begin
    for at, y in run:
        path += "" if y == level else f"H{end}V{y}"
        level, end = y, min(at * _YEAR + _YEAR // 2, last * _YEAR)
    return f"{path}H{end}"
