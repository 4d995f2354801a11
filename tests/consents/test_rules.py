"""Who has to sign, and when a consent is missing."""

from datetime import date

import pytest

from nastav.consents.models import Signer
from nastav.consents.rules import Defect, Paper, defect_of, needed
from nastav.people.models import Kind

TODAY = date(2020, 12, 9)
GUARDIAN, OWN, BOTH = Signer.GUARDIAN, Signer.OWN, Signer.BOTH


@pytest.mark.parametrize(
    ("kind", "grade", "signer"),
    [
        (Kind.PUPIL, 7, GUARDIAN),
        (Kind.PUPIL, 8, BOTH),
        (Kind.PUPIL, None, GUARDIAN),
        (Kind.TEACHER, None, OWN),
        (Kind.PARENT, None, OWN),
    ],
)
def test_the_guardian_signs_then_both_and_an_adult_alone(
    kind: Kind, grade: int | None, signer: Signer
) -> None:
    assert needed(kind, grade, 8) is signer


@pytest.mark.parametrize(
    ("papers", "missing"),
    [
        ([], Defect.NEVER),
        ([Paper(GUARDIAN, 7)], None),
        ([Paper(BOTH, 7)], None),
        ([Paper(OWN, 7)], Defect.GUARDIAN),
        ([Paper(GUARDIAN, 8)], Defect.OWN),
        ([Paper(OWN, 8)], Defect.GUARDIAN),
        ([Paper(BOTH, 8)], None),
        ([Paper(GUARDIAN, 8), Paper(OWN, 8)], None),  # a paper each
        ([Paper(BOTH, 8, TODAY)], Defect.WITHDRAWN),
        ([Paper(BOTH, 8, date(2020, 12, 10))], None),  # only from tomorrow
        ([Paper(BOTH, 8, TODAY), Paper(GUARDIAN, 8)], Defect.OWN),
        ([Paper(BOTH, 8, TODAY), Paper(BOTH, 8)], None),  # signed again
    ],
)
def test_what_is_missing_of_a_pupils_consent(papers: list[Paper], missing: Defect | None) -> None:
    assert defect_of(Kind.PUPIL, papers, 8, TODAY) is missing


def test_a_guardians_paper_holds_when_the_pupil_grows_up() -> None:
    signed_in_grade_seven = Paper(GUARDIAN, 7)
    assert defect_of(Kind.PUPIL, [signed_in_grade_seven], 8, date(2022, 12, 9)) is None


def test_an_adult_signs_for_themselves() -> None:
    assert defect_of(Kind.TEACHER, [Paper(OWN, None)], 8, TODAY) is None
    assert defect_of(Kind.TEACHER, [Paper(GUARDIAN, None)], 8, TODAY) is Defect.OWN
