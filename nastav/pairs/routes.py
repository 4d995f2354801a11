"""The list of pairs and groups, forming and changing them.

The card of one pair and what becomes of it is in `life.py`, the registers' pages in `registers/`.
"""

from datetime import timedelta

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response

from nastav import access, dates, db, excel, htmx, ru
from nastav.access import requires
from nastav.audit.operations import record
from nastav.district.kinds import queries as kinds
from nastav.forms import options
from nastav.gatherings.training import queries as training
from nastav.identity.transfers import routes as transfers
from nastav.matching import queries as waiting
from nastav.matching import routes as matching
from nastav.matching.drafts import routes as drafts
from nastav.meetings import pages as meetings
from nastav.meetings import queries as held
from nastav.meetings import routes as meeting_routes
from nastav.meetings.kinds import routes as meeting_kinds
from nastav.meetings.week import routes as week
from nastav.mentors.profiles import queries as profiles
from nastav.mentors.profiles.models import Selection
from nastav.mentors.profiles.queries import Profile
from nastav.paging import page_of
from nastav.pairs import lists, operations, queries
from nastav.pairs.forms import (
    MEETS,
    STATES,
    NewPairForm,
    PairForm,
    first_day,
    read_in,
    saved_pair_form,
)
from nastav.pairs.models import Pair, PairState
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.plans import routes as plans
from nastav.refusals import differences, shown_in
from nastav.registers.pairs import card as life
from nastav.registers.pairs import sheet
from nastav.registers.pairs.card import PAIR, PAIRS, address, also_elsewhere, found
from nastav.registers.people import routes as registers
from nastav.yearend.closing import routes as closing
from nastav.yearend.graduates import routes as graduates

blueprint = Blueprint("pairs", __name__)
blueprint.register_blueprint(registers.blueprint)
blueprint.register_blueprint(life.blueprint)
blueprint.register_blueprint(closing.blueprint)
blueprint.register_blueprint(graduates.blueprint)
blueprint.register_blueprint(matching.blueprint)
blueprint.register_blueprint(drafts.blueprint)
blueprint.register_blueprint(transfers.blueprint)
blueprint.register_blueprint(meeting_routes.blueprint)
blueprint.register_blueprint(week.blueprint)
blueprint.register_blueprint(plans.blueprint)
blueprint.register_blueprint(meeting_kinds.blueprint)


@blueprint.get("/schools/<int:school_id>/pairs")
@requires("names:read")
def current(school_id: int) -> Response:
    """Lead on to the current school year."""
    year = queries.year_of_pairs(g.school.district_id, dates.today())
    return redirect(f"/schools/{school_id}/{year}/pairs")


@blueprint.get(PAIRS)
@requires("names:read")
def board(school_id: int, cycle: int) -> Response:
    """Show the pairs whose dates touch a school year."""
    first, last = dates.cycle_bounds(cycle)
    pairs = queries.pairs_of(school_id, first, last, first_year=cycle)
    query = request.args.get("q", "")
    show = request.args.get("show", lists.ShowPairs.ALL, type=lists.ShowPairs)
    within = held.settings(school_id).within
    met = meetings.lasts(school_id, pairs, within)
    silent = {pair_id for pair_id, last in met.items() if last.is_silent}
    rows = lists.chosen_pairs(pairs, show, query, silent)
    return htmx.fragment(
        "registers/pairs/_board.html",
        whole="registers/pairs/board.html",
        school=g.school,
        year=cycle,
        asked={"q": query, "show": show},
        shown=page_of(rows, request.args.get("page", 1, type=int)),
        pairs=pairs,
        lacking=lists.chosen_pairs(pairs, lists.ShowPairs.LACKING, ""),
        met=met,
        silent=silent,
        within=within,
        states=STATES,
        meets=MEETS,
        is_fragment=htmx.is_fragment(),
    )


@blueprint.get(f"{PAIRS}.xlsx")
@requires("names:read")
def download(school_id: int, cycle: int) -> Response:
    """Give the own school its pairs of a school year as a workbook; the journal notes it."""
    first, last = dates.cycle_bounds(cycle)
    pairs = queries.pairs_of(school_id, first, last, first_year=cycle)
    met = held.counted(school_id, first, last)
    db.settle()
    made_at = dates.local_now()
    content = sheet.pairs_book(g.school.name, cycle, pairs, met, made_at)
    actor, name = access.actor(), f"pairs-{cycle}.xlsx"
    db.beforehand(lambda: record(actor, "export:downloaded", subject=name, school_id=school_id))
    return excel.answer(content, name, f"Пары и группы {ru.school_year(cycle)}")


@blueprint.get(f"{PAIRS}/new")
@requires("names:edit")
def new(school_id: int, cycle: int) -> Response:
    """Ask for a new pair or group; for HTMX, the mentees that a search finds."""
    if htmx.is_fragment():
        return _mentee_options(school_id, cycle)
    form = NewPairForm(data={"started": first_day(cycle)})
    before = _continued(school_id)
    if before:
        _fill_from(form, before)
    return _new_page(form, cycle)


@blueprint.post(f"{PAIRS}/new")
@requires("names:edit")
def create(school_id: int, cycle: int) -> Response:
    """Form a pair or a group."""
    form = NewPairForm.posted(meta=read_in(cycle))
    if not form.validate():
        return _new_page(form, cycle, status=422)
    if not htmx.is_first():
        return htmx.leave(f"/schools/{school_id}/{cycle}/pairs")
    before = _continued(school_id)
    with shown_in(form, lambda: _new_page(form, cycle, status=422)):
        typed = form.new_pair(before.id if before else None)
        pair = operations.create_pair(access.actor(), school_id, typed)
    return htmx.leave(address(pair, cycle), _formed(pair, typed))


def _formed(pair: Pair, typed: operations.NewPair) -> str:
    mentees = typed.mentee_ids
    count = ru.counted(len(mentees), "наставляемый", "наставляемых", "наставляемых")
    notice = f"Создано: {'пара' if len(mentees) == 1 else 'группа'}, {count}."
    if typed.mentor_id not in training.trained(pair.school_id, dates.today()):
        notice += " Наставник ещё не обучен."
    return notice + also_elsewhere(pair, mentees)


def _continued(school_id: int) -> Pair | None:
    """Return the pair that the new one continues, if the address names one."""
    pair_id = request.args.get("continues", type=int)
    return queries.pair(school_id, pair_id) if pair_id else None


def _fill_from(form: NewPairForm, before: Pair) -> None:
    """Offer what the pair before had; the person decides."""
    staying = [one for one in before.members if one.left is None]
    form.kind_id.data, form.meets.data = before.kind_id, before.meets
    form.goal.data = before.goal
    if before.ended and before.ended >= form.started.data:
        form.started.data = before.ended + timedelta(days=1)
    if form.started.data > dates.today():
        form.state.data = PairState.DRAFT.value
    form.mentor_id.data = next((one.person_id for one in staying if one.part is Part.MENTOR), 0)
    form.mentee_ids.data = [one.person_id for one in staying if one.part is Part.MENTEE]


def _new_page(form: NewPairForm, cycle: int, *, status: int = 200) -> Response:
    school = g.school
    mentors = _mentor_choices(school.id, cycle)
    form.mentor_id.choices = options([("", "— выберите наставника —"), *mentors])
    offered = kinds.kinds(school.district_id)
    form.kind_id.choices = options((one.id, one.name) for one in offered)
    return htmx.page(
        "pairs/new.html",
        status=status,
        form=form,
        school=school,
        year=cycle,
        options=_options(school.id, cycle, form.mentee_ids.data or []),
        continues=request.args.get("continues", type=int),
        has_mentors=bool(mentors),
    )


def _mentor_choices(school_id: int, cycle: int) -> list[tuple[int, str]]:
    """Return the mentors to choose from, with what their profile and training say against it."""
    today = dates.today()
    trained = training.trained(school_id, today)
    known = profiles.profiles(school_id)
    return [
        (one.person_id, one.label + _doubts(known.get(one.person_id), one.person_id in trained))
        for one in people.register(school_id, Part.MENTOR, first_year=cycle)
        if one.is_on(today)
    ]


def _doubts(profile: Profile | None, is_trained: bool) -> str:
    doubts = [] if is_trained else ["не обучен"]
    if profile and profile.decision is Selection.DECLINED:
        doubts.append("не отобран")
    return f" ({', '.join(doubts)})" if doubts else ""


def _mentee_options(school_id: int, cycle: int) -> Response:
    ticked = request.args.getlist("mentee_ids", type=int)
    found = _options(school_id, cycle, ticked)
    return htmx.page("pairs/_options.html", options=found, is_fragment=True)


def _options(school_id: int, cycle: int, ticked: list[int]) -> lists.Options:
    today = dates.today()
    entries = people.register(school_id, Part.MENTEE, first_year=cycle)
    paired = waiting.in_pair(school_id, today)
    return lists.options(entries, paired, set(ticked), today, request.args.get("q", ""))


@blueprint.get(f"{PAIR}/edit")
@requires("names:edit")
def edit(school_id: int, cycle: int, pair_id: int) -> Response:
    """Ask what to change."""
    pair = found(school_id, pair_id)
    return _edit_page(saved_pair_form(pair), pair, cycle)


@blueprint.post(f"{PAIR}/edit")
@requires("names:edit")
def change(school_id: int, cycle: int, pair_id: int) -> Response:
    """Save a pair; of two who edit at once the second sees both versions."""
    pair = found(school_id, pair_id)
    form = PairForm.posted(meta=read_in(cycle))
    if not form.validate():
        return _edit_page(form, pair, cycle, status=422)
    try:
        with shown_in(form, lambda: _edit_page(form, pair, cycle, status=422)):
            operations.change_pair(access.actor(), pair, form.facts(), version=form.version.data)
    except db.Conflict:
        form.version.data = pair.version
        return _edit_page(form, pair, cycle, status=409, saved=saved_pair_form(pair))
    return htmx.leave(address(pair, cycle), "Изменения сохранены.")


def _edit_page(
    form: PairForm, pair: Pair, cycle: int, *, status: int = 200, saved: PairForm | None = None
) -> Response:
    offered = [(one.id, one.name) for one in kinds.kinds(g.school.district_id)]
    if pair.kind_id not in dict(offered):  # hidden since
        offered.append((pair.kind_id, pair.kind.name))
    for one in filter(None, (form, saved)):
        one.kind_id.choices = options(offered)
    return htmx.page(
        "pairs/edit.html",
        status=status,
        form=form,
        differences=differences(saved, form) if saved else [],
        school=g.school,
        year=cycle,
        pair_id=pair.id,
    )
