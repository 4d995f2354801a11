"""Reading what a school once said of its headings."""

from sqlalchemy import select

from nastav.db import db
from nastav.loads.headings.models import SchoolHeading
from nastav.people.models import Part


def answers(school_id: int, part: Part) -> dict[str, str]:
    """Return the column of each heading that the school has named, by the heading's key."""
    rows = select(SchoolHeading).filter_by(school_id=school_id, part=part)
    named = db.session.scalars(rows.order_by(SchoolHeading.heading))
    return {row.heading: row.column_key for row in named}
