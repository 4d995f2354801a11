"""«Срок хранения истёк»: a school erases the names of those who left long ago."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, compaction, dates, db, htmx, privacy, ru
from nastav.access import requires
from nastav.forms import row_id
from nastav.privacy import After
from nastav.retention import operations, queries

blueprint = Blueprint("retention", __name__)
PAGE = "/schools/<int:school_id>/retention"


@blueprint.get(PAGE)
@requires("names:read")
def due() -> Response:
    return _page()


@blueprint.post(PAGE)
@requires("names:edit")
def erase(school_id: int) -> Response:
    """Erase the names of everybody ticked, and the texts that are due; it cannot be undone."""
    chosen = {row_id(text) for text in request.form.getlist("who")} - {0}
    if not chosen:
        return _page(422, "Отметьте, чьи имена стереть.")
    if request.form.get("sure") != "1":
        return _page(422, "Подтвердите, что имена стираются навсегда.", chosen)
    erased = operations.anonymise(access.actor(), school_id, chosen)
    operations.erase_texts(access.actor(), school_id, dates.today())
    db.settle()
    is_clean = compaction.compact(compaction.AT_ONCE)
    count = ru.counted(
        len(erased), "карточка обезличена", "карточки обезличены", "карточек обезличено"
    )
    notice = f"{count[:1].upper()}{count[1:]}."
    if not is_clean:
        notice += " Чтобы стереть следы в файле базы, на сервере выполняют nastav anonymise."
    return htmx.leave(url_for(".due"), notice)


def _page(status: int = 200, error: str = "", chosen: set[int] | None = None) -> Response:
    return htmx.page(
        "retention/due.html",
        status=status,
        school=g.school,
        rows=queries.due(g.school.id, dates.today()),
        chosen=chosen,
        years=privacy.years_after(After.LEAVING),
        error=error,
    )
