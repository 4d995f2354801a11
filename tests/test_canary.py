"""security.md#s3: a name in every personal field of one school stands in nothing that anybody
else can open."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import product

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nastav import dates
from nastav.access import PUBLIC
from nastav.db import db
from nastav.district.models import District, School
from nastav.district.queries import current_cycle
from nastav.papers.catalogue import KINDS
from nastav.paperwork.drawing import Place
from nastav.paperwork.numbers.operations import Entry, enter
from nastav.paperwork.operations import make
from nastav.practices.operations import PracticeData, add_practice
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient
from tests.support.personal import CANARY, add_pair_in_full, fill_with_the_canary
from tests.support.registers import registers
from tests.support.routes import doors

YEARS = {"cycle": "2020", "year": "2020"}


@pytest.fixture
def filled(app: Flask, cast: Cast) -> Flask:
    """Return the application with the canary all over the school of Вера."""
    with registers(app, cast, "vera") as school:
        add_pair_in_full(school, 2020)
        fill_with_the_canary()
        make_papers(cast)
        draft = PracticeData(title=f"Опыт {CANARY}", kind_id=1)
        add_practice(cast.actor("vera"), cast.vera_school, draft)
    return app


def make_papers(cast: Cast) -> None:
    """Make the papers of Вера's pair and sign the first two."""
    school = db.session.get_one(School, cast.vera_school)
    district = db.session.get_one(District, cast.district)
    cycle = current_cycle(cast.district, dates.today())
    assert cycle
    place, actor = Place(district, school, cycle), cast.actor("vera")
    kinds = [KINDS[key] for key in ("mentees", "pairs", "plans", "award")]
    papers = make(actor, place, kinds, dates.today()).papers
    assert [paper.id for paper in papers] == [2, 3, 4, 5]  # 1 is one with a text of the school
    enter(actor, place, [Entry(paper, "87", dates.today(), paper.version) for paper in papers[:2]])


def addresses(app: Flask, cast: Cast, school: int) -> Iterator[str]:
    """Every page and file; Вера's rows are the first ones there are, so 1 and 2 are their ids."""
    for path, method, _endpoint, permission in doors(app):
        if method != "GET" or permission == PUBLIC:
            continue
        names = re.findall(r"<([^>]+)>", path)
        given = {**YEARS, "school_id": str(school), "district_id": str(cast.district)}
        values = [values_of(name, given) for name in names]
        for chosen in product(*values):
            url = path
            for name, value in zip(names, chosen, strict=True):
                url = url.replace(f"<{name}>", value, 1)
            yield url
            if "/mentees" in url or "/mentors" in url or url.endswith("/pairs"):
                yield url + "?show=left"


def values_of(name: str, given: dict[str, str]) -> list[str]:
    if name.startswith("any("):
        return name[4:].split(")", maxsplit=1)[0].replace(" ", "").split(",")
    name = name.rsplit(":", maxsplit=1)[-1]
    return [given[name]] if name in given else ["1", "2"]


def words_of(answer: TestResponse) -> str:
    """Return what an answer says, a workbook unpacked."""
    body = answer.get_data()
    if body.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(body)) as book:
            parts = (book.read(name) for name in book.namelist())
            body = b"\n".join([*map(str.encode, book.namelist()), *parts])
    return body.decode("utf-8", "replace")


def open_everything(
    client: PageClient, app: Flask, cast: Cast, school: int
) -> tuple[int, set[str]]:
    """Return how many addresses answered, and which of them say the canary."""
    seen, holding = 0, set()
    client.checks = False  # what is said is looked at here, and nothing else
    for url in addresses(app, cast, school):
        if url.startswith(("/logout", "/account/password")):
            continue
        for headers in ({}, HTMX):
            answer = client.get(url, headers=headers)
            seen += answer.status_code == 200
            assert answer.status_code < 500, url
            if CANARY in words_of(answer) or CANARY in str(answer.headers):
                holding.add(url)
            if answer.status_code != 200 or answer.mimetype != "text/html":
                break  # of what is no page there is no part
    return seen, holding


@pytest.mark.parametrize("login", ["anna", "gleb", "boris", "galina"])
def test_nobody_outside_the_school_reads_the_name(
    filled: Flask, cast: Cast, client_of: ClientOf, login: str
) -> None:
    at_school = login in ("boris", "galina")
    places = {cast.vera_school, cast.boris_school} if at_school else {cast.vera_school}
    for school in places:
        seen, holding = open_everything(client_of(login), filled, cast, school)
        assert holding == set()
        assert seen > 20 or school == cast.vera_school


def test_the_own_curator_reads_it(filled: Flask, cast: Cast, vera: PageClient) -> None:
    """Else the canary sits nowhere, and nothing above says anything."""
    _, holding = open_everything(vera, filled, cast, cast.vera_school)
    own = f"/schools/{cast.vera_school}"
    pages = ("/mentees", "/mentees/1", "/mentors/2", "/consents", "/2020/pairs/1")
    papers = ("/2020/papers/texts", "/2020/papers/1", "/2020/papers/2/word")
    for page in (*pages, *papers, "/2020/rewards", "/practices", "/practices/1"):
        assert own + page in holding, page
    assert len(holding) > 15
