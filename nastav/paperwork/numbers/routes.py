"""«Номера и даты»: entered for many papers at once, corrected and taken back one by one."""

from typing import Any

from flask import Blueprint, g, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from nastav import access, db, htmx, ru
from nastav.access import requires
from nastav.forms import posted_block, posted_version
from nastav.intake.block import Spread
from nastav.pairs.rules import Refused
from nastav.paperwork import pages, queries, rules
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers import lists, operations, paste, proving
from nastav.paperwork.numbers.drift import drifts
from nastav.paperwork.numbers.forms import CorrectForm, NumbersForm, form_of
from nastav.refusals import NotAllowed, blame

blueprint = Blueprint("numbers", __name__)
NUMBERS = f"{pages.PAPERS}/numbers"


@blueprint.get(NUMBERS)
@requires("papers:edit")
def board(cycle: int) -> Response:
    """Show a row for each paper that waits for its number, and the papers that have theirs."""
    papers = queries.papers(g.school, g.cycle)
    return _board(papers, _form(papers, first_year=cycle))


@blueprint.post(NUMBERS)
@requires("papers:edit")
def enter(cycle: int) -> Response:
    """Enter what was typed: all of it or nothing. A pasted block is only spread over the rows."""
    papers = queries.papers(g.school, g.cycle)
    form = _posted(papers, cycle)
    if (block := posted_block()) is not None:
        return _spread(papers, form, block)
    if not form.validate():
        return _board(papers, form, status=422)
    try:
        said = operations.enter(access.actor(), pages.place(), [row.entry for row in form.typed])
    except NotAllowed as refusal:
        blame(form, refusal.field, refusal.sentence)
        return _board(papers, form, status=422)
    except db.Conflict:
        return _board(papers, form, status=409)
    return htmx.leave(url_for(".board", cycle=cycle) + "#signed", _sentence("Сохранено.", said))


@blueprint.get(f"{pages.PAPER}/number")
@requires("papers:edit")
def edit(cycle: int, paper_id: int) -> Response:
    """Show the number and date of a signed paper to be put right."""
    paper = _signed(paper_id)
    return _edit(paper, CorrectForm(obj=paper, first_year=cycle))


@blueprint.post(f"{pages.PAPER}/number")
@requires("papers:edit")
def correct(cycle: int, paper_id: int) -> Response:
    """Save another number or date: the lines of evidence and the pairs change with it."""
    paper = _signed(paper_id)
    form = CorrectForm.posted(first_year=cycle)
    if not form.check(paper):
        return _edit(paper, form, 422)
    given, version = (form.number.data or "", form.dated.data), form.version.data
    try:
        said = operations.correct(access.actor(), pages.place(), paper, *given, version=version)
    except Refused as refusal:
        blame(form, "dated", f"Одну из пар с этой датой не начать. {refusal.sentence}")
        return _edit(paper, form, 422)
    except db.NotNow as refusal:
        blame(form, "", str(refusal))
        return _edit(paper, form, 409)
    except db.Conflict:
        return _edit(paper, form, 409, is_changed=True)
    return htmx.leave(url_for(".board", cycle=cycle) + "#signed", _sentence("Исправлено.", said))


@blueprint.post(f"{pages.PAPER}/undo")
@requires("papers:edit")
def undo(cycle: int, paper_id: int) -> Response:
    """Take the number and date of a paper away again, with all that followed."""
    paper = pages.found(paper_id)
    said = operations.undo(access.actor(), pages.place(), paper, version=posted_version())
    return htmx.leave(url_for(".board", cycle=cycle), _sentence("Вернули, как было.", said))


@blueprint.post(f"{pages.PAPER}/lines")
@requires("papers:edit")
def write(cycle: int, paper_id: int) -> Response:
    """Write the lines of evidence that waited for their stage to be opened."""
    paper = _signed(paper_id)
    said = operations.write_waiting(access.actor(), pages.place(), paper)
    return htmx.leave(url_for(".board", cycle=cycle) + "#signed", _sentence("Внесено.", said))


def _signed(paper_id: int) -> Paper:
    """Return a signed paper, or lead back to the page, where it has its number no more."""
    paper = pages.found(paper_id)
    if not paper.is_signed:
        to = url_for(".board", cycle=g.cycle.first_year)
        htmx.stop(htmx.leave(to, "У этой бумаги уже нет номера и даты."))
    return paper


def _form(papers: list[Paper], **kwargs: Any) -> NumbersForm:
    rows = lists.waiting(papers)
    offered: dict[str, Any] = {}
    for paper in rows:
        if order := lists.order_of(paper, papers):
            offered |= {f"number_{paper.id}": order.number, f"dated_{paper.id}": order.dated}
    return form_of(rows, drifts(rows))(data=offered, **kwargs)


def _posted(papers: list[Paper], cycle: int) -> NumbersForm:
    """Return the form as it was sent: of what waits, and of what another tab has signed meanwhile."""
    asked = {paper.id for paper in papers if f"number_{paper.id}" in request.form}
    waiting = lists.waiting(papers)
    rows = [paper for paper in papers if paper.id in asked or paper in waiting]
    form = form_of(rows, drifts(rows)).posted(first_year=cycle)
    form.signed = [paper for paper in papers if paper.is_signed and paper.id not in asked]
    return form


def _spread(papers: list[Paper], form: NumbersForm, block: str) -> Response:
    """Show a pasted block in the rows; nothing is saved yet."""
    found = paste.spread(block, form.papers, g.cycle.first_year)
    cells = request.form.to_dict()
    for key, typed in found.cells.items():
        cells |= {f"{name}_{key}": text for name, text in typed.items()}
    shown = form_of(form.papers, form.drifts)(MultiDict(cells), first_year=g.cycle.first_year)
    return _board(papers, shown, spread=found)


def _board(
    papers: list[Paper],
    form: NumbersForm,
    *,
    status: int = 200,
    spread: Spread[int] | None = None,
) -> Response:
    if status >= 400:
        db.discard()  # what the refused operation had begun to change
        papers = queries.papers(g.school, g.cycle)
    known = proving.spots(pages.place()) if papers else {}
    now = {paper.id: paper for paper in papers}
    return htmx.page(
        "paperwork/numbers.html",
        status=status,
        form=form,
        school=g.school,
        year=g.cycle.first_year,
        rows=[row for row in form.rows if not now[row.paper.id].is_signed],
        overtaken=[(row, now[row.paper.id]) for row in form.typed if now[row.paper.id].is_signed],
        signed=lists.signed(papers, known),
        spread=spread,
        is_changed=status == 409,
    )


def _edit(
    paper: Paper, form: CorrectForm, status: int = 200, *, is_changed: bool = False
) -> Response:
    if status >= 400:
        db.discard()
        paper = pages.found(paper.id)
    return htmx.page(
        "paperwork/number.html",
        status=status,
        paper=paper,
        name=rules.named(paper.kind),
        mark=rules.mark(paper.number, paper.dated),
        form=form,
        is_changed=is_changed,
        board=url_for(".board", cycle=g.cycle.first_year),
    )


def _sentence(done: str, said: list[str]) -> str:
    return " ".join([done, *(f"{ru.capitalized(text).rstrip('.')}." for text in said)])
