"""Answers from 1 to 10 as squares around a middle: few to the left, many to the right of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

PER_SIDE: Final = 16  # columns on each side, the same for all drawings that are compared
_STEP: Final = 16  # pixels from one square to the next
_SIZE: Final = 14
_GAP: Final = 4  # between the middle and the nearest column
_BASELINE: Final = 11
_TWO_SIGNS: Final = 2.5  # half the way between the two signs of «10»


@dataclass(frozen=True)
class Marks:
    """All squares of one mark: one path, the numbers in them, and a place for each of their signs."""

    mark: int
    path: str
    signs: str
    xs: str
    ys: str


@dataclass(frozen=True)
class Squares:
    """The drawing: pixels; `below` and `above` count the answers on each side of the middle."""

    width: int
    height: int
    middle: int
    marks: tuple[Marks, ...]
    below: int
    above: int


def draw(counts: Sequence[int], unit: int = 1) -> Squares:
    """Return the squares of ten counts; the middle marks stand nearest to the middle.

    Args:
        counts: of the marks from 1 to 10.
        unit: how many answers one square stands for, where there are too many for a square each.
    """
    shown = [round(count / unit) for count in counts]
    sides = (list(range(5, 0, -1)), list(range(6, 11)))
    rows = -(-max(*(sum(shown[mark - 1] for mark in side) for side in sides), 1) // PER_SIDE)
    middle = PER_SIDE * _STEP + _GAP
    found = [
        made
        for side, begin, step in zip(
            sides, (middle - _GAP - _STEP, middle + _GAP), (-_STEP, _STEP), strict=True
        )
        for made in _side(side, shown, rows, begin, step)
    ]
    return Squares(2 * middle, rows * _STEP, middle, tuple(found), sum(counts[:5]), sum(counts[5:]))


def _side(
    marks: Sequence[int], shown: Sequence[int], rows: int, begin: int, step: int
) -> Iterator[Marks]:
    """Columns filled from above, away from the middle."""
    place = 0
    for mark in marks:
        places = range(place, place + shown[mark - 1])
        place = places.stop
        if places:
            spots = [(begin + at // rows * step, at % rows * _STEP) for at in places]
            yield _marks(mark, spots)


def _marks(mark: int, spots: Sequence[tuple[int, int]]) -> Marks:
    inset = (_STEP - _SIZE) // 2
    square = f"h{_SIZE}v{_SIZE}h-{_SIZE}z"
    # «10» has two signs, each with a place of its own
    aside = (0,) if mark < 10 else (-_TWO_SIGNS, _TWO_SIGNS)
    return Marks(
        mark,
        "".join([f"M{x + inset} {y + inset}{square}" for x, y in spots]),
        str(mark) * len(spots),
        " ".join([f"{x + _STEP / 2 + each:g}" for x, _ in spots for each in aside]),
        " ".join([f"{y + _BASELINE}" for _, y in spots for _ in aside]),
    )
