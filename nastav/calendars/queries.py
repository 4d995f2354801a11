"""Reading a calendar link, whose it is, and the deadlines behind it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from nastav import dates
from nastav.access import SCHOOL_ROLES
from nastav.accounts.models import User
from nastav.calendars.models import CalendarLink
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.models import School
from nastav.stages import lines as stage_lines
from nastav.stages import queries as stages
from nastav.stages.records import StageHead, StageLine


@dataclass(frozen=True)
class Deadline:
    """A stage of a school with the day that binds now; no name of a person is in it."""

    first_year: int  # of the school year
    head: StageHead
    line: StageLine


def link(user_id: int) -> CalendarLink | None:
    """Return the user's link, if one was made and not revoked."""
    return db.session.get(CalendarLink, user_id)


def school_behind(code: str) -> School | None:
    """Return the school whose deadlines a code opens.

    None: the code was revoked or never given out, or its user may not sign in to a school any more.
    """
    asked = (
        select(School)
        .join(User, User.school_id == School.id)
        .join(CalendarLink, CalendarLink.user_id == User.id)
        .where(CalendarLink.code == code, User.disabled_at.is_(None), User.role.in_(SCHOOL_ROLES))
    )
    return db.session.scalar(asked)


def deadlines(school: School, today: date) -> list[Deadline]:
    """Return the stages of this school year and of later ones that are open, by their day."""
    found = []
    for cycle in districts.cycles(school.district_id):
        if cycle.first_year < dates.cycle_of(today) or cycle.closed_on is not None:
            continue
        heads = {head.id: head for head in stages.stages(cycle.id)}
        lines = stage_lines.school_stages(school.id, cycle)
        found += [Deadline(cycle.first_year, heads[line.stage_id], line) for line in lines]
    return sorted(found, key=lambda deadline: (deadline.line.standing.due, deadline.head.ordinal))
