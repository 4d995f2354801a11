"""The page «Заполнить таблицей»: preview of what was pasted, and one save for all rows."""

from collections.abc import Sequence

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from nastav import access, htmx, ru
from nastav.access import requires
from nastav.filling import forms, operations
from nastav.filling.forms import Line
from nastav.filling.paste import spread
from nastav.forms import posted_block
from nastav.intake.block import Spread
from nastav.stages import pages
from nastav.stages.history import queries as history
from nastav.stages.pages import StagePage

blueprint = Blueprint("filling", __name__)

TABLE = "/schools/<int:school_id>/<int:cycle>/stages/<int:ordinal>/edit"


@blueprint.get(TABLE)
@requires("stages:edit")
def edit(cycle: int, ordinal: int) -> Response:
    """Show all activities of a stage as one form."""
    page = pages.load(ordinal)
    if page.sheet.is_locked:
        return htmx.leave(page.url, pages.LOCKED)
    return _show(page, forms.saved(page, cycle))


@blueprint.post(TABLE)
@requires("stages:edit")
def save(cycle: int, ordinal: int) -> Response:
    """Save all changed rows or none; a block that was pasted is first shown in the table."""
    page = pages.load(ordinal)
    block = posted_block()
    if block is not None:
        return _preview(page, cycle, block)
    if not pages.is_first_copy():
        return htmx.leave(page.url, f"Сохранено. {page.progress}.")
    lines = forms.posted(page, request.form, cycle)
    changed = [line for line in lines if line.is_changed]
    invalid = [line for line in changed if not line.form.validate()]
    if page.sheet.is_locked or any(line.is_stale for line in changed):
        return _show(page, lines, 409)
    if invalid:
        return _show(page, lines, 422)
    operations.save_table(access.actor(), page.sheet, [line.change for line in changed])
    page = pages.load(ordinal)
    rows = ru.counted(len(changed), "мероприятие", "мероприятия", "мероприятий")
    done = f"Сохранено: {rows}." if changed else "Изменений нет."
    return htmx.leave(page.url, f"{done} {page.progress}.")


def _preview(page: StagePage, year: int, text: str) -> Response:
    """Show the table with the pasted block in it; nothing is saved."""
    found = spread(text, {row.ordinal: row.title for row in page.sheet.activities})
    data = MultiDict(request.form)
    forms.put(data, found.cells)
    lines = forms.posted(page, data, year)
    for line in lines:
        if line.is_changed:
            line.form.validate()
    if not found.cells:
        return _show(page, lines, 422, pasted=text, found=found)
    return _show(page, lines, found=found)


def _show(
    page: StagePage,
    lines: Sequence[Line],
    status: int = 200,
    *,
    pasted: str = "",
    found: Spread[int] | None = None,
) -> Response:
    stale = [line for line in lines if line.is_stale]
    school_id = page.sheet.school_id
    saves = {line.activity.id: history.last_revision(school_id, line.activity.id) for line in stale}
    return htmx.page(
        "filling/table.html",
        status=status,
        page=page,
        lines=lines,
        problems=forms.problems(lines),
        stale=stale,
        saves=saves,
        pasted=pasted,
        found=found,
        crumbs=page.crumbs,
    )
