"""Reading the order on a day: one object of figures, in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import case, func, select

from nastav import dates, statements
from nastav.archive import queries as archive
from nastav.coverage import planned
from nastav.coverage.byform.queries import stays_of
from nastav.coverage.byform.rules import Line
from nastav.coverage.figures import DistrictCoverage, Verdict
from nastav.coverage.stays import Stay
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.models import Cycle, District, School
from nastav.execution.facts import (
    Control,
    Decisions,
    Execution,
    Goal,
    LateSchool,
    Participation,
    Practices,
    Stages,
)
from nastav.gatherings.occasions.models import Occasion, OccasionPart
from nastav.pairs.models import Decision, Pair, PairState
from nastav.plan import queries as plans
from nastav.practices.models import Practice, PracticeState
from nastav.recall import recalled
from nastav.rollup import board as boards
from nastav.rollup import queries as rollup
from nastav.rollup.board import OVERDUE, OVERDUE_RETURNED, Board, Cell, Row
from nastav.rollup.past import queries as past
from nastav.samples import queries as samples
from nastav.samples.rules import Tally
from nastav.stages.models import Activity, ActivityStatus, Evidence, Stage, StageState

ADULTS = (Verdict.YOUNG_TEACHER, Verdict.OTHER_ADULT)
TEAM = "school_team"  # the activity whose documents prove a school's working group


@dataclass(frozen=True)
class Known:
    """What was read of a district on a day already: a page of many figures asks each question once."""

    cycle: Cycle | None  # None: no school year was open
    board: Board | None
    years: dict[int, DistrictCoverage] = field(default_factory=dict)

    def coverage(self, district_id: int, year: int, on: date) -> DistrictCoverage:
        """Return the coverage of a year on the day, read when it is asked for the first time."""
        if year not in self.years:
            self.years[year] = planned.district_coverage(district_id, year, on)
        return self.years[year]


def known(district_id: int, on: date) -> Known:
    """Read what the order's execution and a report share: the matrix, then coverage by year."""
    cycle = school_year(district_id, on)
    board = rollup.board(district_id, cycle, on) if cycle else None
    return Known(cycle, board)


def execution(district: District, on: date, read: Known | None = None) -> Execution:
    """Return what is known of a district's order on a day, which is not later than today.

    Args:
        district: the district.
        on: the day.
        read: what the caller has read of that day already.
    """
    first, _ = dates.plan_year_bounds(on.year)
    read = read or known(district.id, on)
    coverage = read.coverage(district.id, on.year, on)
    people = _people(district.id, on)
    return Execution(
        on=on,
        is_today=on == dates.today(),
        coverage=coverage,
        goal=_goal(district.id, on, read),
        carried=people.carried,
        in_pair_now=people.in_pair_now,
        forms=people.forms,
        adult_mentors=sum(coverage.mentors.exceptions.get(adult, 0) for adult in ADULTS),
        stages=_stages(district.id, read),
        decisions=_decisions(district.id, on),
        participation=people.participation,
        practices=_practices(district.id, on),
        control=_control(district.id, read.cycle, first, on),
        team=len(districts.team(district.id)),
        coordinator=district.coordinator,
        words=districts.order_words(district.id),
    )


def school_year(district_id: int, on: date) -> Cycle | None:
    """Return the school year of a day, or the last one before it that was opened; None without one."""
    begun = [
        cycle for cycle in districts.cycles(district_id) if cycle.first_year <= dates.cycle_of(on)
    ]
    return begun[-1] if begun else None


def _goal(district_id: int, on: date, read: Known) -> Goal | None:
    """The last year with a percentage; its coverage once it is over, unless it is the year shown."""
    years = [year for year in plans.years(district_id) if year.mentee_percent]
    if not years:
        return None
    last = years[-1]
    pupils = sum(base.pupils or 0 for base in plans.pupils(district_id))
    over = None
    if last.year < on.year:
        over = read.coverage(district_id, last.year, on)
    return Goal(last.year, int(last.mentee_percent or 0), pupils, over)


# --- people -----------------------------------------------------------------------------------------


class _People(NamedTuple):
    """Of the execution, what is counted from the days in pairs."""

    carried: int
    in_pair_now: int
    forms: tuple[Line, ...]
    participation: Participation


@recalled
def _people(district_id: int, on: date) -> _People:
    first, _ = dates.plan_year_bounds(on.year)
    found = stays_of(district_id, on.year, on)
    children = [stay for stay in found.stays if stay.is_childs]
    return _People(
        carried=len({stay.person_id for stay in children if stay.begin <= first}),
        in_pair_now=len({stay.person_id for stay in children if stay.last == on}),
        forms=found.lines,
        participation=_participation(district_id, first, on, children),
    )


def _participation(
    district_id: int, first: date, last: date, children: Iterable[Stay]
) -> Participation:
    """Of the mentees in pairs, those who took part in an event of the stretch; its events."""
    held = (School.district_id == district_id, Occasion.held_on.between(first, last))
    there = (
        select(OccasionPart.person_id)
        .join(Occasion, Occasion.id == OccasionPart.occasion_id)
        .join(School, School.id == Occasion.school_id)
        .where(*held)
        .distinct()
    )
    people = statements.read(there).scalars().all()
    took_part = {stay.person_id for stay in children}.intersection(people)
    events = (
        select(func.count(), func.count(Occasion.school_id.distinct()))
        .join(School, School.id == Occasion.school_id)
        .where(*held)
    )
    occasions, schools = statements.read(events).one()
    return Participation(len(took_part), occasions, schools)


def _practices(district_id: int, on: date) -> Practices:
    rows = (
        select(func.count(), func.count(Practice.school_id.distinct()))
        .join(School, School.id == Practice.school_id)
        .where(
            School.district_id == district_id,
            Practice.state == PracticeState.PUBLISHED,
            Practice.published_on <= on,
        )
    )
    return Practices(*db.session.execute(rows).one())


def _control(district_id: int, cycle: Cycle | None, first: date, on: date) -> Control:
    """The lots of the school year of the day, and the reports kept on days of the calendar year."""
    lots = samples.as_of(district_id, cycle.first_year, on) if cycle else {}
    kept = archive.days(district_id, first, on)
    return Control(sum(lots.values(), Tally()), len(lots), kept)


# --- decisions ----------------------------------------------------------------------------------------


def _decisions(district_id: int, on: date) -> Decisions | None:
    """Of the last school year that is over; while there is none with pairs, of the one that runs."""
    current = dates.cycle_of(on)
    known = _decided(district_id, on)
    year = next((year for year in (current - 1, current) if year in known), None)
    if year is None:
        return None
    own = known[year]
    earlier = sum(counts.get(None, 0) for before, counts in known.items() if before < year)
    finished = sum(count for decision, count in own.items() if decision)
    carried_on = own.get(Decision.CONTINUE.value, 0)
    return Decisions(year, carried_on, finished - carried_on, own.get(None, 0), earlier)


def _decided(district_id: int, on: date) -> dict[int, dict[str | None, int]]:
    """The last school year a pair counts in → what was decided by a day (None: nothing) → pairs."""
    ended = func.coalesce(Pair.decision, Decision.FINISH.value)
    decision = case((Pair.ended <= on, ended), else_=None)
    rows = (
        select(Pair.last_cycle, decision.label("said"), func.count())
        .join(School, School.id == Pair.school_id)
        .where(
            School.district_id == district_id,
            Pair.state != PairState.DRAFT,
            Pair.started <= on,
        )
        .group_by(Pair.last_cycle, decision)
    )
    found: dict[int, dict[str | None, int]] = {}
    for year, said, count in db.session.execute(rows):
        found.setdefault(year, {})[said and Decision(said).value] = count
    return found


# --- stages -------------------------------------------------------------------------------------------


def _stages(district_id: int, read: Known) -> Stages | None:
    cycle, board = read.cycle, read.board
    if cycle is None or board is None:
        return None
    states = {state: board.count(state.value) for state in StageState}
    documents, with_team = _documents(district_id, cycle, board.today)
    first = [row.cells[0] for row in board.rows if row.cells]
    unsent = states[StageState.NOT_STARTED] + states[StageState.IN_PROGRESS]
    activities, done = _activities(cycle, board)
    return Stages(
        first_year=cycle.first_year,
        schools=len(board.rows),
        activities=activities,
        accepted=states[StageState.ACCEPTED],
        submitted=states[StageState.SUBMITTED],
        returned=states[StageState.RETURNED],
        unsent=unsent,
        overdue=board.count(OVERDUE),
        overdue_returned=board.count(OVERDUE_RETURNED),
        done=done,
        documents=documents,
        begun=len(board.cells) - states[StageState.NOT_STARTED],
        first_due=min((stage.due for stage in board.stages), default=None),
        late=tuple(map(_late, boards.overdue(board))),
        first_roman=board.stages[0].roman if board.stages else "I",
        first_accepted=_standing(first, StageState.ACCEPTED),
        first_submitted=_standing(first, StageState.SUBMITTED),
        first_overdue=sum(cell.line.standing.is_overdue for cell in first),
        first_begun=len(first) - _standing(first, StageState.NOT_STARTED),
        with_team=with_team,
    )


def _activities(cycle: Cycle, board: Board) -> tuple[int, int]:
    """How many activities a school is asked for, and how many all schools declared as needed no more.

    The matrix of a past day does not tell them: there they are those of appendix 2 in the report's book.
    """
    if board.today >= dates.today():
        asked = sum(cell.line.total for cell in board.rows[0].cells) if board.rows else 0
        return asked, sum(cell.line.ready for cell in board.cells)
    wanted = select(func.count()).select_from(Activity).join(Stage, Stage.id == Activity.stage_id)
    schools = {row.school_id for row in board.rows}
    done = sum(
        ActivityStatus(values["status"]).is_ready
        for (school_id, _), values in past.declared(cycle.id, board.today).items()
        if school_id in schools
    )
    return db.session.scalar(wanted.where(Stage.cycle_id == cycle.id)) or 0, done


def _standing(cells: list[Cell], state: StageState) -> int:
    return sum(cell.line.state is state for cell in cells)


def _late(row: Row) -> LateSchool:
    return LateSchool(row.school, tuple(cell.stage.roman for cell in row.cells))


def _documents(district_id: int, cycle: Cycle, on: date) -> tuple[int, int]:
    """How many documents stages had on a day, and how many schools had one on their team."""
    there: Any = Evidence.removed_at.is_(None)
    if on < dates.today():
        end = past.end_of(on)
        there = (Evidence.created_at < end) & (there | (Evidence.removed_at >= end))
    team = case((Activity.key == TEAM, Evidence.school_id), else_=None)
    rows: Any = (
        select(func.count(), func.count(team.distinct()))
        .select_from(Evidence)
        .join(Activity, Activity.id == Evidence.activity_id)
        .join(Stage, Stage.id == Activity.stage_id)
        .join(School, School.id == Evidence.school_id)
        .where(
            School.district_id == district_id,
            Stage.cycle_id == cycle.id,
            there,
        )
    )
    found = db.session.execute(rows).one()
    return found[0], found[1]
