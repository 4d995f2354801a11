"""Reading who is without a pair and which mentors there are, for the suggestions."""

from datetime import date

from sqlalchemy import select

from nastav.coverage import lacking
from nastav.db import db
from nastav.district.models import District, School
from nastav.gatherings.training import queries as training
from nastav.matching.rules import Desk
from nastav.mentors.profiles import queries as profiles
from nastav.pairs import queries as pairs
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.people.rows import Entry


def without_pair(school_id: int, on: date, *, first_year: int) -> list[Entry]:
    """Return the mentees in the register on a day who are without a pair and in no draft, by class.

    Who waits for a decision or has finished is not without one: their pairs are continued first.
    """
    wanted = lacking.without_pair(school_id, Part.MENTEE, on) - _in_drafts(school_id)
    rows = people.register(school_id, Part.MENTEE, first_year=first_year)
    free = {row.person_id: row for row in rows if row.is_on(on) and row.person_id in wanted}
    return sorted(free.values(), key=lambda entry: entry.class_key)


def desk(school_id: int, on: date, *, first_year: int) -> Desk:
    """Return the mentors in the register on a day with what is known of them and their load."""
    mentors = {
        entry.person_id: entry
        for entry in people.register(school_id, Part.MENTOR, first_year=first_year)
        if entry.is_on(on)
    }
    led = pairs.partners(school_id, Part.MENTOR, on)
    leads = {
        mentor: len({other.person_id for _, others in groups for other in others})
        for mentor, groups in led.items()
    }
    return Desk(
        mentors=list(mentors.values()),
        profiles=profiles.profiles(school_id),
        trained=training.trained(school_id, on),
        leads=leads,
        usual_most=_usual_most(school_id),
        groups={mentor: len(groups) for mentor, groups in led.items()},
    )


def _usual_most(school_id: int) -> int:
    rows = select(District.most_mentees).join(School, School.district_id == District.id)
    return db.session.scalars(rows.where(School.id == school_id)).one()


def _in_drafts(school_id: int) -> set[int]:
    rows = (
        select(PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            Pair.school_id == school_id,
            Pair.state == PairState.DRAFT,
            PairMember.part == Part.MENTEE,
            PairMember.left.is_(None),
        )
    )
    return set(db.session.scalars(rows))
