"""Pages of the district's papers: the list, the order on results, a letter to each school behind."""

from flask import Blueprint, abort, g, request, url_for
from werkzeug.wrappers import Response

from nastav import htmx, ru
from nastav.access import requires
from nastav.audit import downloads
from nastav.coverage.forms import AskedDay
from nastav.execution import queries
from nastav.execution.forms import asked_day
from nastav.letters import letter, results
from nastav.papers import answers, drawer
from nastav.rollup import board as boards
from nastav.rollup import queries as rollup
from nastav.rollup.board import Board, Row

blueprint = Blueprint("letters", __name__)
PAPERS = "/districts/<int:district_id>/papers"


@blueprint.get(PAPERS)
@requires("rollup:read")
def page() -> Response:
    """Show which papers the district can make on a day (`?on=`, by default today)."""
    return _page(_asked())


@blueprint.get(f"{PAPERS}/results")
@requires("rollup:read")
def order() -> Response:
    """Show the order on results as it will be signed."""
    asked = _asked()
    if asked.error:
        return _page(asked)
    here = url_for(".order_file", on=_typed(asked))
    return _paper(results.TITLE, _results(asked), here, asked)


@blueprint.get(f"{PAPERS}/results.docx")
@requires("rollup:read")
def order_file() -> Response:
    """Give the order on results in Word."""
    asked = _asked()
    if asked.error:
        return _page(asked)
    return _file(_results(asked), f"prikaz-itogi-{asked.on}", results.TITLE, asked)


@blueprint.get(f"{PAPERS}/letters/<int:to_id>")
@requires("rollup:read")
def to_school(to_id: int) -> Response:
    """Show the letter to a school that is behind."""
    asked = _asked()
    if asked.error:
        return _page(asked)
    row, board = _behind(to_id, asked)
    here = url_for(".to_school_file", to_id=to_id, on=_typed(asked))
    return _paper(letter.title(row), letter.document(row, board, g.district), here, asked)


@blueprint.get(f"{PAPERS}/letters/<int:to_id>.docx")
@requires("rollup:read")
def to_school_file(to_id: int) -> Response:
    """Give the letter in Word."""
    asked = _asked()
    if asked.error:
        return _page(asked)
    row, board = _behind(to_id, asked)
    content = letter.document(row, board, g.district)
    return _file(content, f"pismo-{to_id}-{asked.on}", letter.title(row), asked)


def _asked() -> AskedDay:
    return asked_day(request.args, g.district.order_date)


def _typed(asked: AskedDay) -> str | None:
    """Return the day as an address carries it; None for today."""
    return asked.typed if asked.is_past else None


def _board(asked: AskedDay) -> Board | None:
    cycle = queries.school_year(g.district.id, asked.on)
    return rollup.board(g.district.id, cycle, asked.on) if cycle else None


def _late(board: Board | None) -> list[Row]:
    return boards.overdue(board) if board else []


def _behind(school_id: int, asked: AskedDay) -> tuple[Row, Board]:
    """Return a school of the district that is behind on the day, with the matrix; 404 for another."""
    board = _board(asked)
    found = [row for row in _late(board) if row.school_id == school_id]
    if board is None or not found:
        abort(404)
    return found[0], board


def _results(asked: AskedDay) -> bytes:
    found = queries.execution(g.district, asked.on)
    return results.document(found, _board(asked), g.district)


def _page(asked: AskedDay) -> Response:
    return htmx.page(
        "letters/page.html",
        status=422 if asked.error else 200,
        asked=asked,
        on=_typed(asked),
        late=_late(_board(asked)),
        district=g.district,
    )


def _paper(title: str, content: bytes, file: str, asked: AskedDay) -> Response:
    return htmx.page(
        "letters/paper.html",
        title=f"{title} на {ru.date_short(asked.on)}",
        blocks=drawer.draw(content),
        layout=drawer.layout(content),
        file=file,
        back=url_for(".page", on=_typed(asked)),
    )


def _file(content: bytes, name: str, title: str, asked: AskedDay) -> Response:
    downloads.noted(f"{name.removesuffix(f'-{asked.on}')}.docx")
    russian = f"{title} на {ru.date_short(asked.on)}.docx"
    return answers.saved(content, f"{name}.docx", russian, answers.WORD)
