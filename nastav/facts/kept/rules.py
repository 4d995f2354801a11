"""Comparing what the site counts of a stage now with what it counted at the acceptance. Pure.

Kept with the acceptance (`stages.models.Transition.counted`): `rules`, the number of the rules of counting;
`said`, every fact as (activity's number, sentence); `behind`, the register numbers that stand behind the
figures that prove, by `Activity.counts`; `confirmed`, the same three once the coordinator has looked at a
difference and left the stage accepted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nastav import ru

Numbers = Mapping[str, frozenset[int]]  # `Activity.counts` → numbers in the school's registers
NAMED = 12  # more numbers than that are counted, not named
NOUNS = {
    "mentees": "наставляемых в базе",
    "mentors": "наставников в базе",
    "trained_mentors": "обученных наставников",
    "pairs": "наставляемых в парах и группах",
    "pairs_with_goal": "наставляемых в парах с целью",
    "pairs_with_plan": "наставляемых в парах с планом",
}


@dataclass(frozen=True)
class Shift:
    """A figure that an acceptance rested on: how many then and now, and whose numbers moved."""

    key: str
    then: int
    now: int
    gone: tuple[int, ...]
    come: tuple[int, ...]

    @property
    def noun(self) -> str:
        """Return whom it counts, in the genitive plural."""
        return NOUNS[self.key]

    @property
    def words(self) -> str:
        """Return «−1: № 112; +2: № 97, № 104», or «без изменений»."""
        parts = [
            f"{sign}{len(numbers)}: {numbered(numbers)}"
            for sign, numbers in (("\N{MINUS SIGN}", self.gone), ("+", self.come))
            if numbers
        ]
        return "; ".join(parts) or "без изменений"


@dataclass(frozen=True)
class Said:
    """A fact of an activity as it was said at the acceptance and as it is said now; "" where it was not."""

    activity: int
    then: str
    now: str


@dataclass(frozen=True)
class Comparison:
    """What an acceptance rested on, then and now."""

    shifts: tuple[Shift, ...]
    said: tuple[Said, ...]  # only what is said otherwise now

    @property
    def is_changed(self) -> bool:
        """Tell whether something it rested on is gone; whoever came since changes nothing of it."""
        return any(shift.gone for shift in self.shifts)

    @property
    def lost(self) -> list[Shift]:
        """Return the figures of which something is gone."""
        return [shift for shift in self.shifts if shift.gone]


def kept(
    number: int, said: Iterable[tuple[int, str]], behind: Mapping[str, Iterable[int]]
) -> dict[str, Any]:
    """Return what is kept of a stage, ready for JSON: the number of the rules, the facts, the numbers."""
    return {
        "rules": number,
        "said": [list(fact) for fact in said],
        "behind": {key: sorted(numbers) for key, numbers in behind.items()},
    }


def numbers_of(counted: Mapping[str, Any] | None) -> Numbers:
    """Return the numbers that an acceptance rests on, as last confirmed; empty where none were kept."""
    last = _last(counted)
    return {key: frozenset(numbers) for key, numbers in last.get("behind", {}).items()}


def has_lost(counted: Mapping[str, Any] | None, now: Numbers) -> bool:
    """Tell whether something that an acceptance rests on is gone."""
    return any(numbers - now.get(key, frozenset()) for key, numbers in numbers_of(counted).items())


def compare(
    counted: Mapping[str, Any] | None, said: Iterable[tuple[int, str]], now: Numbers
) -> Comparison | None:
    """Return what is otherwise now; None where no numbers were kept.

    Args:
        counted: what was kept with the acceptance.
        said: the facts as they stand.
        now: the numbers as they stand.
    """
    before = numbers_of(counted)
    if not before:
        return None
    shifts = tuple(
        Shift(
            key,
            len(numbers),
            len(now.get(key, ())),
            tuple(sorted(numbers - now.get(key, frozenset()))),
            tuple(sorted(now.get(key, frozenset()) - numbers)),
        )
        for key, numbers in before.items()
    )
    return Comparison(shifts, tuple(_said(_last(counted).get("said", ()), said)))


def numbered(numbers: Iterable[int]) -> str:
    """Return «№ 97, № 104»; of many the first twelve and how many more."""
    every = list(numbers)
    named = ", ".join(f"№\N{NO-BREAK SPACE}{number}" for number in every[:NAMED])
    more = len(every) - NAMED
    return f"{named} и ещё {ru.number(more)}" if more > 0 else named


def _last(counted: Mapping[str, Any] | None) -> Mapping[str, Any]:
    found: Mapping[str, Any] = counted or {}
    return found.get("confirmed") or found


def _said(then: Iterable[Iterable[Any]], now: Iterable[tuple[int, str]]) -> Iterable[Said]:
    old: dict[int, list[str]] = {}
    for ordinal, sentence in then:
        old.setdefault(ordinal, []).append(sentence)
    new: dict[int, list[str]] = {}
    for ordinal, sentence in now:
        new.setdefault(ordinal, []).append(sentence)
    for ordinal in sorted({*old, *new}):
        before, after = old.get(ordinal, []), new.get(ordinal, [])
        gone = [sentence for sentence in before if sentence not in after]
        come = [sentence for sentence in after if sentence not in before]
        for at in range(max(len(gone), len(come))):
            yield Said(ordinal, _at(gone, at), _at(come, at))


def _at(sentences: list[str], at: int) -> str:
    return sentences[at] if at < len(sentences) else ""
