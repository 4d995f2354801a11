"""A sum growing through a year: two areas one upon the other, a level line to reach, a dotted one ahead.

Across in per cent of the width, down in pixels: letters keep their size however wide the drawing is.
Curves lie in a box of their own, in the units of `Drawing.box`, which is stretched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nastav.charts.scales import Scale, scale

_TOP: Final = 22  # pixels above the box, for the words on the upper line
_TALL: Final = 300  # the box
HEIGHT: Final = _TOP + _TALL + 20  # with the names of months under it
_USED: Final = 0.82  # of the width; the rest is for what stands beside the end
_UNITS: Final = 1000  # of the box, downwards
_LINE: Final = 18  # pixels a line of words needs
_MARGIN: Final = 1.6  # per cent between a mark and its words
_ENOUGH: Final = 30  # per cent of the width that words beside a mark need


@dataclass(frozen=True)
class Grown:
    """What is drawn: at each place (days since the first) the lower part and the whole."""

    days: Sequence[int]
    lower: Sequence[int]
    whole: Sequence[int]
    length: int  # days from the first to the last of the year
    target: int | None
    ahead: int | None  # what the whole comes to at the end, where that is drawn


@dataclass(frozen=True)
class Words:
    """Where a line of words stands: x in per cent, y in pixels, `anchor` as SVG names it."""

    x: float
    y: float
    anchor: str = "start"


@dataclass(frozen=True)
class Level:
    """A line of the grid: its number, its y in pixels, whether there is room for the number."""

    number: int
    y: float
    is_labelled: bool


@dataclass(frozen=True)
class Drawing:
    """The places of everything; whatever is not drawn is None or empty."""

    box: tuple[int, int]  # its width and height in units
    levels: tuple[Level, ...]
    lower: str  # points of the areas and the lines, in units
    upper: str
    line: str
    plan: float | None  # y in units
    pace: str
    last: Words | None  # the dot at the last place
    said_last: Words | None
    said_plan: Words | None
    said_lower: Words | None
    said_upper: Words | None
    said_pace: Words | None
    said_mark: float  # y in pixels of the words at the hairline
    year_end: float  # x in units
    height: int = HEIGHT
    top: int = _TOP
    foot: int = _TOP + _TALL
    tall: int = _TALL

    def across(self, day: float) -> float:
        """Return the x of a day in per cent."""
        return round(day / self.box[0] * 100, 1)


def draw(grown: Grown) -> Drawing:
    """Return the places of a year; without any number only the level line is drawn."""
    sheet = _Sheet(grown)
    return Drawing(
        box=(sheet.wide, _UNITS),
        levels=sheet.levels(),
        lower=_area(sheet.points(grown.lower), sheet.ground()),
        upper=_area(sheet.points(grown.whole), sheet.points(grown.lower)),
        line=" ".join(sheet.points(grown.whole)),
        plan=None if grown.target is None else sheet.units(grown.target),
        pace=sheet.pace(),
        last=sheet.last(),
        said_last=sheet.said_last(),
        said_plan=None if grown.target is None else Words(0, sheet.pixels(grown.target) - 5),
        said_lower=sheet.said_lower(),
        said_upper=sheet.said_upper(),
        said_pace=sheet.said_pace(),
        said_mark=sheet.said_mark(),
        year_end=grown.length,
    )


def _area(over: list[str], under: list[str]) -> str:
    """The points around an area; of a single day there is none."""
    return " ".join([*over, *reversed(under)]) if over[1:] else ""


class _Sheet:
    """The scale, and what is placed with it."""

    def __init__(self, grown: Grown) -> None:
        self.grown = grown
        self.scale: Scale = scale([*grown.whole, grown.target, grown.ahead])
        self.wide = round(grown.length / _USED)

    def units(self, value: float) -> float:
        return round(_UNITS * (1 - self.scale.share(value)), 1)

    def pixels(self, value: float) -> float:
        return round(_TOP + _TALL * (1 - self.scale.share(value)), 1)

    def x(self, day: float) -> float:
        return round(day / self.wide * 100, 1)

    def points(self, values: Sequence[int]) -> list[str]:
        """The corners of a line: of a level stretch its first and its last day."""
        last = len(values) - 1
        return [
            f"{self.grown.days[at]},{self.units(value):g}"
            for at, value in enumerate(values)
            if at in (0, last) or not values[at - 1] == value == values[at + 1]
        ]

    def ground(self) -> list[str]:
        days = self.grown.days
        return [f"{day},{_UNITS}" for day in days[:: max(1, len(days) - 1)]]

    def levels(self) -> tuple[Level, ...]:
        """Between the ground and the top; a number that something covers is left out."""
        grown = self.grown
        early = [
            whole for day, whole in zip(grown.days, grown.whole, strict=True) if self.x(day) < 15
        ]
        covered = self.pixels(max(early, default=0)) - 4
        plan = None if grown.target is None else self.pixels(grown.target)
        return tuple(
            Level(
                number,
                y := self.pixels(number),
                y < covered and (plan is None or abs(plan - y) >= _LINE),
            )
            for number in self.scale.levels[1:-1]
        )

    def pace(self) -> str:
        grown = self.grown
        if grown.ahead is None:
            return ""
        end = f"{grown.length},{self.units(grown.ahead):g}"
        return f"{grown.days[-1]},{self.units(grown.whole[-1]):g} {end}"

    def said_mark(self) -> float:
        """At the top, or below the level line that would strike it through."""
        plan = None if self.grown.target is None else self.pixels(self.grown.target)
        is_struck = plan is not None and plan < _TOP + 1.5 * _LINE
        return (plan if is_struck and plan is not None else _TOP) + _LINE - 1

    def last(self) -> Words | None:
        grown = self.grown
        return Words(self.x(grown.days[-1]), self.pixels(grown.whole[-1])) if grown.days else None

    def said_last(self) -> Words | None:
        """Before the dot, or behind it early in the year; under it where the level line is too near."""
        dot, grown = self.last(), self.grown
        if dot is None:
            return None
        is_near = grown.target is not None and 0 <= dot.y - self.pixels(grown.target) < 1.5 * _LINE
        y = dot.y + (_LINE if is_near else -5)
        if dot.x < _ENOUGH:
            return Words(dot.x + _MARGIN, y)
        return Words(dot.x - _MARGIN, y, "end")

    def said_lower(self) -> Words | None:
        dot, lower = self.last(), min(self.grown.lower, default=0)
        is_tall = self.pixels(0) - self.pixels(lower) >= 1.5 * _LINE
        has_room = dot is not None and dot.x >= _ENOUGH and is_tall
        return Words(0.8, self.pixels(lower) + _LINE - 2) if has_room else None

    def said_upper(self) -> Words | None:
        """Left of the rising line, half way up; where there is no room, only the heading says it."""
        grown, said = self.grown, self.said_last()
        if said is None or grown.whole[-1] - grown.lower[-1] <= 0:
            return None
        middle = (grown.whole[-1] + grown.lower[-1]) / 2
        day = next(
            day for day, whole in zip(grown.days, grown.whole, strict=True) if whole >= middle
        )
        y, x = self.pixels(middle) + 5, self.x(day) - _MARGIN
        is_tall = self.pixels(grown.lower[-1]) - y >= 0.7 * _LINE
        is_free = abs(y - said.y) >= 0.9 * _LINE
        return Words(x, y, "end") if x >= _ENOUGH and is_tall and is_free else None

    def said_pace(self) -> Words | None:
        if self.grown.ahead is None:
            return None
        return Words(100, min(max(self.pixels(self.grown.ahead) + 38, 54), HEIGHT - 60), "end")
