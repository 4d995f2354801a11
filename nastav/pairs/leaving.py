"""Leaving a register ends what somebody has in pairs; joining one is no later than these."""

from datetime import date

from nastav import dates, ru
from nastav.access import Actor
from nastav.db import db
from nastav.district.years import refuse_in_closed_year
from nastav.pairs import queries
from nastav.pairs.models import PairState
from nastav.people import operations as people
from nastav.people.models import Participation
from nastav.refusals import NotAllowed


def leave_register(
    actor: Actor, row: Participation, on: date, reason: str, *, version: int
) -> list[int]:
    """Mark that a person left a register, and end their memberships on that day; the pairs' ids.

    A draft that is to begin later loses them without a trace: they were never in it.

    Raises:
        Conflict: the row was saved meanwhile.
        NotAllowed: the day is impossible for the register or for one of the pairs.
    """
    people.leave(actor, row, on, reason, version=version)
    ended = []
    for membership in queries.memberships(row.school_id, row.person_id, row.part):
        last = membership.left or membership.pair.ended
        if last is not None and last <= on:
            continue
        if membership.pair.state is PairState.DRAFT and membership.joined > dates.today():
            db.session.delete(membership)
            ended.append(membership.pair_id)
            continue
        if membership.left is not None or on < membership.joined:
            text = (
                f"В паре с {ru.date_short(membership.joined)}"
                + (f" по {ru.date_short(membership.left)}" if membership.left else "")
                + ": сначала исправьте даты в паре."
            )
            raise NotAllowed("left", text)
        refuse_in_closed_year(row.school_id, on, field="left")
        membership.left, membership.left_reason = on, reason
        ended.append(membership.pair_id)
    db.session.flush()
    return ended


def check_joined(row: Participation, joined: date) -> None:
    """Refuse a day of joining the register later than a pair the person is in.

    Raises:
        NotAllowed: names the day they joined the pair.
    """
    for membership in queries.memberships(row.school_id, row.person_id, row.part):
        if row.joined <= membership.joined < joined:
            text = f"В паре с {ru.date_short(membership.joined)}: укажите не позже."
            raise NotAllowed("joined", text)
