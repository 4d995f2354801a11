"""Whose signature a consent needs, and what is missing. Pure, no database.

The site keeps no date of birth, so «с 14 лет» is a grade, which the district sets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nastav.consents.models import Signer
from nastav.people.models import Kind


class Defect(StrEnum):
    """What is missing of a person's consent."""

    NEVER = "never"
    WITHDRAWN = "withdrawn"
    GUARDIAN = "guardian"  # signed by the pupil alone
    OWN = "own"  # signed by the guardian alone, at an age at which both sign


DEFECT_LABELS = {
    Defect.NEVER: "нет согласия",
    Defect.WITHDRAWN: "отозвано",
    Defect.GUARDIAN: "нет подписи законного представителя",
    Defect.OWN: "нет подписи самого участника",
}


@dataclass(frozen=True)
class Paper:
    """A consent to take part; `grade` is the pupil's in the school year of signing, if known."""

    signer: Signer
    grade: int | None
    withdrawn_on: date | None = None


def needed(kind: Kind, grade: int | None, both_from: int) -> Signer:
    """Return who has to sign: an adult, the guardian of a pupil, from a grade on both."""
    if kind is not Kind.PUPIL:
        return Signer.OWN
    return Signer.BOTH if grade is not None and grade >= both_from else Signer.GUARDIAN


def defect_of(kind: Kind, papers: Sequence[Paper], both_from: int, on: date) -> Defect | None:
    """Return what is missing on a day, or None: the papers that hold then suffice, one or together.

    A guardian's paper goes on holding when the pupil comes to the grade from which both sign.
    A withdrawn consent is missing from its day of withdrawal.
    """
    held = [paper for paper in papers if paper.withdrawn_on is None or paper.withdrawn_on > on]
    if not held:
        return Defect.WITHDRAWN if papers else Defect.NEVER
    signed = {paper.signer for paper in held}
    if any(_suffices(paper.signer, needed(kind, paper.grade, both_from)) for paper in held):
        return None
    if {Signer.GUARDIAN, Signer.OWN} <= signed:
        return None
    return Defect.OWN if Signer.GUARDIAN in signed else Defect.GUARDIAN


def _suffices(signer: Signer, asked: Signer) -> bool:
    return signer in (asked, Signer.BOTH)
