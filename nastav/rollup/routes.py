"""Pages of the roll-up: the matrix of stages, what is overdue, workbooks to take away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from nastav import access, copies, dates, db, excel, faults, htmx, locked, ru
from nastav.access import requires
from nastav.accounts import queries as accounts
from nastav.coverage.byform.queries import of_district
from nastav.coverage.byform.sheet import by_form_sheet
from nastav.coverage.sheet import coverage_book
from nastav.district import queries as districts
from nastav.district.models import Cycle
from nastav.district.signing import corner
from nastav.progress.queries import progress
from nastav.progress.sheet import sheets
from nastav.rollup import board as boards
from nastav.rollup import changes, files, queries, reminders, sheet
from nastav.rollup.board import OVERDUE, Board
from nastav.rollup.decide import queries as decide
from nastav.rollup.decide.rules import Desk, Kind
from nastav.rollup.decide.words import nothing
from nastav.rollup.forms import FilterForm, MatrixDayForm, OnForm

blueprint = Blueprint("rollup", __name__)
CHANGES_OF = (7, 30)  # days


@blueprint.get("/districts/<int:district_id>")
@requires("rollup:read")
def district(district_id: int) -> Response:
    return _to_current(district_id)


@blueprint.get("/districts/<int:district_id>/stages")
@requires("rollup:read")
def current_stages(district_id: int) -> Response:
    return _to_current(district_id)


@blueprint.get("/districts/<int:district_id>/<int:cycle>/stages")
@requires("rollup:read")
def stages(district_id: int, cycle: int) -> Response:
    """Show what waits for a decision and the matrix, narrowed by the filter in the address.

    `?on=`: the matrix as it stood on a past day, without decisions.
    """
    asked_day = _day(cycle)
    board = queries.board(district_id, g.cycle, asked_day.day)
    years = districts.cycle_years(district_id)
    form = FilterForm(request.args, board=board)
    asked = form.filter()
    return htmx.fragment(
        "rollup/_matrix.html",
        whole="rollup/stages.html",
        status=422 if asked_day.errors else 200,
        asked_day=asked_day,
        on=ru.date_short(board.today) if board.today < dates.today() else None,
        is_part=htmx.is_fragment(),
        corner=corner(g.district),
        signatures=sheet.signatures(g.district),
        board=board,
        shown=board.only(asked),
        asked=asked,
        form=form,
        years=years,
        district=g.district,
        overdue=board.count(OVERDUE),
        desk=None if htmx.is_fragment() else _desk(board, years),
        nothing="" if g.cycle.closed_on else nothing(board),
        news=_news(board),
    )


def _desk(board: Board, years: Sequence[int]) -> Desk | None:
    """What the reader is told to decide now; nothing beside another school year's matrix.

    Of the copies only whoever keeps the site is told.
    """
    if not _is_current(board, years) or board.today < dates.today():
        return None
    folder = Path(current_app.instance_path) / copies.FOLDER
    known = faults.of_copies(folder) if access.may("settings:edit") else []
    is_closed = g.cycle.closed_on is not None
    return decide.decisions(g.district, board, known, is_closed=is_closed)


def _news(board: Board) -> changes.Since | None:
    """What changed since the reader signed in before; None at the first time, and for a fragment."""
    if htmx.is_fragment() or board.today < dates.today():
        return None
    before = changes.previous_visit(current_user.id, g.sign_in.created_at)
    return changes.counted_since(g.district.id, g.cycle.id, before) if before else None


@blueprint.get("/districts/<int:district_id>/<int:cycle>/changes")
@requires("rollup:read")
def what_changed(district_id: int) -> Response:
    """Show the steps of stages since the last visit, or of the last days (`?days=`)."""
    asked = request.args.get("days", type=int)
    days = asked if asked in CHANGES_OF else None
    before = changes.previous_visit(current_user.id, g.sign_in.created_at)
    if days or before is None:
        days = days or CHANGES_OF[0]
        before = dates.now() - timedelta(days=days)
    found = changes.since(district_id, g.cycle.id, before)
    return htmx.page(
        "rollup/changes.html",
        days=days,
        spans=CHANGES_OF,
        since=before,
        by_day=changes.by_day(found[: changes.MOST]),
        is_cut=len(found) > changes.MOST,
        total=changes.counted_since(district_id, g.cycle.id, before),
        cycle=g.cycle,
    )


def _is_current(board: Board, years: Sequence[int]) -> bool:
    """Tell whether the board is of the school year worked in (rules.md#current-school-year)."""
    now = dates.cycle_of(board.today)
    return board.first_year == (now if now in years else years[-1])


@blueprint.get("/districts/<int:district_id>/overdue")
@requires("rollup:read")
def overdue(district_id: int) -> Response:
    """Show whom to write, and the text (`?cycle=`, by default the current school year)."""
    cycle = _asked_cycle(district_id)
    today = dates.today()
    board = queries.board(district_id, cycle, today)
    locked.show(cycle)
    late = boards.overdue(board)
    letters = {row.school_id: reminders.to_school(row, g.district, today) for row in late}
    years = districts.cycle_years(district_id)
    return htmx.page(
        "rollup/overdue.html",
        board=board,
        late=late,
        letters=letters,
        to_all=reminders.to_all(late, g.district, today) if late else "",
        others=[] if cycle.closed_on or not _is_current(board, years) else _other_reminders(board),
        contacts=accounts.contacts([row.school_id for row in late]),
        before_site=cycle.before_site,
        is_closed=cycle.closed_on is not None,
        years=years,
        district=g.district,
    )


def _other_reminders(board: Board) -> list[reminders.Reminder]:
    """What else the schools may be reminded of, each where a decision of the matrix leads to."""
    district, today = g.district, board.today
    names = {row.school_id: row.school for row in board.rows}
    pairs = decide.pairs_behind(district, names, today)
    found = (
        *reminders.of_deadlines(board, district),
        reminders.of_pairs(Kind.UNDECIDED, pairs.undecided, today, district),
        reminders.of_pairs(Kind.SILENT, pairs.silent, today, district),
        reminders.of_still(decide.still(board), today, district),
    )
    return [reminder for reminder in found if reminder]


@blueprint.get("/districts/<int:district_id>/exports")
@requires("rollup:read")
def exports() -> Response:
    """Lead on from where the workbooks were before; the day asked for comes along."""
    return redirect(url_for("reports.page", on=request.args.get("on")))


def _day(cycle: int) -> MatrixDayForm:
    return MatrixDayForm(request.args, first_year=cycle, order_date=g.district.order_date)


@blueprint.get("/districts/<int:district_id>/exports/stages-<int:cycle>.xlsx")
@requires("rollup:read")
def stages_file(district_id: int, cycle: int) -> Response:
    """Give the matrix as a workbook, filtered and on the day that the address asks for."""
    asked_day = _day(cycle)
    board = queries.board(district_id, g.cycle, asked_day.day)
    asked = FilterForm(request.args, board=board).filter()
    if asked_day.errors:
        abort(404)
    db.settle()
    content = excel.save(sheet.stages_book(board, asked, g.district, _made_at()))
    year = ru.school_year(cycle).replace("/", "-")
    return files.answer(content, f"stages-{cycle}.xlsx", f"{sheet.TITLE} {year}", board.today)


@blueprint.get("/districts/<int:district_id>/exports/coverage-<int:year>.xlsx")
@requires("rollup:read")
def coverage_file(district_id: int, year: int) -> Response:
    """Give the coverage of a plan year as a workbook (`?on=`: as it stood on a past date)."""
    form = OnForm(request.args)
    if not (form.validate() and ru.FIRST_YEAR <= year <= ru.LAST_YEAR):
        abort(404)
    on = form.on.data or dates.today()
    found = progress(district_id, year, on)
    by_form = by_form_sheet(of_district(district_id, g.district.name, year, on), g.district.name)
    db.settle()
    more = [*sheets(found, g.district.name), by_form]
    content = coverage_book(found.coverage, g.district, _made_at(), *more)
    return files.answer(content, f"coverage-{year}.xlsx", f"Охват {year}", found.coverage.on)


def _made_at() -> datetime:
    """This moment as the clock in the district shows it; Excel knows no zones."""
    return dates.local_now()


def _to_current(district_id: int) -> Response:
    cycle = districts.current_cycle(district_id, dates.today()) or abort(404)
    return redirect(url_for("rollup.stages", cycle=cycle.first_year))


def _asked_cycle(district_id: int) -> Cycle:
    asked = request.args.get("cycle")
    return districts.asked_cycle(district_id, asked, dates.today()) or abort(404)
