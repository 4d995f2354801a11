"""A meeting of a pair: changing it, deleting it, what it was before; it is entered on the pair's card."""

from flask import Blueprint, abort, g, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, excel, htmx, ru
from nastav.access import requires
from nastav.audit import downloads
from nastav.forms import posted_version
from nastav.locked import goes_on
from nastav.meetings import operations, pages, queries, rules, sheet
from nastav.meetings.forms import MeetingForm, saved_meeting_form
from nastav.meetings.models import Meeting
from nastav.meetings.operations import Repeated
from nastav.pairs import queries as pairs
from nastav.pairs.forms import MEETS
from nastav.pairs.models import Pair
from nastav.pairs.pages import PAIR, address, found, span_of_year
from nastav.pairs.rows import PairRow
from nastav.refusals import NotAllowed, blame, differences, shown_in

blueprint = Blueprint("meetings", __name__)
MEETINGS = f"{PAIR}/meetings"
MEETING = f"{MEETINGS}/<int:meeting_id>"


@blueprint.get("/schools/<int:school_id>/<int:cycle>/meetings.xlsx")
@requires("names:read")
def download(school_id: int, cycle: int) -> Response:
    """Give the own school its meetings of a school year as a workbook; the journal notes it."""
    first, last = span_of_year(cycle)
    rows = pairs.pairs_of(school_id, first, last, first_year=cycle)
    held = queries.held(school_id, first, last)
    db.settle()
    made_at = dates.local_now()
    content = sheet.meetings_book(g.school.name, cycle, rows, held, made_at)
    name = f"meetings-{cycle}.xlsx"
    downloads.noted(name, school_id)
    return excel.answer(content, name, f"Встречи {ru.school_year(cycle)}")


@blueprint.get(MEETING)
@requires("names:read")
def show(school_id: int, cycle: int, pair_id: int, meeting_id: int) -> Response:
    """Show a meeting, the form to change it, and what it was before."""
    pair, meeting = _load(school_id, pair_id, meeting_id)
    return _page(pair, cycle, meeting, _saved(pair, cycle, meeting))


@blueprint.post(MEETING)
@requires("names:edit")
def change(school_id: int, cycle: int, pair_id: int, meeting_id: int) -> Response:
    """Save a meeting; of two who edit at once the second sees both versions."""
    pair, meeting = _load(school_id, pair_id, meeting_id)
    form = pages.posted(_row(pair, cycle), g.school.district_id, cycle, meeting.kind)
    if not form.validate():
        return _page(pair, cycle, meeting, form, status=422)
    version, is_other = form.version.data, form.is_other.data
    try:
        with shown_in(form, lambda: _page(pair, cycle, meeting, form, status=422)):
            operations.change_meeting(
                access.actor(), pair, meeting, form.facts(), version=version, is_other=is_other
            )
    except Repeated as repeated:
        form.ask(repeated)
        return _page(pair, cycle, meeting, form, status=422)
    except db.Conflict:
        form.version.data = meeting.version
        return _page(pair, cycle, meeting, form, status=409)
    return htmx.leave(f"{address(pair)}#meetings", "Встреча исправлена.")


@blueprint.post(f"{MEETING}/delete")
@requires("names:edit")
def delete(school_id: int, pair_id: int, meeting_id: int) -> Response:
    pair, meeting = _load(school_id, pair_id, meeting_id)
    operations.delete_meeting(access.actor(), pair, meeting, version=_version())
    notice = "Встреча удалена. Её можно вернуть: «Удалённые встречи» под списком."
    return htmx.leave(f"{address(pair)}#meetings", notice)


@blueprint.post(f"{MEETING}/restore")
@requires("names:edit")
def restore(school_id: int, cycle: int, pair_id: int, meeting_id: int) -> Response:
    pair, meeting = _load(school_id, pair_id, meeting_id)
    try:
        operations.restore_meeting(access.actor(), pair, meeting, version=_version())
    except NotAllowed as refusal:
        form = _saved(pair, cycle, meeting)
        blame(form, "", refusal.sentence)
        return _page(pair, cycle, meeting, form, status=422)
    return htmx.leave(f"{address(pair)}#meetings", "Встреча возвращена.")


@blueprint.post(f"{MEETING}/erase")
@requires("names:edit")
@goes_on("стирание персональных данных не ждёт")
def erase(school_id: int, pair_id: int, meeting_id: int) -> Response:
    """Erase what a meeting was before."""
    pair, meeting = _load(school_id, pair_id, meeting_id)
    operations.erase_history(access.actor(), pair, meeting, version=_version())
    at = url_for("meetings.show", pair_id=pair.id, meeting_id=meeting.id)
    return htmx.leave(at, "Прежние записи о встрече стёрты.")


def _page(
    pair: Pair, cycle: int, meeting: Meeting, form: MeetingForm, *, status: int = 200
) -> Response:
    saved = _saved(pair, cycle, meeting)
    return htmx.page(
        "meetings/meeting.html",
        status=status,
        school=g.school,
        year=cycle,
        row=_row(pair, cycle),
        meeting=meeting,
        kind=meeting.kind.name if meeting.kind else "",
        form=form,
        differences=differences(saved, form) if status == 409 else [],
        revisions=queries.revisions(meeting.id),
        meets=MEETS,
        duration=rules.duration,
    )


def _saved(pair: Pair, cycle: int, meeting: Meeting) -> MeetingForm:
    form = saved_meeting_form(meeting)
    pages.offer(form, g.school.district_id, _row(pair, cycle), meeting.kind)
    return form


def _row(pair: Pair, cycle: int) -> PairRow:
    return pairs.pair_row(pair.school_id, pair.id, first_year=cycle) or abort(404)


def _load(school_id: int, pair_id: int, meeting_id: int) -> tuple[Pair, Meeting]:
    pair = found(school_id, pair_id)
    return pair, queries.meeting(school_id, pair_id, meeting_id) or abort(404)


def _version() -> int:
    return posted_version()
