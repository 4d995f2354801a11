"""Settings of the plan: the cells of its years in one grid, as appendix 1 has them."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from nastav import dates, db, excel, htmx, ru, submitted, unit
from nastav.access import actor, requires
from nastav.audit import downloads
from nastav.bodies import takes_files
from nastav.district import queries as districts
from nastav.forms import posted_block
from nastav.intake import reader
from nastav.intake.block import Spread
from nastav.intake.inspection import BadWorkbook
from nastav.plan import operations, pages, paste, queries, sheet
from nastav.plan.forms import FileForm, OpenYearForm, PlanForm, field_name, form_of, saved_values
from nastav.plan.grid import Grid
from nastav.plan.pages import Looked

blueprint = Blueprint("plan", __name__)
PAGE = "/districts/<int:district_id>/settings/plan"


@blueprint.get(PAGE)
@requires("settings:edit")
def years() -> Response:
    """Show the grid; with `?order=1` the order's own figures stand in it, and nothing is saved."""
    grid = _grid()
    if "order" not in request.args:
        return pages.page(grid, pages.saved_form(grid))
    ordered = grid.as_ordered()
    form = form_of(grid)(data=saved_values(ordered))
    return pages.page(
        grid, form, _looked(grid, form, "План из приказа", "всё уже так, как в приказе")
    )


@blueprint.post(PAGE)
@requires("settings:edit")
def save() -> Response:
    """Save the whole grid; a form made from an older plan keeps what was typed (409)."""
    grid = _grid_of_years()
    form = form_of(grid).posted(data=saved_values(grid))
    if not form.validate():
        return pages.page(grid, form, status=422)
    changes = grid.changes(form.wanted(grid))
    if not changes:  # a second click, or nothing was changed
        return htmx.leave(pages.here(), "План: изменений нет.")
    if form.is_stale(grid):
        form.renew(grid)
        return pages.page(grid, form, Looked(differing=list(changes.values())), status=409)
    reason = form.reason.data or ""
    operations.change_grid(actor(), g.district, grid, form.wanted(grid), reason)
    count = ru.counted(len(changes), "ячейка", "ячейки", "ячеек")
    return htmx.leave(pages.here(), f"План сохранён, изменено: {count}.")


@blueprint.post(f"{PAGE}/preview")
@requires("settings:edit")
@unit.reading
def preview() -> Response:
    """Show the sums of what was typed, or the grid with a pasted block in it; nothing is saved."""
    grid = _grid_of_years()
    if htmx.is_fragment():
        return pages.totals(grid, form_of(grid)(request.form, data=saved_values(grid)))
    pasted = posted_block()
    if pasted is None:
        form = form_of(grid)(request.form, data=saved_values(grid))
        return _preview(grid, form, _looked(grid, form, "Суммы пересчитаны"))
    found = paste.spread(pasted, grid, pages.start(grid))
    form = _filled(grid, found, MultiDict(request.form))
    rows = ru.counted(len(found.cells), "строка", "строки", "строк")
    looked = _looked(grid, form, f"Вставлено: {rows}")
    looked.found, looked.pasted = found, "" if found.cells else pasted
    return _preview(grid, form, looked)


@blueprint.post(f"{PAGE}/file")
@requires("settings:edit")
@takes_files
@unit.reading
def load() -> Response:
    """Show the grid with the figures of a workbook in it and what they would change."""
    upload = FileForm.posted()
    if not upload.upload:
        upload.file.errors = ["Выберите файл с планом: книгу Excel или LibreOffice."]
        return _refused_file(upload)
    content = upload.upload.stream.read()
    db.pause()  # nobody waits while the table is read
    try:
        file = reader.read(content)
        grid = _grid_of_years()
        found = paste.of_file(file, grid)
    except (BadWorkbook, paste.NoTable) as refusal:
        upload.file.errors = [str(refusal)]
        return _refused_file(upload)
    form = _filled(grid, found, MultiDict())
    looked = _looked(grid, form, "Файл прочитан", "в файле то же, что на сайте", found)
    return _preview(grid, form, looked)


@blueprint.get(f"{PAGE}.xlsx")
@requires("settings:edit")
def workbook() -> Response:
    """Give the plan of these years as appendix 1 has it; edited, it can be loaded again."""
    grid, district = _grid_of_years(), g.district
    db.settle()
    content = sheet.plan_book(grid, district, dates.local_now())
    name = f"plan-{grid.years[0]}.xlsx"
    downloads.noted(name)
    return excel.answer(content, name, f"План по форме приложения 1 за {grid.span}")


@blueprint.get(f"{PAGE}/years")
@requires("settings:edit")
def ask_year(district_id: int) -> Response:
    opened, today = queries.plan_years(district_id), dates.today().year
    missing = max(opened) + 1 if today in opened else today
    asked = request.args.get("year", type=int) or missing
    return htmx.page("plan/open.html", form=OpenYearForm(data={"year": asked}))


@blueprint.post(f"{PAGE}/years")
@requires("settings:edit")
def open_year(district_id: int) -> Response:
    """Open a plan year, filled by percentages where they were given."""
    form = OpenYearForm.posted()
    if not form.validate():
        return htmx.page("plan/open.html", status=422, form=form)
    new = form.new_year()
    address = pages.at(new.year)
    if not submitted.first_time(form.once_token.data or ""):
        return htmx.leave(address)
    try:
        operations.open_year(actor(), district_id, districts.schools(district_id), new)
    except operations.YearOpen:
        form.year.errors = [f"План на {new.year} год уже открыт: выберите его над таблицей плана."]
        return htmx.page("plan/open.html", status=422, form=form)
    return htmx.leave(address, f"План на {new.year} год открыт. Проверьте числа и сохраните.")


@blueprint.post(f"{PAGE}/bases/confirm")
@requires("settings:edit")
def confirm_bases() -> Response:
    """Note that the base of mentees is all pupils of the district; a second click does nothing."""
    operations.confirm_bases(actor(), g.district)
    return htmx.leave(url_for("plan.years"), "Записано: база наставляемых — все обучающиеся.")


@blueprint.get(f"{PAGE}/<int:year>")
@requires("settings:edit")
def year(district_id: int, year: int) -> Response:
    """Lead to the years that hold this one; a year without a plan leads to opening it."""
    if queries.plan_year(district_id, year):
        return htmx.leave(pages.at(year))
    if not 2020 <= year <= 2099:
        abort(404)
    return htmx.leave(url_for("plan.ask_year", year=year))


@blueprint.get(f"{PAGE}/<any(preview, file, bases):_part>")
@requires("settings:edit")
def back(_part: str) -> Response:
    """Lead to the grid: what is only posted to is asked for again, or stands in an old bookmark."""
    return htmx.leave(pages.here())


def _grid() -> Grid:
    return queries.grid(g.district, pages.asked_years(g.district.id))


def _grid_of_years() -> Grid:
    grid = _grid()
    return grid if grid.plans else abort(404)


def _filled(grid: Grid, found: Spread[int], sent: MultiDict[str, str]) -> PlanForm:
    """The form with what was read in its cells; the rest of it as it was sent, or as it is saved."""
    for school_id, cells in found.cells.items():
        for name, text in cells.items():
            sent[field_name((school_id, name))] = text
    for name, value in saved_values(grid).items():
        if name.startswith("version"):
            sent.setdefault(name, str(value))
    return form_of(grid)(sent, data=saved_values(grid))


def _looked(
    grid: Grid,
    form: PlanForm,
    said: str,
    same: str = "изменений нет",
    found: Spread[int] | None = None,
) -> Looked:
    form.check_cells()
    changes = list(grid.changes(form.wanted(grid)).values())
    if changes:
        count = ru.counted(len(changes), "ячейка", "ячейки", "ячеек")
        rest = f"изменится {count}, пока ничего не записано"
    elif form.errors or (found and found.problems):
        rest = "годных изменений нет, ничего не изменилось"  # what was refused is not the same
    else:
        rest = f"{same}: ничего не изменилось"
    return Looked(said=f"{said}: {rest}.", changes=changes, found=found)


def _preview(grid: Grid, form: PlanForm, looked: Looked) -> Response:
    is_empty = looked.found is not None and not looked.found.cells
    return pages.page(grid, form, looked, status=422 if form.errors or is_empty else 200)


def _refused_file(upload: FileForm) -> Response:
    grid = _grid_of_years()
    return pages.page(grid, pages.saved_form(grid), Looked(upload=upload), status=422)
