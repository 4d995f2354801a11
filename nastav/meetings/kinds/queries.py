"""Reading the kinds of meetings as a school needs them."""

from sqlalchemy import Select, bindparam, select

from nastav.district.models import School
from nastav.meetings.models import MeetingKind
from nastav.statements import made_once, read


def names(school_id: int) -> dict[int, str]:
    """Return every kind of the school's district by id, hidden ones too."""
    return dict(map(tuple, read(_names(), {"school_id": school_id}).all()))


@made_once
def _names() -> Select[int, str]:
    """Made once: every save of a meeting asks."""
    own = School.district_id == MeetingKind.district_id
    rows = select(MeetingKind.id, MeetingKind.name).join(School, own)
    return rows.where(School.id == bindparam("school_id"))
