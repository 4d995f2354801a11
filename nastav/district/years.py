"""Closed school years, asked by the day a change is about (rules.md#a-closed-school-year).

The door refuses what is posted under the address of a closed year. Here is the other half: a day that lies
in one, whatever the address.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, bindparam, select

from nastav import dates
from nastav.db import db
from nastav.district.models import Cycle, School
from nastav.refusals import YearClosed, closed_sentence
from nastav.statements import made_once


def refuse_in_closed_year(school_id: int, *days: date | None, field: str = "") -> None:
    """Refuse a change of what lies in a school year that is closed; a day that is None is in none.

    Args:
        school_id: whose district's years are asked.
        days: of the change, the old and the new.
        field: of the form, to blame.

    Raises:
        YearClosed: one of the days lies in a closed year.
    """
    years = {dates.cycle_of(day) for day in days if day is not None}
    for cycle in _closed(school_id, years):
        raise YearClosed(cycle, field)


def closed_year(school_id: int, day: date) -> Cycle | None:
    """Return the school year of a day, if it is closed."""
    return next(iter(_closed(school_id, {dates.cycle_of(day)})), None)


def is_closed_for(school_id: int, first_year: int) -> bool:
    """Tell whether a school year is closed in the district of a school."""
    return bool(_closed(school_id, {first_year}))


def closed_sentences(school_id: int, days: Collection[date]) -> dict[date, str]:
    """Return why nothing can be changed on each of these days that lies in a closed school year."""
    found = {row.first_year: row for row in _closed(school_id, set(map(dates.cycle_of, days)))}
    return {
        day: closed_sentence(found[dates.cycle_of(day)])
        for day in days
        if dates.cycle_of(day) in found
    }


def _closed(school_id: int, years: set[int]) -> Sequence[Cycle]:
    if not years:
        return ()
    return db.session.scalars(_of_school(), {"school_id": school_id, "years": list(years)}).all()


@made_once
def _of_school() -> Select[Cycle]:
    """Made once: every change of what has a day asks."""
    closed = Cycle.closed_on.is_not(None), Cycle.first_year.in_(bindparam("years", expanding=True))
    rows = select(Cycle).join(School, School.district_id == Cycle.district_id)
    return rows.where(School.id == bindparam("school_id"), *closed).order_by(Cycle.first_year)
