"""A school's year brought into being behind the pages: nothing, half of it, or all that is asked."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update

from nastav.consents.models import Consent, Signer
from nastav.db import db
from nastav.district.kinds.models import PairKind
from nastav.district.models import Cycle, TeamMember
from nastav.feedback.models import Moment, Questionnaire, Respondent, Response
from nastav.feedback.swot.models import Swot
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.mentors.awards.models import Award, AwardKind
from nastav.mentors.profiles.models import MentorProfile, SelectionCriteria
from nastav.pairs.models import Decision, Pair
from nastav.people.models import Kind, Part, Participation, Person
from nastav.plan.models import PlanTarget
from nastav.plans.models import LineKind, PlanLine
from nastav.stages import queries
from nastav.stages.facts import facts
from nastav.stages.models import Activity, ActivityStatus, Evidence, SchoolActivity, Stage
from nastav.stages.pages import StagePage
from tests.support.people import add_pair, add_person

DAY = date(2020, 11, 20)
PLAN = {"mentees": 4, "mentors": 2}


@dataclass(frozen=True)
class Year:
    """The school year 2020/21 of a school; the caller has an application context and commits."""

    school: int

    def declare(
        self, key: str, *kinds: str, status: ActivityStatus = ActivityStatus.DONE, reason: str = ""
    ) -> None:
        """Declare an activity, with a document of each of these kinds."""
        found = db.session.query(Activity).filter_by(key=key).first()
        assert found
        place = {"school_id": self.school, "activity_id": found.id}
        row = SchoolActivity(
            **place,
            status=status,
            done_on=date(2020, 10, 12) if status is ActivityStatus.DONE else None,
            responsible="Завуч",
            reason=reason,
        )
        db.session.add(row)
        db.session.add_all(Evidence(**place, kind=kind, number="1", dated=DAY) for kind in kinds)
        db.session.flush()

    def page(self, key: str) -> StagePage:
        """Return the stage of an activity with its facts, as the self-check gets it."""
        rows = select(Stage.ordinal).join(Activity, Activity.stage_id == Stage.id)
        ordinal = db.session.scalars(rows.where(Activity.key == key)).first()
        cycle = db.session.scalars(select(Cycle).filter_by(first_year=2020)).one()
        sheet = queries.stage_sheet(self.school, cycle.id, ordinal or 0)
        assert sheet
        found = facts(sheet, cycle)
        return StagePage(sheet, found.proving, found.statements)

    def plan(self) -> None:
        """Give the school a plan that it can reach."""
        own = (PlanTarget.school_id == self.school, PlanTarget.year == 2020)
        db.session.execute(update(PlanTarget).where(*own).values(**PLAN))

    def half(self) -> None:
        """Of everything somewhat: three mentees, two of them in pairs, one of two mentors an adult."""
        self._people(mentees=3, adults=1)
        self._of_mentees(self.mentees[:1])
        self._of_mentors(self.mentors[:1])
        self._pairs([self.mentees[:1], self.mentees[1:2]], whole=1)
        self._answers(self.mentees[:1])
        self._team(curator=False)
        db.session.add(Award(**self._at, **self._given(self.mentors[0])))
        db.session.flush()

    def full(self) -> None:
        """All that is asked: four mentees in two groups, both mentors pupils."""
        self._people(mentees=4, adults=0)
        self._of_mentees(self.mentees)
        self._of_mentors(self.mentors)
        self._pairs([self.mentees[:2], self.mentees[2:]], whole=2)
        self._answers([*self.mentees, *self.mentors])
        self._team(curator=True)
        kind = db.session.scalars(select(PairKind.id)).first()
        db.session.add(SelectionCriteria(**self._at, text="Успеваемость и желание"))
        db.session.add(Swot(**self._at, first_year=2020, kind_id=kind, strengths="Есть"))
        db.session.add(Award(**self._at, **self._given(self.mentors[0])))
        db.session.flush()

    @property
    def _at(self) -> dict[str, int]:
        return {"school_id": self.school}

    @property
    def mentees(self) -> list[Person]:
        """Return the mentees in the order they were added."""
        return self._in(Part.MENTEE)

    @property
    def mentors(self) -> list[Person]:
        """Return the mentors in the order they were added."""
        return self._in(Part.MENTOR)

    def _in(self, part: Part) -> list[Person]:
        rows = select(Person).join(Participation, Participation.person_id == Person.id)
        own = rows.where(Participation.school_id == self.school, Participation.part == part)
        return list(db.session.scalars(own.order_by(Person.id)))

    def _people(self, *, mentees: int, adults: int) -> None:
        self.plan()
        for _ in range(mentees):
            add_person(self.school)
        for number in range(2):
            kind = Kind.TEACHER if number < adults else Kind.PUPIL
            add_person(self.school, part=Part.MENTOR, kind=kind, grade=10)

    def _of_mentees(self, people: list[Person]) -> None:
        for person in people:
            line = db.session.query(Participation).filter_by(person_id=person.id).one()
            line.need, line.source = "читать вместе", "классный руководитель"
            line.expected_result = "читает без подсказки"
            self._agree(person, Signer.GUARDIAN)

    def _of_mentors(self, people: list[Person]) -> None:
        training = Training(**self._at, held_on=DAY, hours=4, programme="Школа наставника")
        db.session.add(training)
        db.session.flush()
        for person in people:
            db.session.add(MentorProfile(**self._at, person_id=person.id))
            db.session.add(TrainingAttendance(training_id=training.id, person_id=person.id))
            self._agree(person, Signer.GUARDIAN)
            self._agree(person, Signer.OWN)

    def _agree(self, person: Person, signer: Signer) -> None:
        paper = {"person_id": person.id, "signer": signer, "signed_on": DAY, "for_programme": True}
        db.session.add(Consent(**self._at, **paper))

    def _pairs(self, mentees: list[list[Person]], *, whole: int) -> None:
        for number, (mentor, led) in enumerate(zip(self.mentors, mentees, strict=True)):
            pair = add_pair(self.school, mentor, led)
            if number < whole:
                self._fill(pair)

    def _fill(self, pair: Pair) -> None:
        pair.goal, pair.decision = "читать", Decision.FINISH
        db.session.add(PlanLine(pair_id=pair.id, kind=LineKind.SUPPORT, what="Беседа"))
        db.session.flush()

    def _answers(self, people: list[Person]) -> None:
        for person in people:
            part = Respondent.MENTOR if person in self.mentors else Respondent.MENTEE
            for moment in Moment:
                asked = select(Questionnaire.id).filter_by(part=part, moment=moment)
                values = {"first_year": 2020, "answered_on": DAY, "person_id": person.id}
                asked_id = db.session.scalars(asked).first()
                db.session.add(Response(**self._at, **values, questionnaire_id=asked_id))

    def _team(self, *, curator: bool) -> None:
        who = {"district_id": 1, "name": "Зимина А. А.", "post": "завуч"}
        db.session.add(TeamMember(**self._at, **who, is_curator=curator))

    def _given(self, mentor: Person) -> dict[str, object]:
        return {
            "person_id": mentor.id,
            "given_on": DAY,
            "kind": AwardKind.LETTER,
            "reason": "за работу",
        }
