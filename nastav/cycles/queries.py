"""Reading the school years of a district and the deadlines of their stages."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from nastav import dates
from nastav.db import db
from nastav.district.models import Cycle
from nastav.stages.models import Stage


@dataclass(frozen=True)
class SchoolYear:
    """A school year of a district with what it asks."""

    first_year: int
    opened_at: datetime
    before_site: bool
    stages: int  # how many
    first_due: date | None
    last_due: date | None
    closed_on: date | None  # since when it is only read
    closed_by: str


def school_years(district_id: int) -> list[SchoolYear]:
    """Return the district's school years, the earliest first, in one query."""
    rows = (
        select(
            Cycle.first_year,
            Cycle.opened_at,
            Cycle.before_site,
            func.count(Stage.id),
            func.min(Stage.due),
            func.max(Stage.due),
            Cycle.closed_on,
            Cycle.closed_by,
        )
        .outerjoin(Stage, Stage.cycle_id == Cycle.id)
        .where(Cycle.district_id == district_id)
        .group_by(Cycle.id)
        .order_by(Cycle.first_year)
    )
    return [SchoolYear(*row) for row in db.session.execute(rows)]


def next_year(opened: list[SchoolYear], today: date) -> int | None:
    """Return the first year of the school year that can be opened next, or None.

    At most one year ahead of the calendar: deadlines shifted further would be invented.
    """
    following = max((school_year.first_year for school_year in opened), default=0) + 1
    return following if opened and following <= dates.cycle_of(today) + 1 else None


def stages(cycle_id: int) -> list[Stage]:
    """Return the stages of a school year in their order."""
    return list(
        db.session.scalars(select(Stage).filter_by(cycle_id=cycle_id).order_by(Stage.ordinal))
    )


def stage(cycle_id: int, ordinal: int) -> Stage | None:
    """Return a stage of a school year by its number, or None."""
    return db.session.scalar(select(Stage).filter_by(cycle_id=cycle_id, ordinal=ordinal))
