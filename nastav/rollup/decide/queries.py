"""Reading what waits for a decision; the same few queries for any number of schools."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import and_, exists, func, select

from nastav import dates
from nastav.access import Role
from nastav.accounts import queries as accounts
from nastav.accounts.models import User
from nastav.audit.models import AuditEntry
from nastav.coverage import lacking
from nastav.db import db
from nastav.district.models import District, School
from nastav.identity.matches import queries as doubles
from nastav.plan.models import PlanTarget
from nastav.progress.queries import standing
from nastav.review import queries as reviews
from nastav.rollup.board import Board, Cell
from nastav.rollup.decide import words
from nastav.rollup.decide.records import Missing, NeverIn, PairsBehind, Sent
from nastav.rollup.decide.rules import Decision, Desk, Kind, desk
from nastav.stages.models import Activity, ActivityRevision, Stage, StageState
from nastav.stages.rules import LOCKED

UNDECIDED = ("без решения по п. 2.3", "перестали считаться 31 августа")


def decisions(
    district: District,
    board: Board,
    copies: Sequence[str] = (),
    *,
    is_closed: bool = False,
) -> Desk:
    """Return what of a district waits for a decision on the board's day.

    Args:
        district: the district.
        board: the matrix of its current school year.
        copies: what is wrong with the daily copies, as whoever keeps the site is told.
        is_closed: whether that school year is closed, so that nothing waits in its stages.
    """
    names = {row.school_id: row.school for row in board.rows}
    missing = [school.name for school in accounts.schools_without_curator(district.id)]
    is_first_day = bool(missing) and _is_untouched(board) and not is_closed
    has_nobody = is_first_day and len(missing) == len(names)  # there is nobody to remind
    stages = replace(board, rows=()) if is_closed else board
    found = [
        words.overdue(stages),
        *(() if has_nobody or is_closed else words.due(stages)),
        *_of_review(district.id, board.today),
        words.changed(stages),
        words.behind(standing(district.id, board.today.year, board.today)),
        *_of_pairs(pairs_behind(district, names, board.today), district, board.first_year),
        words.no_curator(missing, len(names)),
        words.never_in(_never_in(district.id)),
        *words.missing(_missing(district.id, board), board.today),
        words.copy(copies),
        words.matches(_doubles(district.id, board.today), board.today.year),
        None if is_first_day else words.still(still(stages), board.first_year),
        words.first_due(board) if has_nobody else None,
    ]
    return desk(filter(None, found), is_first_day=is_first_day)


def _is_untouched(board: Board) -> bool:
    return board.count(StageState.NOT_STARTED) == len(board.cells)


def _of_review(district_id: int, today: date) -> Iterable[Decision | None]:
    waiting = map(_sent, reviews.queue(district_id))
    asked = map(_sent, reviews.asked_to_open(district_id))
    return words.review(list(waiting), today), words.reopening(list(asked))


def _sent(entry: reviews.Waiting) -> Sent:
    on = dates.local(entry.submitted_at).date() if entry.submitted_at else None
    place = (entry.school_id, entry.school, entry.first_year, entry.ordinal, entry.roman)
    return Sent(*place, on, entry.reason)


def pairs_behind(district: District, names: Mapping[int, str], today: date) -> PairsBehind:
    """Return how many pairs of which schools wait for the decision of point 2.3 or have not met."""
    found = lacking.pairs_by_school(district.id, today, district.meetings_within)
    counted = [(name, found[id_]) for id_, name in names.items() if id_ in found]
    return PairsBehind(
        {name: each.undecided for name, each in counted if each.undecided},
        {name: each.silent for name, each in counted if each.silent},
    )


def _of_pairs(
    behind: PairsBehind, district: District, first_year: int
) -> Iterable[Decision | None]:
    days = words.more_than(district.meetings_within)
    silent = (f"без встреч {days}", "давно не встречались")
    return (
        words.of_pairs(Kind.UNDECIDED, behind.undecided, *UNDECIDED, first_year),
        words.of_pairs(Kind.SILENT, behind.silent, *silent, first_year),
    )


def _never_in(district_id: int) -> list[NeverIn]:
    """Active curators without a sign-in in the journal: a session's row goes when it ends."""
    signed_in = exists().where(AuditEntry.actor_id == User.id, AuditEntry.event == "sign_in:opened")
    rows = (
        select(User.id, School.name, User.created_at)
        .join(School, School.id == User.school_id)
        .where(
            User.district_id == district_id,
            User.role == Role.CURATOR,
            User.disabled_at.is_(None),
            ~signed_in,
        )
        .order_by(School.ordinal, User.id)
    )
    return [
        NeverIn(user_id, school, dates.local(created).date())
        for user_id, school, created in db.session.execute(rows)
    ]


def _missing(district_id: int, board: Board) -> Missing:
    """What of today's years is missing; where no school stands, nothing is."""
    target = and_(PlanTarget.school_id == School.id, PlanTarget.year == board.today.year)
    rows = (
        select(School.name)
        .outerjoin(PlanTarget, target)
        .where(School.district_id == district_id, PlanTarget.mentees.is_(None))
        .order_by(School.ordinal)
    )
    year = dates.cycle_of(board.today)
    return Missing(
        year if year > board.first_year else None,
        tuple(db.session.scalars(rows)),
        len(board.rows),
    )


def _doubles(district_id: int, today: date) -> int:
    return doubles.count(district_id, *dates.plan_year_bounds(today.year))


def still(board: Board) -> list[Cell]:
    """Return the unsent stages due within a month that nobody has saved anything in for two weeks.

    In the first two weeks of a school year there are none.
    """
    first_day, _ = dates.cycle_bounds(board.first_year)
    since = board.today - words.STILL_FOR
    near = [
        cell
        for cell in board.cells
        if cell.line.state not in LOCKED and board.is_within(cell.stage, words.FAR)
    ]
    if not near or first_day > since:
        return []
    saved = _last_saves({cell.stage.id for cell in near})
    return [
        cell
        for cell in near
        if (at := saved.get((cell.line.school_id, cell.stage.id))) is None
        or dates.local(at).date() < since
    ]


def _last_saves(stage_ids: Collection[int]) -> dict[tuple[int, int], datetime]:
    rows = (
        select(ActivityRevision.school_id, Activity.stage_id, func.max(ActivityRevision.at))
        .join(Activity, Activity.id == ActivityRevision.activity_id)
        .join(Stage, Stage.id == Activity.stage_id)
        .where(Activity.stage_id.in_(stage_ids))
        .group_by(ActivityRevision.school_id, Activity.stage_id)
    )
    return {(school, stage): at for school, stage, at in db.session.execute(rows)}
