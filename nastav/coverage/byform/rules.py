"""Counting by form of mentoring. Pure, no database.

Whoever stands in pairs of two forms counts in the line of each; a total counts everybody once. Adults count
too: a monitoring asks for pairs as they are, the plan of the order for children only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nastav.coverage.stays import Stay
from nastav.people.models import Part


@dataclass(frozen=True)
class Numbers:
    """Distinct pairs, people of each part, and mentees who met."""

    pairs: int = 0
    mentors: int = 0
    mentees: int = 0
    met: int = 0


@dataclass(frozen=True)
class Line:
    """One form of mentoring, or the total of all."""

    form: str
    numbers: Numbers


def numbers(stays: Sequence[Stay]) -> Numbers:
    """Count distinct pairs and people."""
    mentees = [stay for stay in stays if stay.part == Part.MENTEE]
    return Numbers(
        pairs=len({stay.pair_id for stay in stays}),
        mentors=len({stay.person_id for stay in stays if stay.part == Part.MENTOR}),
        mentees=len({stay.person_id for stay in mentees}),
        met=len({stay.person_id for stay in mentees if stay.has_met}),
    )


def lines(stays: Sequence[Stay], forms: Iterable[tuple[int, str]]) -> list[Line]:
    """Return a line a form that has a pair, in the order of the forms; none without any pair."""
    by_form: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_form[stay.form_id].append(stay)
    return [Line(name, numbers(by_form[form_id])) for form_id, name in forms if form_id in by_form]
