"""What the pages of papers share: whose they are, the paper of an address, the way back."""

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import abort, g, url_for

from nastav.district import queries as districts
from nastav.papers.kinds import Kind
from nastav.paperwork import queries
from nastav.paperwork.drawing import Place
from nastav.paperwork.models import Paper

PAPERS = "/schools/<int:school_id>/<int:cycle>/papers"
PAPER = f"{PAPERS}/<int:paper_id>"


def place() -> Place:
    """Return the school and school year of the address."""
    district = districts.district(g.school.district_id)
    assert district is not None  # noqa: S101  # a school has a district
    return Place(district, g.school, g.cycle)


def found(paper_id: int) -> Paper:
    """Return a paper of the school and school year of the address; 404 when there is none."""
    paper = queries.paper(g.school, g.cycle, paper_id)
    if paper is None:
        abort(404)
    return paper


def board_url() -> str:
    """Return the address of «Бумаги»."""
    return url_for("paperwork.board", cycle=g.cycle.first_year)


def requisites_url(kinds: Sequence[Kind]) -> str:
    """Return where what these papers lack is asked for; from there the way leads back to them."""
    asked = urlencode([("for", kind.key) for kind in kinds])
    return f"{url_for('requisites.form', cycle=g.cycle.first_year)}?{asked}"


def address(paper: Paper) -> str:
    """Return the address of a paper's page."""
    return url_for("paperwork.show", cycle=g.cycle.first_year, paper_id=paper.id)
