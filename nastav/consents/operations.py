"""Changing consents. The journal names whose, by register number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.consents.models import Consent, Signer
from nastav.db import check_version, db
from nastav.district.models import District, School
from nastav.people import queries as people
from nastav.refusals import NotAllowed


@dataclass(frozen=True)
class ConsentFacts:
    """What a paper says."""

    signer: Signer
    signed_on: date
    number: str = ""
    for_programme: bool = True
    purposes: str = ""
    withdrawn_on: date | None = None


def add_consents(actor: Actor, school: School, papers: Mapping[int, ConsentFacts]) -> None:
    """Enter the papers of one person or of many, by person's id.

    Raises:
        NotAllowed: one of them is not in this school's registers; then nothing is entered.
    """
    numbers = people.numbers(school.id, list(papers))
    if set(papers) - set(numbers):
        raise NotAllowed("got", "Одного из отмеченных в базах школы нет: обновите страницу.")
    for person_id, facts in papers.items():
        db.session.add(Consent(school_id=school.id, person_id=person_id, **vars(facts)))
    db.session.flush()
    listed = ", ".join(str(number) for number in sorted(numbers.values()))
    record(actor, "consent:added", subject=f"№ {listed}", school_id=school.id)


def change_consent(actor: Actor, row: Consent, facts: ConsentFacts, *, version: int) -> None:
    """Correct a consent, or mark the day it was withdrawn.

    Raises:
        Conflict: it was saved since the form was opened.
    """
    changed = {name: value for name, value in vars(facts).items() if getattr(row, name) != value}
    if not changed:
        return  # sent twice
    check_version(row, version)
    for name, value in changed.items():
        setattr(row, name, value)
    db.session.flush()
    is_withdrawn = changed.get("withdrawn_on") is not None
    _record(actor, "consent:withdrawn" if is_withdrawn else "consent:changed", row)


def remove_consent(actor: Actor, row: Consent, *, version: int) -> None:
    """Take out a consent entered by mistake.

    Raises:
        Conflict: it was saved since the page was opened.
    """
    check_version(row, version)
    _record(actor, "consent:removed", row)
    db.session.delete(row)
    db.session.flush()


def set_grade(actor: Actor, district: District, grade: int, *, version: int) -> None:
    """Set the grade from which a pupil signs beside the guardian.

    Raises:
        Conflict: the district's settings were saved since the form was opened.
    """
    if district.consent_both_from == grade:
        return
    check_version(district, version)
    changes = {"consent_both_from": (district.consent_both_from, grade)}
    district.consent_both_from = grade
    db.session.flush()
    subject = "Согласия"
    record(actor, "consent_rule:changed", subject=subject, district_id=district.id, changes=changes)


def _record(actor: Actor, event: str, row: Consent) -> None:
    number = people.numbers(row.school_id, [row.person_id])[row.person_id]
    record(actor, event, subject=f"№ {number}", school_id=row.school_id)
