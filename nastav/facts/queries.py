"""Counting for one school and one school year: plain grouped counts, most of them in one query.

Made once for each stage, with named parameters: these run on every page of a stage.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import Date, Integer, bindparam, func, or_, select

from nastav import dates
from nastav.consents import queries as consents
from nastav.coverage import lacking
from nastav.db import db
from nastav.district.models import TeamMember
from nastav.feedback import queries as feedback
from nastav.feedback.models import PARTICIPANTS, Moment, Questionnaire, Respondent, Response
from nastav.feedback.swot.models import Swot
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.meetings.models import Meeting
from nastav.mentors.awards.models import Award, RewardSystem
from nastav.mentors.profiles.models import MentorProfile, Selection, SelectionCriteria
from nastav.pairs.models import Decision, Pair, PairState
from nastav.people.models import Kind, Part, Participation, Person
from nastav.plan.models import PlanTarget
from nastav.plans.models import LineKind, PlanLine
from nastav.practices.models import Practice, PracticeState

# whose consents are looked at: part → the figures of those who have one and of all on the day
CONSENTED = {
    Part.MENTEE: ("mentees_consented", "mentees_present"),
    Part.MENTOR: ("mentors_consented", "mentors_present"),
}
SCHOOL: Final = bindparam("school_id", type_=Integer)
YEAR: Final = bindparam("first_year", type_=Integer)
FIRST: Final = bindparam("first", type_=Date)
LAST: Final = bindparam("last", type_=Date)
DAY: Final = bindparam("day", type_=Date)  # today, or the day of the school year next to it
IN_PAIRS = {Respondent.MENTEE: "mentees_in_pairs", Respondent.MENTOR: "mentors_in_pairs"}


@dataclass(frozen=True)
class Place:
    """A school in a school year."""

    school_id: int
    district_id: int
    first_year: int

    @property
    def first(self) -> date:
        """Return the first day of the school year."""
        return dates.cycle_bounds(self.first_year)[0]

    @property
    def last(self) -> date:
        """Return the last day of the school year."""
        return dates.cycle_bounds(self.first_year)[1]

    @property
    def params(self) -> dict[str, Any]:
        year = {"first_year": self.first_year, "first": self.first, "last": self.last}
        return {"school_id": self.school_id, "day": self.day, **year}

    @property
    def day(self) -> date:
        """Return today, or the day of the school year next to it."""
        return min(max(dates.today(), self.first), self.last)


def figures(place: Place, names: set[str]) -> dict[str, int]:
    """Return these figures; a query for most of them, one for consents, one for people in pairs."""
    found: dict[str, int] = {}
    for part, pair in CONSENTED.items():
        if not names.isdisjoint(pair):
            where = (place.school_id, place.district_id)
            found.update(zip(pair, consents.counted(*where, part, place.day), strict=True))
    if not names.isdisjoint(IN_PAIRS.values()):
        found.update(_in_pairs(place))
    rest = tuple(sorted(names - found.keys()))
    if rest:
        row = db.session.execute(_statement(rest), place.params).one()
        found.update(zip(rest, row, strict=True))
    return found


@cache
def _statement(names: tuple[str, ...]) -> Any:
    counts = {**_people(), **_school(), **_work(), **_answers()}
    return select(*(counts[name].scalar_subquery() for name in names))


def plan(school_id: int, year: int) -> dict[str, int | None]:
    """Return what the plan of a calendar year sets, by an activity's `counts`; empty without one."""
    rows = select(PlanTarget.mentees, PlanTarget.mentors).filter_by(school_id=school_id, year=year)
    found = db.session.execute(rows).first()
    return {"mentees": found.mentees, "mentors": found.mentors} if found else {}


def pairs_ending_later(place: Place, day: date) -> int:
    """Return how many open pairs have agreed to work beyond a day (rules.md#stage-seven)."""
    rows = _pairs(Pair.state != PairState.CLOSED, Pair.planned_end > day)
    return db.session.scalar(rows, place.params) or 0


def _people() -> dict[str, Any]:
    profiled = select(MentorProfile.person_id).filter_by(school_id=SCHOOL)
    accepted = profiled.filter_by(decision=Selection.ACCEPTED)
    who = Participation.person_id
    return {
        "mentees": _register(Part.MENTEE),
        "mentee_pupils": _register(Part.MENTEE, Person.kind == Kind.PUPIL),
        "mentees_with_need": _register(Part.MENTEE, Participation.need != ""),
        "mentees_with_source": _register(Part.MENTEE, Participation.source != ""),
        "mentees_with_result": _register(Part.MENTEE, Participation.expected_result != ""),
        "mentees_alone": _alone(),
        "mentees_without_mentor": _without_mentor(),
        "mentors": _register(Part.MENTOR),
        "mentor_pupils": _register(Part.MENTOR, Person.kind == Kind.PUPIL),
        "mentors_profiled": _register(Part.MENTOR, who.in_(profiled)),
        "mentors_accepted": _register(Part.MENTOR, who.in_(accepted)),
        "trained_mentors": _register(Part.MENTOR, who.in_(_trained())),
    }


def _school() -> dict[str, Any]:
    """What the school has written down of itself, whatever the year."""
    team = select(func.count()).where(TeamMember.school_id == SCHOOL)
    written = SelectionCriteria.school_id == SCHOOL, SelectionCriteria.text != ""
    system = or_(RewardSystem.what_for != "", RewardSystem.how != "", RewardSystem.document != "")
    return {
        "team": team,
        "team_curators": team.where(TeamMember.is_curator),
        "criteria": select(func.count()).where(*written),
        "reward_system": select(func.count()).where(RewardSystem.school_id == SCHOOL, system),
        "swots": select(func.count()).where(Swot.school_id == SCHOOL, Swot.first_year == YEAR),
    }


def _work() -> dict[str, Any]:
    decided = Pair.decision.is_not(None)
    planned = select(PlanLine.pair_id)
    supported = planned.where(PlanLine.kind == LineKind.SUPPORT)
    held = (Training.school_id == SCHOOL, Training.held_on.between(FIRST, LAST))
    given = (Award.school_id == SCHOOL, Award.given_on.between(FIRST, LAST))
    published = (
        Practice.school_id == SCHOOL,
        Practice.state == PracticeState.PUBLISHED,
        Practice.published_on <= LAST,
    )
    return {
        "trainings": select(func.count()).where(*held),
        "training_hours": select(func.coalesce(func.sum(Training.hours), 0)).where(*held),
        "pairs": _pairs(),
        "pairs_with_goal": _pairs(Pair.goal != ""),
        "pairs_with_plan": _pairs(Pair.id.in_(planned)),  # a plan has at least one line
        "pairs_supported": _pairs(Pair.id.in_(supported)),
        "pairs_drafted": select(func.count()).where(*_of_school(PairState.DRAFT)),
        "pairs_decided": _pairs(decided),
        "pairs_to_go_on": _pairs(Pair.decision == Decision.CONTINUE),
        "pairs_finished": _pairs(Pair.decision == Decision.FINISH),
        "meetings": _meetings(func.count()),
        "pairs_met": _meetings(func.count(Pair.id.distinct())),
        "mentors_awarded": select(func.count(Award.person_id.distinct())).where(*given),
        "practices": select(func.count()).where(*published),
    }


def _answers() -> dict[str, Any]:
    final = Questionnaire.moment == Moment.FINAL
    own = Questionnaire.part.in_(PARTICIPANTS)
    curators = Questionnaire.part == Respondent.CURATOR
    each = {
        f"{moment}_{part}": _responses(Questionnaire.moment == moment, Questionnaire.part == part)
        for moment in Moment
        for part in PARTICIPANTS
    }
    return {
        "responses": _responses(own, Questionnaire.moment != Moment.FINAL),
        "final_responses": _responses(own, final),
        "assessments": _responses(curators),
        **each,
    }


def _register(part: Part, *more: Any) -> Any:
    """Distinct people in a register on at least one day of the school year, mistakes left out."""
    return (
        select(func.count(Participation.person_id.distinct()))
        .join(Person, Person.id == Participation.person_id)
        .where(
            Participation.school_id == SCHOOL,
            Participation.part == part,
            Participation.is_mistake.is_(False),
            Participation.joined <= LAST,
            or_(Participation.left.is_(None), Participation.left >= FIRST),
            *more,
        )
    )


def _pairs(*more: Any) -> Any:
    return select(func.count()).where(*_pairs_of_year(), *more)


def _pairs_of_year() -> tuple[Any, ...]:
    """Pairs that the school year's dates touch, drafts left out (rules.md#a-pair-and-its-school-year)."""
    return *_of_school(but=PairState.DRAFT), Pair.counts_until >= FIRST


def _of_school(state: PairState | None = None, *, but: PairState | None = None) -> tuple[Any, ...]:
    """Pairs of the school in a state, or in any but one, that begin by the end of the school year."""
    wanted = Pair.state == state if state else Pair.state != but
    return Pair.school_id == SCHOOL, wanted, Pair.started <= LAST


def _in_pairs(place: Place) -> dict[str, int]:
    """People of each part in pairs, as the summary of feedback counts them (rules.md#feedback-in-sum)."""
    found = feedback.people_in_pairs(
        place.district_id, [place.school_id], place.first_year, dates.today()
    )
    return {name: found.get(part, 0) for part, name in IN_PAIRS.items()}


def _trained() -> Any:
    """Whom the school has trained by the end of the school year, in whatever year."""
    return (
        select(TrainingAttendance.person_id)
        .join(Training, Training.id == TrainingAttendance.training_id)
        .where(Training.school_id == SCHOOL, Training.held_on <= LAST)
    )


def _meetings(figure: Any) -> Any:
    """A figure of the meetings held in a school year, deleted ones and drafts left out."""
    return (
        select(figure)
        .select_from(Meeting)
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(
            Meeting.school_id == SCHOOL,
            Meeting.deleted_at.is_(None),
            Meeting.held_on >= FIRST,
            Meeting.held_on <= LAST,
            Pair.state != PairState.DRAFT,
        )
    )


def _responses(*more: Any) -> Any:
    return (
        select(func.count())
        .select_from(Response)
        .join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
        .where(
            Response.school_id == SCHOOL,
            Response.first_year == YEAR,
            Response.deleted_at.is_(None),
            *more,
        )
    )


def _alone() -> Any:
    found = lacking.select_without_pair(SCHOOL, Part.MENTEE, DAY).subquery()
    return select(func.count()).select_from(found)


def _without_mentor() -> Any:
    return select(func.count()).select_from(lacking.select_without_mentor(SCHOOL, DAY).subquery())
