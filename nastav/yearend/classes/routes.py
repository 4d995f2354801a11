"""The page that moves a school's pupils into the classes of a school year."""

from flask import Blueprint, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from nastav import access, classes, dates, db, htmx, ru
from nastav.access import requires
from nastav.district import queries as districts
from nastav.forms import posted_block
from nastav.intake.block import Spread
from nastav.locked import goes_on
from nastav.paging import form_rows
from nastav.yearend.classes import operations, queries, rules

blueprint = Blueprint("classes", __name__)
CLASSES = "/schools/<int:school_id>/<int:cycle>/classes"
WHY = "классы — это базы школы: по ним считают и следующий год"


@blueprint.get("/schools/<int:school_id>/classes")
@requires("names:edit")
def current() -> Response:
    cycle = districts.current_cycle(g.school.district_id, dates.today())
    return redirect(_here(cycle.first_year if cycle else dates.cycle_of(dates.today())))


@blueprint.get(CLASSES)
@requires("names:edit")
@goes_on(WHY)
def board(cycle: int) -> Response:
    """Show what would become of each pupil, or what the last move did."""
    return _board(cycle)


@blueprint.post(CLASSES)
@requires("names:edit")
@goes_on(WHY)
def move(school_id: int, cycle: int) -> Response:
    """Move the pupils up as the page says; an empty class leaves one where they are.

    By «Перевести всех» those of other pages move too, into the class that is proposed there.
    """
    typed = _typed()
    block = posted_block()
    if block is not None:
        return _preview(cycle, typed, block)
    bad = {key: text for key, text in typed.items() if text and _read(text) is None}
    if bad:
        return _board(cycle, status=422, typed=typed, bad=bad)
    if not htmx.is_first():
        return htmx.leave(_here(cycle))
    movers = _movers(cycle)
    rest = {m.who.person_id: m.after for m in movers if not m.is_graduate and "all" in request.form}
    wanted = {key: _read(text) for key, text in (rest | typed).items() if text}
    open_ones = {mover.who.person_id for mover in movers}
    chosen = {key: found for key, found in wanted.items() if found}
    if not chosen or not chosen.keys() <= open_ones:
        return _board(cycle, status=409, typed=typed)
    count = operations.move_up(access.actor(), school_id, cycle, chosen)
    return htmx.leave(_here(cycle), f"Переведено: {ru.counted(count, *operations.PUPILS)}.")


def _preview(cycle: int, typed: dict[int, str], text: str) -> Response:
    """Show the page with the pasted classes in it; nothing is saved."""
    pupils = [mover.who for mover in _movers(cycle) if not mover.is_graduate]
    shown = form_rows(pupils)  # classes without names are those of this page, from its first row on
    found = rules.spread(text, [*pupils[shown.first - 1 :], *pupils[: shown.first - 1]])
    told = {key: cells["class"] for key, cells in found.cells.items() if cells}
    status = 200 if found.cells else 422
    return _board(cycle, status=status, typed=typed | told, spread=found, pasted=text)


@blueprint.post(f"{CLASSES}/undo")
@requires("names:edit")
@goes_on(WHY)
def undo(school_id: int, cycle: int) -> Response:
    last = queries.last_move(school_id, cycle)
    if last is None or last.row.id != request.form.get("move", type=int):
        return htmx.leave(_here(cycle), "Перевод уже отменён.") if last is None else abort(409)
    count = operations.undo(access.actor(), last.row)
    words = ru.counted(count, *operations.PUPILS)
    return htmx.leave(_here(cycle), f"Перевод отменён: прежний класс у {words}.")


def _movers(cycle: int) -> list[queries.Mover]:
    return queries.movers(g.school.id, cycle, dates.today())


def _typed() -> dict[int, str]:
    """Return person's id → the class typed."""
    found = {}
    for name, text in request.form.items():
        start, _, key = name.partition("-")
        if start == "class" and key.isascii() and key.isdecimal():
            found[int(key)] = text.strip()
    return found


def _read(text: str) -> tuple[int, str] | None:
    try:
        return classes.parse_class(text)
    except classes.BadClass:
        return None


def _year_before(cycle: int) -> int:
    """Return the school year in which graduates finished: the one before, if the district has it."""
    return cycle - 1 if districts.cycle(g.school.district_id, cycle - 1) else cycle


def _here(cycle: int) -> str:
    return url_for("classes.board", cycle=cycle)


def _board(
    cycle: int,
    *,
    status: int = 200,
    typed: dict[int, str] | None = None,
    bad: dict[int, str] | None = None,
    spread: Spread[int] | None = None,
    pasted: str = "",
) -> Response:
    if status >= 400:
        db.discard()
    found = _movers(cycle)
    shown = form_rows([mover for mover in found if not mover.is_graduate])
    here = {mover.who.person_id for mover in shown.rows}
    return htmx.page(
        "yearend/classes/board.html",
        status=status,
        school=g.school,
        year=cycle,
        shown=shown,
        elsewhere={key: text for key, text in (typed or {}).items() if key not in here},
        graduates=[mover for mover in found if mover.is_graduate],
        finished_in=_year_before(cycle),
        last=queries.last_move(g.school.id, cycle),
        typed=typed or {},
        bad=bad or {},
        is_changed=status == 409,
        spread=spread,
        pasted="" if spread and spread.cells else pasted,
    )
