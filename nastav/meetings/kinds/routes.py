"""Settings: the district's kinds of meetings."""

from flask import Blueprint
from werkzeug.wrappers import Response

from nastav.access import requires
from nastav.district.kinds.pages import Editor, Words
from nastav.meetings.kinds.forms import MeetingKindForm
from nastav.meetings.models import MeetingKind

blueprint = Blueprint("meeting_kinds", __name__)
KINDS = "/districts/<int:district_id>/settings/meeting-kinds"
EDITOR = Editor(
    MeetingKind,
    MeetingKindForm,
    Words(
        heading="Типы встреч",
        intro="Из этого списка школы выбирают тип, когда записывают встречу",
        kind="Тип встречи",
        short="Тип",
        accusative="тип",
        add="Добавить тип встречи",
        added="Тип встречи добавлен.",
        saved="Тип встречи сохранён.",
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
