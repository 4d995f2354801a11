"""Changing pairs and groups. The journal names a pair by its id and its members by register number."""

from dataclasses import dataclass, replace
from datetime import date

from nastav import dates, ru, terms
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, NotNow, check_version, db
from nastav.district.kinds import queries as kinds
from nastav.district.years import refuse_in_closed_year
from nastav.mentors.profiles import queries as profiles
from nastav.pairs import continuing, doubles, queries, rules
from nastav.pairs.fitting import proposed
from nastav.pairs.models import (
    Decision,
    Meets,
    Pair,
    PairMember,
    PairState,
    Reopening,
    counts_until,
    usual_last_cycle,
)
from nastav.people import queries as registers
from nastav.people.models import Part
from nastav.refusals import NotAllowed

BY_PEOPLE = 0  # in the place of a form of mentoring: the one that fits who leads whom
Met = tuple[date, date] | None  # the days of a pair's first and last meeting


@dataclass(frozen=True)
class PairFacts:
    """What a pair's form asks besides its members."""

    kind_id: int
    started: date
    planned_end: date | None = None
    meets: Meets = Meets.IN_PERSON
    goal: str = ""
    role_model: str = ""
    order_number: str = ""
    order_date: date | None = None
    last_cycle: int | None = None  # None: as `usual_last_cycle` says


@dataclass(frozen=True)
class NewPair(PairFacts):
    """A pair or a group to be formed; people are named by their person's id."""

    mentor_id: int = 0
    mentee_ids: tuple[int, ...] = ()
    state: PairState = PairState.ACTIVE
    continues_id: int | None = None


@dataclass(frozen=True)
class Closing:
    """How a pair ended, and what п. 2.3 of the order asks: to continue or to finish."""

    ended: date
    reason: str
    outcome: str
    decision: Decision


def create_pair(actor: Actor, school_id: int, new: NewPair) -> Pair:
    """Form a pair or a group; everybody joins it on its first day.

    Where no form of mentoring is chosen it follows who leads.

    Raises:
        NotAllowed: dates disagree, or somebody is not in the school's register on that day.
    """
    noun = terms.pair_noun(len(new.mentee_ids))
    rules.check_span(new.started, new.planned_end, new.state, noun)
    refuse_in_closed_year(school_id, new.started, field="started")
    _check_members(school_id, new)
    if new.kind_id == BY_PEOPLE:
        new = replace(new, kind_id=_proposed_kind(school_id, new))
    _check_kind(school_id, new.kind_id)
    if new.state is not PairState.DRAFT:
        _check_load("mentor_id", school_id, new.mentor_id, set(new.mentee_ids))
    if new.continues_id and queries.pair(school_id, new.continues_id) is None:
        raise NotAllowed("continues_id", "Пары, которую продолжают, нет: обновите страницу.")
    sides = ([new.mentor_id], new.mentee_ids)
    wanted = doubles.Wanted(school_id, new.kind_id, new.state, new.started, *sides)
    doubles.check("mentee_ids", wanted)
    pair = Pair(school_id=school_id, state=new.state, continues_id=new.continues_id)
    _assign(pair, new)
    members = [
        (new.mentor_id, Part.MENTOR),
        *((person_id, Part.MENTEE) for person_id in new.mentee_ids),
    ]
    pair.members = [
        PairMember(person_id=person_id, part=part, joined=new.started)
        for person_id, part in members
    ]
    db.session.add(pair)
    db.session.flush()
    _record(actor, "pair:created", pair, people_ids=[member for member, _ in members])
    return pair


def change_pair(actor: Actor, pair: Pair, facts: PairFacts, *, met: Met, version: int) -> None:
    """Change a pair; members who joined on its first day move with it.

    Args:
        actor: who changes it.
        pair: the pair.
        facts: what was typed.
        met: the days of its first and of its last meeting, which may not be left out.
        version: the version the form was made from.

    Raises:
        Conflict: the pair was saved since the form was opened.
        NotAllowed: dates disagree with each other or with the register.
    """
    typed = {**vars(facts), "last_cycle": _last_cycle(facts)}
    if all(getattr(pair, name) == value for name, value in typed.items()):
        return  # sent twice
    check_version(pair, version)
    rules.check_span(facts.started, facts.planned_end, pair.state, pair.noun)
    if pair.ended and facts.started > pair.ended:
        text = f"Пара завершена {ru.date_short(pair.ended)}: укажите не позже."
        raise NotAllowed("started", pair.noun.said(text))
    if facts.kind_id != pair.kind_id:
        _check_kind(pair.school_id, facts.kind_id)
        doubles.check("kind_id", replace(_wanted(pair), kind_id=facts.kind_id))
    _refuse_closed(pair, counts_until(_last_cycle(facts), pair.ended))
    if facts.started != pair.started:
        _refuse_closed(pair, pair.started, facts.started, field="started")
        rules.check_meetings(met, facts.started, pair.ended, pair.noun)
        _move_start(pair, facts.started)
    _assign(pair, facts)
    db.session.flush()
    _record(actor, "pair:changed", pair)


def take_step(actor: Actor, pair: Pair, step: rules.Step, *, version: int) -> None:
    """Activate, pause, resume or turn a pair into a draft again.

    Raises:
        Conflict: the pair was saved meanwhile.
        NotNow: it is not in a state the step leads from.
        NotAllowed: a draft that begins later, or has lost somebody it needs, cannot act yet.
    """
    before, after = rules.STEPS[step]
    if pair.state is after:
        return  # sent twice
    check_version(pair, version)
    if pair.state not in before:
        raise NotNow(pair.noun.said(rules.NOT_NOW[step]))
    counts_or_not = PairState.DRAFT in (pair.state, after)
    _refuse_closed(pair, pair.started if counts_or_not else None)
    if step is rules.Step.ACTIVATE:
        rules.check_span(pair.started, pair.planned_end, after, pair.noun)
        parts = {member.part for member in pair.members if member.left is None}
        rules.check_whole(parts, pair.noun)
        _check_load_of(pair, "", _now(pair, Part.MENTEE))
    if pair.state is PairState.DRAFT:
        doubles.check("", replace(_wanted(pair), state=after))
    old, pair.state = pair.state, after
    db.session.flush()
    _record(actor, f"pair:{after.value}", pair, old=old)


def closing_of(pair: Pair) -> Closing | None:
    """Return how a pair ended; None while it goes on."""
    if pair.ended is None or pair.decision is None:
        return None
    return Closing(pair.ended, pair.close_reason, pair.outcome, pair.decision)


def close_pair(actor: Actor, pair: Pair, closing: Closing, *, met: Met, version: int) -> None:
    """Close a pair on its last day; its members count up to that day without being touched.

    Args: as `change_pair`.

    Raises:
        Conflict: the pair was saved meanwhile.
        NotNow: it is not open.
        NotAllowed: the day lies ahead, before the start, or before a member joined or left.
    """
    if closing_of(pair) == closing:
        return  # sent twice
    check_version(pair, version)
    if pair.state not in rules.OPEN:
        raise NotNow(pair.noun.said(rules.NOT_OPEN))
    _refuse_closed(pair, closing.ended, field="ended")
    rules.check_within("ended", closing.ended, pair.started, None, pair.noun)
    latest = max((member.left or member.joined for member in pair.members), default=pair.started)
    if closing.ended < latest:
        text = f"Участник вошёл в пару или вышел {ru.date_short(latest)}: укажите не раньше."
        raise NotAllowed("ended", pair.noun.said(text))
    rules.check_meetings(met, pair.started, closing.ended, pair.noun)
    old, pair.state = pair.state, PairState.CLOSED
    pair.ended, pair.decision = closing.ended, closing.decision
    pair.close_reason, pair.outcome = closing.reason, closing.outcome
    db.session.flush()
    _record(actor, "pair:closed", pair, old=old)


def reopen_pair(actor: Actor, pair: Pair, reason: str, *, version: int) -> None:
    """Open a pair again that was closed by mistake; why is kept, how it ended is not.

    Raises:
        Conflict: the pair was saved meanwhile.
        NotNow: it is not closed.
        NotAllowed: the mentor leads as many as they may, or the pair's continuation acts already.
    """
    check_version(pair, version)
    if pair.state is not PairState.CLOSED or pair.ended is None:
        raise NotNow(pair.noun.said(rules.NOT_CLOSED))
    _refuse_closed(pair, field="reason")
    following = continuing.following(pair.school_id, [pair.id]).get(pair.id)
    if following and following.state is not PairState.DRAFT:
        text = "Продолжение этой пары уже начато: сначала верните его в черновики."
        raise NotAllowed("reason", pair.noun.said(text))
    _check_load_of(pair, "reason", _now(pair, Part.MENTEE))
    doubles.check("reason", replace(_wanted(pair), state=PairState.ACTIVE))
    db.session.add(
        Reopening(pair_id=pair.id, reopened_on=dates.today(), ended=pair.ended, reason=reason)
    )
    pair.ended, pair.decision = None, None
    pair.close_reason = pair.outcome = ""
    old, pair.state = pair.state, PairState.ACTIVE
    db.session.flush()
    _record(actor, "pair:reopened", pair, old=old)


def remove_draft(actor: Actor, draft: Pair) -> None:
    """Take out a draft nobody has worked on; the journal keeps that it was there."""
    _record(actor, "pair:removed", draft)
    for member in draft.members:
        db.session.delete(member)
    db.session.delete(draft)
    db.session.flush()


def add_mentee(actor: Actor, pair: Pair, person_id: int, joined: date) -> PairMember:
    """Add a mentee to a pair that is not closed.

    Raises:
        NotNow: the pair is closed.
        NotAllowed: the mentee is in the pair already, mentors it, or the day is impossible.
    """
    if pair.state is PairState.CLOSED:
        raise NotNow(pair.noun.said(rules.CLOSED))
    rules.check_within("joined", joined, pair.started, None, pair.noun)
    _refuse_closed(pair, joined, field="joined")
    for participant in pair.members:
        if participant.person_id == person_id and (
            participant.left is None or participant.left >= joined
        ):
            text = pair.noun.said("Этот человек уже в паре: выберите другого.")
            raise NotAllowed("person_id", text)
    lines = registers.participations(pair.school_id, [person_id], Part.MENTEE)
    rules.check_in_register("joined" if lines else "person_id", lines, joined, pair.noun)
    if pair.state is not PairState.DRAFT:
        _check_load_of(pair, "person_id", {person_id})
    doubles.check("person_id", replace(_wanted(pair), mentee_ids=[person_id]))
    member = PairMember(
        pair_id=pair.id, person_id=person_id, part=Part.MENTEE, joined=joined, left_reason=""
    )
    db.session.add(member)
    db.session.flush()
    _record(actor, "pair:joined", pair, people_ids=[person_id])
    return member


def leave_pair(actor: Actor, pair: Pair, member: PairMember, on: date, reason: str) -> None:
    """Mark the last day of a member in a pair, and why they left; said twice, it changes nothing.

    Raises:
        Conflict: another day was marked meanwhile.
        NotNow: the pair is closed.
        NotAllowed: the day is outside the pair's dates or before the member joined.
    """
    if member.left == on:
        return
    if pair.state is PairState.CLOSED:
        raise NotNow(pair.noun.said(rules.CLOSED))
    if member.left is not None:
        raise Conflict
    rules.check_within("left", on, pair.started, pair.ended, pair.noun)
    _refuse_closed(pair, on, field="left")
    if on < member.joined:
        text = f"В паре с {ru.date_short(member.joined)}: укажите не раньше."
        raise NotAllowed("left", pair.noun.said(text))
    member.left, member.left_reason = on, reason
    db.session.flush()
    _record(actor, "pair:left", pair, people_ids=[member.person_id])


def _refuse_closed(pair: Pair, *days: date | None, field: str = "") -> None:
    """A pair that counted to its end in a closed school year is only read, whatever the days."""
    refuse_in_closed_year(pair.school_id, pair.counts_until, *days, field=field)


def _assign(pair: Pair, facts: PairFacts) -> None:
    pair.kind_id, pair.meets = facts.kind_id, facts.meets
    pair.started, pair.planned_end = facts.started, facts.planned_end
    pair.last_cycle = _last_cycle(facts)
    pair.goal, pair.role_model = facts.goal, facts.role_model
    pair.order_number, pair.order_date = facts.order_number, facts.order_date


def _last_cycle(facts: PairFacts) -> int:
    return facts.last_cycle or usual_last_cycle(facts.started, facts.planned_end)


def _check_kind(school_id: int, kind_id: int) -> None:
    if not kinds.kinds_belong(school_id, [kind_id]):
        raise NotAllowed("kind_id", "Выберите форму наставничества из списка.")


def _proposed_kind(school_id: int, new: NewPair) -> int:
    mentors = registers.participations(school_id, [new.mentor_id], Part.MENTOR)
    mentees = registers.participations(school_id, new.mentee_ids, Part.MENTEE)
    offered = kinds.kinds_of_school(school_id)
    people = ({line.kind for line in lines} for lines in (mentors, mentees))
    found = proposed(offered, *people)
    if found is None:
        raise NotAllowed("kind_id", "По участникам форма не определяется: выберите её из списка.")
    return found.id


def _check_members(school_id: int, new: NewPair) -> None:
    if not new.mentee_ids:
        raise NotAllowed("mentee_ids", "Отметьте хотя бы одного наставляемого.")
    if len(set(new.mentee_ids)) != len(new.mentee_ids):
        raise NotAllowed("mentee_ids", "Наставляемый отмечен дважды: обновите страницу.")
    if new.mentor_id in new.mentee_ids:
        text = "Один человек не может быть в паре и наставником, и наставляемым."
        raise NotAllowed("mentee_ids", text)
    sides = (
        ("mentor_id", Part.MENTOR, (new.mentor_id,)),
        ("mentee_ids", Part.MENTEE, new.mentee_ids),
    )
    for field, part, ids in sides:
        lines = registers.participations(school_id, ids, part)
        for person_id in ids:
            own = [line for line in lines if line.person_id == person_id]
            rules.check_in_register(field, own, new.started, terms.pair_noun(len(new.mentee_ids)))


def _check_load(field: str, school_id: int, mentor_id: int, joining: set[int]) -> None:
    """Keep the mentor's limit; a write transaction runs alone, so two at once cannot both pass."""
    most = profiles.most_mentees(school_id, mentor_id)
    if most is not None:
        rules.check_load(field, queries.led_by(school_id, mentor_id), joining, most)


def _check_load_of(pair: Pair, field: str, joining: set[int]) -> None:
    for member in pair.members:
        if member.part is Part.MENTOR and member.left is None:
            _check_load(field, pair.school_id, member.person_id, joining)


def _wanted(pair: Pair) -> doubles.Wanted:
    sides = (_now(pair, Part.MENTOR), _now(pair, Part.MENTEE))
    return doubles.Wanted(pair.school_id, pair.kind_id, pair.state, pair.started, *sides, pair.id)


def _now(pair: Pair, part: Part) -> set[int]:
    return {
        member.person_id for member in pair.members if member.part is part and member.left is None
    }


def _move_start(pair: Pair, started: date) -> None:
    for member in pair.members:
        if member.joined == pair.started or member.joined < started:
            if member.left and member.left < started:
                text = f"Участник вышел из пары {ru.date_short(member.left)}: укажите не позже."
                raise NotAllowed("started", pair.noun.said(text))
            lines = registers.participations(pair.school_id, [member.person_id], member.part)
            rules.check_in_register("started", lines, started, pair.noun)
            member.joined = started


def _record(
    actor: Actor,
    event: str,
    pair: Pair,
    *,
    old: PairState | None = None,
    people_ids: list[int] | None = None,
) -> None:
    subject = f"пара {pair.id}"
    if people_ids:
        numbers = registers.numbers(pair.school_id, people_ids)
        subject += ": № " + ", ".join(
            str(numbers[person_id]) for person_id in people_ids if person_id in numbers
        )
    changes = {"state": (old.value, pair.state.value)} if old else None
    record(actor, event, subject=subject, school_id=pair.school_id, changes=changes)
