"""Invented meetings: most pairs meet every two or three weeks, some have fallen silent."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nastav import dates
from nastav.db import db
from nastav.district.models import School
from nastav.meetings import rules
from nastav.meetings.models import Meeting, MeetingKind, Presence
from nastav.pairs.models import Meets, Pair
from nastav.people.models import Part

FIRST = "знакомство"
TOPICS = (
    "разобрали домашнее задание",
    "готовили проект",
    "обсудили план на четверть",
    "репетировали выступление",
    "выбирали темы для олимпиады",
    "говорили об учёбе и отдыхе",
)


def fill(school: School) -> None:
    """Add the meetings of a school's pairs; nothing later than today."""
    random = Random(f"meetings {school.id}")  # of its own, so that nothing else of the demo moves
    kinds = {kind.name: kind.id for kind in db.session.scalars(select(MeetingKind))}
    pairs = select(Pair).filter_by(school_id=school.id).options(selectinload(Pair.members))
    for pair in db.session.scalars(pairs.order_by(Pair.id)):
        pause = random.choice((14, 21, 28))
        until = min(pair.ended or dates.today(), dates.today())
        if random.random() < 0.15:
            until -= timedelta(days=40)
        for day in _days(random, pair.started, until, pause):
            db.session.add(_meeting(random, pair, day, kinds))


def _days(random: Random, started: date, until: date, pause: int) -> Iterator[date]:
    day = started
    while day <= until:
        if day.month not in (6, 7, 8) and day.weekday() < 5:
            yield day
        day += timedelta(days=pause + random.randint(-2, 2))


def _meeting(random: Random, pair: Pair, day: date, kinds: dict[str, int]) -> Meeting:
    is_first = day == pair.started
    there = [one for one in pair.members if rules.is_in(one.joined, one.left, day)]
    mentees = [one for one in there if one.part is Part.MENTEE]
    absent = random.choice(mentees) if len(mentees) > 1 and random.random() < 0.2 else None
    return Meeting(
        school_id=pair.school_id,
        pair_id=pair.id,
        held_on=day,
        minutes=random.choice((30, 40, 45, 45, 60)),
        topic="познакомились" if is_first else random.choice(TOPICS),
        kind_id=kinds.get(FIRST if is_first else "рабочая"),
        meets=random.choice((Meets.IN_PERSON, Meets.IN_PERSON, Meets.ONLINE)),
        presences=[Presence(member_id=one.id) for one in there if one is not absent],
    )
