"""Changing what is counted: the district's settings of coverage and satisfaction."""

from dataclasses import dataclass

from nastav.access import Actor
from nastav.audit.operations import Change, record
from nastav.coverage.figures import Basis
from nastav.district.models import District


@dataclass(frozen=True)
class CountingRules:
    """The settings: what is compared with the plan, and from which answer of 10 one is satisfied."""

    coverage_basis: Basis
    satisfied_from: int


def rule_changes(district: District, wanted: CountingRules) -> dict[str, Change]:
    """Return setting → (saved, wanted) of each that differs."""
    found: dict[str, Change] = {}
    if district.coverage_basis != wanted.coverage_basis:
        found["coverage_basis"] = (district.coverage_basis, wanted.coverage_basis.value)
    if district.satisfied_from != wanted.satisfied_from:
        found["satisfied_from"] = (district.satisfied_from, wanted.satisfied_from)
    return found


def change_rules(actor: Actor, district: District, wanted: CountingRules, reason: str) -> None:
    """Set the counting settings of a district, with the reason in the journal."""
    changes = rule_changes(district, wanted)
    if not changes:
        return
    district.coverage_basis = wanted.coverage_basis.value
    district.satisfied_from = wanted.satisfied_from
    record(
        actor,
        "counting_rules:changed",
        subject="Правила счёта",
        district_id=district.id,
        changes={**changes, "причина": ("", reason)},
    )
