"""Changing what is counted: the district's settings of coverage, satisfaction and meetings."""

from dataclasses import dataclass

from nastav.access import Actor
from nastav.audit.operations import Change, record
from nastav.district.models import District


@dataclass(frozen=True)
class CountingRules:
    """The settings, named as the district's columns."""

    coverage_basis: str  # what is compared with the plan, a value of `Basis`
    satisfied_from: int  # from which answer of 10 one is satisfied
    meetings_within: int  # days after which a pair that has not met is silent
    meeting_minutes: int  # what most meetings take
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
    record(
        actor,
        "counting_rules:changed",
        subject="Правила счёта",
        district_id=district.id,
        changes={**changes, "причина": ("", reason)},
    )
