"""Leaving a register ends what somebody has in pairs; joining one is no later than these."""

from datetime import date

from nastav import dates, ru
from nastav.access import Actor
from nastav.db import db
from nastav.district.years import refuse_in_closed_year
from nastav.pairs import queries
from nastav.pairs.models import PairMember, PairState
from nastav.people import leaving as people
from nastav.people.models import Participation
from nastav.refusals import NotAllowed


def leave_register(
    actor: Actor, row: Participation, on: date, reason: str, *, version: int
) -> list[int]:
    """Mark that a person left a register, and end their memberships on that day; the pairs' ids.

    A draft that is to begin later loses them without a trace: they were never in it. Where the day of
    leaving is put right, what had ended with it follows it.

    Raises:
        Conflict: the row was saved meanwhile.
        NotAllowed: the day is impossible for the register or for one of the pairs.
    """
    was = (row.left, row.left_reason)
    people.leave(actor, row, on, reason, version=version)
    ended = []
    for membership in queries.memberships(row.school_id, row.person_id, row.part):
        if was[0] and (membership.left, membership.left_reason) == was:
            _follow(row, membership, on, reason)
            continue
        if was[0] and membership.joined > was[0]:
            continue  # since they came back
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


def undo_leaving(actor: Actor, row: Participation, *, version: int) -> None:
    """Take back that a person left a register, and what had ended with it in pairs that go on.

    Raises:
        Conflict: the row was saved meanwhile.
        NotNow: they have come back since, or the name was erased.
        YearClosed: a place in a pair ended in a closed school year.
    """
    was = (row.left, row.left_reason)
    people.undo_leaving(actor, row, version=version)
    for membership in queries.memberships(row.school_id, row.person_id, row.part):
        ended_with_it = membership.left and (membership.left, membership.left_reason) == was
        if ended_with_it and membership.pair.ended is None:
            refuse_in_closed_year(row.school_id, membership.left)
            membership.left, membership.left_reason = None, ""
    db.session.flush()


def _follow(row: Participation, membership: PairMember, on: date, reason: str) -> None:
    """Move the end of a membership that had ended with a leaving; a pair that is over ends it as before."""
    day = min(on, membership.pair.ended or on)
    if day < membership.joined:
        text = f"В паре с {ru.date_short(membership.joined)}: укажите не раньше."
        raise NotAllowed("left", text)
    if membership.left and membership.left != day:
        for each in (membership.left, day):
            refuse_in_closed_year(row.school_id, each, field="left")
    membership.left, membership.left_reason = day, reason


def check_joined(row: Participation, joined: date) -> None:
    """Refuse a day of joining the register later than a pair the person is in.

    Raises:
        NotAllowed: names the day they joined the pair.
    """
    for membership in queries.memberships(row.school_id, row.person_id, row.part):
        if row.joined <= membership.joined < joined:
            text = f"В паре с {ru.date_short(membership.joined)}: укажите не позже."
            raise NotAllowed("joined", text)
