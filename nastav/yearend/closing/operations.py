"""Closing many pairs at once, wholly or not at all; carrying pairs into the next school year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nastav.access import Actor
from nastav.db import Conflict, NotNow
from nastav.district.years import refuse_in_closed_year
from nastav.meetings import moving
from nastav.meetings import queries as meetings
from nastav.pairs import continuing
from nastav.pairs import operations as pairs
from nastav.pairs import queries as known
from nastav.pairs.models import Decision, Pair, PairState
from nastav.pairs.rules import NOT_CLOSED, Refused
from nastav.people import queries as registers
from nastav.people.models import Part
from nastav.refusals import NotAllowed
from nastav.yearend.closing import queries, rules


@dataclass(frozen=True)
class Asked:
    """A pair to be closed, in the version it was shown in."""

    pair: Pair
    version: int
    outcome: str
    decision: Decision


@dataclass
class Done:
    """How many pairs were closed, and how many of them carried on."""

    closed: int = 0
    continued: int = 0


def close(actor: Actor, pair: Pair, closing: pairs.Closing, *, version: int) -> int | None:
    """Close a pair and carry it on when that was decided; the id of the draft that continues it.

    Meetings after the last day of a pair that goes on are moved to what continues it.

    Raises: as `pairs.operations.close_pair` and `carry_on`.
    """
    goes_on = closing.decision is Decision.CONTINUE
    met = None if goes_on else meetings.outermost(pair.id)
    pairs.close_pair(actor, pair, closing, met=met, version=version)
    return carry_on(actor, pair) if goes_on else None


def close_together(actor: Actor, asked: Sequence[Asked], ended: date, reason: str) -> Done:
    """Close many pairs on one day for one reason; one that is closed like this is passed over.

    Raises:
        Conflict: one was saved by somebody meanwhile.
        Refused: one cannot be closed or carried on; the caller's transaction is to be rolled back.
    """
    done = Done()
    for column in asked:
        closing = pairs.Closing(ended, reason, column.outcome, column.decision)
        if column.pair.state is PairState.CLOSED and pairs.closing_of(column.pair) == closing:
            continue
        if column.pair.version != column.version:
            raise Conflict
        try:
            draft = close(actor, column.pair, closing, version=column.version)
        except NotAllowed as refusal:
            raise Refused(column.pair.id, refusal.sentence) from None
        done.closed += 1
        done.continued += draft is not None
    return done


def carry_on(actor: Actor, pair: Pair) -> int:
    """Open the draft of the next school year with those who stay at school; its id. Twice is once.

    It begins on 1 September, whether or not the district has opened the school year.

    Raises:
        NotNow: the pair is not closed.
        NotAllowed: the mentor or all the mentees left or graduate.
    """
    if pair.state is not PairState.CLOSED or pair.ended is None:
        raise NotNow(pair.noun.said(NOT_CLOSED))
    refuse_in_closed_year(pair.school_id, pair.counts_until)
    after = continuing.following(pair.school_id, [pair.id]).get(pair.id)
    if after:
        return after.id
    started = rules.next_start(pair.last_cycle, pair.ended)
    mentors = _staying(pair, Part.MENTOR, started)
    mentees = _staying(pair, Part.MENTEE, started)
    if not mentors or not mentees:
        who = "Наставник выбыл или выпускается" if not mentors else "Все наставляемые выбыли"
        text = f"{who}: выберите «завершить», а новую пару создайте с другим составом."
        raise NotAllowed("decision", pair.noun.said(text))
    new = pairs.NewPair(
        kind_id=pair.kind_id,
        started=started,
        meets=pair.meets,
        goal=pair.goal,
        mentor_id=mentors[0],
        mentee_ids=tuple(mentees),
        state=PairState.DRAFT,
        continues_id=pair.id,
    )
    following = pairs.create_pair(actor, pair.school_id, new)
    moving.move_later(actor, pair, following)
    return following.id


def reopen(actor: Actor, pair: Pair, reason: str, *, version: int) -> bool | None:
    """Open a closed pair again, and take out the draft that was to continue it.

    A draft somebody has worked on stays: when the pair is closed once more, it continues it.

    Returns:
        whether the draft was taken out; None where there was none.

    Raises: as `pairs.operations.reopen_pair`.
    """
    pairs.reopen_pair(actor, pair, reason, version=version)
    after = continuing.following(pair.school_id, [pair.id]).get(pair.id)
    draft = known.pair(pair.school_id, after.id) if after else None
    if draft is None:
        return None
    if queries.is_worked_on(draft):
        return False
    pairs.remove_draft(actor, draft)
    return True


def carry_all_on(actor: Actor, school_id: int, first_year: int) -> tuple[int, int]:
    """Carry on every pair that waits for it: how many were, how many lack somebody and were not."""
    ids = [pair_row.id for pair_row in queries.waiting(school_id, first_year)]
    made = lacking = 0
    for pair in known.pairs_by_id(school_id, ids):
        try:
            carry_on(actor, pair)
            made += 1
        except NotAllowed:  # refused before anything was written
            lacking += 1
    return made, lacking


def _staying(pair: Pair, part: Part, on: date) -> list[int]:
    """Return who of a part is in the pair to its end, in the register on a day, and at school."""
    ids = [
        member.person_id for member in pair.members if member.part is part and member.left is None
    ]
    present = {
        participation.person_id
        for participation in registers.participations(pair.school_id, ids, part)
        if participation.is_on(on)
    }
    leaving = queries.graduates_among(pair.school_id, ids, pair.last_cycle)
    return [person_id for person_id in ids if person_id in present and person_id not in leaving]
