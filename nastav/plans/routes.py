"""Plans of a school's pairs: all of a year, one pair's, on paper."""

from collections.abc import Sequence

from flask import Blueprint, g, url_for
from werkzeug.wrappers import Response

from nastav import access, db, htmx, ru
from nastav.access import requires
from nastav.accounts import queries as accounts
from nastav.mentors.profiles import queries as profiles
from nastav.pairs import queries as pairs
from nastav.pairs.forms import MEETS
from nastav.pairs.models import Pair, PairState
from nastav.pairs.pages import PAIRS, found, span_of_year
from nastav.pairs.rows import PairRow
from nastav.plans import lines, operations, pages, queries
from nastav.plans.forms import TextsForm, texts_form
from nastav.plans.lines import PLAN
from nastav.plans.models import LineKind
from nastav.plans.words import WORDS
from nastav.refusals import differences

blueprint = Blueprint("plans", __name__)
blueprint.register_blueprint(lines.blueprint)
ALL = f"{PAIRS}/plans"


@blueprint.get(ALL)
@requires("names:read")
def board(school_id: int, cycle: int) -> Response:
    """Show how far the plan of each pair of a school year is."""
    rows = _pairs(school_id, cycle)
    tallies = queries.tallies(school_id)
    started = [row for row in rows if row.state is not PairState.DRAFT]
    return htmx.page(
        "plans/board.html",
        school=g.school,
        year=cycle,
        pairs=rows,
        tallies=tallies,
        empty=queries.EMPTY,
        planned=sum(pair_row.id in tallies for pair_row in started),
        started=len(started),
        kinds=list(LineKind),
        words=WORDS,
    )


@blueprint.get(f"{ALL}/print")
@requires("names:read")
def print_all(school_id: int, cycle: int) -> Response:
    """Print the plan of each pair of a school year that has one, a sheet each."""
    planned = queries.tallies(school_id)
    rows = [pair for pair in _pairs(school_id, cycle) if pair.id in planned]
    return _printed(rows, cycle, url_for("plans.board"))


@blueprint.get(PLAN)
@requires("names:read")
def plan(school_id: int, cycle: int, pair_id: int) -> Response:
    """Show the plan of a pair; the curator changes its lines in place."""
    pair = found(school_id, pair_id)
    return htmx.page("plans/plan.html", **pages.context(pair, cycle))


@blueprint.get(f"{PLAN}/print")
@requires("names:read")
def print_one(school_id: int, cycle: int, pair_id: int) -> Response:
    """Print the plan of a pair with lines to sign."""
    pair = found(school_id, pair_id)
    return _printed([pages.row(pair, cycle)], cycle, pages.address(pair))


@blueprint.get(f"{PLAN}/handout")
@requires("names:read")
def handout(school_id: int, cycle: int, pair_id: int) -> Response:
    """Print a sheet that the mentor takes along: who is led, the plan, when they meet, whom to call."""
    pair = found(school_id, pair_id)
    row = pages.row(pair, cycle)
    free = [profiles.profile(school_id, mentor.who.id) for mentor in row.mentors]
    return htmx.page(
        "plans/handout.html",
        school=g.school,
        year=cycle,
        row=row,
        lines=queries.lines(pair.id),
        meets=MEETS[pair.meets],
        free_time=[profile.free_time for profile in free if profile and profile.free_time],
        curators=accounts.curators(g.school),
        back=url_for("pair_card.card", pair_id=pair.id),
    )


@blueprint.get(f"{PLAN}/texts")
@requires("names:edit")
def ask_texts(school_id: int, cycle: int, pair_id: int) -> Response:
    """Ask what the mentees are good at and what they are to work on."""
    pair = found(school_id, pair_id)
    return _texts_page(texts_form(queries.plan(pair.id)), pair, cycle)


@blueprint.post(f"{PLAN}/texts")
@requires("names:edit")
def save_texts(school_id: int, cycle: int, pair_id: int) -> Response:
    """Save both; of two who edit at once the second sees both versions."""
    pair = found(school_id, pair_id)
    form = TextsForm.posted()
    if not form.validate():
        return _texts_page(form, pair, cycle, status=422)
    try:
        operations.save_texts(access.actor(), pair, *form.texts(), version=form.version.data)
    except db.Conflict:
        saved = queries.plan(pair.id)
        form.version.data = saved.version if saved else 0
        return _texts_page(form, pair, cycle, status=409)
    return htmx.leave(pages.address(pair), "План сохранён.")


@blueprint.post(f"{PLAN}/take")
@requires("names:edit")
def take(school_id: int, pair_id: int) -> Response:
    """Take into an empty plan what was left undone the year before."""
    pair = found(school_id, pair_id)
    count = operations.take_over(access.actor(), pair)
    taken = ru.counted(count, "строка", "строки", "строк")
    notice = f"Из прошлого года взято: {taken}. Укажите новые периоды." if count else ""
    return htmx.leave(pages.address(pair), notice)


def _pairs(school_id: int, cycle: int) -> list[PairRow]:
    return pairs.pairs_of(school_id, *span_of_year(cycle), first_year=cycle)


def _printed(rows: Sequence[PairRow], cycle: int, back: str) -> Response:
    ids = [row.id for row in rows]
    return htmx.page(
        "plans/print.html",
        school=g.school,
        year=cycle,
        rows=rows,
        plans=queries.plans(ids),
        lines_of=queries.lines_of(ids),
        kinds=list(LineKind),
        words=WORDS,
        **pages.signing(),
        back=back,
    )


def _texts_page(form: TextsForm, pair: Pair, cycle: int, *, status: int = 200) -> Response:
    saved = texts_form(queries.plan(pair.id))
    return htmx.page(
        "plans/texts.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        row=pages.row(pair, cycle),
        here=pages.address(pair),
        differences=differences(saved, form) if status == 409 else [],
    )
