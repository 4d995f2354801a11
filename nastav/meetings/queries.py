"""Reading meetings of one school; those that were deleted are left out unless asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from nastav.db import db
from nastav.district.models import District, School
from nastav.meetings import rules
from nastav.meetings.models import Meeting, MeetingKind, MeetingRevision, Presence
from nastav.pairs.models import Meets, Pair, PairState
from nastav.pairs.rows import Member, PairRow
from nastav.statements import made_once


@dataclass(frozen=True)
class MeetingRow:
    """A meeting as a list shows it; `present` are ids of memberships."""

    id: int
    pair_id: int
    held_on: date
    minutes: int
    topic: str
    kind: str
    meets: Meets | None
    is_deleted: bool
    version: int
    present: frozenset[int]

    def absent(self, pair: PairRow) -> list[Member]:
        """Return the mentees who were in the pair that day and not at the meeting."""
        return [
            mentee
            for mentee in pair.mentees
            if rules.is_in(mentee.joined, mentee.left, self.held_on)
            and mentee.id not in self.present
            and not mentee.is_mistake
        ]


@dataclass(frozen=True)
class Revision:
    """A meeting as somebody left it."""

    at: datetime
    actor_name: str
    held_on: date
    minutes: int
    topic: str
    kind: str
    meets: str
    present: tuple[int, ...]  # by register number
    is_deleted: bool


@dataclass(frozen=True)
class Settings:
    """What a district has set: how long a meeting lasts, after how many days a pair is silent."""

    minutes: int
    within: int  # days


def settings(school_id: int) -> Settings:
    """Return the settings of meetings of a school's district."""
    rows = select(District.meeting_minutes, District.meetings_within)
    return Settings(
        *db.session.execute(
            rows.join(School, School.district_id == District.id).where(School.id == school_id)
        ).one()
    )


def log(school_id: int, pair_id: int) -> list[MeetingRow]:
    """Return the meetings of a pair, the latest first, deleted ones among them."""
    return _rows(Meeting.school_id == school_id, Meeting.pair_id == pair_id)


def held(school_id: int, first: date, last: date, pair_ids: Iterable[int] = ()) -> list[MeetingRow]:
    """Return the meetings a school held in a span of days, the latest first.

    Args:
        school_id: the school.
        first: the first day, in the span.
        last: the last day, in the span.
        pair_ids: of these pairs only; empty for all that are no drafts.
    """
    ids = list(pair_ids)
    wanted = Meeting.pair_id.in_(ids) if ids else Meeting.pair_id.in_(_no_drafts(school_id))
    days = (Meeting.held_on >= first, Meeting.held_on <= last)
    return _rows(Meeting.school_id == school_id, Meeting.deleted_at.is_(None), wanted, *days)


def meeting(school_id: int, pair_id: int, meeting_id: int) -> Meeting | None:
    """Return a meeting with its kind and who was there, to be changed, or None."""
    params = {"meeting_id": meeting_id, "school_id": school_id, "pair_id": pair_id}
    return db.session.scalar(_meeting(), params)


@made_once
def _meeting() -> Select[Meeting]:
    """Made once: every form of a meeting asks."""
    own = Meeting.school_id == bindparam("school_id"), Meeting.pair_id == bindparam("pair_id")
    rows = select(Meeting).where(Meeting.id == bindparam("meeting_id"), *own)
    return rows.options(joinedload(Meeting.kind), selectinload(Meeting.presences))


def on_day(pair_id: int, day: date, *, but: int | None = None) -> Meeting | None:
    """Return another meeting of a pair on a day, or None."""
    rows = select(Meeting).filter_by(pair_id=pair_id, held_on=day, deleted_at=None)
    return db.session.scalar(rows.where(Meeting.id != (but or 0)).order_by(Meeting.id).limit(1))


def last_days(school_id: int, until: date) -> dict[int, date]:
    """Return the day each pair of a school met last, up to a day; who never met is not in it."""
    rows = (
        select(Meeting.pair_id, func.max(Meeting.held_on).label("last"))
        .where(
            Meeting.school_id == school_id,
            Meeting.deleted_at.is_(None),
            Meeting.held_on <= until,
        )
        .group_by(Meeting.pair_id)
    )
    return {row.pair_id: row.last for row in db.session.execute(rows)}


def counted(school_id: int, first: date, last: date) -> dict[int, tuple[date, int]]:
    """Return the day of the last meeting and how many there were in a span of days, by pair's id."""
    rows = (
        select(Meeting.pair_id, func.max(Meeting.held_on), func.count())
        .where(Meeting.school_id == school_id, Meeting.deleted_at.is_(None))
        .where(Meeting.held_on >= first, Meeting.held_on <= last)
        .group_by(Meeting.pair_id)
    )
    return {pair_id: (day, count) for pair_id, day, count in db.session.execute(rows)}


def outermost(pair_id: int) -> tuple[date, date] | None:
    """Return the first and the last day a pair met, or None if it never did."""
    rows = select(func.min(Meeting.held_on), func.max(Meeting.held_on))
    first, last = db.session.execute(rows.filter_by(pair_id=pair_id, deleted_at=None)).one()
    return (first, last) if first else None


def revisions(meeting_id: int) -> list[Revision]:
    """Return a meeting as it was after each change, the latest first."""
    rows = (
        select(MeetingRevision.at, MeetingRevision.actor_name, MeetingRevision.values)
        .filter_by(meeting_id=meeting_id)
        .order_by(MeetingRevision.id.desc())
    )
    return [_revision(*row) for row in db.session.execute(rows)]


def _revision(at: datetime, actor_name: str, values: Mapping[str, Any]) -> Revision:
    facts = {
        **values,
        "held_on": date.fromisoformat(values["held_on"]),
        "present": tuple(values["present"]),
    }
    return Revision(at, actor_name, **facts)


def _no_drafts(school_id: int) -> Any:
    return select(Pair.id).where(Pair.school_id == school_id, Pair.state != PairState.DRAFT)


def _rows(*conditions: Any) -> list[MeetingRow]:
    chosen = select(Meeting.id).where(*conditions)
    present: dict[int, set[int]] = defaultdict(set)
    there = select(Presence.meeting_id, Presence.member_id)
    for meeting_id, member_id in db.session.execute(there.where(Presence.meeting_id.in_(chosen))):
        present[meeting_id].add(member_id)
    rows = (
        select(
            Meeting.id,
            Meeting.pair_id,
            Meeting.held_on,
            Meeting.minutes,
            Meeting.topic,
            func.coalesce(MeetingKind.name, "").label("kind"),
            Meeting.meets,
            Meeting.deleted_at.is_not(None).label("is_deleted"),
            Meeting.version,
        )
        .outerjoin(MeetingKind, MeetingKind.id == Meeting.kind_id)
        .where(*conditions)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )
    return [
        MeetingRow(**row, present=frozenset(present[row["id"]]))
        for row in db.session.execute(rows).mappings()
    ]
