"""Reading consents of one school."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select

from nastav import dates
from nastav.consents.models import Consent, Signer
from nastav.consents.rules import Defect, Paper, defect_of, needed
from nastav.db import db
from nastav.district.models import District, School
from nastav.people import queries as people
from nastav.people.models import Kind, Part, Participation, Person, PersonClass
from nastav.people.rows import Entry
from nastav.statements import read


@dataclass(frozen=True)
class Missing:
    """Somebody in a register without a sufficient consent: what is missing, and who has to sign."""

    who: Entry
    defect: Defect
    signer: Signer


def missing(school: School, on: date, everybody: Iterable[Entry] | None = None) -> list[Missing]:
    """Return everybody in the school's registers on a day without a sufficient consent, by name.

    Who stands in both registers is named once.

    Args:
        school: the school.
        on: the day.
        everybody: the lines of both registers in that day's school year, where they are read already.
    """
    year = dates.cycle_of(on)
    both_from = grade_of_own_signature(school.district_id)
    if everybody is None:
        everybody = people.everybody(school.id, first_year=year)
    present = {person.person_id: person for person in everybody if person.is_on(on)}
    papers = _by_person(_of_school(school.id))
    found = []
    for entry in present.values():
        defect = defect_of(entry.kind, _papers(entry, papers[entry.person_id], on), both_from, on)
        if defect:
            signer = needed(entry.kind, _grade(entry, year), both_from)
            found.append(Missing(entry, defect, signer))
    return found


def signed(school_id: int, on: date) -> dict[int, date]:
    """Return the day of the last consent that holds on a day, by person's id."""
    rows = (
        select(Consent.person_id, func.max(Consent.signed_on))
        .where(
            Consent.school_id == school_id,
            Consent.for_programme,
            or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > on),
        )
        .group_by(Consent.person_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def counted(school_id: int, district_id: int, part: Part | None, on: date) -> tuple[int, int]:
    """Return how many people of a register on a day have a sufficient consent, and how many there are.

    One query, for a figure on a page; `missing` says who. Of both registers (None) each counts once.
    """
    is_here = Participation.school_id == school_id
    rows = db.session.execute(_present_with_papers(school_id, is_here, district_id, part, on))
    return _counted(rows, on).get(school_id, (0, 0))


def counted_of_each(
    school_ids: Collection[int], district_id: int, part: Part | None, on: date
) -> dict[int, tuple[int, int]]:
    """Return the same of each of these schools that has anybody, in one query."""
    is_here = Participation.school_id.in_(school_ids)
    where = Participation.school_id
    return _counted(
        db.session.execute(_present_with_papers(where, is_here, district_id, part, on)), on
    )


def _counted(rows: Iterable[Any], on: date) -> dict[int, tuple[int, int]]:
    kinds: dict[int, dict[int, Kind]] = defaultdict(dict)
    papers: dict[tuple[int, int], list[Paper]] = defaultdict(list)
    both_from = 0
    for row in rows:
        kinds[row.school_id][row.person_id], both_from = row.kind, row.both_from
        if row.signer:
            entered = dates.cycle_of(row.signed_on)
            grade = None if row.began is None else row.began + entered
            paper = Paper(row.signer, grade, row.withdrawn_on)
            papers[row.school_id, row.person_id].append(paper)
    held = {
        school_id: [
            not defect_of(kind, papers[school_id, person], both_from, on)
            for person, kind in people.items()
        ]
        for school_id, people in kinds.items()
    }
    return {school_id: (sum(each), len(each)) for school_id, each in held.items()}


def held(district_id: int, on: date) -> frozenset[tuple[int, int]]:
    """Return who has a sufficient consent on a day, as (school's id, person's id); one query.

    The same as `counted` finds, of everybody who ever had a paper.
    """
    began = (
        select(PersonClass.grade - PersonClass.first_year)
        .where(
            PersonClass.person_id == Consent.person_id,
            PersonClass.school_id == Consent.school_id,
            PersonClass.first_year <= dates.cycle_of(on),
        )
        .order_by(PersonClass.first_year.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = (
        select(
            Consent.school_id,
            Consent.person_id,
            Consent.signer,
            Consent.signed_on,
            Consent.withdrawn_on,
            Person.kind,
            began.label("began"),
            District.consent_both_from,
        )
        .join(Person, Person.id == Consent.person_id)
        .join(School, School.id == Consent.school_id)
        .join(District, District.id == School.district_id)
        .where(School.district_id == district_id, Consent.for_programme, Consent.signed_on <= on)
    )
    papers: dict[tuple[int, int], list[Paper]] = defaultdict(list)
    asked: dict[tuple[int, int], tuple[Kind, int]] = {}
    for school_id, person_id, signer, signed, until, kind, began, both in read(rows).all():
        place = (school_id, person_id)
        grade = None if began is None else began + dates.cycle_of(signed)
        papers[place].append(Paper(signer, grade, until))
        asked[place] = (kind, both)
    return frozenset(
        place
        for place, (kind, both) in asked.items()
        if not defect_of(kind, papers[place], both, on)
    )


def _present_with_papers(
    school_id: Any, is_here: ColumnElement[bool], district_id: int, part: Part | None, on: date
) -> Select[*tuple[Any, ...]]:
    """Everybody in a register on a day with each of their papers, or once without any.

    Args:
        school_id: whose papers and classes hold; of many schools the column of the register's line.
        is_here: whose registers.
        district_id: the district.
        part: of one register, or of both (None).
        on: the day.
    """
    paper = and_(
        Consent.person_id == Participation.person_id,
        Consent.school_id + 0 == school_id,  # looked up by the person, not by the school's hundreds
        Consent.for_programme,
        Consent.signed_on <= on,
    )
    both_from = select(District.consent_both_from).filter_by(id=district_id)
    return (
        select(
            Participation.school_id,
            Participation.person_id,
            Person.kind,
            _began(school_id, dates.cycle_of(on)).label("began"),
            both_from.scalar_subquery().label("both_from"),
            Consent.signer,
            Consent.signed_on,
            Consent.withdrawn_on,
        )
        .join(Person, Person.id == Participation.person_id)
        .outerjoin(Consent, paper)
        .where(
            is_here,
            Participation.part.in_(Part if part is None else (part,)),
            Participation.is_mistake.is_(False),
            Participation.joined <= on,
            or_(Participation.left.is_(None), Participation.left >= on),
        )
    )


def _began(school_id: Any, first_year: int) -> ScalarSelect[int]:
    """A pupil's grade less its school year: both move up together, so this says it in any year."""
    known = (
        select(PersonClass.grade - PersonClass.first_year)
        .where(
            PersonClass.person_id == Participation.person_id,
            PersonClass.school_id == school_id,
            PersonClass.first_year <= first_year,
        )
        .order_by(PersonClass.first_year.desc())
    )
    return known.limit(1).scalar_subquery()


def consents(school_id: int, person_id: int) -> list[Consent]:
    """Return the consents of a person in a school, the latest signed first."""
    rows = _of_school(school_id, person_id)
    return sorted(rows, key=lambda consent: (consent.signed_on, consent.id), reverse=True)


def person_defect(school: School, entry: Entry, on: date) -> Defect | None:
    """Return what is missing of one person's consent on a day."""
    both_from = grade_of_own_signature(school.district_id)
    papers = _papers(entry, _of_school(school.id, entry.person_id), on)
    return defect_of(entry.kind, papers, both_from, on)


def person_signer(school: School, entry: Entry) -> Signer:
    """Return who has to sign for a person now."""
    grade = _grade(entry, dates.cycle_of(dates.today()))
    return needed(entry.kind, grade, grade_of_own_signature(school.district_id))


def signers(school: School, person_ids: Collection[int]) -> dict[int, Signer]:
    """Return who has to sign for each of these people of a school now."""
    year = dates.cycle_of(dates.today())
    both_from = grade_of_own_signature(school.district_id)
    return {
        entry.person_id: needed(entry.kind, _grade(entry, year), both_from)
        for entry in people.everybody(school.id, first_year=year)
        if entry.person_id in person_ids
    }


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


def _papers(entry: Entry, rows: Iterable[Consent], on: date) -> list[Paper]:
    """Return what was signed for taking part by a day: nobody knows of a later paper on it."""
    return [
        Paper(row.signer, _grade(entry, dates.cycle_of(row.signed_on)), row.withdrawn_on)
        for row in rows
        if row.for_programme and row.signed_on <= on
    ]


def _grade(entry: Entry, first_year: int) -> int | None:
    return entry.school_class.grade_in(first_year) if entry.school_class else None
