"""Changing what is counted: the district's settings of coverage, satisfaction and meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import Change, record
from nastav.district.models import District

# settings that change what the figures of coverage mean (rules.md#numbered-rules)
COUNTING: Final = frozenset(
    {"coverage_basis", "mentor_grade_from", "mentor_grade_to", "mentor_age_from"}
)


class Figures(Protocol):
    """What changed in a year."""

    year: int
    was: int
    now: int


@dataclass(frozen=True)
class CountingRules:
    """The settings, named as the district's columns."""

    coverage_basis: str  # what is compared with the plan, a value of `Basis`
    mentor_grade_from: int  # pupils count as mentors from this grade
    mentor_grade_to: int  # to this one
    mentor_age_from: int  # where no classes are, from this age on 1 September
    satisfied_from: int  # from which answer of 10 one is satisfied
    meetings_within: int  # days after which a pair that has not met is silent
    meeting_minutes: int  # what most meetings take
    most_mentees: int  # how many a mentor leads whose profile sets no limit
    uses_codes: bool  # pupils are kept by the schools' codes, not by name


def rule_changes(district: District, wanted: CountingRules) -> dict[str, Change]:
    """Return setting → (saved, wanted) of each that differs."""
    return {
        name: (getattr(district, name), value)
        for name, value in vars(wanted).items()
        if getattr(district, name) != value
    }


def change_rules(actor: Actor, district: District, wanted: CountingRules, reason: str) -> None:
    """Set the counting settings of a district, with the reason in the journal."""
    changes = rule_changes(district, wanted)
    if not changes:
        return
    for name in changes:
        setattr(district, name, getattr(wanted, name))
    if COUNTING & changes.keys():
        district.rules_number += 1
        district.rules_since = dates.today()
    record(
        actor,
        "counting_rules:changed",
        subject="Правила счёта",
        district_id=district.id,
        changes={**changes, "причина": ("", reason)},
    )


def note_shown(actor: Actor, district: District, shown: Sequence[Figures]) -> None:
    """Note that the coordinator was shown what rules 2 changed, with the sums by year; once."""
    if district.rules_shown_on is not None:
        return
    district.rules_shown_on = dates.today()
    sums: dict[str, Change] = {}
    for row in shown:
        was, now = sums.get(str(row.year), (0, 0))
        sums[str(row.year)] = (was + row.was, now + row.now)
    subject = f"Правила счёта № {district.rules_number}: было → стало"
    record(actor, "counting_rules:shown", subject=subject, district_id=district.id, changes=sums)
