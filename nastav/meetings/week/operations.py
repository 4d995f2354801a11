"""Saving a weekly sheet: all of it or nothing, and never over what somebody else entered meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import db
from nastav.district.years import closed_sentences
from nastav.meetings import rules
from nastav.meetings.models import Meeting
from nastav.meetings.operations import MeetingFacts, assign, keep
from nastav.meetings.week.grid import Change, Place, WeekEntries
from nastav.pairs.models import Meets, Pair
from nastav.refusals import NotAllowed


class Overtaken(Exception):
    """Somebody saved these cells since the sheet was opened: place → the minutes there now."""

    def __init__(self, places: dict[Place, int]) -> None:
        super().__init__(f"{len(places)} cells")
        self.places = places


class Refused(Exception):
    """Cells that the rules refuse: place → what to mend."""

    def __init__(self, places: dict[Place, str]) -> None:
        super().__init__(f"{len(places)} cells")
        self.places = places


@dataclass
class Saved:
    """What a sheet changed, how often."""

    added: list[tuple[Pair, Meeting]] = field(default_factory=list)
    changed: list[tuple[Pair, Meeting]] = field(default_factory=list)
    deleted: list[tuple[Pair, Meeting]] = field(default_factory=list)

    @property
    def all(self) -> list[tuple[Pair, Meeting]]:
        """Return everything that was changed."""
        return self.added + self.changed + self.deleted


def save_week(actor: Actor, school_id: int, typed: WeekEntries) -> Saved:
    """Save the changed cells of a sheet: everybody who was in the pair that day took part.

    A cell that holds what is wanted already is left alone, so a sheet sent twice has one effect.

    Args:
        typed: the cells that were changed, a topic and a kind for the meetings that are added.

    Raises:
        Overtaken: a cell was saved by somebody else meanwhile.
        Refused: a day is impossible.
    """
    changes = typed.changes
    pairs = _pairs(school_id, {pair_id for pair_id, _ in changes})
    held = _held(school_id, changes)
    wanted = {
        place: change
        for place, change in changes.items()
        if _minutes(held.get(place, [])) != ([change.minutes] if change.minutes else [])
    }
    # everything is checked before anything is written: a refused sheet is read again
    _check(school_id, pairs, held, wanted)
    saved = Saved()
    for place, change in wanted.items():
        _apply(saved, pairs[place[0]], place[1], held.get(place, []), change, typed)
    if saved.all:
        keep(actor, saved.all)
        _record(actor, school_id, saved)
    return saved


def _minutes(there: list[Meeting]) -> list[int]:
    return [meeting.minutes for meeting in there]


def _check(
    school_id: int,
    pairs: Mapping[int, Pair],
    held: Mapping[Place, list[Meeting]],
    wanted: Mapping[Place, Change],
) -> None:
    overtaken: dict[Place, int] = {}
    refused: dict[Place, str] = {}
    closed = closed_sentences(school_id, {day for _, day in wanted})
    for place, change in wanted.items():
        there = held.get(place, [])
        if [(meeting.id, meeting.version) for meeting in there] != (
            [change.base] if change.base else []
        ):
            overtaken[place] = sum(_minutes(there))
        if place[1] in closed:
            refused[place] = closed[place[1]]
            continue
        try:
            rules.check_day(pairs[place[0]], place[1])
            if change.minutes and not there:
                rules.present(pairs[place[0]], place[1], None)
        except NotAllowed as refusal:
            refused[place] = refusal.sentence
    if overtaken:
        raise Overtaken(overtaken)
    if refused:
        raise Refused(refused)


def _apply(
    saved: Saved,
    pair: Pair,
    day: date,
    there: list[Meeting],
    change: Change,
    typed: WeekEntries,
) -> None:
    if change.minutes is None:
        there[0].deleted_at = dates.now()
        saved.deleted.append((pair, there[0]))
    elif there:
        there[0].minutes = change.minutes
        saved.changed.append((pair, there[0]))
    else:
        meeting = Meeting(school_id=pair.school_id, pair_id=pair.id, presences=[])
        meets = pair.meets if pair.meets is not Meets.MIXED else None
        topic, kind_id = typed.topics.get(pair.id, ""), typed.kinds.get(pair.id)
        assign(pair, meeting, MeetingFacts(day, change.minutes, topic, kind_id, meets))
        saved.added.append((pair, meeting))


def _pairs(school_id: int, ids: set[int]) -> dict[int, Pair]:
    rows = select(Pair).where(Pair.school_id == school_id, Pair.id.in_(ids))
    found = db.session.scalars(rows.options(selectinload(Pair.members)))
    return {pair.id: pair for pair in found}


def _held(school_id: int, changes: Mapping[Place, Change]) -> dict[Place, list[Meeting]]:
    if not changes:
        return {}
    days = [day for _, day in changes]
    rows = (
        select(Meeting)
        .where(
            Meeting.school_id == school_id,
            Meeting.deleted_at.is_(None),
            Meeting.pair_id.in_({pair_id for pair_id, _ in changes}),
            Meeting.held_on.between(min(days), max(days)),
        )
        .options(selectinload(Meeting.presences))
        .order_by(Meeting.id)
    )
    found: dict[Place, list[Meeting]] = {}
    for meeting in db.session.scalars(rows):
        found.setdefault((meeting.pair_id, meeting.held_on), []).append(meeting)
    return found


def _record(actor: Actor, school_id: int, saved: Saved) -> None:
    pairs = sorted({pair.id for pair, _ in saved.all})
    counts = {"записано": saved.added, "исправлено": saved.changed, "удалено": saved.deleted}
    record(
        actor,
        "meetings:entered",
        subject="пары " + ", ".join(str(pair) for pair in pairs),
        school_id=school_id,
        changes={name: (None, len(rows)) for name, rows in counts.items() if rows},
    )
