"""Reading occasions: a school year's list, what a mentee took part in, counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from nastav import dates
from nastav.db import db
from nastav.gatherings import queries as gatherings
from nastav.gatherings.occasions.models import SPHERES, Occasion, OccasionPart, Sphere
from nastav.people.models import Part, Participation


@dataclass(frozen=True)
class OccasionLine:
    """An event as the list shows it."""

    id: int
    held_on: date
    sphere: Sphere
    name: str
    present: int  # mentees who took part

    @property
    def sphere_name(self) -> str:
        """Return «культурная жизнь»."""
        return SPHERES[self.sphere]


@dataclass(frozen=True)
class Attended:
    """An event as the card of a mentee shows it."""

    id: int
    held_on: date
    sphere: Sphere
    name: str
    role: str

    @property
    def first_year(self) -> int:
        """Return the school year whose list shows it."""
        return dates.cycle_of(self.held_on)

    @property
    def sphere_name(self) -> str:
        """Return «культурная жизнь»."""
        return SPHERES[self.sphere]


@dataclass(frozen=True)
class Count:
    """How many of the mentees of a school year took part in anything, and in how many events."""

    took_part: int
    mentees: int
    occasions: int


NOTHING = Count(0, 0, 0)


def occasions(school_id: int, first_year: int) -> list[OccasionLine]:
    """Return the events of a school year, the latest first, with how many took part."""
    return gatherings.held(OccasionPart, OccasionLine, school_id, first_year)


def attended(school_id: int, person_id: int) -> list[Attended]:
    """Return what a person took part in, in every school year, the latest first."""
    return gatherings.attended(OccasionPart, Attended, school_id, person_id)


def times(school_id: int, first_year: int) -> dict[int, int]:
    """Return in how many events of a school year each person took part; who in none is not in it."""
    rows = (
        select(OccasionPart.person_id, func.count())
        .join(Occasion, Occasion.id == OccasionPart.occasion_id)
        .where(Occasion.school_id == school_id, _in_year(first_year))
        .group_by(OccasionPart.person_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def counts(school_ids: Collection[int], first_year: int) -> dict[int, Count]:
    """Return for each school how many mentees of a school year took part; no names behind it.

    A mentee counts who stood in the register on a day of the school year; a mistake does not.
    """
    first, last = dates.cycle_bounds(first_year)
    took_part = (
        select(OccasionPart.person_id)
        .join(Occasion, Occasion.id == OccasionPart.occasion_id)
        .where(
            OccasionPart.person_id == Participation.person_id,
            Occasion.school_id == Participation.school_id,
            _in_year(first_year),
        )
        .correlate(Participation)
        .exists()
    )
    person = Participation.person_id.distinct()
    rows = (
        select(
            Participation.school_id,
            func.count(person).label("mentees"),
            func.count(person).filter(took_part).label("took_part"),
        )
        .where(
            Participation.school_id.in_(school_ids),
            Participation.part == Part.MENTEE,
            Participation.is_mistake.is_(False),
            Participation.joined <= last,
            or_(Participation.left.is_(None), Participation.left >= first),
        )
        .group_by(Participation.school_id)
    )
    held = (
        select(Occasion.school_id, func.count())
        .where(Occasion.school_id.in_(school_ids), _in_year(first_year))
        .group_by(Occasion.school_id)
    )
    events = {row[0]: row[1] for row in db.session.execute(held)}
    return {
        row.school_id: Count(row.took_part, row.mentees, events.get(row.school_id, 0))
        for row in db.session.execute(rows)
    }


def _in_year(first_year: int) -> ColumnElement[bool]:
    return Occasion.held_on.between(*dates.cycle_bounds(first_year))
