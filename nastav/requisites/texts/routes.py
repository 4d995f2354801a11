"""«Тексты школы для бумаг»: typed once a school year, on the way to a paper or for all of them."""

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from nastav import db, htmx, ru
from nastav.access import actor, may, requires
from nastav.forms import row_id
from nastav.papers.catalogue import KINDS
from nastav.requisites.texts import operations, queries
from nastav.requisites.texts.forms import SchoolTextsForm
from nastav.requisites.texts.models import SchoolTexts

blueprint = Blueprint("texts", __name__)
TEXTS = "/schools/<int:school_id>/<int:cycle>/papers/texts"


@blueprint.get(TEXTS)
@requires("papers:read")
def form(school_id: int, cycle: int) -> Response:
    """Show the texts; with `?last` the empty ones as an earlier year has them, not saved yet."""
    row, earlier = queries.of_year(school_id, cycle), queries.earlier(school_id, cycle)
    texts, taken = queries.values(row), None
    if earlier is not None and "last" in request.args and may("papers:edit"):
        texts, taken = queries.filled(texts, queries.values(earlier)), earlier
    version = row.version if row else 0
    return _page(SchoolTextsForm(data={**texts, "version": version}), taken=taken)


@blueprint.post(TEXTS)
@requires("papers:edit")
def save(cycle: int) -> Response:
    """Save what was typed and lead back to the paper it was typed for."""
    sent = SchoolTextsForm.posted()
    if not sent.validate():
        return _page(sent, 422)
    try:
        operations.save(actor(), g.school, cycle, sent.texts, version=sent.version.data)
    except db.Conflict:
        return _page(sent, 409)
    return htmx.leave(_back(), "Тексты сохранены: их напечатают бумаги, у которых ещё нет номера.")


def _paper() -> int:
    """Return for which paper the texts are typed (`?paper=`); 0: for none."""
    return row_id(request.args.get("paper"))


def _back() -> str:
    paper = _paper()
    return url_for("paperwork.show", paper_id=paper) if paper else url_for("paperwork.board")


def _page(
    shown: SchoolTextsForm, status: int = 200, *, taken: SchoolTexts | None = None
) -> Response:
    row = queries.of_year(g.school.id, g.cycle.first_year)
    saved = queries.values(row)
    compared = shown.compared(saved) if status == 409 else None
    if status == 409:
        shown.version.data = row.version if row else 0
    earlier = queries.earlier(g.school.id, g.cycle.first_year)
    has_more = earlier is not None and queries.filled(saved, queries.values(earlier)) != saved
    return htmx.page(
        "requisites/texts/form.html",
        status=status,
        form=shown,
        compared=compared,
        names={key: ru.capitalized(kind.name) for key, kind in KINDS.items() if kind.texts},
        taken=taken,
        earlier=earlier if has_more else None,
        paper=_paper() or None,
        back=_back(),
        school=g.school,
        year=g.cycle.first_year,
    )
