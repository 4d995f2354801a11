"""Lines of one register that overlap once two cards are one. Pure, no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """A line of a register from a day to a day, both included; an end of None goes on."""

    id: int
    joined: date
    left: date | None
    is_kept: bool  # of the card that stays

    @property
    def last(self) -> date:
        """Return the last day, far ahead where there is none."""
        return self.left or date.max


@dataclass(frozen=True)
class Fold:
    """Overlapping lines become one: `stays` begins on `joined`, the others are marked as mistakes."""

    stays: int
    joined: date
    others: tuple[int, ...]


def folds(spans: Iterable[Span]) -> list[Fold]:
    """Return what to do with the lines of one person in one part, mistakes left out.

    The same days are covered as before. The line that lasts longest stays, so that its end and its
    reason need not be touched; of two that end on one day the kept card's.
    """
    return [_fold(group) for group in _overlapping(spans) if len(group) > 1]


def _fold(group: list[Span]) -> Fold:
    stays = max(group, key=lambda span: (span.last, span.is_kept, -span.id))
    others = tuple(span.id for span in group if span is not stays)
    return Fold(stays.id, min(span.joined for span in group), others)


def _overlapping(spans: Iterable[Span]) -> Iterator[list[Span]]:
    group: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.joined, span.id)):
        if group and span.joined > max(each.last for each in group):
            yield group
            group = []
        group.append(span)
    if group:
        yield group
