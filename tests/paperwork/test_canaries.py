"""security.md#s3 over papers: a child's name stands in its school's papers, in nothing about them."""

import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import unquote

import docx
import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.contents.collectors import COLLECT
from nastav.db import db, writing
from nastav.district.models import TeamMember
from nastav.papers.catalogue import KINDS
from nastav.papers.kinds import Names
from nastav.paperwork.models import Paper
from nastav.people.models import Kind, Part, Participation, Person
from nastav.stages.models import Evidence
from tests.conftest import ClientOf
from tests.contents.places import fill_school
from tests.contents.schools import one_of_each
from tests.paperwork.conftest import add_team
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.routes import doors

CANARY: Final = "Канареечник"
STEM: Final = re.compile(
    "канаре|kanare", re.IGNORECASE
)  # declined or in Latin letters it is a name too
WITH_CHILDREN: Final = {kind.key for kind in KINDS.values() if kind.names is Names.CHILDREN}
ADDRESSES: Final = ("href", "action", "src", "hx-get", "hx-post", "hx-push-url", "formaction")
Named = tuple[str, str]  # where it stands, what stands there


@dataclass(frozen=True)
class Desk:
    """A school all of whose children have the canary for a surname, and the papers made of it."""

    papers: str
    ids: dict[str, int]  # key of a kind → its paper
    made: list[TestResponse]


@pytest.fixture
def desk(app: Flask, cast: Cast, boris: PageClient) -> Desk:
    """Make every paper of such a school, as its curator does."""
    with app.app_context(), writing():
        fill_school(cast.boris_school, 5)
        one_of_each(cast.boris_school)
        db.session.query(TeamMember).delete()
        children = update(Person).where(Person.kind == Kind.PUPIL)
        db.session.execute(children.values(surname=CANARY))
    add_team(app, cast)
    address = f"/schools/{cast.boris_school}/2020/papers"
    made = boris.fill(address, "papers", kind=list(COLLECT))
    with app.app_context():
        ids = {paper.key: paper.id for paper in db.session.query(Paper)}
    return Desk(address, ids, [made])


def around(answer: TestResponse) -> Iterator[Named]:
    """Yield all that an answer says of what it holds: headers, its title, the addresses on it."""
    where = answer.request.path
    yield "address", unquote(answer.request.full_path)
    for name, value in answer.headers:
        yield f"{where}: {name}", unquote(value)
    if answer.mimetype == "text/html" and answer.get_data():
        page = soup(answer)
        yield f"{where}: title", page.title.get_text() if page.title else ""
        for tag in page.find_all(True):
            yield from ((f"{where}: {name}", text) for name, text in _addresses(tag))


def _addresses(tag: Tag) -> Iterator[Named]:
    for name in ADDRESSES:
        if name in tag.attrs:
            yield name, unquote(str(tag[name]))


def beside_the_text(content: bytes) -> Iterator[Named]:
    """Yield what an archive says besides what is printed: names and comments of parts, properties."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        yield "comment", archive.comment.decode("utf-8", "replace")
        for entry in archive.infolist():
            yield "name of a part", entry.filename
            yield entry.filename, (entry.comment + entry.extra).decode("utf-8", "replace")
            part = archive.read(entry)
            if entry.filename.endswith(".docx"):
                yield from beside_the_text(part)
            elif entry.filename != "word/document.xml":
                yield entry.filename, part.decode("utf-8", "replace")


def assert_silent(found: Iterator[Named]) -> None:
    said = list(found)
    assert said
    assert [where for where, text in said if STEM.search(text)] == []


def words(content: bytes) -> str:
    found = docx.Document(BytesIO(content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return " ".join([*(each.text for each in found.paragraphs), *cells])


def test_every_paper_with_children_is_made_here(boris: PageClient, desk: Desk) -> None:
    """Else the canary sits nowhere, and nothing below says anything."""
    assert desk.ids.keys() == set(COLLECT)
    for key in WITH_CHILDREN:
        at = f"{desk.papers}/{desk.ids[key]}"
        assert CANARY in words(boris.get(f"{at}/word").data), key
        assert CANARY in text_of(boris.get(at)), key


def test_a_name_is_printed_and_stands_nowhere_beside(
    app: Flask, boris: PageClient, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    answers = [*desk.made, boris.get(desk.papers)]
    files = []
    with caplog.at_level(logging.DEBUG):
        for paper_id in desk.ids.values():
            answers.append(boris.get(f"{desk.papers}/{paper_id}"))
            files.append(boris.get(f"{desk.papers}/{paper_id}/word"))
        every = "&".join(f"paper={paper_id}" for paper_id in desk.ids.values())
        files.append(boris.get(f"{desk.papers}/several?{every}"))
        answers += _numbered(boris, desk)
    for answer in (*answers, *files):
        assert answer.status_code in (200, 303)
        assert_silent(around(answer))
    for file in files:
        assert_silent(beside_the_text(file.data))
    assert files[-1].mimetype == "application/zip"
    assert "GET" in caplog.text
    assert not STEM.search(unquote(caplog.text))
    with app.app_context():
        journal = [_row(entry) for entry in db.session.scalars(select(AuditEntry))]
        lines = [_row(line) for line in db.session.scalars(select(Evidence))]
        kept = [str((paper.ids, paper.effects)) for paper in db.session.query(Paper)]
    for key in WITH_CHILDREN:  # by itself and in the archive, each with how many names
        noted = rf"'{KINDS[key].file}-2020-12-09\.docx \(имён: [1-9]"
        assert sum(bool(re.search(noted, row)) for row in journal) == 2, key
    assert len(lines) > 10
    assert not [row for row in (*journal, *lines, *kept) if STEM.search(row)]


def _numbered(boris: PageClient, desk: Desk) -> list[TestResponse]:
    """Give every paper its number and date, correct one and take it back; return the answers."""
    board = boris.get(f"{desk.papers}/numbers")
    typed: dict[str, str] = {}
    for place, name in enumerate(re.findall(r'name="dated_(\d+)"', board.get_data(as_text=True))):
        typed |= {f"number_{name}": str(20 + place), f"dated_{name}": "9.12"}
    entered = boris.fill(board, **typed)
    order = f"{desk.papers}/{desk.ids['pairs']}"
    corrected = boris.fill(f"{order}/number", number="78", dated="8.12")
    shown = [boris.get(f"{desk.papers}/numbers"), boris.get(desk.papers), boris.get(order)]
    return [board, entered, corrected, *shown, boris.fill(shown[0], f"{desk.ids['pairs']}/undo")]


def _row(row: AuditEntry | Evidence) -> str:
    return str({column.name: getattr(row, column.key) for column in row.__table__.columns})


@pytest.mark.parametrize("login", ["anna", "gleb"])
def test_the_district_opens_no_paper_and_reads_only_the_line(
    app: Flask, cast: Cast, client_of: ClientOf, boris: PageClient, desk: Desk, login: str
) -> None:
    _numbered(boris, desk)
    client, tried = client_of(login), 0
    for path, method, endpoint, _ in doors(app):
        if "<int:school_id>/<int:cycle>/papers" not in path:
            continue
        assert endpoint.startswith(("paperwork.", "requisites.")), endpoint
        for paper_id in ("1", str(desk.ids["pairs"]), "999"):
            url = path.replace("<int:school_id>", str(cast.boris_school))
            url = url.replace("<int:cycle>", "2020").replace("<int:paper_id>", paper_id)
            ask = client.get if method == "GET" else client.send
            answer = ask(url)
            assert answer.status_code == 403, (method, url)
            assert not STEM.search(answer.get_data(as_text=True))
            tried += 1
    assert tried >= 14 * 3
    for ordinal in range(1, 8):
        page = client.get(f"/schools/{cast.boris_school}/2020/stages/{ordinal}")
        assert page.status_code == 200
        assert not STEM.search(page.get_data(as_text=True))
        assert_silent(around(page))
        assert ordinal not in (5, 7) or "от 09.12.2020" in text_of(page).replace("\xa0", " ")
        assert not re.search(r"/papers\b", page.get_data(as_text=True)), "no link to a paper"


@pytest.mark.parametrize("key", sorted(WITH_CHILDREN))
def test_the_anonymised_print_as_participants_with_a_number(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk, key: str
) -> None:
    """Made before, drawn after: the names that are gone stand in no bytes of the paper."""
    with app.app_context(), writing():
        people = select(Participation.person_id).filter_by(school_id=cast.boris_school)
        rows = db.session.query(Person).filter(Person.id.in_(people), Person.kind == Kind.PUPIL)
        for person in rows:
            person.surname = person.given_name = person.patronymic = ""
        assert db.session.query(Participation).filter_by(part=Part.MENTEE).count() > 5
    at = f"{desk.papers}/{desk.ids[key]}"
    word, page = boris.get(f"{at}/word"), boris.get(at)
    for said in (words(word.data), text_of(page)):
        assert re.search(r"участник № \d+", said.replace("\xa0", " "))
        assert CANARY not in said
