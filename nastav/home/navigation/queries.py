"""Reading what the header shows: two statements, however much there is."""

from datetime import date

from sqlalchemy import Date, Integer, Select, Subquery, and_, bindparam, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from nastav import dates
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.models import Cycle, School
from nastav.home.navigation.rules import Facts, Season, Waits, current_year
from nastav.identity.transfers.models import Transfer, TransferState
from nastav.pairs.models import Pair, PairState
from nastav.pairs.presence import drafts_waiting, in_closed_year
from nastav.pairs.rules import span_of_drafts
from nastav.people.models import Kind, Participation, Person, PersonClass
from nastav.stages.models import SchoolStage, Stage, StageState
from nastav.stages.rules import LOCKED
from nastav.statements import made_once
from nastav.yearend.classes.rules import LAST_GRADE

_GOING = (PairState.ACTIVE, PairState.PAUSED)


def facts(
    district_id: int, school_id: int | None, shown: int | None, today: date, *, counts: bool
) -> Facts:
    """Return what a page's header shows of a district and, where it counts, of a school.

    Args:
        district_id: whose school years are listed.
        school_id: whose pages the menu leads to, if it is a school's.
        shown: first year of the page's school year; None for the current one.
        today: the day.
        counts: whether the reader sees names, so that what waits there concerns them.
    """
    years = tuple(districts.cycle_years(district_id))
    now = current_year(years, dates.cycle_of(today))
    year = shown or now
    if year is None:
        return Facts(years)
    if school_id is None:
        asked = {"district_id": district_id, "year": now, "today": today}
        late, sent = db.session.execute(_of_district(), asked).one()
        return Facts(years, {Waits.OVERDUE: late, Waits.REVIEW: sent})
    if not counts:
        return Facts(years)
    first, last = span_of_drafts(year, now or year, today)
    params = {"school_id": school_id, "today": today, "first": first, "last": last, "year": now}
    row = db.session.execute(_counts(), params).one()
    return Facts(years, dict(zip(Season, row, strict=True)))


@made_once
def _counts() -> Select[int, int, int, int, int]:
    """Made once: every page asks. Columns in the order of `Season`."""
    pupils = _pupils_behind()
    finished = pupils.c.grade > LAST_GRADE
    offered = Transfer.to_school_id == _school(), Transfer.state == TransferState.OFFERED
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    overdue = Pair.state.in_(_GOING), Pair.counts_until < _today(), ~in_closed_year()
    return select(
        _number(select(func.count()).select_from(pupils).where(~finished)),
        _number(select(func.count(Transfer.id)).where(*offered)),
        _number(_pairs().where(*drafts_waiting(first, last))),
        _number(_pairs().where(*overdue)),
        _number(select(func.count()).select_from(pupils).where(finished)),
    )


@made_once
def _of_district() -> Select[int, int]:
    """Made once: every page asks. Columns in the order of `Waits`."""
    district_id = bindparam("district_id", type_=Integer)
    own = and_(SchoolStage.school_id == School.id, SchoolStage.stage_id == Stage.id)
    is_returned = and_(SchoolStage.state == StageState.RETURNED, SchoolStage.fix_by.is_not(None))
    binding = case((is_returned, SchoolStage.fix_by), else_=Stage.due)
    late = (
        select(func.count())
        .select_from(School)
        .join(Cycle, Cycle.district_id == School.district_id)
        .join(Stage, Stage.cycle_id == Cycle.id)
        .outerjoin(SchoolStage, own)
        .where(
            School.district_id == district_id,
            Cycle.first_year == bindparam("year", type_=Integer),
            Cycle.before_site.is_(False),
            Cycle.closed_on.is_(None),
            or_(SchoolStage.state.is_(None), SchoolStage.state.not_in(LOCKED)),
            binding < _today(),
        )
    )
    waiting = (
        select(func.count(SchoolStage.id))
        .join(School, School.id == SchoolStage.school_id)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .join(Cycle, Cycle.id == Stage.cycle_id)
        .where(
            School.district_id == district_id,
            Cycle.closed_on.is_(None),
            or_(
                SchoolStage.state == StageState.SUBMITTED,
                and_(SchoolStage.state == StageState.ACCEPTED, SchoolStage.reopening_reason != ""),
            ),
        )
    )
    return select(_number(late), _number(waiting))


def _pairs() -> Select[int]:
    return select(func.count(Pair.id)).where(Pair.school_id == _school())


def _pupils_behind() -> Subquery:
    """Return the pupils of both registers whose last class is of an earlier year than the current.

    Each with the grade of this year, as `yearend.classes.queries.movers` has them.
    """
    year = bindparam("year", type_=Integer)
    newest = (
        select(func.max(PersonClass.first_year))
        .where(
            PersonClass.person_id == Participation.person_id,
            PersonClass.school_id == _school(),
            PersonClass.first_year <= year,
        )
        .correlate(Participation)
        .scalar_subquery()
    )
    grade = (PersonClass.grade + year - PersonClass.first_year).label("grade")
    return (
        select(Participation.person_id, grade)
        .join(Person, Person.id == Participation.person_id)
        .join(PersonClass, PersonClass.person_id == Participation.person_id)
        .where(
            Participation.school_id == _school(),
            Participation.is_mistake.is_(False),
            Participation.joined <= _today(),
            or_(Participation.left.is_(None), Participation.left >= _today()),
            Person.kind == Kind.PUPIL,
            PersonClass.school_id == _school(),
            PersonClass.first_year < year,
            PersonClass.first_year == newest,
        )
        .distinct()
        .subquery()
    )


def _school() -> ColumnElement[int]:
    return bindparam("school_id", type_=Integer)


def _today() -> ColumnElement[date]:
    return bindparam("today", type_=Date)


def _number(rows: Select[int]) -> ColumnElement[int]:
    return rows.scalar_subquery()
