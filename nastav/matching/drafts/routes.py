"""The page of drafts: looked through, ticked, begun together."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, ru, terms
from nastav.access import requires
from nastav.forms import row_id
from nastav.matching.drafts import operations
from nastav.matching.drafts.forms import PublishForm
from nastav.paging import form_rows
from nastav.pairs import queries
from nastav.pairs.forms import read_in
from nastav.pairs.models import Pair
from nastav.pairs.pages import pairs_year
from nastav.pairs.rules import Refused, span_of_drafts
from nastav.refusals import typed_into

blueprint = Blueprint("drafts", __name__)
DRAFTS = "/schools/<int:school_id>/<int:cycle>/pairs/drafts"


@blueprint.get(DRAFTS)
@requires("names:edit")
def board(cycle: int) -> Response:
    return _board(PublishForm(), cycle)


@blueprint.post(DRAFTS)
@requires("names:edit")
def publish(school_id: int, cycle: int) -> Response:
    """Begin the drafts ticked: all of them or none."""
    form = PublishForm.posted(meta=read_in(cycle))
    ticked = _ticked(school_id)
    if not ticked:
        form.form_errors.append("Отметьте хотя бы один черновик.")
    if not form.validate() or not ticked:
        return _board(form, cycle, status=422)
    order = operations.Order(form.order_number.data or "", form.order_date.data)
    try:
        begun = operations.publish(access.actor(), ticked, order, form.started.data)
    except Refused as refusal:
        return _board(form, cycle, status=422, refused=refusal)
    except db.Conflict:
        return _board(form, cycle, status=409)
    count = ru.counted(begun, *terms.PAIRS)
    return htmx.leave(url_for("pair_list.board"), f"Начато: {count}.")


def _ticked(school_id: int) -> list[tuple[Pair, int]]:
    """Return the pairs ticked with the versions they were shown in; a foreign id is not found."""
    ids = [row_id(text) for text in request.form.getlist("pick")]
    return [
        (pair, request.form.get(f"version-{pair.id}", -1, type=int))
        for pair in queries.pairs_by_id(school_id, ids)
    ]


def _board(
    form: PublishForm, cycle: int, *, status: int = 200, refused: Refused | None = None
) -> Response:
    if status >= 400:
        db.discard()  # what the refused operation had begun to change
    span = span_of_drafts(cycle, pairs_year(), dates.today())
    shown = form_rows(queries.drafts(g.school.id, *span, first_year=cycle))
    return htmx.page(
        "matching/drafts.html",
        status=status,
        form=form,
        school=g.school,
        year=cycle,
        shown=shown,
        versions=queries.versions(g.school.id, [row.id for row in shown.rows]),
        ticked=set(request.form.getlist("pick", type=int)) if request.method == "POST" else None,
        refused=refused,
        is_changed=status == 409,
        # without a draft there is no form any more
        given_back=[] if shown.rows else typed_into(form),
    )
