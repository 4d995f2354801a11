"""Loading a table of people: sent, checked row by row, loaded whole; its undo; the files around it."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import access, dates, db, excel, htmx, ru
from nastav.access import requires
from nastav.audit import downloads
from nastav.bodies import takes_files
from nastav.columns.naming import NO_NAMES, left_out
from nastav.columns.register import columns
from nastav.district import queries as districts
from nastav.district.kinds import queries as district
from nastav.intake import reader
from nastav.intake.inspection import BadWorkbook
from nastav.loads import operations, pages, queries, sheet
from nastav.loads.extras.queries import extras
from nastav.loads.forms import LoadForm
from nastav.loads.headings import queries as headings
from nastav.loads.headings.rules import without_asking
from nastav.loads.models import Load, LoadState
from nastav.loads.ready.queries import official
from nastav.loads.rows import Verdict
from nastav.loads.rules import names_pupils, without_new_partners
from nastav.people import queries as registers
from nastav.people.models import Part
from nastav.people.pages import BOOK, BOOKS
from nastav.refusals import NotAllowed
from nastav.tables import table as tables
from nastav.tables.lines import Answers

blueprint = Blueprint("loads", __name__)


@blueprint.get(pages.IMPORT)
@requires("names:edit")
def ask(book: str) -> Response:
    return _ask_page(LoadForm(data={"joined": dates.today()}), book)


@blueprint.post(pages.IMPORT)
@requires("names:edit")
@takes_files
def take(school_id: int, book: str) -> Response:
    """Keep a table and lead to its check, or to its columns; sent twice, it is kept once."""
    form = LoadForm.posted()
    if not form.validate():
        return _ask_page(form, book, status=422)
    answers = headings.answers(school_id, BOOKS[book])
    db.pause()  # nobody waits while the table is read
    try:
        table, is_ours = _table(form, BOOKS[book], answers)
        table = _without_names(table, form, BOOKS[book])
    except (tables.BadTable, BadWorkbook) as refusal:
        field = form.file if form.upload else form.text
        field.errors = [str(refusal)]
        return _ask_page(form, book, status=422)
    token = request.form.get("once_token") or htmx.once_token()
    load = queries.load_of_form(school_id, BOOKS[book], token) or operations.open_load(
        access.actor(),
        g.school,
        BOOKS[book],
        table,
        joined=form.joined.data,
        token=token,
        is_ours=is_ours,
    )
    return htmx.leave(pages.address(load, book))


def _table(form: LoadForm, part: Part, answers: Answers) -> tuple[tables.Table, bool]:
    """Return the table sent, and whether it is a file that the site exported."""
    if not form.upload:
        return tables.pasted(form.text.data or "", part, answers), False
    file = reader.read(form.upload.stream.read())
    return tables.of_file(file, part, answers), sheet.is_ours(file.sheets, part)


def _without_names(table: tables.Table, form: LoadForm, part: Part) -> tables.Table:
    """Where pupils are kept by codes nothing of a table with new names is kept."""
    if not pages.uses_codes():
        return table
    table = without_asking(table)
    register = pages.register(part, form.joined.data)
    kept, gone = without_new_partners(table.rows, register)
    if gone:
        note = f"Не взяты имена из столбца пары, строк: {ru.number(len(gone))}."
        table = replace(table, rows=tuple(kept), notes=(*table.notes, note))
    if rows := names_pupils(table.rows, register):
        shown = [*rows[:10], *(["другие"] if len(rows) > 10 else [])]
        raise tables.BadTable(f"{NO_NAMES} Имена в строках: {ru.list_and(shown)}.")
    return table


def _ask_page(form: LoadForm, book: str, *, status: int = 200) -> Response:
    recent = queries.recent(g.school.id, BOOKS[book])
    return htmx.page(
        "loads/new.html",
        status=status,
        form=form,
        book=book,
        school=g.school,
        recent=recent,
        uses_codes=pages.uses_codes(),
        answers=_answers(book),
    )


def _answers(book: str) -> list[tuple[str, str]]:
    """What the school once said of its headings: the heading and the title of the column."""
    titles = {column.key: column.title for column in columns(BOOKS[book])}
    known = headings.answers(g.school.id, BOOKS[book])
    return [(heading, titles.get(key, "не загружать")) for heading, key in known.items()]


@blueprint.get(pages.LOAD)
@requires("names:edit")
def show(school_id: int, book: str, load_id: int) -> Response:
    """Show what each row would do; of a load that is done, what it did."""
    load = pages.load(school_id, book, load_id)
    if load.state is not LoadState.OPEN:
        return _done_page(load, book)
    if load.asked:
        return htmx.leave(url_for("headings.ask", book=book, load_id=load.id))
    return pages.check_page(load, book, pages.preview(load))


@blueprint.post(pages.LOAD)
@requires("names:edit")
def carry_out(school_id: int, book: str, load_id: int) -> Response:
    """Load exactly the rows that were shown as good; a second click finds it done."""
    load = pages.load(school_id, book, load_id)
    if load.state is not LoadState.OPEN or load.asked:
        return htmx.leave(pages.address(load, book))
    if _is_chosen_anew(load):
        return htmx.leave(pages.address(load, book), "Выбор из файла изменился: проверьте строки.")
    preview = pages.preview(load)
    if preview.mark != request.form.get("mark"):
        return pages.check_page(load, book, preview, status=409)
    if preview.undecided or not preview.is_something:
        return pages.check_page(load, book, preview, status=422)
    try:
        operations.carry_out(access.actor(), g.school, load, preview)
    except NotAllowed as refusal:
        return pages.check_page(load, book, preview, status=422, refused=refusal.sentence)
    return htmx.leave(pages.address(load, book))


def _sentence(load: Load) -> str:
    parts = []
    if load.added_count:
        count = ru.counted(load.added_count, "запись", "записи", "записей")
        parts.append(f"В базу загружено: {count}.")
    if load.changed_count:
        count = ru.counted(load.changed_count, "запись", "записи", "записей")
        parts.append(f"Обновлено: {count}.")
    return " ".join(parts)


@blueprint.post(f"{pages.LOAD}/choose")
@requires("names:edit")
def choose(school_id: int, book: str, load_id: int) -> Response:
    """Take other sheets of the file, or its hidden rows, or leave them."""
    load = pages.load(school_id, book, load_id)
    if load.state is LoadState.OPEN:
        _is_chosen_anew(load)
    return htmx.leave(pages.address(load, book))


def _is_chosen_anew(load: Load) -> bool:
    """Take of the file what is ticked; tell whether that is something else than before."""
    sheets, hidden = request.form.getlist("sheet"), "hidden" in request.form
    return operations.choose(load, sheets, with_hidden=hidden)


@blueprint.post(f"{pages.LOAD}/drop")
@requires("names:edit")
def drop(school_id: int, book: str, load_id: int) -> Response:
    """Give a load up and erase its rows."""
    operations.drop(access.actor(), pages.load(school_id, book, load_id))
    return htmx.leave(url_for("register.register", book=book), "Строки загрузки удалены.")


@blueprint.get(f"{pages.LOAD}/undo")
@requires("names:edit")
def ask_undo(school_id: int, book: str, load_id: int) -> Response:
    """Say what the undo takes away, or why there is none."""
    return _undo_page(pages.load(school_id, book, load_id), book)


@blueprint.post(f"{pages.LOAD}/undo")
@requires("names:edit")
def undo(school_id: int, book: str, load_id: int) -> Response:
    load = pages.load(school_id, book, load_id)
    if load.state is not LoadState.UNDONE:  # else sent twice
        try:
            operations.undo(access.actor(), load)
        except operations.NotUndoable:
            return _undo_page(load, book, status=422)
    return htmx.leave(pages.address(load, book), "Загрузка отменена.")


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


@blueprint.get(f"{pages.IMPORT}/template.xlsx")
@requires("names:edit")
def template(book: str) -> Response:
    without = left_out(BOOKS[book], None, uses_codes=pages.uses_codes())
    content = sheet.template(BOOKS[book], _kinds(), _made_at(), without=without)
    return excel.answer(content, f"{book}-template.xlsx", f"{sheet.TITLES[BOOKS[book]]} шаблон")


@blueprint.get(f"{pages.LOAD}/mend.xlsx")
@requires("names:edit")
def mend(school_id: int, book: str, load_id: int) -> Response:
    """Give the rows to mend, each with its reason."""
    bad = pages.preview(pages.load(school_id, book, load_id)).of(Verdict.BAD) or abort(404)
    kinds = _kinds()
    db.settle()
    content = sheet.to_mend(BOOKS[book], bad, kinds, _made_at())
    downloads.noted(f"{book}-mend.xlsx, загрузка № {load_id}", school_id)
    return excel.answer(content, f"{book}-mend.xlsx", f"{sheet.TITLES[BOOKS[book]]} исправить")


@blueprint.get(f"{BOOK}.xlsx")
@requires("names:read")
def export(school_id: int, book: str) -> Response:
    """Give the register as it is today, with the columns of the template."""
    part, today = BOOKS[book], dates.today()
    entries = registers.register(school_id, part, first_year=dates.cycle_of(today))
    holds, kinds, pairs = extras(school_id, part), _kinds(), official(school_id, part)
    uses_codes = pages.uses_codes()
    db.settle()
    here = [entry for entry in entries if entry.is_on(today)]
    without = left_out(part, here, uses_codes=uses_codes)
    content = sheet.export(part, here, holds, pairs, kinds, _made_at(), without=without)
    downloads.noted(f"{book}.xlsx", school_id)
    return excel.answer(content, f"{book}.xlsx", f"{sheet.TITLES[part]} на {ru.date_short(today)}")


def _kinds() -> list[str]:
    """The forms of mentoring that the district offers."""
    return [kind.name for kind in district.kinds(g.school.district_id)]


def _done_page(load: Load, book: str) -> Response:
    bad = pages.preview(load).of(Verdict.BAD) if load.rows else []
    today = dates.today()
    open_year = districts.current_cycle(g.school.district_id, today)
    return htmx.page(
        "loads/done.html",
        load=load,
        book=book,
        school=g.school,
        bad=bad,
        skipped=load.skipped,
        cycle=dates.cycle_of(today),
        stages_of=open_year.first_year if open_year else None,
        sentence=_sentence(load),
        verdicts=Verdict,
    )


def _made_at() -> datetime:
    """This moment as the clock in the district shows it; Excel knows no zones."""
    return dates.local_now()
