"""Whose period is over."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Select, case, func, select

from nastav import dates, privacy
from nastav.db import db
from nastav.district.models import School
from nastav.pairs.models import Pair
from nastav.people import queries as people
from nastav.people.models import Participation, Person, RegisterNumber
from nastav.people.rows import Entry
from nastav.practices.models import Practice, PracticeState
from nastav.privacy import After


@dataclass(frozen=True)
class Due:
    """Somebody whose period is over: who, and the last day in any register."""

    who: Entry
    last: date


def due(school_id: int, today: date) -> list[Due]:
    """Return whose names of a school are to be erased, by name.

    The period runs from the last day in any register of any school; a line that still stands stops it.
    A line entered by mistake ends on the day it began.
    """
    ended = case(
        (Participation.is_mistake, func.coalesce(Participation.left, Participation.joined)),
        else_=Participation.left,
    )
    numbered = select(RegisterNumber.person_id).filter_by(school_id=school_id)
    rows = (
        select(Participation.person_id, func.max(ended).label("last"))
        .join(Person, Person.id == Participation.person_id)
        .where(Participation.person_id.in_(numbered), Person.anonymised_on.is_(None))
        .group_by(Participation.person_id)
        .having(func.count(ended) == func.count(), func.max(ended) <= until(After.LEAVING, today))
    )
    last = {row.person_id: row.last for row in db.session.execute(rows)}
    everybody = people.everybody(school_id, first_year=dates.cycle_of(today)) if last else []
    found = {person.person_id: person for person in everybody if person.person_id in last}
    return [Due(entry, last[entry.person_id]) for entry in found.values()]


def until(after: After, today: date) -> date:
    """Return the last day on which something may have ended whose period is over today."""
    return dates.shift_years(today, -privacy.years_after(after))


def old_pairs(school_id: int, today: date) -> Select[int]:
    """Select the pairs whose texts are to be erased."""
    return select(Pair.id).where(
        Pair.school_id == school_id, Pair.ended <= until(After.PAIR, today)
    )


def old_of_years(school_id: int, today: date) -> dict[str, Select[int]]:
    """Select what is to be erased of years: responses, boxes of anonymous ones, drafts, schools' texts.

    Of papers only those signed with such a text: their bytes hold it.
    """
    # of the school year that the day belongs to, some days may not be old enough
    before = dates.cycle_of(until(After.SCHOOL_YEAR, today))
    tables = db.metadata.tables  # papers stand above this room
    found: dict[str, Select[int]] = {
        name: select(tables[name].c.id).where(
            tables[name].c.school_id == school_id, tables[name].c.first_year < before
        )
        for name in ("response", "link_set", "school_texts", "paper")
    }
    told = select(tables["paper_text"].c.paper_id)
    found["paper"] = found["paper"].where(tables["paper"].c.id.in_(told))
    return {**found, Practice.__tablename__: _old_drafts(school_id, before)}


def _old_drafts(school_id: int, before: int) -> Select[int]:
    """Practices begun before a school year that are not on the board, where no name passes."""
    began = datetime.combine(dates.cycle_bounds(before)[0], time(), dates.zone())
    return drafts(school_id).where(Practice.created_at < began)


def drafts(school_id: int) -> Select[int]:
    """Select the practices of a school that are not on the board."""
    return select(Practice.id).where(
        Practice.school_id == school_id, Practice.state != PracticeState.PUBLISHED
    )


def schools() -> list[School]:
    """Return every school of every district, as the orders name them."""
    return list(db.session.scalars(select(School).order_by(School.district_id, School.ordinal)))
