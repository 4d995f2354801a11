"""Forming a pair or a group; its list and its card are in `nastav/registers/pairs/`."""

from collections.abc import Container
from datetime import timedelta
from functools import partial

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, ru, terms, unit
from nastav.access import requires
from nastav.district.kinds import queries as kinds
from nastav.forms import options
from nastav.gatherings.training import queries as training
from nastav.mentors.profiles import queries as profiles
from nastav.mentors.profiles.models import Selection
from nastav.mentors.profiles.rows import Profile
from nastav.pairs import lists, operations, presence, queries, roles
from nastav.pairs.forms import (
    NewPairForm,
    first_day,
    read_in,
    usual_of,
)
from nastav.pairs.models import Pair, PairState
from nastav.pairs.pages import PAIRS, address, also_elsewhere
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.people.rows import Entry
from nastav.refusals import shown_in

blueprint = Blueprint("pairs", __name__)


@blueprint.get(f"{PAIRS}/new")
@requires("names:edit")
def new(school_id: int, cycle: int) -> Response:
    """Ask for a new pair or group."""
    form = NewPairForm(data={"started": first_day(cycle)})
    before = _continued(school_id)
    if before:
        _fill_from(form, before)
    return _new_page(form, cycle)


@blueprint.post(f"{PAIRS}/new")
@requires("names:edit")
def create(school_id: int, cycle: int) -> Response:
    form = NewPairForm.posted(meta=read_in(cycle))
    if not form.validate():
        return _new_page(form, cycle, status=422)
    if not htmx.is_first():
        return htmx.leave(url_for("pair_list.board"))
    before = _continued(school_id)
    with shown_in(form, lambda: _new_page(form, cycle, status=422)):
        typed = form.new_pair(before.id if before else None)
        pair = operations.create_pair(access.actor(), school_id, typed)
    return htmx.leave(address(pair), _formed(pair, typed))


@blueprint.post(f"{PAIRS}/new/search")
@requires("names:edit")
@unit.reading
def search(cycle: int) -> Response:
    """Show the form as it was typed with the mentees that a search finds: no name in an address."""
    return _new_page(NewPairForm.posted(meta=read_in(cycle)), cycle)


def _formed(pair: Pair, typed: operations.NewPair) -> str:
    mentees = typed.mentee_ids
    count = ru.counted(len(mentees), "наставляемый", "наставляемых", "наставляемых")
    notice = f"Создано: {terms.pair_noun(len(mentees)).nominative}, {count}."
    if typed.mentor_id not in training.trained(pair.school_id, dates.today()):
        notice += " Наставник ещё не обучен."
    leads = queries.partners(pair.school_id, Part.MENTOR, dates.today()).get(typed.mentor_id, [])
    others = ru.list_and(f"№{ru.NBSP}{other}" for other, _ in leads if other != pair.id)
    if others:
        notice += f" Наставник уже ведёт и другую пару или группу: {others}."
    return notice + also_elsewhere(pair, mentees)


def _continued(school_id: int) -> Pair | None:
    """Return the pair that the new one continues, if the address names one."""
    pair_id = request.args.get("continues", type=int)
    return queries.pair(school_id, pair_id) if pair_id else None


def _fill_from(form: NewPairForm, before: Pair) -> None:
    """Offer what the pair before had; the person decides."""
    staying = [member for member in before.members if member.left is None]
    form.kind_id.data, form.meets.data = before.kind_id, before.meets
    form.goal.data = before.goal
    if before.ended and before.ended >= form.started.data:
        form.started.data = before.ended + timedelta(days=1)
    if form.started.data > dates.today():
        form.state.data = PairState.DRAFT.value
    form.mentor_id.data = next(
        (member.person_id for member in staying if member.part is Part.MENTOR), 0
    )
    form.mentee_ids.data = [member.person_id for member in staying if member.part is Part.MENTEE]


def _new_page(form: NewPairForm, cycle: int, *, status: int = 200) -> Response:
    school = g.school
    if form.is_of_summer and not form.lasts.data:
        form.lasts.data = usual_of(form.started.data, form.planned_end.data).value
    offered = kinds.kinds(school.district_id)
    by_people = (operations.BY_PEOPLE, "подобрать по участникам")
    form.kind_id.choices = options([by_people, *((kind.id, kind.name) for kind in offered)])
    return htmx.page(
        "pairs/new.html",
        status=status,
        form=form,
        role_models=roles.offered(),
        school=school,
        year=cycle,
        options=_options(school.id, cycle, form.mentee_ids.data or []),
        continues=request.args.get("continues", type=int),
        mentors=_mentors(school.id, cycle, form.mentor_id.data),
    )


def _mentors(school_id: int, cycle: int, chosen: int | None) -> lists.Mentors:
    """Return the mentors to choose from, with what their profile and training say against it."""
    today = dates.today()
    trained = training.trained(school_id, today)
    known = profiles.profiles(school_id)
    leading = queries.partners(school_id, Part.MENTOR, today)
    present = [
        lists.Choice(entry, _doubts(entry, known.get(entry.person_id), trained, leading))
        for entry in people.register(school_id, Part.MENTOR, first_year=cycle)
        if entry.is_on(today)
    ]
    return lists.mentors(present, chosen, _searched("mentor"))


def _doubts(
    entry: Entry, profile: Profile | None, trained: Container[int], leading: Container[int]
) -> str:
    """Return what is to be known of a mentor before a pair is formed; most often nothing."""
    said = partial(ru.by_patronymic, entry.patronymic)
    doubts = ["уже ведёт пару или группу"] if entry.person_id in leading else []
    if entry.person_id not in trained:
        doubts.append(said("не обучен", "не обучена", "обучение не пройдено"))
    if profile and profile.decision is Selection.DECLINED:
        doubts.append(said("не отобран", "не отобрана", "отбор не пройден"))
    return f" ({', '.join(doubts)})" if doubts else ""


def _options(school_id: int, cycle: int, ticked: list[int]) -> lists.Options:
    today = dates.today()
    entries = people.register(school_id, Part.MENTEE, first_year=cycle)
    paired = presence.in_pair(school_id, Part.MENTEE, today)
    return lists.options(entries, paired, set(ticked), today, _searched("q"))


def _searched(field: str) -> str:
    """Return what people are searched for: by the page's button only, a script does it itself."""
    return request.form.get(field, "") if request.endpoint == "pairs.search" else ""
