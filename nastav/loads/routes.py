"""Loading a table of people: sent, checked row by row, loaded whole; its undo; the files around it."""

from datetime import date, datetime

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, excel, htmx, ru
from nastav.access import requires
from nastav.audit.operations import record
from nastav.bodies import takes_files
from nastav.consents import queries as consents
from nastav.district.kinds import queries as district
from nastav.excel import intake
from nastav.loads import operations, queries, sheet, tables
from nastav.loads.beside.queries import beside
from nastav.loads.forms import LoadForm
from nastav.loads.models import Load, LoadState
from nastav.loads.naming import NO_NAMES, left_out
from nastav.loads.rules import Preview, Register, Verdict, check, names_pupils
from nastav.people import queries as registers
from nastav.people.codes import queries as codes
from nastav.people.models import Part
from nastav.people.pages import BOOK, BOOKS
from nastav.people.rules import Namesakes

blueprint = Blueprint("loads", __name__)
IMPORT = f"{BOOK}/import"
LOAD = f"{IMPORT}/<int:load_id>"


@blueprint.get(IMPORT)
@requires("names:edit")
def ask(book: str) -> Response:
    """Ask for a table from Excel."""
    return _ask_page(LoadForm(data={"joined": dates.today()}), book)


@blueprint.post(IMPORT)
@requires("names:edit")
@takes_files
def take(school_id: int, book: str) -> Response:
    """Keep a table and lead to its check; sent twice, it is kept once."""
    form = LoadForm.posted()
    if not form.validate():
        return _ask_page(form, book, status=422)
    db.pause()  # nobody waits while the table is read
    try:
        table = _table(form, BOOKS[book])
        _refuse_names(table, form, BOOKS[book])
    except (tables.BadTable, intake.BadWorkbook) as refusal:
        field = form.file if form.upload else form.text
        field.errors = [str(refusal)]
        return _ask_page(form, book, status=422)
    token = request.form.get("once_token") or htmx.once_token()
    load = queries.load_of_form(school_id, BOOKS[book], token) or operations.open_load(
        access.actor(), g.school, BOOKS[book], table, joined=form.joined.data, token=token
    )
    return htmx.leave(_address(load, book))


def _table(form: LoadForm, part: Part) -> tables.Table:
    if form.upload:
        return tables.of_sheets(intake.read(form.upload.stream.read()), part)
    return tables.pasted(form.text.data or "", part)


def _refuse_names(table: tables.Table, form: LoadForm, part: Part) -> None:
    """Where pupils are kept by codes nothing of a table with new names is kept."""
    if not _uses_codes():
        return
    if rows := names_pupils(table.rows, _register(part, form.joined.data)):
        shown: list[str | int] = [*rows[:10], *(["другие"] if len(rows) > 10 else [])]
        raise tables.BadTable(f"{NO_NAMES} Имена в строках: {ru.list_and(shown)}.")


def _uses_codes() -> bool:
    return codes.is_on(g.school.district_id)


def _ask_page(form: LoadForm, book: str, *, status: int = 200) -> Response:
    recent = queries.recent(g.school.id, BOOKS[book])
    return htmx.page(
        "loads/new.html",
        status=status,
        form=form,
        book=book,
        school=g.school,
        recent=recent,
        uses_codes=_uses_codes(),
    )


@blueprint.get(LOAD)
@requires("names:edit")
def show(school_id: int, book: str, load_id: int) -> Response:
    """Show what each row would do; of a load that is done, what it did."""
    load = _load(school_id, book, load_id)
    if load.state is not LoadState.OPEN:
        return _done_page(load, book)
    return _check_page(load, book, _preview(load))


@blueprint.post(LOAD)
@requires("names:edit")
def carry_out(school_id: int, book: str, load_id: int) -> Response:
    """Load exactly the rows that were shown as good; a second click finds it done."""
    load = _load(school_id, book, load_id)
    if load.state is not LoadState.OPEN:
        return htmx.leave(_address(load, book))
    preview = _preview(load)
    if preview.mark != request.form.get("mark"):
        return _check_page(load, book, preview, status=409)
    chosen, others = _answered(preview, "update"), _answered(preview, "other")
    if not (chosen or others or preview.of(Verdict.GOOD)):
        return _check_page(load, book, preview, status=422)
    operations.carry_out(access.actor(), g.school, load, preview, chosen, others)
    return htmx.leave(_address(load, book))


def _answered(preview: Preview, answer: str) -> set[int]:
    """Return the rows of known people, or of a known name, that were answered so."""
    rows = preview.of(Verdict.DIFFERENT)
    return {row.number for row in rows if request.form.get(f"row-{row.number}") == answer}


def _told(load: Load) -> str:
    parts = []
    if load.added_count:
        count = ru.counted(load.added_count, "запись", "записи", "записей")
        parts.append(f"В базу загружено: {count}.")
    if load.changed_count:
        count = ru.counted(load.changed_count, "запись", "записи", "записей")
        parts.append(f"Обновлено: {count}.")
    return " ".join(parts)


@blueprint.post(f"{LOAD}/drop")
@requires("names:edit")
def drop(school_id: int, book: str, load_id: int) -> Response:
    """Give a load up and erase its rows."""
    operations.drop(access.actor(), _load(school_id, book, load_id))
    return htmx.leave(url_for("register.register", book=book), "Строки загрузки удалены.")


@blueprint.get(f"{LOAD}/undo")
@requires("names:edit")
def ask_undo(school_id: int, book: str, load_id: int) -> Response:
    """Say what the undo takes away, or why there is none."""
    return _undo_page(_load(school_id, book, load_id), book)


@blueprint.post(f"{LOAD}/undo")
@requires("names:edit")
def undo(school_id: int, book: str, load_id: int) -> Response:
    """Undo a load whole."""
    load = _load(school_id, book, load_id)
    if load.state is not LoadState.UNDONE:  # else sent twice
        try:
            operations.undo(access.actor(), load)
        except operations.NotUndoable:
            return _undo_page(load, book, status=422)
    return htmx.leave(_address(load, book), "Загрузка отменена.")


def _undo_page(load: Load, book: str, *, status: int = 200) -> Response:
    refusal = ""
    try:
        operations.check_undo(load)
    except operations.NotUndoable as mistake:
        refusal = str(mistake)
    return htmx.page(
        "loads/undo.html",
        status=status,
        load=load,
        book=book,
        school=g.school,
        refusal=refusal,
        code=status,
    )


@blueprint.get(f"{IMPORT}/template.xlsx")
@requires("names:edit")
def template(book: str) -> Response:
    """Give the empty template."""
    without = left_out(BOOKS[book], None, uses_codes=_uses_codes())
    content = sheet.template(BOOKS[book], _kinds(), _made_at(), without=without)
    return excel.answer(content, f"{book}-template.xlsx", f"{sheet.TITLES[BOOKS[book]]} шаблон")


@blueprint.get(f"{LOAD}/mend.xlsx")
@requires("names:edit")
def mend(school_id: int, book: str, load_id: int) -> Response:
    """Give the rows to mend, each with its reason."""
    bad = _preview(_load(school_id, book, load_id)).of(Verdict.BAD) or abort(404)
    kinds = _kinds()
    db.settle()
    content = sheet.to_mend(BOOKS[book], bad, kinds, _made_at())
    _note_download(f"{book}-mend.xlsx, загрузка № {load_id}")
    return excel.answer(content, f"{book}-mend.xlsx", f"{sheet.TITLES[BOOKS[book]]} исправить")


@blueprint.get(f"{BOOK}.xlsx")
@requires("names:read")
def export(school_id: int, book: str) -> Response:
    """Give the register as it is today, with the columns of the template."""
    part, today = BOOKS[book], dates.today()
    entries = registers.register(school_id, part, first_year=dates.cycle_of(today))
    holds, kinds = beside(school_id, part), _kinds()
    uses_codes = _uses_codes()
    db.settle()
    here = [one for one in entries if one.is_on(today)]
    without = left_out(part, here, uses_codes=uses_codes)
    content = sheet.export(part, here, holds, kinds, _made_at(), without=without)
    _note_download(f"{book}.xlsx")
    return excel.answer(content, f"{book}.xlsx", f"{sheet.TITLES[part]} на {ru.date_short(today)}")


def _load(school_id: int, book: str, load_id: int) -> Load:
    return queries.load(school_id, BOOKS[book], load_id) or abort(404)


def _preview(load: Load) -> Preview:
    register = _register(load.part, load.joined)
    return check([(number, cells) for number, cells in load.rows], register)


def _register(part: Part, joined: date) -> Register:
    year = dates.cycle_of(dates.today())
    known = registers.possible_namesakes(g.school.id, "", first_year=year)
    return Register(
        part,
        Namesakes(known, year),
        joined,
        year,
        [one.name for one in district.all_kinds(g.school.district_id)],
        consents.grade_of_own_signature(g.school.district_id),
        beside(g.school.id, part),
        _uses_codes(),
        codes.taken(g.school.id),
    )


def _kinds() -> list[str]:
    """The forms of mentoring that the district offers."""
    return [one.name for one in district.kinds(g.school.district_id)]


def _check_page(load: Load, book: str, preview: Preview, *, status: int = 200) -> Response:
    return htmx.page(
        "loads/load.html",
        status=status,
        load=load,
        book=book,
        school=g.school,
        preview=preview,
        verdicts=Verdict,
        code=status,
        update_all=request.args.get("known") == "update",
    )


def _done_page(load: Load, book: str) -> Response:
    bad = _preview(load).of(Verdict.BAD) if load.rows else []
    return htmx.page(
        "loads/done.html",
        load=load,
        book=book,
        school=g.school,
        bad=bad,
        told=_told(load),
        verdicts=Verdict,
    )


def _address(load: Load, book: str) -> str:
    return url_for("loads.show", book=book, load_id=load.id)


def _made_at() -> datetime:
    """This moment as the clock in the district shows it; Excel knows no zones."""
    return dates.local_now()


def _note_download(name: str) -> None:
    actor, school_id = access.actor(), g.school.id
    db.beforehand(lambda: record(actor, "export:downloaded", subject=name, school_id=school_id))
