"""The page of the counting settings."""

from flask import Blueprint, g, url_for
from werkzeug.wrappers import Response

from nastav import dates, htmx
from nastav.access import actor, requires
from nastav.coverage import changed as changes
from nastav.coverage import operations, queries, rules, text
from nastav.coverage.figures import Basis
from nastav.coverage.forms import RulesForm
from nastav.db import Conflict, check_version
from nastav.people.codes import queries as codes

blueprint = Blueprint("counting", __name__)


@blueprint.get("/districts/<int:district_id>/settings/rules")
@requires("settings:edit")
def edit() -> Response:
    """Show what is counted and how, and the two settings of it."""
    return _page(RulesForm(obj=g.district))


@blueprint.post("/districts/<int:district_id>/settings/rules")
@requires("settings:edit")
def change() -> Response:
    """Save the settings; a form made from older ones keeps what was chosen (409)."""
    form = RulesForm.posted()
    if not form.validate():
        return _page(form, 422)
    wanted = form.wanted()
    address = url_for("counting.edit")
    if not operations.rule_changes(g.district, wanted):  # a second click, or nothing was changed
        return htmx.leave(address, "Правила счёта: изменений нет.")
    try:
        check_version(g.district, form.version.data)
    except Conflict:
        form.version.data = g.district.version
        return _page(form, 409)
    operations.change_rules(actor(), g.district, wanted, form.reason.data or "")
    return htmx.leave(address, "Правила счёта сохранены.")


@blueprint.get("/districts/<int:district_id>/settings/rules/changed")
@requires("settings:edit")
def changed(district_id: int) -> Response:
    """Show what the present rules changed in the figures of each year and school."""
    return htmx.page(
        "coverage/changed.html",
        rows=changes.changes(district_id, dates.today()),
        district=g.district,
        words=text,
        bounds=queries.bounds(g.district),
        rule=rules.numbered(
            g.district.rules_number, g.district.rules_since, queries.bounds(g.district)
        ),
    )


@blueprint.post("/districts/<int:district_id>/settings/rules/changed")
@requires("settings:edit")
def note_changed(district_id: int) -> Response:
    """Note in the journal that the coordinator was shown what changed."""
    operations.note_shown(actor(), g.district, changes.changes(district_id, dates.today()))
    return htmx.leave(url_for("counting.edit"), "Записано в журнал: изменения показаны.")


def _page(form: RulesForm, status: int = 200) -> Response:
    return htmx.page(
        "coverage/rules.html",
        status=status,
        form=form,
        is_stale=status == 409,
        saved=g.district,
        named=codes.named(g.district.id),
        saved_basis=rules.BASIS[Basis(g.district.coverage_basis)],
        what=rules.what_counts(Basis(g.district.coverage_basis), queries.bounds(g.district))[1:],
    )
