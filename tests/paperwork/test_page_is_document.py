"""A paper's page is its document, paragraph by paragraph and cell by cell; it counts as registers do."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from random import Random
from typing import Any, Final

import docx
import pytest
from bs4 import Tag
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from nastav.contents.collectors import COLLECT
from nastav.db import db, write_mode, writing
from nastav.district.models import TeamMember
from nastav.pairs.models import PairState
from nastav.papers import looks
from nastav.paperwork.models import Paper
from nastav.people.models import Part
from tests.contents.places import fill_school
from tests.contents.schools import anything, one_of_each
from tests.contents.scopes import scope
from tests.paperwork.conftest import add_team
from tests.support import databases
from tests.support.cast import Cast
from tests.support.pages import PageClient, paper, soup, text_of
from tests.support.people import add_member, add_pair, add_person
from tests.support.requisites import WHOM

DAY_ONE, LEFT = date(2020, 10, 5), date(2020, 11, 1)
SPACE: Final = re.compile(r"\s+")


def unit(text: str) -> str:
    return SPACE.sub("", text)


def of_document(content: bytes) -> list[str]:
    """Return each paragraph and each cell of a document in its order, read by python-docx alone."""
    found = []
    for part in docx.Document(BytesIO(content)).element.body:
        if part.tag == qn("w:p"):
            found.append(Paragraph(part, None).text)  # type: ignore[arg-type]
        elif part.tag == qn("w:tbl"):
            found += _of_cells(part)
    return _told(found)


def _of_cells(table: Any) -> Iterator[str]:
    """Yield the text of each cell; of one that holds a table, as the last row of a list, its cells'."""
    for cell in (cell for row in table.tr_lst for cell in row.tc_lst):
        yield _Cell(cell, None).text  # type: ignore[arg-type]
        for inner in cell.tbl_lst:
            yield from _of_cells(inner)


def of_page(answer: TestResponse) -> list[str]:
    """Return each paragraph and each cell of a page's sheet in its order."""
    sheet: Any = soup(answer).select_one("#paper") or paper(answer)
    found: list[str] = []
    for tag in sheet.find_all(["p", "h1", "h2", "td", "th", "span"]):
        if "visually-hidden" in tag.get("class", ()):
            continue
        if tag.name == "span" and tag.find_parent(["p", "td", "th"]):
            continue
        found += _lines(tag)
    return _told(found)


def _lines(tag: Tag) -> Iterator[str]:
    """Yield the texts between line breaks of a heading, the whole text of anything else."""
    if tag.name not in ("h1", "h2"):
        yield tag.get_text()
        return
    text = ""
    for child in tag.children:
        if isinstance(child, Tag) and child.name == "br":
            yield text
            text = ""
        else:
            text += child.get_text()
    yield text


def _told(texts: list[str]) -> list[str]:
    """Return what is said, without spaces and without the lines to sign on."""
    units = (unit(text) for text in texts)
    unsaid = ("", unit(looks.UNDER), unit(looks.LINE))
    return [each for each in units if each not in unsaid]


@pytest.mark.parametrize("seed", range(3))
def test_the_page_says_what_the_document_says_and_no_more(
    app: Flask, cast: Cast, boris: PageClient, seed: int
) -> None:
    with app.app_context(), writing():
        fill_school(cast.boris_school, 3)
        if seed:
            anything(cast.boris_school, Random(seed))
        else:
            one_of_each(cast.boris_school)
        db.session.query(TeamMember).delete()
    add_team(app, cast)
    address = f"/schools/{cast.boris_school}/2020/papers"
    boris.checks = False
    boris.fill(address, "papers", kind=list(COLLECT))
    with app.app_context():
        made = {paper.key: paper.id for paper in db.session.query(Paper)}
    assert len(made) > 18
    for key, paper_id in made.items():
        page = of_page(boris.get(f"{address}/{paper_id}"))
        document = of_document(boris.get(f"{address}/{paper_id}/word").data)
        assert page == document, key
        assert len(page) > 5


# --- counts -----------------------------------------------------------------------------------------

# of a pair: its mentor of six, how many mentees stay and how many have left, its state, another order
PAIRS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.integers(0, 4),
        st.integers(0, 2),
        st.sampled_from([PairState.DRAFT, PairState.ACTIVE, PairState.PAUSED]),
        st.sampled_from(["", "", "", "12"]),
    ),
    max_size=9,
)
Spec = list[tuple[int, int, int, PairState, str]]


@settings(
    max_examples=databases.examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(spec=PAIRS)
def test_the_order_lists_and_counts_what_the_registers_have(
    app: Flask, cast: Cast, spec: Spec
) -> None:
    with app.app_context(), write_mode():
        try:
            names, groups = _enter(cast.boris_school, spec)
            content = COLLECT["pairs"](scope(cast.boris_school))
        finally:
            db.session.rollback()
    if not names:
        assert content.nothing
        return
    (sheet,) = content.sheets
    said = [
        (item["наставник"].partition(",")[0], _people(item["наставляемые"]))  # type: ignore[index]
        for item in sheet.lists["пары"]
    ]
    assert sorted(said) == sorted((mentor, sorted(mentees)) for mentor, mentees in names)
    numbers = [int(found) for found in re.findall(r"\d+", sheet.fields["итог"])]
    sizes = [len(mentees) for _, mentees in names]
    counted = [len(names) - groups, groups]
    mentors = len({mentor for mentor, _ in names})
    assert numbers == [*filter(None, counted), mentors, sum(sizes)]


def _people(cell: str) -> list[str]:
    return sorted(line.partition(",")[0] for line in cell.split("\n"))


def _enter(school_id: int, spec: Spec) -> tuple[list[tuple[str, list[str]]], int]:
    """Form these pairs; return who stands in those that wait for an order and have both sides.

    And how many of them are groups, as the page of pairs calls those that ever had two mentees.
    """
    mentors = [add_person(school_id, part=Part.MENTOR) for _ in range(6)]
    waiting, groups = [], 0
    for at, staying, gone, state, order in spec:
        pair = add_pair(school_id, None, [], DAY_ONE, state=state)
        pair.order_number, pair.order_date = order, DAY_ONE if order else None
        add_member(pair, mentors[at], Part.MENTOR, DAY_ONE)
        present = [add_person(school_id) for _ in range(staying)]
        for who in present:
            add_member(pair, who, Part.MENTEE, DAY_ONE)
        for _ in range(gone):
            add_member(pair, add_person(school_id), Part.MENTEE, DAY_ONE, LEFT)
        if present and not order:
            mentor, *mentees = (
                f"{who.surname} {who.given_name}" for who in (mentors[at], *present)
            )
            waiting.append((mentor, mentees))
            groups += staying + gone > 1
    db.session.flush()
    return waiting, groups


def test_a_made_order_on_the_team_never_says_a_former_name(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    """«Кого?» was confirmed of another name: the line is empty until it is confirmed anew."""
    add_team(app, cast)
    address = f"/schools/{cast.boris_school}/2020/papers"
    at = boris.fill(address, "papers", kind=["team"]).location
    assert unit(WHOM) in "".join(of_page(boris.get(at)))
    with app.app_context(), writing():
        curator = db.session.query(TeamMember).filter_by(is_curator=True).one()
        curator.name = "Новиков Борис Ильич"
    for said in (of_page(boris.get(at)), of_document(boris.get(f"{at}/word").data)):
        assert "Белов" not in "".join(said)
        assert "НовиковБорисИльич" in said
    assert "реквизитах не хватает" in text_of(boris.get(at))
