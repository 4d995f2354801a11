"""Reading the kinds of meetings as a school needs them."""

from sqlalchemy import select

from nastav.db import db
from nastav.district.models import School
from nastav.meetings.models import MeetingKind


def names(school_id: int) -> dict[int, str]:
    """Return every kind of the school's district by id, hidden ones too."""
    rows = select(MeetingKind.id, MeetingKind.name).join(
        School, School.district_id == MeetingKind.district_id
    )
    found = db.session.execute(rows.where(School.id == school_id))
    return {row.id: row.name for row in found}
