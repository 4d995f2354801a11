"""Changing meetings. The journal names the pair and register numbers; what was said stays here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, check_version, db
from nastav.district.years import refuse_in_closed_year
from nastav.meetings import queries, rules
from nastav.meetings.kinds import queries as kinds
from nastav.meetings.models import Meeting, MeetingRevision, Presence
from nastav.pairs.models import Meets, Pair
from nastav.people import queries as registers
from nastav.refusals import NotAllowed

CHANGED = (
    "",
    "изменено",
)  # the journal keeps the field, never the value (rules.md#journal-without-values)
FIELDS = {
    "held_on": "дата",
    "minutes": "минуты",
    "topic": "тема",
    "kind_id": "тип",
    "meets": "форма",
}


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting as it is entered; `present`: ids of the mentees' memberships, None for everybody."""

    held_on: date
    minutes: int
    topic: str = ""
    kind_id: int | None = None
    meets: Meets | None = None
    present: frozenset[int] | None = None


class Repeated(Exception):
    """The pair has a meeting on that day already: perhaps the same one, entered twice."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"meeting {meeting.id}")
        self.minutes, self.topic = meeting.minutes, meeting.topic


def add_meeting(
    actor: Actor, pair: Pair, facts: MeetingFacts, *, is_other: bool = False
) -> Meeting:
    """Enter a meeting of a pair (loaded with its members).

    Raises:
        NotAllowed: the day is impossible, or nobody was there.
        Repeated: there is one on that day, and nobody said that this is another.
    """
    meeting = Meeting(school_id=pair.school_id, pair_id=pair.id, presences=[])
    _check(pair, facts, None, is_other=is_other)
    assign(pair, meeting, facts)
    _kept(actor, "meeting:added", pair, meeting)
    return meeting


def change_meeting(
    actor: Actor,
    pair: Pair,
    meeting: Meeting,
    facts: MeetingFacts,
    *,
    version: int,
    is_other: bool = False,
) -> None:
    """Change a meeting (loaded with who was there); the same sent twice changes nothing more.

    Raises:
        Conflict: the meeting was saved or deleted since the form was opened.
        NotAllowed, Repeated: as `add_meeting`.
    """
    came = {member.id for member in rules.present(pair, facts.held_on, facts.present)}
    changed = [FIELDS[name] for name in FIELDS if getattr(meeting, name) != getattr(facts, name)]
    if came != {presence.member_id for presence in meeting.presences}:
        changed.append("кто был")
    if not changed:
        return
    check_version(meeting, version)
    if meeting.deleted_at is not None:
        raise Conflict
    refuse_in_closed_year(pair.school_id, meeting.held_on, field="held_on")
    moved = facts.held_on != meeting.held_on
    _check(pair, facts, meeting, is_other=is_other or not moved)
    assign(pair, meeting, facts)
    _kept(actor, "meeting:changed", pair, meeting, dict.fromkeys(changed, CHANGED))


def delete_meeting(actor: Actor, pair: Pair, meeting: Meeting, *, version: int) -> None:
    """Take a meeting out of every list and count; it can be brought back.

    Raises:
        Conflict: the meeting was saved since the page was opened.
    """
    if meeting.deleted_at is not None:
        return  # sent twice
    check_version(meeting, version)
    refuse_in_closed_year(pair.school_id, meeting.held_on)
    meeting.deleted_at = dates.now()
    _kept(actor, "meeting:deleted", pair, meeting)


def restore_meeting(actor: Actor, pair: Pair, meeting: Meeting, *, version: int) -> None:
    """Bring a deleted meeting back.

    Raises:
        Conflict: the meeting was saved since the page was opened.
        NotAllowed: the pair's dates have changed meanwhile.
    """
    if meeting.deleted_at is None:
        return  # sent twice
    check_version(meeting, version)
    rules.check_day(pair, meeting.held_on)
    refuse_in_closed_year(pair.school_id, meeting.held_on)
    meeting.deleted_at = None
    _kept(actor, "meeting:restored", pair, meeting)


def erase_history(actor: Actor, pair: Pair, meeting: Meeting, *, version: int) -> None:
    """Erase what a meeting was before; of a deleted one its topic too. This cannot be undone.

    Raises:
        Conflict: the meeting was saved since the page was opened.
    """
    check_version(meeting, version)
    db.session.execute(delete(MeetingRevision).filter_by(meeting_id=meeting.id))
    if meeting.deleted_at is not None:
        meeting.topic = ""
    db.session.flush()
    numbers = registers.numbers(pair.school_id, _people(pair, meeting)).values()
    _record(actor, "meeting:erased", pair, sorted(numbers))


# --- for one meeting and for a sheet of them ------------------------------------------------------


def assign(pair: Pair, meeting: Meeting, facts: MeetingFacts) -> None:
    """Write checked facts into a meeting, new or loaded.

    Raises:
        NotAllowed: nobody was there.
    """
    came = [member.id for member in rules.present(pair, facts.held_on, facts.present)]
    for name in FIELDS:
        setattr(meeting, name, getattr(facts, name))
    kept = [presence for presence in meeting.presences if presence.member_id in came]
    known = {presence.member_id for presence in kept}
    meeting.presences = kept + [
        Presence(member_id=member_id) for member_id in came if member_id not in known
    ]
    # who was there alone would not raise the version of the meeting
    flag_modified(meeting, "held_on")
    db.session.add(meeting)


def keep(actor: Actor, changed: Sequence[tuple[Pair, Meeting]]) -> list[list[int]]:
    """Add meetings of a school as they are now to their history, without a name.

    Returns who was at each, by register number.
    """
    db.session.flush()
    there = [_people(pair, meeting) for pair, meeting in changed]
    school_id = changed[0][0].school_id
    numbers = registers.numbers(school_id, [person for people in there for person in people])
    named = kinds.names(school_id)
    came = [sorted(numbers[person] for person in people if person in numbers) for people in there]
    for (_, meeting), present in zip(changed, came, strict=True):
        values = {
            "held_on": meeting.held_on.isoformat(),
            "minutes": meeting.minutes,
            "topic": meeting.topic,
            "kind": named.get(meeting.kind_id or 0, ""),
            "meets": meeting.meets.value if meeting.meets else "",
            "present": present,
            "is_deleted": meeting.deleted_at is not None,
        }
        db.session.add(MeetingRevision(meeting_id=meeting.id, actor_name=actor.name, values=values))
    db.session.flush()
    return came


def _check(pair: Pair, facts: MeetingFacts, meeting: Meeting | None, *, is_other: bool) -> None:
    rules.check_day(pair, facts.held_on)
    refuse_in_closed_year(pair.school_id, facts.held_on, field="held_on")
    if not 1 <= facts.minutes <= rules.MOST_MINUTES:
        raise NotAllowed("minutes", rules.MINUTES_HINT)
    if facts.kind_id is not None and facts.kind_id not in kinds.names(pair.school_id):
        raise NotAllowed("kind_id", "Выберите тип встречи из списка.")
    own_id = meeting.id if meeting else None
    found = None if is_other else queries.on_day(pair.id, facts.held_on, but=own_id)
    if found is not None:
        raise Repeated(found)


def _people(pair: Pair, meeting: Meeting) -> list[int]:
    there = {presence.member_id for presence in meeting.presences}
    return [member.person_id for member in pair.members if member.id in there]


def _kept(
    actor: Actor,
    event: str,
    pair: Pair,
    meeting: Meeting,
    changes: dict[str, tuple[Any, Any]] | None = None,
) -> None:
    numbers = keep(actor, [(pair, meeting)])[0]
    _record(actor, event, pair, numbers, changes)


def _record(
    actor: Actor,
    event: str,
    pair: Pair,
    numbers: Iterable[int],
    changes: dict[str, tuple[Any, Any]] | None = None,
) -> None:
    subject = f"пара {pair.id}: № " + ", ".join(str(number) for number in numbers)
    record(actor, event, subject=subject, school_id=pair.school_id, changes=changes)
