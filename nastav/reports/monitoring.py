"""What a monitoring asks of every organisation by form of mentoring: pairs, people, training, consents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from nastav.consents import queries as consents
from nastav.coverage.byform import rules
from nastav.coverage.byform.queries import stays_of
from nastav.coverage.byform.sheet import TOTAL
from nastav.coverage.stays import Stay
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.models import School
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.people.models import Kind, Part, Person, PersonKind
from nastav.recall import recalled
from nastav.reports.records import Counts, Monitoring, MonitoringLine

Place = tuple[int, int]  # school's and person's id


@dataclass(frozen=True)
class Known:
    """What is known of people on a day; who stands in no set is none of it."""

    trained: frozenset[Place]
    consented: frozenset[Place]
    kinds: dict[int, Kind]  # of adults


@recalled
def monitoring(district_id: int, name: str, on: date) -> Monitoring:
    """Return the numbers of every school that has a pair and of the district; six queries."""
    stays = stays_of(district_id, on.year, on)
    known = Known(
        trained=_trained(district_id, on),
        consented=consents.held(district_id, on),
        kinds=_adults(district_id, on),
    )
    by_school: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays.stays:
        by_school[stay.school_id].append(stay)
    schools = [
        line
        for school_id, school in districts.school_names(district_id).items()
        if school_id in by_school
        for line in _lines(school, by_school[school_id], stays.forms, known)
    ]
    return Monitoring(tuple(schools), tuple(_lines(name, stays.stays, stays.forms, known)))


def _lines(
    place: str, own: Sequence[Stay], forms: Iterable[tuple[int, str]], known: Known
) -> Iterable[MonitoringLine]:
    """Return a line a form that has a pair, and one of all."""
    for form_id, form in forms:
        of_form = [stay for stay in own if stay.form_id == form_id]
        if of_form:
            yield MonitoringLine(place, form, _counts(of_form, known))
    yield MonitoringLine(place, TOTAL, _counts(own, known))


def _counts(own: Sequence[Stay], known: Known) -> Counts:
    mentors = [stay for stay in own if stay.part == Part.MENTOR]
    mentees = [stay for stay in own if stay.part == Part.MENTEE]
    return Counts(
        numbers=rules.numbers(own),
        trained=_among(mentors, known.trained),
        consented=_among(own, known.consented),
        participants=len({stay.person_id for stay in own}),
        young_teachers=_of_kind(mentees, known, Kind.TEACHER),
        employers=_of_kind(mentors, known, Kind.EMPLOYER),
    )


def _among(own: Iterable[Stay], places: frozenset[Place]) -> int:
    return len({stay.person_id for stay in own if (stay.school_id, stay.person_id) in places})


def _of_kind(own: Iterable[Stay], known: Known, kind: Kind) -> int:
    return len({stay.person_id for stay in own if known.kinds.get(stay.person_id) is kind})


def _trained(district_id: int, on: date) -> frozenset[Place]:
    """Who took part in a training of which school by a day, in any school year."""
    rows = (
        select(Training.school_id, TrainingAttendance.person_id)
        .join(Training, Training.id == TrainingAttendance.training_id)
        .join(School, School.id == Training.school_id)
        .where(School.district_id == district_id, Training.held_on <= on)
    )
    return frozenset((school_id, person_id) for school_id, person_id in db.session.execute(rows))


def _adults(district_id: int, on: date) -> dict[int, Kind]:
    """What the adults were on a day."""
    kind = func.coalesce(PersonKind.kind, Person.kind)
    of_day = and_(PersonKind.person_id == Person.id, PersonKind.since <= on, PersonKind.until >= on)
    rows = (
        select(Person.id, kind)
        .outerjoin(PersonKind, of_day)
        .where(Person.district_id == district_id, kind != Kind.PUPIL)
    )
    return {person_id: Kind(said) for person_id, said in db.session.execute(rows)}
