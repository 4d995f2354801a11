"""Reading sets of links, one link, and how many answers wait in a box."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from nastav.ballots.models import Ballot, Link, LinkSet
from nastav.ballots.rules import SetStanding, Standing
from nastav.db import db
from nastav.district import years
from nastav.district.models import School
from nastav.feedback.models import Questionnaire


@dataclass(frozen=True)
class SetRow:
    """A set as the list shows it."""

    id: int
    title: str
    made_on: date
    expires_on: date
    standing: SetStanding


def sets(school_id: int, first_year: int, today: date) -> list[SetRow]:
    """Return a school's sets of a school year, the newest first, in one query."""
    given = select(func.count(Ballot.id)).where(Ballot.set_id == LinkSet.id).scalar_subquery()
    rows = (
        select(LinkSet, Questionnaire.title, given)
        .join(Questionnaire, Questionnaire.id == LinkSet.questionnaire_id)
        .where(LinkSet.school_id == school_id, LinkSet.first_year == first_year)
        .order_by(LinkSet.id.desc())
    )
    return [
        SetRow(row.id, title, row.made_on, row.expires_on, _standing(row, count, today))
        for row, title, count in db.session.execute(rows)
    ]


def link_set(school_id: int, first_year: int, set_id: int) -> LinkSet | None:
    """Return a set of a school, to be changed, or None."""
    rows = select(LinkSet).filter_by(id=set_id, school_id=school_id, first_year=first_year)
    return db.session.scalar(rows)


def standing(link_set: LinkSet, today: date) -> SetStanding:
    """Return how a set stands."""
    count = db.session.scalar(select(func.count(Ballot.id)).filter_by(set_id=link_set.id)) or 0
    return _standing(link_set, count, today)


def codes(set_id: int) -> list[str]:
    """Return the codes of a set in the order of the alphabet; which are used is told to nobody."""
    return list(db.session.scalars(select(Link.code).filter_by(set_id=set_id).order_by(Link.code)))


def ballots(set_id: int) -> list[Ballot]:
    """Return the answers in a box, in the order of their random ids."""
    return list(db.session.scalars(select(Ballot).filter_by(set_id=set_id).order_by(Ballot.id)))


def link(code: str, today: date) -> tuple[Standing, Link | None, LinkSet | None]:
    """Return what can be done with a link, the link and its set."""
    found = db.session.get(Link, code)
    link_set = db.session.get(LinkSet, found.set_id) if found else None
    if found is None or link_set is None:
        return Standing.UNKNOWN, None, None
    if found.is_used:
        return Standing.USED, found, link_set
    is_closed = years.is_closed_for(link_set.school_id, link_set.first_year)
    is_over = is_closed or link_set.counted is not None or link_set.expires_on < today
    return (Standing.CLOSED if is_over else Standing.OPEN), found, link_set


def school(link_set: LinkSet) -> School:
    """Return the school of a set."""
    return db.session.get_one(School, link_set.school_id)


def _standing(link_set: LinkSet, ballots: int, today: date) -> SetStanding:
    is_counted = link_set.counted is not None
    given = link_set.counted if link_set.counted is not None else ballots
    return SetStanding(link_set.size, given, is_counted, link_set.expires_on < today)
