"""Reading consents of one school."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from nastav import dates
from nastav.db import db
from nastav.district.models import District, School
from nastav.people import queries as people
from nastav.people.consents.models import Consent, Signer
from nastav.people.consents.rules import Lack, Paper, lack, needed
from nastav.people.queries import Entry


@dataclass(frozen=True)
class Missing:
    """Somebody in a register without a sufficient consent: what is missing, and who has to sign."""

    who: Entry
    lack: Lack
    signer: Signer


def missing(school: School, on: date) -> list[Missing]:
    """Return everybody in the school's registers on a day without a sufficient consent, by name.

    Who stands in both registers is named once.
    """
    year = dates.cycle_of(on)
    both_from = grade_of_own_signature(school.district_id)
    present = {
        one.person_id: one for one in people.everybody(school.id, first_year=year) if one.is_on(on)
    }
    papers = _by_person(_of_school(school.id))
    found = []
    for one in present.values():
        is_lacking = lack(one.kind, _papers(one, papers[one.person_id]), both_from, on)
        if is_lacking:
            signer = needed(one.kind, _grade(one, year), both_from)
            found.append(Missing(one, is_lacking, signer))
    return found


def consents(school_id: int, person_id: int) -> list[Consent]:
    """Return the consents of a person in a school, the latest signed first."""
    rows = _of_school(school_id, person_id)
    return sorted(rows, key=lambda one: (one.signed_on, one.id), reverse=True)


def person_lack(school: School, one: Entry, on: date) -> Lack | None:
    """Return what is missing of one person's consent on a day."""
    both_from = grade_of_own_signature(school.district_id)
    papers = _papers(one, _of_school(school.id, one.person_id))
    return lack(one.kind, papers, both_from, on)


def person_signer(school: School, one: Entry) -> Signer:
    """Return who has to sign for a person now."""
    grade = _grade(one, dates.cycle_of(dates.today()))
    return needed(one.kind, grade, grade_of_own_signature(school.district_id))


def consent(school_id: int, person_id: int, consent_id: int) -> Consent | None:
    """Return one consent of a person in a school, to be changed, or None."""
    rows = select(Consent).filter_by(id=consent_id, school_id=school_id, person_id=person_id)
    return db.session.scalar(rows)


def grade_of_own_signature(district_id: int) -> int:
    """Return the grade from which a pupil signs beside the guardian."""
    rows = select(District.consent_both_from).filter_by(id=district_id)
    return db.session.scalars(rows).one()


def _of_school(school_id: int, person_id: int | None = None) -> list[Consent]:
    rows = select(Consent).filter_by(school_id=school_id)
    if person_id is not None:
        rows = rows.filter_by(person_id=person_id)
    return list(db.session.scalars(rows.order_by(Consent.id)))


def _by_person(rows: Iterable[Consent]) -> dict[int, list[Consent]]:
    found: dict[int, list[Consent]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _papers(one: Entry, rows: Iterable[Consent]) -> list[Paper]:
    return [
        Paper(row.signer, _grade(one, dates.cycle_of(row.signed_on)), row.withdrawn_on)
        for row in rows
        if row.for_programme
    ]


def _grade(one: Entry, first_year: int) -> int | None:
    return one.school_class.grade_in(first_year) if one.school_class else None
