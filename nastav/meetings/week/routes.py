"""The weekly sheet: to fill by keyboard, to print, to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, ru
from nastav.access import requires
from nastav.district.kinds.queries import offered
from nastav.forms import posted_block
from nastav.intake.block import Spread
from nastav.meetings import queries
from nastav.meetings.kinds import queries as kinds
from nastav.meetings.models import MeetingKind
from nastav.meetings.week import grid, paste
from nastav.meetings.week.operations import Overtaken, Refused, Saved, save_week
from nastav.paging import Slice, page_of
from nastav.pairs import queries as pairs
from nastav.pairs.pages import span_of_year

blueprint = Blueprint("week", __name__)
SHEET = "/schools/<int:school_id>/<int:cycle>/meetings"


@dataclass(frozen=True)
class Week:
    """The week a page is about, and the neighbours to lead to."""

    monday: date
    sunday: date
    before: date | None
    after: date | None
    typed: str = ""
    error: str = ""

    @property
    def title(self) -> str:
        """Return «с 7 по 13 декабря 2020 г.» the long way."""
        return f"с {ru.date_long(self.monday)} по {ru.date_long(self.sunday)}"


@blueprint.get("/schools/<int:school_id>/meetings")
@requires("names:read")
def current() -> Response:
    year = pairs.year_of_pairs(g.school.district_id, dates.today())
    return redirect(url_for(".sheet", cycle=year))


@blueprint.get(SHEET)
@requires("names:read")
def sheet(school_id: int, cycle: int) -> Response:
    """Show the meetings of a week, pairs × days."""
    week = _asked(cycle)
    return _page(school_id, cycle, week, _rows(school_id, cycle, week))


@blueprint.post(SHEET)
@requires("names:edit")
def save(school_id: int, cycle: int) -> Response:
    """Save a sheet as a whole; what others entered meanwhile is shown, never overwritten."""
    week = _asked(cycle)
    rows = _rows(school_id, cycle, week)
    block = posted_block()
    if block is not None:
        return _preview(school_id, cycle, week, block)
    usual = queries.settings(school_id).minutes
    typed = grid.read(rows, request.form, usual, kinds.names(school_id))
    if typed.errors or typed.too_long:
        return _again(school_id, cycle, week, typed, typed.errors, status=422)
    try:
        saved = save_week(access.actor(), school_id, typed)
    except Refused as refusal:
        return _again(school_id, cycle, week, typed, refusal.places, status=422)
    except Overtaken as overtaken:
        said = {place: _now(minutes) for place, minutes in overtaken.places.items()}
        return _again(school_id, cycle, week, typed, said, status=409)
    return htmx.leave(_address(week), _sentence(saved))


def _preview(school_id: int, cycle: int, week: Week, text: str) -> Response:
    """Show the sheet with the pasted block in it; nothing is saved."""
    rows = _rows(school_id, cycle, week)
    known = kinds.names(school_id)
    found = paste.spread(text, _shown(rows).rows, known)
    data = {**request.form.to_dict(), **paste.fields(found)}
    typed = grid.read(rows, data, queries.settings(school_id).minutes, known)
    filled = grid.refilled(rows, typed, typed.errors, is_stale=False)
    status = 200 if found.cells else 422
    return _page(school_id, cycle, week, filled, status=status, found=found, pasted=text)


@blueprint.get(f"{SHEET}/print")
@requires("names:read")
def printed(school_id: int, cycle: int) -> Response:
    """Show the sheet to print: to fill by hand, or filled."""
    week = _asked(cycle)
    return htmx.page(
        "meetings/week_print.html",
        school=g.school,
        year=cycle,
        week=week,
        days=_days(week),
        rows=_rows(school_id, cycle, week),
        back=_address(week),
    )


def _asked(cycle: int) -> Week:
    """Return the week of `?week=`, or the present one of the school year."""
    first, last = span_of_year(cycle)
    last = min(last, dates.today())
    usual = max(first, last)
    typed, day, error = request.args.get("week", "").strip(), usual, ""
    try:
        day = ru.parse_date(typed, school_year=cycle, today=dates.today()) if typed else day
    except ru.BadDate as bad:
        error = f"{bad}."
    if not error and not first <= day <= usual:
        error = f"Укажите день от {ru.date_short(first)} до {ru.date_short(usual)}."
        day = usual
    monday, sunday = grid.week_of(day)
    before = monday - timedelta(days=1)
    after = sunday + timedelta(days=1)
    return Week(
        monday,
        sunday,
        before if before >= first else None,
        after if after <= last else None,
        typed,
        error,
    )


def _rows(school_id: int, cycle: int, week: Week) -> list[grid.Row]:
    found = pairs.pairs_of(school_id, week.monday, week.sunday, first_year=cycle)
    return grid.rows(found, queries.held(school_id, week.monday, week.sunday), week.monday)


def _again(
    school_id: int,
    cycle: int,
    week: Week,
    typed: grid.WeekEntries,
    errors: Mapping[grid.Place, str],
    *,
    status: int,
) -> Response:
    rows = _rows(school_id, cycle, week)
    filled = grid.refilled(rows, typed, errors, is_stale=status == 409)
    return _page(
        school_id, cycle, week, filled, errors=len(errors) + len(typed.too_long), status=status
    )


def _page(
    school_id: int,
    cycle: int,
    week: Week,
    rows: list[grid.Row],
    *,
    errors: int = 0,
    status: int = 200,
    found: Spread[int] | None = None,
    pasted: str = "",
) -> Response:
    return htmx.page(
        "meetings/week.html",
        status=422 if week.error else status,
        school=g.school,
        year=cycle,
        week=week,
        days=_days(week),
        shown=_shown(rows),
        rows=rows,
        usual=queries.settings(school_id).minutes,
        kinds=[
            (meeting_kind.id, meeting_kind.name)
            for meeting_kind in offered(MeetingKind, g.school.district_id)
        ],
        errors=errors,
        is_stale=status == 409,
        found=found,
        pasted="" if found and found.cells else pasted,
    )


def _shown(rows: list[grid.Row]) -> Slice[grid.Row]:
    return page_of(rows, request.args.get("page", 1, type=int))


def _days(week: Week) -> list[tuple[str, date]]:
    return [(name, week.monday + timedelta(days=at)) for at, name in enumerate(paste.WEEKDAYS)]


def _address(week: Week) -> str:
    page = request.args.get("page", 1, type=int)
    at = url_for(".sheet", week=ru.date_short(week.monday))
    return f"{at}&page={page}" if page > 1 else at


def _now(minutes: int) -> str:
    return f"Сейчас сохранено: {minutes}." if minutes else "Сейчас пусто."


def _sentence(saved: Saved) -> str:
    counts = (("записано", saved.added), ("исправлено", saved.changed), ("удалено", saved.deleted))
    said = [f"{word} {len(rows)}" for word, rows in counts if rows]
    return f"Лист сохранён: {', '.join(said)}." if said else "Лист сохранён: изменений нет."
