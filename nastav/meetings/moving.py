"""Moving the meetings after a pair's last day to the pair that continues it."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import db
from nastav.meetings.models import Meeting, Presence
from nastav.pairs.models import Pair
from nastav.refusals import NotAllowed


def move_later(actor: Actor, pair: Pair, following: Pair) -> int:
    """Let the later meetings of a closed pair be those of what continues it; returns how many.

    Raises:
        NotAllowed: somebody was there who is not in the next pair, or it begins after the meeting.
    """
    later = select(Meeting).where(Meeting.pair_id == pair.id, Meeting.held_on > pair.ended)
    meetings = list(db.session.scalars(later.options(selectinload(Meeting.presences))))
    who = {member.id: (member.person_id, member.part) for member in pair.members}
    there = {(member.person_id, member.part): member.id for member in following.members}
    for meeting in meetings:
        ids = [there.get(who[presence.member_id]) for presence in meeting.presences]
        if None in ids or meeting.held_on < following.started:
            day = ru.date_short(meeting.held_on)
            text = f"Встречу {day} нельзя перенести в продолжение пары: не все, кто был, остаются в ней."
            raise NotAllowed(
                "ended", f"{pair.noun.said(text)} Укажите последний день не раньше {day}."
            )
        meeting.presences = [Presence(member_id=member_id) for member_id in ids if member_id]
        meeting.pair_id = following.id
    if meetings:
        db.session.flush()
        subject = f"пара {pair.id} → {following.id}: {len(meetings)}"
        record(actor, "meetings:moved", subject=subject, school_id=pair.school_id)
    return len(meetings)
