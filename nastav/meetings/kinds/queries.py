"""Reading a district's kinds of meetings."""

from sqlalchemy import select

from nastav.db import db
from nastav.district.models import School
from nastav.meetings.models import MeetingKind


def kinds(district_id: int) -> list[MeetingKind]:
    """Return a district's kinds of meetings in their order, those hidden left out."""
    return [one for one in all_kinds(district_id) if not one.is_hidden]


def all_kinds(district_id: int) -> list[MeetingKind]:
    """Return a district's kinds of meetings in their order, the hidden ones too."""
    rows = select(MeetingKind).filter_by(district_id=district_id)
    return list(db.session.scalars(rows.order_by(MeetingKind.ordinal, MeetingKind.id)))


def kind(district_id: int, kind_id: int) -> MeetingKind | None:
    """Return one kind of meeting of a district, or None."""
    return db.session.scalar(select(MeetingKind).filter_by(district_id=district_id, id=kind_id))


def names(school_id: int) -> dict[int, str]:
    """Return every kind of the school's district by id, hidden ones too."""
    rows = select(MeetingKind.id, MeetingKind.name).join(
        School, School.district_id == MeetingKind.district_id
    )
    found = db.session.execute(rows.where(School.id == school_id))
    return {row.id: row.name for row in found}
