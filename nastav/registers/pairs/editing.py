"""Changing a pair: its form, its dates, its goal, its order."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from nastav import access, db, htmx
from nastav.access import requires
from nastav.district.kinds import queries as kinds
from nastav.forms import options
from nastav.meetings import queries as held
from nastav.pairs import operations, roles
from nastav.pairs.forms import (
    PairForm,
    read_in,
    saved_pair_form,
)
from nastav.pairs.models import Pair
from nastav.pairs.pages import PAIR, address, found
from nastav.refusals import differences, shown_in

blueprint = Blueprint("pair_editing", __name__)


@blueprint.get(f"{PAIR}/edit")
@requires("names:edit")
def edit(school_id: int, cycle: int, pair_id: int) -> Response:
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
            operations.change_pair(
                access.actor(),
                pair,
                form.facts(),
                met=held.outermost(pair.id),
                version=form.version.data,
            )
    except db.Conflict:
        form.version.data = pair.version
        return _edit_page(form, pair, cycle, status=409, saved=saved_pair_form(pair))
    return htmx.leave(address(pair), "Изменения сохранены.")


def _edit_page(
    form: PairForm, pair: Pair, cycle: int, *, status: int = 200, saved: PairForm | None = None
) -> Response:
    offered = [(kind.id, kind.name) for kind in kinds.kinds(g.school.district_id)]
    if pair.kind_id not in dict(offered):  # hidden since
        offered.append((pair.kind_id, pair.kind.name))
    for pair_form in filter(None, (form, saved)):
        pair_form.kind_id.choices = options(offered)
    return htmx.page(
        "pairs/edit.html",
        status=status,
        form=form,
        role_models=roles.offered(pair.kind.name),
        differences=differences(saved, form) if saved else [],
        school=g.school,
        year=cycle,
        pair_id=pair.id,
        noun=pair.noun,
    )
