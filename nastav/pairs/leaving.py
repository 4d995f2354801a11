"""Leaving a register ends what somebody has in pairs; joining one is no later than these."""

from datetime import date

from nastav import dates, ru
from nastav.access import Actor
from nastav.db import db
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
    for one in queries.memberships(row.school_id, row.person_id, row.part):
        last = one.left or one.pair.ended
        if last is not None and last <= on:
            continue
        if one.pair.state is PairState.DRAFT and one.joined > dates.today():
            db.session.delete(one)
            ended.append(one.pair_id)
            continue
        if one.left is not None or on < one.joined:
            text = (
                f"В паре с {ru.date_short(one.joined)}"
                + (f" по {ru.date_short(one.left)}" if one.left else "")
                + ": сначала исправьте даты в паре."
            )
            raise NotAllowed("left", text)
        one.left, one.left_reason = on, reason
        ended.append(one.pair_id)
    db.session.flush()
    return ended


def check_joined(row: Participation, joined: date) -> None:
    """Refuse a day of joining the register later than a pair the person is in.

    Raises:
        NotAllowed: names the day they joined the pair.
    """
    for one in queries.memberships(row.school_id, row.person_id, row.part):
        if row.joined <= one.joined < joined:
            text = f"В паре с {ru.date_short(one.joined)}: укажите не позже."
            raise NotAllowed("joined", text)
