"""Scales from zero in round steps, and a number's place on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

_ROUND: Final = (1, 2, 5)
_STEPS: Final = 5  # at most so many steps on a scale
_SMALLEST_BOUND: Final = 5
_APART: Final = 2.5  # the largest number is at least so many times the bound of a scale of its own
_FEW: Final = 3  # rows that are worth a scale of their own


@dataclass(frozen=True)
class Scale:
    """A scale of whole numbers from zero to a round top."""

    top: int
    step: int

    def share(self, value: float) -> float:
        """Return the place of a number, 0 at zero and 1 at the top."""
        return value / self.top

    @property
    def levels(self) -> range:
        """Return the numbers that are written on it."""
        return range(0, self.top + 1, self.step)


def scale(values: Iterable[int | None]) -> Scale:
    """Return the scale that holds all numbers in at most five steps of 1, 2 or 5; nothing is 0 to 1."""
    largest = max((value for value in values if value), default=1)
    step = next(step for step in round_numbers() if step * _STEPS >= largest)
    return Scale(-(-largest // step) * step, step)


def round_numbers() -> Iterable[int]:
    """Yield 1, 2, 5, 10, 20, 50 … without an end."""
    return (first * 10**power for power in count() for first in _ROUND)


def bound(values: Sequence[int]) -> int | None:
    """Return up to which number rows are drawn on a scale of their own, or None where one scale does.

    At least three rows must fit under a round number that the largest exceeds 2.5 times; the greatest
    such number decides who they are, the bound is the smallest round one that holds them.
    """
    largest = max(values, default=0)
    fitting = None
    for number in round_numbers():
        if number * _APART > largest:
            break
        small = [value for value in values if value <= number]
        if number >= _SMALLEST_BOUND and len(small) >= _FEW:
            holding = (each for each in round_numbers() if each >= _SMALLEST_BOUND)
            fitting = next(each for each in holding if each >= max(small))
    return fitting
