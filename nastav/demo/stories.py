"""What happened once to people and pairs: done by the site's own operations, each on a day of its own."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import func, select

from nastav import dates
from nastav.consents import operations as consents
from nastav.consents import queries as papers
from nastav.db import db
from nastav.demo.calendar import workday, workday_before
from nastav.demo.district import Scene
from nastav.demo.forming import BY_KIND
from nastav.demo.life import Life
from nastav.demo.names import Name
from nastav.demo.people import pupil
from nastav.identity.matches import operations as matching
from nastav.identity.matches import queries as matches
from nastav.identity.merging import operations as merging
from nastav.identity.transfers import operations as transfers
from nastav.identity.transfers.models import Transfer
from nastav.meetings import queries as meetings
from nastav.meetings.models import Meeting, Presence
from nastav.pairs import operations as pairs
from nastav.pairs import queries as known
from nastav.pairs.leaving import leave_register
from nastav.pairs.models import Decision, Pair, PairMember, PairState
from nastav.pairs.rules import Step
from nastav.people import leaving
from nastav.people import operations as people
from nastav.people import queries as registers
from nastav.people.models import Kind, Part, Participation, Person
from nastav.people.operations import Added
from nastav.yearend.closing import operations as yearend

DAY = timedelta(days=1)
NOT_OURS = "Этот ученик к нам не поступал."
CLOSED_BY_MISTAKE = "завершена по ошибке: работа продолжается"
MOVED_AWAY = "переехал в другой район"


@dataclass
class Tale:
    """The schools of a district, and who has a story already: nobody has two."""

    scene: Scene
    taken: set[int] = field(default_factory=set)  # ids of persons and, negative, of pairs

    def ago(self, days: int) -> date:
        """Return a day of work so many days before the last one."""
        return workday_before(self.scene.last - days * DAY)

    def school(self, place: int) -> Life:
        """Return a school that works, counted round and round."""
        return self.scene.lives[place % len(self.scene.lives)]

    def line(self, life: Life, part: Part, since: date, *kinds: Kind) -> Participation | None:
        """Return somebody's line in a register who joined no pair and was at no meeting after a day."""
        met = select(PairMember.person_id).join(Presence, Presence.member_id == PairMember.id)
        met = met.join(Meeting, Meeting.id == Presence.meeting_id).where(Meeting.held_on > since)
        joined = select(PairMember.person_id).where(PairMember.joined > since)
        rows = (
            select(Participation.id, Participation.person_id)
            .join(Person, Person.id == Participation.person_id)
            .where(
                Participation.school_id == life.registers.school.id,
                Participation.part == part,
                Participation.left.is_(None),
                Participation.is_mistake.is_(False),
                Participation.joined < since - 20 * DAY,
                Person.kind.in_(kinds or (Kind.PUPIL,)),
                Person.id.not_in(met),
                Person.id.not_in(joined),
            )
            .order_by(Participation.id)
        )
        for line_id, person_id in db.session.execute(rows):
            if person_id not in self.taken:
                self.taken.add(person_id)
                return registers.participation(life.registers.school.id, part, line_id)
        return None

    def pair(self, life: Life, before: date) -> Pair | None:
        """Return an active pair whose last meeting was before a day."""
        last = select(func.max(Meeting.held_on)).where(Meeting.pair_id == Pair.id).scalar_subquery()
        rows = (
            select(Pair.id)
            .where(
                Pair.school_id == life.registers.school.id,
                Pair.state == PairState.ACTIVE,
                func.coalesce(last, Pair.started) < before,
                Pair.started < before - 14 * DAY,
            )
            .order_by(Pair.id)
        )
        for pair_id in db.session.scalars(rows):
            if -pair_id not in self.taken:
                self.taken.add(-pair_id)
                return known.pair(life.registers.school.id, pair_id)
        return None


def tell(scene: Scene, *more: Callable[[Tale], None]) -> None:
    """Let every story happen that can, these too: where nobody fits, it does not."""
    tale = Tale(scene)
    if scene.lives and scene.lives[0].people:
        for story in (*STORIES, *more):
            story(tale)


# --- pairs ----------------------------------------------------------------------------------------


def _paused(tale: Tale) -> None:
    for place in (0, 4):
        life, day = tale.school(place), tale.ago(3)
        if pair := tale.pair(life, day):
            with life.desk.stopped(day):
                pairs.take_step(life.desk.actor, pair, Step.PAUSE, version=pair.version)


def _closed_and_opened_again(tale: Tale) -> None:
    life, day = tale.school(1), tale.ago(5)
    if pair := tale.pair(life, day):
        _close(life, pair, day, "срок взаимодействия закончился", Decision.FINISH)
        with life.desk.stopped(workday(day + DAY)):
            yearend.reopen(life.desk.actor, pair, CLOSED_BY_MISTAKE, version=pair.version)


def _to_be_continued(tale: Tale) -> None:
    """A mentor got another post in the middle of a year; the pair is to go on with somebody else."""
    life, day = tale.school(2), tale.ago(6)
    if pair := tale.pair(life, day):
        _close(life, pair, day, "наставник перешёл на другую работу", Decision.CONTINUE)


def _close(life: Life, pair: Pair, day: date, reason: str, decision: Decision) -> None:
    closing = pairs.Closing(day, reason, "работа шла по плану", decision)
    with life.desk.stopped(day):
        met = meetings.outermost(pair.id)
        pairs.close_pair(life.desk.actor, pair, closing, met=met, version=pair.version)


def _orphans(tale: Tale) -> None:
    """A mentor left; the mentees wait for another one."""
    for place, kind in ((3, Kind.PUPIL), (5, Kind.TEACHER)):
        life, day = tale.school(place), tale.ago(4)
        if line := tale.line(life, Part.MENTOR, day, kind):
            _leave(life, line, day, MOVED_AWAY)


def _leave(life: Life, line: Participation, day: date, reason: str) -> None:
    with life.desk.stopped(day):
        leave_register(life.desk.actor, line, day, reason, version=line.version)


def _drafts(tale: Tale) -> None:
    """Two who came this month wait with their mentor for the school's order, as drafts."""
    life, day = tale.school(7), tale.ago(2)
    mentor = tale.line(life, Part.MENTOR, tale.scene.last, Kind.TEACHER, Kind.PUPIL)
    if mentor is None:
        return
    new = [_add(life, tale.ago(4), tale.scene.names.next(), grade) for grade in (6, 7)]
    _draft(life, day, mentor, [line.person_id for line in new])


def _draft(life: Life, day: date, mentor: Participation, mentee_ids: list[int]) -> None:
    for person_id in mentee_ids:
        new = pairs.NewPair(
            kind_id=life.kinds[BY_KIND[mentor.person.kind]],
            started=day,
            mentor_id=mentor.person_id,
            mentee_ids=(person_id,),
            state=PairState.DRAFT,
        )
        with life.desk.stopped(day):
            pairs.create_pair(life.desk.actor, life.registers.school.id, new)


# --- cards ----------------------------------------------------------------------------------------


def _mistake(tale: Tale) -> None:
    """Somebody was entered who does not take part; a day later the line was struck."""
    life, day = tale.school(2), tale.ago(9)
    added = _add(life, day, tale.scene.names.next(), 6)
    with life.desk.stopped(workday(day + DAY)):
        line = _line(life, added)
        people.mark_mistake(life.desk.actor, line, is_mistake=True, version=line.version)


def _withdrawn_consents(tale: Tale) -> None:
    for place in (1, 6):
        life, day = tale.school(place), tale.ago(7)
        line = tale.line(life, Part.MENTEE, tale.scene.last)
        rows = papers.consents(life.registers.school.id, line.person_id) if line else []
        for paper in rows[:1]:
            facts = consents.ConsentFacts(
                paper.signer,
                paper.signed_on,
                paper.number,
                paper.for_programme,
                paper.purposes,
                withdrawn_on=day,
            )
            with life.desk.stopped(day):
                consents.change_consent(life.desk.actor, paper, facts, version=paper.version)


def _came_back(tale: Tale) -> None:
    life, day = tale.school(7), tale.ago(20)
    if line := tale.line(life, Part.MENTEE, day):
        _leave(life, line, day, "решил заниматься сам")
        with life.desk.stopped(tale.ago(6)):
            leaving.come_back(life.desk.actor, line, tale.ago(6))


def _changed(tale: Tale) -> None:
    """A surname was misspelt; the history keeps what it was."""
    life, day = tale.school(3), tale.ago(10)
    if line := tale.line(life, Part.MENTEE, tale.scene.last):
        person = line.person
        new = pupil(Name(person.surname, person.given_name, ""), line.joined, 0, need="общение")
        with life.desk.stopped(day):
            people.change_person(
                life.desk.actor, line, new, version=line.version, person_version=person.version
            )


def _merged(tale: Tale) -> None:
    """A pupil was entered twice; the cards were made one."""
    life, day = tale.school(0), tale.ago(11)
    line = tale.line(life, Part.MENTEE, tale.scene.last)
    if line is None:
        return
    twice = _namesake(life, day, line)
    school = life.registers.school
    with life.desk.stopped(workday(day + DAY)):
        dropped = db.session.get_one(Person, twice.person_id)
        versions = (line.person.version, dropped.version)
        merging.merge(life.desk.actor, school, line.person, dropped, versions=versions)


def _transfers(tale: Tale) -> None:
    """Four pupils go to other schools: one offer waits, the others have been answered."""
    answers: tuple[Callable[[Life, Transfer, date], None] | None, ...]
    answers = (None, _accept, _refuse, None)
    for place, answer in enumerate(answers):
        old, new, day = tale.school(place), tale.school(place + 4), tale.ago(5)
        line = tale.line(old, Part.MENTEE, day)
        if line is None or old is new:
            continue
        to_id = new.registers.school.id
        with old.desk.stopped(day):
            offer = transfers.offer(old.desk.actor, line, to_id, day, version=line.version)
        later = tale.ago(2)
        if answer:
            answer(new, offer, later)
        elif place:
            with old.desk.stopped(later):
                transfers.withdraw(old.desk.actor, offer, version=offer.version)


def _mentor_goes(tale: Tale) -> None:
    """A mentor among the pupils goes to another school, too; it has not answered yet."""
    old, new, day = tale.school(0), tale.school(2), tale.ago(1)
    line = tale.line(old, Part.MENTOR, day)
    if line and old is not new:
        with old.desk.stopped(day):
            to_id = new.registers.school.id
            transfers.offer(old.desk.actor, line, to_id, day, version=line.version)


def _accept(life: Life, offer: Transfer, day: date) -> None:
    with life.desk.stopped(day):
        own_class = registers.classes_by_year(offer.school_id, offer.person_id)[-1]
        school_class = (own_class.grade_in(dates.cycle_of(day)), own_class.letter)
        transfers.accept(life.desk.actor, offer, day, school_class, version=offer.version)


def _refuse(life: Life, offer: Transfer, day: date) -> None:
    with life.desk.stopped(day):
        transfers.refuse(life.desk.actor, offer, NOT_OURS, version=offer.version)


def _doubles(tale: Tale) -> None:
    """Three pupils stand in two schools: one child, two children, and one to be decided on."""
    for place, answer in enumerate((True, False, None)):
        life, other, day = tale.school(place), tale.school(place + 6), tale.ago(12)
        line = tale.line(life, Part.MENTEE, tale.scene.last)
        if line is None or life is other:
            continue
        added = _namesake(other, day, line)
        if answer is not None:
            _decide(tale, added.person_id, is_one_child=answer)


def _decide(tale: Tale, person_id: int, *, is_one_child: bool) -> None:
    desk, district_id = tale.scene.coordinator, tale.scene.district.id
    day = tale.ago(3)
    with desk.stopped(day):
        found = matches.suspected(district_id, *dates.plan_year_bounds(day.year))
        for match in found:
            if person_id in [card.person_id for card in match.cards]:
                matching.decide(desk.actor, district_id, match, is_one_child=is_one_child)


def _namesake(life: Life, day: date, line: Participation) -> Added:
    """Enter a pupil called like another, in the same class."""
    person = line.person
    own_class = registers.classes_by_year(line.school_id, person.id)[-1]
    name = Name(person.surname, person.given_name, person.patronymic)
    return _add(life, day, name, own_class.grade_in(dates.cycle_of(day)))


def _add(life: Life, day: date, name: Name, grade: int) -> Added:
    new = pupil(name, day, grade, letter="А", need="учёба", source="родители")
    with life.desk.stopped(day):
        return people.add_person(life.desk.actor, life.registers.school, Part.MENTEE, new)


def _line(life: Life, added: Added) -> Participation:
    found = registers.participation(life.registers.school.id, Part.MENTEE, added.participation_id)
    if found is None:
        raise LookupError("who was entered a day ago")
    return found


STORIES: tuple[Callable[[Tale], None], ...] = (
    _orphans,
    _paused,
    _closed_and_opened_again,
    _to_be_continued,
    _mistake,
    _withdrawn_consents,
    _came_back,
    _changed,
    _merged,
    _transfers,
    _mentor_goes,
    _drafts,
    _doubles,
)
