"""Settings: the district's forms of mentoring."""

from flask import Blueprint
from werkzeug.wrappers import Response

from nastav import terms
from nastav.access import requires
from nastav.district.kinds.forms import PairKindForm
from nastav.district.kinds.models import PairKind
from nastav.district.kinds.pages import Editor, Words

blueprint = Blueprint("kinds", __name__)
KINDS = "/districts/<int:district_id>/settings/kinds"
EDITOR = Editor(
    PairKind,
    PairKindForm,
    Words(
        heading=terms.MENTOR["kinds"],
        intro="Из этого списка школы выбирают форму пары или группы",
        kind=terms.PAIR["kind"],
        short="Форма",
        accusative="форму",
        add="Добавить форму района",
        added="Форма добавлена.",
        saved="Форма сохранена.",
        origin="Откуда",
    ),
)


@blueprint.get(KINDS)
@requires("settings:edit")
def board() -> Response:
    return EDITOR.board()


@blueprint.post(KINDS)
@requires("settings:edit")
def add() -> Response:
    return EDITOR.add()


@blueprint.get(f"{KINDS}/<int:kind_id>")
@requires("settings:edit")
def edit(kind_id: int) -> Response:
    return EDITOR.edit(kind_id)


@blueprint.post(f"{KINDS}/<int:kind_id>")
@requires("settings:edit")
def change(kind_id: int) -> Response:
    """Save one; made from an older version it comes back with what was typed (409)."""
    return EDITOR.change(kind_id)
