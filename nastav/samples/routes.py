"""Pages of the control by sample: of a school, which shows its papers, and of the district."""

from flask import Blueprint, abort, g, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, htmx, ru
from nastav.access import requires
from nastav.district import queries as districts
from nastav.samples import operations, queries
from nastav.samples.forms import MarksForm
from nastav.samples.models import VERDICTS, Sample
from nastav.samples.rules import SIZE, Tally

blueprint = Blueprint("samples", __name__)


@blueprint.get("/districts/<int:district_id>/<int:cycle>/samples")
@requires("rollup:read")
def district(district_id: int, cycle: int) -> Response:
    """Show how the samples of every school stand."""
    found = queries.tallies(district_id, cycle)
    return htmx.page(
        "samples/district.html",
        district=g.district,
        rows=[
            (school_id, name, found.get(school_id, Tally()))
            for school_id, name in districts.school_names(district_id).items()
        ],
        total=sum(found.values(), Tally()),
    )


@blueprint.get("/schools/<int:school_id>/<int:cycle>/sample")
@requires("samples:read")
def school(school_id: int, cycle: int) -> Response:
    """Show what was drawn in a school and what its papers said."""
    return _show(school_id, cycle)


@blueprint.post("/schools/<int:school_id>/<int:cycle>/sample/draw")
@requires("samples:edit")
def draw(school_id: int, cycle: int) -> Response:
    """Draw the next pairs; a second press of the same button draws no more."""
    where = url_for(".school")
    if not htmx.is_first():
        return htmx.leave(where)
    found = operations.draw(access.actor(), school_id, cycle, dates.today())
    drawn = ru.counted(len(found), "пара вытянута", "пары вытянуты", "пар вытянуто")
    return htmx.leave(where, f"{ru.capitalized(drawn)}: школа видит, какие бумаги показать.")


@blueprint.post("/schools/<int:school_id>/<int:cycle>/sample/marks")
@requires("samples:edit")
def mark(school_id: int, cycle: int) -> Response:
    """Keep what was found of the pairs drawn."""
    sample = queries.sample(school_id, cycle) or abort(404)
    form = MarksForm.of(queries.items(sample.id)).posted()
    if not form.check():
        return _show(school_id, cycle, form, 422)
    version = form.version.data
    try:
        operations.mark(access.actor(), sample, form.marks(), version=version, on=dates.today())
    except db.Conflict:
        return _show(school_id, cycle, form, 409)
    return htmx.leave(url_for(".school"), "Отметки сохранены.")


def _show(school_id: int, cycle: int, form: MarksForm | None = None, status: int = 200) -> Response:
    if status == 409:
        db.discard()
    sample: Sample | None = queries.sample(school_id, cycle)
    items = queries.items(sample.id) if sample else []
    if form is None:
        version = {"version": sample.version if sample else 0}
        form = MarksForm.of(items)(data=MarksForm.filled(items) | version)
    elif sample and status == 409:
        form.version.data = sample.version
    tally = queries.tallies(g.school.district_id, cycle).get(school_id, Tally())
    return htmx.page(
        "samples/school.html",
        status=status,
        items=items,
        form=form,
        tally=tally,
        verdicts=VERDICTS,
        size=SIZE,
        is_conflict=status == 409,
        school=g.school,
    )
