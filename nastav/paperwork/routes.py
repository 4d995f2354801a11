"""«Бумаги»: made, shown as they will print, downloaded in Word."""

from collections.abc import Sequence

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from nastav import access, dates, htmx, ru
from nastav.access import requires
from nastav.audit import downloads
from nastav.contents.collectors import COLLECT
from nastav.forms import posted_version, row_id
from nastav.papers import answers, drawer
from nastav.papers.catalogue import KINDS
from nastav.papers.kinds import Kind, Names
from nastav.paperwork import board as offers
from nastav.paperwork import drawing, operations, pages, queries, rules
from nastav.paperwork.drawing import Document
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers import routes as numbers
from nastav.paperwork.numbers.drift import drifts
from nastav.paperwork.numbers.forms import form_of
from nastav.paperwork.numbers.lists import waiting

blueprint = Blueprint("paperwork", __name__)
blueprint.register_blueprint(numbers.blueprint)
ZIP = "application/zip"


@blueprint.get(pages.PAPERS)
@requires("papers:read")
def board() -> Response:
    """Show the papers by stage: what can be made, what is missing, what was made."""
    return _board(ticked=request.args.getlist("for"))


@blueprint.post(pages.PAPERS)
@requires("papers:edit")
def make() -> Response:
    """Make the papers ticked, or lead to what must be known before."""
    kinds = _asked()
    if not kinds:
        return _board(problem="Отметьте хотя бы одну бумагу.", status=422)
    place = pages.place()
    on = rules.asked_day(g.cycle, dates.today())
    if any(place.missing(kind, on) for kind in kinds):
        return htmx.leave(pages.requisites_url(kinds))
    if not htmx.is_first():
        return htmx.leave(pages.board_url(), "Бумаги уже сделаны.")
    made = operations.make(access.actor(), place, kinds, on)
    if not made.papers:
        return _board(ticked=[kind.key for kind in kinds], status=422, refused=made.refused)
    said = _made(made)
    is_alone = len(made.papers) == 1 and not made.refused
    return htmx.leave(
        pages.address(made.papers[0]) if is_alone else f"{pages.board_url()}#made", said
    )


@blueprint.get(pages.PAPER)
@requires("papers:read")
def show(cycle: int, paper_id: int) -> Response:
    """Show a paper as it will print, with what is to be remarked of it."""
    paper = pages.found(paper_id)
    document = drawing.draw(pages.place(), paper)
    rows = [] if not access.may("papers:edit") else waiting([paper])
    return htmx.page(
        "paperwork/paper.html",
        paper=paper,
        name=rules.named(paper.kind),
        mark=rules.mark(paper.number, paper.dated),
        document=document,
        blocks=drawer.draw(document.content) if document.content else [],
        is_redrawn=paper.is_signed and not document.is_kept,
        is_erased="" in (queries.written(paper) or {}).values(),
        layout=drawer.layout(document.content) if document.content else None,
        form=form_of(rows, drifts(rows))(first_year=cycle) if rows else None,
        back=pages.board_url(),
    )


@blueprint.get(f"{pages.PAPER}/word")
@requires("papers:read")
def word(paper_id: int) -> Response:
    """Give a paper in Word; one with names is noted in the journal before it leaves."""
    paper = pages.found(paper_id)
    document = drawing.draw(pages.place(), paper)
    if document.nothing:
        return htmx.leave(pages.address(paper), f"В бумаге больше никого нет: {document.nothing}.")
    _note([document])
    return _word(document)


@blueprint.get(f"{pages.PAPERS}/several")
@requires("papers:read")
def several() -> Response:
    """Give several papers as one zip, one as it is."""
    ids = [row_id(text) for text in request.args.getlist("paper")]
    place = pages.place()
    drawn = [drawing.draw(place, paper) for paper in queries.chosen(g.school, g.cycle, ids)]
    documents = [document for document in drawn if document.content]
    if not documents:
        return htmx.leave(pages.board_url(), "Отметьте хотя бы одну сделанную бумагу.")
    _note(documents)
    if len(documents) == 1:
        return _word(documents[0])
    name = f"bumagi-{dates.today()}.zip"
    return answers.saved(drawing.zipped(documents), name, name, ZIP)


@blueprint.post(f"{pages.PAPER}/remove")
@requires("papers:edit")
def remove(paper_id: int) -> Response:
    """Take away a paper that nobody signed; sent twice, it is away already."""
    paper = queries.paper(g.school, g.cycle, paper_id)
    if paper is not None:
        operations.remove(access.actor(), paper, version=posted_version())
    return htmx.leave(pages.board_url(), "Бумага убрана: она была без номера.")


def _word(document: Document) -> Response:
    return answers.saved(document.content, document.name, document.name, answers.WORD)


def _asked() -> list[Kind]:
    """Return the kinds ticked; with an order comes what it approves, unless that waits already."""
    keys = set(request.form.getlist("kind"))
    waits = {paper.key for paper in queries.papers(g.school, g.cycle) if not paper.is_signed}
    return [
        kind
        for key, kind in KINDS.items()
        if key in COLLECT and (key in keys or (kind.approved_by in keys and key not in waits))
    ]


def _board(
    *,
    ticked: Sequence[str] = (),
    problem: str = "",
    refused: Sequence[tuple[Kind, str]] = (),
    status: int = 200,
) -> Response:
    papers = queries.papers(g.school, g.cycle)
    stages = offers.stages_of(pages.place(), papers, rules.asked_day(g.cycle, dates.today()))
    return htmx.page(
        "paperwork/board.html",
        status=status,
        school=g.school,
        year=g.cycle.first_year,
        stages=stages,
        asked=offers.asked(stages),
        unsigned=[paper for paper in papers if not paper.is_signed],
        signed=[paper for paper in papers if paper.is_signed],
        waits=len(waiting(papers)),
        ticked=ticked,
        problems=[*([problem] if problem else []), *(_refusal(*each) for each in refused)],
        named=rules.named,
        mark=rules.mark,
        may_edit=access.may("papers:edit"),
    )


def _refusal(kind: Kind, why: str) -> str:
    return f"{rules.named(kind)}: {why}."


def _made(made: operations.Made) -> str:
    count = ru.counted(len(made.papers), "бумага", "бумаги", "бумаг")
    verb = "Сделана" if len(made.papers) == 1 else "Сделано:"
    return " ".join([f"{verb} {count}.", *(_refusal(*each) for each in made.refused)])


def _note(documents: Sequence[Document]) -> None:
    """Write into the journal which papers with names leave: the paper, its day, how many people."""
    named = [
        document.paper for document in documents if document.paper.kind.names is not Names.NONE
    ]
    if named:
        downloads.noted_each(map(_with_names, named), g.school.id)


def _with_names(paper: Paper) -> str:
    return f"{paper.file_name}.docx (имён: {rules.people_in(paper.ids)})"
