"""Reading the control by sample: what was drawn, what was found, what can be drawn. No names."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import case, func, select

from nastav.db import db
from nastav.district.models import School
from nastav.meetings import queries as meetings
from nastav.pairs import presence
from nastav.pairs.models import Pair
from nastav.people.models import Part, RegisterNumber
from nastav.plans.models import PlanLine
from nastav.samples.models import Sample, SampleItem, Verdict
from nastav.samples.rules import Drawable, Tally


def sample(school_id: int, first_year: int) -> Sample | None:
    """Return the lot of a school in a school year, to be changed; None before the first drawing."""
    return db.session.scalar(select(Sample).filter_by(school_id=school_id, first_year=first_year))


def items(sample_id: int | None) -> list[SampleItem]:
    """Return what was drawn, in the order of the drawing."""
    if sample_id is None:
        return []
    rows = select(SampleItem).filter_by(sample_id=sample_id).order_by(SampleItem.id)
    return list(db.session.scalars(rows))


def drawable(school_id: int, on: date) -> list[Drawable]:
    """Return the pairs and groups that stand on a day with both sides, by their ids; three queries."""
    facing = presence.select_facing(school_id, Part.MENTEE, on).subquery()
    rows = (
        select(Pair.id, Pair.order_number, Pair.order_date, RegisterNumber.number)
        .join(facing, facing.c.pair_id == Pair.id)
        .join(RegisterNumber, RegisterNumber.person_id == facing.c.person_id)
        .where(RegisterNumber.school_id == school_id)
        .order_by(Pair.id, RegisterNumber.number)
    )
    numbers: dict[int, list[int]] = defaultdict(list)
    orders: dict[int, tuple[str, date | None]] = {}
    for pair_id, order_number, order_date, number in db.session.execute(rows):
        numbers[pair_id].append(number)
        orders[pair_id] = (order_number, order_date)
    last = meetings.last_days(school_id, on)
    lines = _plan_lines(school_id)
    return [
        Drawable(
            pair_id,
            tuple(own),
            *orders[pair_id],
            last_meeting=last.get(pair_id),
            plan_lines=lines.get(pair_id, 0),
        )
        for pair_id, own in numbers.items()
    ]


def _plan_lines(school_id: int) -> dict[int, int]:
    rows = (
        select(PlanLine.pair_id, func.count())
        .join(Pair, Pair.id == PlanLine.pair_id)
        .where(Pair.school_id == school_id)
        .group_by(PlanLine.pair_id)
    )
    found: dict[int, int] = {}
    for pair_id, lines in db.session.execute(rows):
        found[pair_id] = lines
    return found


def tallies(district_id: int, first_year: int) -> Mapping[int, Tally]:
    """Return how the samples of a school year stand, by school; schools without one are left out."""
    return _tallies(School.district_id == district_id, Sample.first_year == first_year)


def as_of(district_id: int, first_year: int, on: date) -> Mapping[int, Tally]:
    """Return the same as it stood at the end of a day: drawn by then, and marked by then."""
    where = (School.district_id == district_id, Sample.first_year == first_year)
    return _tallies(*where, SampleItem.drawn_on <= on, marked=SampleItem.marked_on <= on)


def said_of_school(school_id: int, first: date, last: date) -> str:
    """Return «проверено 5, подтверждено 4» of the pairs drawn in these days; "" where none were."""
    found = _tallies(Sample.school_id == school_id, SampleItem.drawn_on.between(first, last))
    return sum(found.values(), Tally()).sentence


def said_of_district(district_id: int, first: date, last: date) -> str:
    """Return the same of all schools of a district together."""
    found = _tallies(School.district_id == district_id, SampleItem.drawn_on.between(first, last))
    return sum(found.values(), Tally()).sentence


def _tallies(*conditions: Any, marked: Any = None) -> dict[int, Tally]:
    verdict = SampleItem.verdict if marked is None else case((marked, SampleItem.verdict))
    rows = (
        select(
            Sample.school_id,
            func.count(),
            func.count(verdict),
            func.sum(case((verdict == Verdict.MATCHES, 1), else_=0)),
        )
        .join(SampleItem, SampleItem.sample_id == Sample.id)
        .join(School, School.id == Sample.school_id)
        .where(*conditions)
        .group_by(Sample.school_id)
    )
    return {school: Tally(*counts) for school, *counts in db.session.execute(rows)}
