"""Settings: the order's own text."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import db, htmx
from nastav.access import actor, requires
from nastav.district import queries
from nastav.district.points import operations, rules
from nastav.district.points.forms import TextForm

blueprint = Blueprint("points", __name__)
ADDRESS = "/districts/<int:district_id>/settings/order"


@blueprint.get(ADDRESS)
@requires("settings:edit")
def text() -> Response:
    """Show what the order says at each point, and where to paste its text."""
    return _show(TextForm(obj=g.district))


@blueprint.post(ADDRESS)
@requires("settings:edit")
def keep() -> Response:
    """Keep the pasted text, or show first what would be kept."""
    form = TextForm.posted()
    if not form.validate():
        return _show(form, 422)
    if "save" not in request.form:
        return _show(form)
    points, version = form.found.points, form.version.data
    try:
        is_changed = operations.keep_words(actor(), g.district, points, version=version)
    except db.Conflict:
        form.version.data = g.district.version  # «Сохранить» is sent against what is saved now
        return _show(form, 409)
    done = "Слова приказа сохранены." if is_changed else "Слова приказа уже такие: изменений нет."
    return htmx.leave(url_for(".text"), done)


def _show(form: TextForm, status: int = 200) -> Response:
    return htmx.page(
        "district/points/text.html",
        status=status,
        form=form,
        found=form.found if form.found.points else None,
        known={point.ref: point for point in queries.order_points(g.district.id)},
        refs=rules.REFS,
        is_conflict=status == 409,
        district=g.district,
    )
