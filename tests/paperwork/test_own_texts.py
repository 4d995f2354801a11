"""What the school itself writes in its papers: printed as typed, kept by the paper that is signed."""

from datetime import date
from io import BytesIO

import docx
import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.feedback.swot.models import Swot
from nastav.papers import looks
from nastav.papers.catalogue import KINDS
from nastav.paperwork.models import Paper, PaperFile, PaperText
from nastav.retention import operations as retention
from tests.paperwork.conftest import Desk
from tests.paperwork.test_numbers import close, plain
from tests.paperwork.test_thread import make
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup

ODD = "1. Поддержать {решили} & <b>участие</b>.\n\n  2. Назначить\tдежурных.  \n\u202eмотЬ"
LINES = ["1. Поддержать {решили} & <b>участие</b>.", "2. Назначить\tдежурных.", "\u202eмотЬ"]
# paper → how many lines to write on it has with its texts and without any
RULED = {"programme": (0, 3), "meeting1": (2, 5), "final": (1, 5), "note": (2, 9)}
PAPERS = pytest.mark.parametrize("key", RULED)


def texts_at(desk: Desk) -> str:
    return f"{desk.papers}/texts"


def word(client: PageClient, at: str) -> list[tuple[str, str]]:
    """Return the paragraphs of a paper in Word: style and text."""
    found = docx.Document(BytesIO(client.get(f"{at}/word").data)).paragraphs
    return [(each.style.name or "" if each.style else "", each.text) for each in found]


def ruled(lines: list[tuple[str, str]]) -> int:
    return sum(style == looks.RULED for style, _ in lines)


def made(app: Flask, cast: Cast, client: PageClient, desk: Desk, key: str) -> str:
    """Make a paper of a kind and return where it stands; what an order approves is made with it."""
    if key == "final":
        close(app, cast, desk.acting, date(2020, 12, 8))
    make(client, desk, KINDS[key].approved_by or key)
    return f"{desk.papers}/{papers(app)[key]}"


def papers(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {paper.key: paper.id for paper in db.session.query(Paper)}


@PAPERS
def test_without_texts_a_paper_has_its_lines(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk, key: str
) -> None:
    at = made(app, cast, boris, desk, key)
    assert ruled(word(boris, at)) == RULED[key][1]
    assert len(soup(boris.get(at)).select(".word .as-ruled")) == RULED[key][1]


@PAPERS
def test_a_text_stands_in_the_paper_and_on_its_page_as_typed(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk, key: str
) -> None:
    at = made(app, cast, boris, desk, key)
    names = list(KINDS[key].texts)
    boris.fill(texts_at(desk), **{name: f"{ODD}\n{name}" for name in names})
    lines = word(boris, at)
    said = [text for _, text in lines]
    for name in names:
        place = said.index(name) - len(LINES)
        assert said[place : place + len(LINES)] == LINES, "a paragraph a line, each where it stood"
    assert ruled(lines) == RULED[key][0]
    blocks = [block.get_text().strip() for block in soup(boris.get(at)).select(".word p")]
    for name in names:
        place = blocks.index(name)
        assert blocks[place - len(LINES)] == LINES[0]
    assert len(soup(boris.get(at)).select(".word .as-ruled")) == RULED[key][0]


def test_the_papers_page_leads_to_its_texts_until_it_is_signed(
    boris: PageClient, galina: PageClient, desk: Desk
) -> None:
    at = make(boris, desk, "meeting1")
    link = f'href="{texts_at(desk)}?paper=1#meeting1"'
    assert link in boris.get(at).get_data(as_text=True)
    assert link in galina.get(at).get_data(as_text=True)
    boris.fill(desk.numbers, number_1="1", dated_1="8.12")
    assert link not in boris.get(at).get_data(as_text=True)


@PAPERS
@pytest.mark.parametrize("before", ["Прежнее.", ""])
def test_a_signed_paper_keeps_the_text_it_had(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk, key: str, before: str
) -> None:
    at = made(app, cast, boris, desk, key)
    name = list(KINDS[key].texts)[-1]
    boris.fill(texts_at(desk), **{name: before})
    boris.fill(desk.numbers, number_1="1", dated_1="8.12")
    signed = boris.get(f"{at}/word").data
    boris.fill(texts_at(desk), **{name: "Новое."})
    assert boris.get(f"{at}/word").data == signed
    page = plain(boris.get(at))
    assert "Новое." not in page
    assert ("Прежнее." in page) is bool(before)
    boris.fill(desk.numbers, "undo")
    assert "Новое." in plain(boris.get(at)), "without its number it takes the text of now"
    with app.app_context():
        assert db.session.query(PaperText).count() == 0


def test_what_the_swot_says_is_not_asked_twice(app: Flask, boris: PageClient, desk: Desk) -> None:
    with app.app_context(), writing():
        swot = {"school_id": desk.school, "first_year": 2020, "kind_id": 1}
        db.session.add(Swot(**swot, weaknesses="Мало времени"))
    at = make(boris, desk, "note")
    assert ruled(word(boris, at)) == 2 + 4
    boris.fill(texts_at(desk), note_difficulties="Далеко ехать.")
    said = [text for _, text in word(boris, at)]
    place = said.index("Далеко ехать.")
    assert said[place - 1].endswith("Мало времени.")


def test_after_its_years_a_text_goes_with_the_bytes_that_hold_it(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk
) -> None:
    make(boris, desk, "meeting1", "start")
    own = papers(app)["meeting1"]
    boris.fill(texts_at(desk), meeting_decided="Поручить Канарейкиной.")
    numbers = {"number_1": "1", "dated_1": "8.12", f"number_{own}": "2", f"dated_{own}": "8.12"}
    boris.fill(desk.numbers, **numbers)
    with app.app_context():
        version = db.session.get_one(Paper, own).version
        files = db.session.query(PaperFile).count()
    for today, left in ((date(2024, 8, 31), files), (date(2024, 9, 1), files - 1)):
        with app.app_context(), writing():
            retention.erase_texts(cast.actor("boris"), desk.school, today)
        with app.app_context():
            assert db.session.query(PaperFile).count() == left
    with app.app_context():
        assert db.session.query(PaperText.text).all() == [("",)]
        assert db.session.get_one(Paper, own).version == version + 1
    page = boris.get(f"{desk.papers}/{own}")
    assert "Тексты школы в ней стёрты" in plain(page)
    assert "Здесь она составлена заново" in plain(page)
    assert "Канарейкиной" not in page.get_data(as_text=True)
    assert len(soup(page).select(".word .as-ruled")) == 5
    kept = boris.get(f"{desk.papers}/{papers(app)['programme']}")
    assert "составлена заново" not in plain(kept), "a paper without such a text stays as signed"
