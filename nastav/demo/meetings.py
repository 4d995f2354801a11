"""Meetings of pairs: entered on Fridays for the whole week; one where somebody was absent, by itself."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from nastav.demo.book import Row
from nastav.demo.calendar import friday, is_school_day, school_day, workday
from nastav.demo.desk import Desk
from nastav.demo.pairs import Bond, Member
from nastav.demo.size import Size
from nastav.meetings.models import Meeting, MeetingRevision, Presence
from nastav.pairs.models import Meets
from nastav.people.models import Part

FIRST, USUAL = "знакомство", "рабочая"
TOPICS = (
    "разобрали домашнее задание",
    "готовили проект",
    "обсудили план на четверть",
    "репетировали выступление",
    "выбирали темы для олимпиады",
    "говорили об учёбе и отдыхе",
)
SILENT, SILENCE = 0.1, timedelta(days=45)  # pairs that have fallen silent
ALONE = 0.12  # meetings of groups at which somebody was absent
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Met:
    """A meeting to be entered: who was there, and whether somebody was absent."""

    bond: Bond
    day: date
    topic: str
    kind: str
    minutes: int
    there: tuple[Member, ...]
    is_whole: bool


@dataclass
class Diary:
    """The meetings of a school; `kinds` are the district's, name → id."""

    desk: Desk
    school_id: int
    kinds: dict[str, int]

    def enter(self, met: Met, day: date) -> Row:
        """Enter one meeting (`meetings.operations.add_meeting`)."""
        at = self.desk.at(day)
        row = self._add(at, met)
        numbers = ", ".join(map(str, _numbers(met)))
        self.desk.note(at, "meeting:added", f"пара {met.bond.id}: № {numbers}")
        return row

    def enter_week(self, week: list[Met], day: date) -> None:
        """Enter a sheet of meetings (`meetings.week.operations.save_week`)."""
        at = self.desk.at(day)
        for met in week:
            self._add(at, met)
        pairs = ", ".join(map(str, sorted({met.bond.id for met in week})))
        changes = {"записано": (None, len(week))}
        self.desk.note(at, "meetings:entered", f"пары {pairs}", changes)

    def _add(self, at: datetime, met: Met) -> Row:
        meets = met.bond.row["meets"]
        row = self.desk.book.add(
            Meeting,
            at,
            school_id=self.school_id,
            pair_id=met.bond.id,
            held_on=met.day,
            minutes=met.minutes,
            topic=met.topic,
            kind_id=self.kinds[met.kind],
            meets=None if meets is Meets.MIXED else meets,
        )
        for member in met.there:
            self.desk.book.add(Presence, at, meeting_id=row["id"], member_id=member.row["id"])
        self._keep(at, met, row)
        return row

    def _keep(self, at: datetime, met: Met, row: Row) -> None:
        values = {
            "held_on": met.day.isoformat(),
            "minutes": met.minutes,
            "topic": met.topic,
            "kind": met.kind,
            "meets": row["meets"].value if row["meets"] else "",
            "present": _numbers(met),
            "is_deleted": False,
        }
        self.desk.book.add(
            MeetingRevision,
            at,
            meeting_id=row["id"],
            actor_name=self.desk.actor.name,
            values=values,
        )


def _numbers(met: Met) -> list[int]:
    return sorted(member.who.number for member in met.there)


def fill(diary: Diary, bonds: list[Bond], size: Size) -> None:
    """Enter the meetings of a school's pairs, as far as their days have come."""
    weeks: dict[date, list[Met]] = defaultdict(list)
    for bond in bonds:
        for met in _of_bond(diary.desk, bond, size):
            entered = min(workday(friday(met.day)), diary.desk.last)
            weeks[workday(entered) if diary.desk.may(workday(entered)) else met.day].append(met)
    for day in sorted(weeks):
        whole = [met for met in weeks[day] if met.is_whole]
        if whole:
            diary.enter_week(whole, day)
        for met in weeks[day]:
            if not met.is_whole:
                diary.enter(met, day)


def _of_bond(desk: Desk, bond: Bond, size: Size) -> Iterator[Met]:
    random = Random(f"meetings {bond.id}")  # of its own, so that nothing else of the demo moves
    is_open = bond.row["ended"] is None
    until = bond.row["ended"] or min(desk.last, date(_summer(bond), 5, 25))
    if is_open and random.random() < SILENT:
        until -= SILENCE
    for day in _days(random, bond, until, random.choice(size.pauses)):
        yield _met(random, bond, day)


def _summer(bond: Bond) -> int:
    return bond.started.year + (bond.started.month >= 9)


def _days(random: Random, bond: Bond, until: date, pause: int) -> Iterator[date]:
    if not bond.is_open and bond.row["ended"] is None:
        return  # a draft
    day = school_day(bond.started)
    while day <= until:
        if is_school_day(day):
            yield day
        shift = random.randint(-2, 2) if pause > 7 else 0
        day = school_day(day + timedelta(days=pause + shift)) if pause > 4 else day + pause * DAY


def _met(random: Random, bond: Bond, day: date) -> Met:
    there = bond.there(day)
    mentees = [member for member in there if member.part is Part.MENTEE]
    absent = random.choice(mentees) if len(mentees) > 1 and random.random() < ALONE else None
    is_first = day == school_day(bond.started)
    return Met(
        bond,
        day,
        "познакомились" if is_first else random.choice(TOPICS),
        FIRST if is_first else USUAL,
        random.choice((30, 40, 45, 45, 60)),
        tuple(member for member in there if member is not absent),
        absent is None,
    )
