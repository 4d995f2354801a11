"""The counts of a school year as statements: each written once, for one school or for each of many."""

from enum import Enum
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Date,
    Integer,
    Select,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from nastav.coverage import lacking
from nastav.district.models import TeamMember
from nastav.feedback.models import PARTICIPANTS, Moment, Questionnaire, Respondent, Response
from nastav.feedback.swot.models import Swot
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.meetings.models import Meeting
from nastav.mentors.awards.models import Award, RewardSystem
from nastav.mentors.profiles.models import MentorProfile, Selection, SelectionCriteria
from nastav.pairs.models import Decision, Pair, PairState
from nastav.people.models import Kind, Part, Participation, Person
from nastav.plans.models import LineKind, PlanLine
from nastav.practices.models import Practice, PracticeState

SCHOOL: Final = bindparam("school_id", type_=Integer)
SCHOOLS: Final = bindparam("school_ids", type_=Integer, expanding=True)
YEAR: Final = bindparam("first_year", type_=Integer)
FIRST: Final = bindparam("first", type_=Date)
LAST: Final = bindparam("last", type_=Date)
DAY: Final = bindparam("day", type_=Date)  # today, or the day of the school year next to it


class Reach(Enum):
    """Whose figures are counted."""

    SCHOOL = "school"  # of one
    EACH = "each"  # of each of many, in one statement

    def takes(self, school: Any) -> Any:
        """Return the condition that a row is of a school asked for, by its school's column."""
        return school == SCHOOL if self is Reach.SCHOOL else school.in_(SCHOOLS)

    def among(self, who: Any, school: Any, rows: Select[int], school_of_rows: Any) -> Any:
        """Return the condition that somebody is among the people of the same school."""
        own = rows.where(self.takes(school_of_rows))
        if self is Reach.SCHOOL:
            return who.in_(own)
        # of many schools a person may be in two: they are looked for in each with its own
        return tuple_(who, school).in_(own.add_columns(school_of_rows))


class Figure(NamedTuple):
    """A count of all schools together, with the column that says whose a row is."""

    rows: Select[int]
    school: Any
    conditions: tuple[Any, ...] = ()
    is_narrowed: bool = False  # to the schools asked for, already

    def where(self, *conditions: Any) -> "Figure":
        """Return the count of fewer rows."""
        return self._replace(conditions=(*self.conditions, *conditions))

    def of(self, reach: Reach) -> Select[int]:
        """Return the count of the schools asked for alone."""
        # the school first: of two indexes that seem alike SQLite takes that of the earlier condition
        asked = () if self.is_narrowed else (reach.takes(self.school),)
        return self.rows.where(*asked, *self.conditions)


def grouped(name: str, figure: Figure) -> Select[*tuple[Any, ...]]:
    """Return (name, school's id, count) of each school asked for that has any such row."""
    rows = figure.of(Reach.EACH)
    columns = (literal(name), figure.school, *rows.selected_columns)
    return rows.with_only_columns(*columns).group_by(figure.school)


def figures(reach: Reach) -> dict[str, Figure]:
    """Return every figure by its name."""
    return {**_people(reach), **_school(), **_work(), **_answers()}


def _people(reach: Reach) -> dict[str, Figure]:
    who, where = Participation.person_id, Participation.school_id
    profiles = select(MentorProfile.person_id)
    accepted = profiles.filter_by(decision=Selection.ACCEPTED)
    attended = (
        select(TrainingAttendance.person_id)
        .join(Training, Training.id == TrainingAttendance.training_id)
        .where(Training.held_on <= LAST)  # by the end of the school year, in whatever year
    )
    is_profiled = reach.among(who, where, profiles, MentorProfile.school_id)
    is_accepted = reach.among(who, where, accepted, MentorProfile.school_id)
    is_trained = reach.among(who, where, attended, Training.school_id)
    return {
        "mentees": _register(Part.MENTEE),
        "mentee_pupils": _register(Part.MENTEE, Person.kind == Kind.PUPIL),
        "mentees_with_need": _register(Part.MENTEE, Participation.need != ""),
        "mentees_with_source": _register(Part.MENTEE, Participation.source != ""),
        "mentees_with_result": _register(Part.MENTEE, Participation.expected_result != ""),
        "mentees_alone": _alone(reach),
        "mentees_without_mentor": _without_mentor(reach),
        "mentors": _register(Part.MENTOR),
        "mentor_pupils": _register(Part.MENTOR, Person.kind == Kind.PUPIL),
        "mentors_profiled": _register(Part.MENTOR, is_profiled),
        "mentors_accepted": _register(Part.MENTOR, is_accepted),
        "trained_mentors": _register(Part.MENTOR, is_trained),
    }


def _school() -> dict[str, Figure]:
    """What the school has written down of itself, whatever the year."""
    team = Figure(select(func.count()), TeamMember.school_id)
    criteria = Figure(select(func.count()), SelectionCriteria.school_id)
    system = or_(RewardSystem.what_for != "", RewardSystem.how != "", RewardSystem.document != "")
    swots = Figure(select(func.count()), Swot.school_id)
    return {
        "team": team,
        "team_curators": team.where(TeamMember.is_curator),
        "criteria": criteria.where(SelectionCriteria.text != ""),
        "reward_system": Figure(select(func.count()), RewardSystem.school_id).where(system),
        "swots": swots.where(Swot.first_year == YEAR),
    }


def _work() -> dict[str, Figure]:
    decided = Pair.decision.is_not(None)
    support = PlanLine.kind == LineKind.SUPPORT
    own_line = PlanLine.pair_id == Pair.id  # looked up by the pair: lines of other schools are many
    is_planned, is_supported = exists().where(own_line), exists().where(own_line, support)
    held = Training.held_on.between(FIRST, LAST)
    hours = select(func.coalesce(func.sum(Training.hours), 0))
    awarded = Figure(select(func.count(Award.person_id.distinct())), Award.school_id)
    published = (
        Practice.state == PracticeState.PUBLISHED,
        Practice.published_on <= LAST,
    )
    return {
        "trainings": Figure(select(func.count()), Training.school_id).where(held),
        "training_hours": Figure(hours, Training.school_id).where(held),
        "pairs": pairs(),
        "pairs_with_goal": pairs(Pair.goal != ""),
        "pairs_with_plan": pairs(is_planned),  # a plan has at least one line
        "pairs_supported": pairs(is_supported),
        "pairs_drafted": _counted_pairs(Pair.state == PairState.DRAFT),
        "pairs_decided": pairs(decided),
        "pairs_to_go_on": pairs(Pair.decision == Decision.CONTINUE),
        "pairs_finished": pairs(Pair.decision == Decision.FINISH),
        "meetings": _meetings(func.count()),
        "pairs_met": _meetings(func.count(Pair.id.distinct())),
        "mentors_awarded": awarded.where(Award.given_on.between(FIRST, LAST)),
        "practices": Figure(select(func.count()), Practice.school_id).where(*published),
    }


def _answers() -> dict[str, Figure]:
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


def _register(part: Part, *more: Any) -> Figure:
    """Distinct people in a register on at least one day of the school year, mistakes left out."""
    who = func.count(Participation.person_id.distinct())
    rows = select(who).join(Person, Person.id == Participation.person_id)
    return Figure(rows, Participation.school_id).where(
        Participation.part == part,
        Participation.is_mistake.is_(False),
        Participation.joined <= LAST,
        or_(Participation.left.is_(None), Participation.left >= FIRST),
        *more,
    )


def pairs(*more: Any) -> Figure:
    """Pairs that the school year's dates touch, drafts left out (rules.md#a-pair-and-its-school-year)."""
    return _counted_pairs(Pair.state != PairState.DRAFT, Pair.counts_until >= FIRST, *more)


def _counted_pairs(*conditions: Any) -> Figure:
    """Pairs that begin by the end of the school year."""
    return Figure(select(func.count()), Pair.school_id).where(Pair.started <= LAST, *conditions)


def _meetings(figure: Any) -> Figure:
    """A figure of the meetings held in a school year, deleted ones and drafts left out."""
    rows = select(figure).select_from(Meeting).join(Pair, Pair.id == Meeting.pair_id)
    return Figure(rows, Meeting.school_id).where(
        Meeting.deleted_at.is_(None),
        Meeting.held_on >= FIRST,
        Meeting.held_on <= LAST,
        Pair.state != PairState.DRAFT,
    )


def _responses(*more: Any) -> Figure:
    rows = select(func.count()).select_from(Response)
    rows = rows.join(Questionnaire, Questionnaire.id == Response.questionnaire_id)
    return Figure(rows, Response.school_id).where(
        Response.first_year == YEAR, Response.deleted_at.is_(None), *more
    )


def _alone(reach: Reach) -> Figure:
    if reach is Reach.SCHOOL:
        return _own(lacking.select_without_pair(SCHOOL, Part.MENTEE, DAY))
    return _own(lacking.select_without_pair_of_each(SCHOOLS, Part.MENTEE, DAY))


def _without_mentor(reach: Reach) -> Figure:
    if reach is Reach.SCHOOL:
        return _own(lacking.select_without_mentor(SCHOOL, DAY))
    return _own(lacking.select_without_mentor_of_each(SCHOOLS, DAY))


def _own(people: Any) -> Figure:
    """People of the schools asked for, counted."""
    found = people.subquery()
    rows = select(func.count()).select_from(found)
    return Figure(rows, found.c.get("school_id"), is_narrowed=True)
