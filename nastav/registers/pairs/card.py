"""The card of one pair: its members, its steps, its end."""

from typing import Any

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, terms
from nastav.access import requires
from nastav.district.kinds import queries as kinds
from nastav.forms import posted_version
from nastav.meetings import pages as meetings
from nastav.meetings.forms import MeetingForm
from nastav.meetings.rules import duration
from nastav.pairs import continuing, operations, queries, rules
from nastav.pairs.fitting import misfit
from nastav.pairs.forms import (
    DECISIONS,
    MEETS,
    CloseForm,
    JoinForm,
    LeaveForm,
    first_day,
    read_in,
)
from nastav.pairs.models import Pair
from nastav.pairs.pages import MEMBER, PAIR, address, also_elsewhere, found
from nastav.pairs.rows import PairRow
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.plans import queries as plans
from nastav.refusals import NotAllowed, blame, shown_in
from nastav.registers.pairs.standing import standings
from nastav.yearend.closing import operations as closings
from nastav.yearend.closing import queries as closing

blueprint = Blueprint("pair_card", __name__)


@blueprint.get(PAIR)
@requires("names:read")
def card(school_id: int, cycle: int, pair_id: int) -> Response:
    """Show a pair: its members with their dates, what can be done with it."""
    pair = found(school_id, pair_id)
    return _card(pair, cycle, JoinForm(data={"joined": first_day(cycle)}))


def _card(pair: Pair, cycle: int, form: JoinForm, *, status: int = 200) -> Response:
    return htmx.page("registers/pairs/card.html", status=status, **context(pair, cycle, form=form))


def context(
    pair: Pair,
    cycle: int,
    *,
    form: JoinForm | None = None,
    meeting_form: MeetingForm | None = None,
) -> dict[str, Any]:
    """Return what a pair's card shows; a form that was refused keeps what was typed."""
    form = form or JoinForm(data={"joined": first_day(cycle)})
    inside = {member.person_id for member in pair.members if member.left is None}
    everybody = people.present(pair.school_id, Part.MENTEE, dates.today(), first_year=cycle)
    mentees = [entry for entry in everybody if entry.person_id not in inside]
    form.person_id.choices = []  # the page draws them with a search
    row = row_of(pair, cycle)
    may_edit = access.may("names:edit")
    district_id = g.school.district_id
    return {
        "school": g.school,
        "year": cycle,
        "pair": pair,
        "row": row,
        "standings": standings(g.school, row, dates.today()),
        "meetings": meetings.section(
            pair.school_id, district_id, row, cycle, may_edit=may_edit, form=meeting_form
        ),
        "misfit": misfit(pair.kind.name, *row.sides, kinds.kinds(district_id)),
        "tally": plans.tally(pair.id),
        "duration": duration,
        "steps": rules.steps_from(pair.state),
        "is_open": pair.state in rules.OPEN,
        "is_undecided": row.is_undecided(dates.today()),
        "following": continuing.following(pair.school_id, [pair.id]).get(pair.id),
        "next_is_open": closing.next_is_open(district_id, cycle),
        "reopenings": continuing.reopenings(pair.id),
        "form": form,
        "mentees": mentees,
        "meets": MEETS,
        "decisions": DECISIONS,
    }


def row_of(pair: Pair, cycle: int) -> PairRow:
    """Return a pair as the pages show it, with classes of a school year."""
    return queries.pair_row(pair.school_id, pair.id, first_year=cycle) or abort(404)


@blueprint.post(f"{PAIR}/step")
@requires("names:edit")
def step(school_id: int, cycle: int, pair_id: int) -> Response:
    """Activate, pause, resume or turn a pair into a draft."""
    pair = found(school_id, pair_id)
    asked = request.form.get("step", type=rules.Step)
    if asked is None:
        abort(400)
    version = posted_version()
    try:
        operations.take_step(access.actor(), pair, asked, version=version)
    except NotAllowed as refusal:
        form = JoinForm(data={"joined": first_day(cycle)})
        blame(form, "", refusal.sentence)
        return _card(pair, cycle, form, status=422)
    return htmx.leave(
        address(pair), f"Состояние {pair.noun.genitive}: {terms.PAIR_STATES[pair.state]}."
    )


@blueprint.get(f"{PAIR}/close")
@requires("names:edit")
def ask_close(school_id: int, cycle: int, pair_id: int) -> Response:
    pair = found(school_id, pair_id)
    # nobody decided in summer: the pair ended when it ceased to count
    ended = min(dates.today(), pair.counts_until)
    offered = {
        "ended": max(ended, pair.started),
        "outcome": pair.outcome,  # of a table that was loaded
        "version": pair.version,
    }
    return _close_page(CloseForm(data=offered), pair, cycle)


@blueprint.post(f"{PAIR}/close")
@requires("names:edit")
def close(school_id: int, cycle: int, pair_id: int) -> Response:
    """Close a pair; «продолжить» makes the draft of the next school year."""
    pair = found(school_id, pair_id)
    form = CloseForm.posted(meta=read_in(cycle))
    if not form.validate():
        return _close_page(form, pair, cycle, status=422)
    version = form.version.data
    with shown_in(form, lambda: _close_page(form, pair, cycle, status=422)):
        draft = closings.close(access.actor(), pair, form.closing(), version=version)
    notice = f"{pair.noun.nominative.capitalize()} завершена."
    if draft:
        notice += " Создан черновик продолжения с 1 сентября."
    return htmx.leave(address(pair), notice)


def _close_page(form: CloseForm, pair: Pair, cycle: int, *, status: int = 200) -> Response:
    if pair.state not in rules.OPEN and status == 200:
        raise db.NotNow(pair.noun.said(rules.NOT_OPEN))
    return htmx.page(
        "registers/pairs/close.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        row=queries.pair_row(pair.school_id, pair.id, first_year=cycle),
    )


@blueprint.post(f"{PAIR}/members")
@requires("names:edit")
def join(school_id: int, cycle: int, pair_id: int) -> Response:
    pair = found(school_id, pair_id)
    form = JoinForm.posted(meta=read_in(cycle))
    if not form.validate():
        return _card(pair, cycle, form, status=422)
    if not htmx.is_first():
        return htmx.leave(address(pair))
    person_id = form.person_id.data
    with shown_in(form, lambda: _card(pair, cycle, form, status=422)):
        operations.add_mentee(access.actor(), pair, person_id, form.joined.data)
    notice = "Наставляемый добавлен." + also_elsewhere(pair, (person_id,))
    return htmx.leave(address(pair), notice)


@blueprint.get(f"{MEMBER}/leave")
@requires("names:edit")
def ask_leave(school_id: int, cycle: int, pair_id: int, member_id: int) -> Response:
    form = LeaveForm(data={"left": first_day(cycle)})
    return _leave_page(form, found(school_id, pair_id), cycle, member_id)


@blueprint.post(f"{MEMBER}/leave")
@requires("names:edit")
def leave(school_id: int, cycle: int, pair_id: int, member_id: int) -> Response:
    """Mark a member's last day in the pair."""
    pair = found(school_id, pair_id)
    member = next((member for member in pair.members if member.id == member_id), None)
    form = LeaveForm.posted(meta=read_in(cycle))
    if member is None or not form.validate():
        return _leave_page(form, pair, cycle, member_id, status=422)
    with shown_in(form, lambda: _leave_page(form, pair, cycle, member_id, status=422)):
        reason = form.reason.data or ""
        operations.leave_pair(access.actor(), pair, member, form.left.data, reason)
    return htmx.leave(address(pair), "Выход отмечен.")


def _leave_page(
    form: LeaveForm, pair: Pair, cycle: int, member_id: int, *, status: int = 200
) -> Response:
    row = queries.pair_row(pair.school_id, pair.id, first_year=cycle)
    member = (
        next((member for member in row.members if member.id == member_id), None) if row else None
    )
    if row is None or member is None:
        abort(404)
    return htmx.page(
        "registers/pairs/leave.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        row=row,
        member=member,
    )
