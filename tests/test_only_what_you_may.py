"""No page tells a reader to do what only others may: the head and the observer walk every page.

They walk the demo, a district where nothing is entered yet, and a school with something of each trouble.
"""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from nastav.db import db, writing
from nastav.identity.transfers.models import Transfer, TransferState
from nastav.pairs.models import Pair, PairMember
from nastav.people.models import Part, Participation
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.crawl import Walk, walk
from tests.support.demo import client_of as demo_client
from tests.support.pages import PageClient, soup
from tests.support.registers import registers
from tests.support.stages import put

IMPERATIVE = re.compile(r"\b[А-Яа-яё]+(?:йте|ите|ьте)(?:сь)?\b")
# no orders, or orders that a reader can follow
MAY = re.compile(
    r"обратитесь к координатору|назовите №|измените (?:запрос|условия|слово)|выберите «все»"
    r"|укажите номер приказа"  # the coordinator's remark, quoted
    r"|хотите|видите|справитесь|уверены|пропустите вопрос",
    re.IGNORECASE,
)
READERS = {"head": "galina", "observer": "gleb"}
MANUAL = "/help"  # says of each section whom it is for


def orders(page: BeautifulSoup) -> list[str]:
    """Return the sentences of a page, forms and letters left out, that tell somebody to do something."""
    main = page.select_one("main") or page
    for part in main.select("form, textarea, [data-quoted]"):  # quoted: what others are told
        part.decompose()
    text = " ".join(main.get_text(" ").split())
    sentences = re.split(r"(?<=[.?!])\s", text)
    return [sentence for sentence in sentences if IMPERATIVE.search(MAY.sub("", sentence))]


def orders_seen(client: PageClient, addresses: list[str]) -> list[str]:
    """Return what pages tell their reader to do."""
    found = {
        f"{address}: {order}"
        for address in addresses
        if address.split("?")[0] != MANUAL
        for order in orders(soup(client.get(address)))
    }
    return sorted(found)


@pytest.fixture
def troubled(app: Flask, cast: Cast) -> int:
    """Return the school: a stage returned, a pair that lost its mentee, a refused transfer, doubles."""
    put(app, ("СОШ №5", 1, "returned"), ("СОШ №5", 2, "submitted"), ("СОШ №5", 3, "accepted"))
    with registers(app, cast) as own:
        lost, sent = own.mentee("Лапкина Мария"), own.mentee("Зимин Олег")
        pair = own.pair(own.mentor("Зонтикова Анна", grade=10), lost).id
        own.mentee("Птицына Ольга")
    with registers(app, cast, "vera") as other:
        twin = other.mentee("Птицына Ольга")
        assert twin
    with app.app_context(), writing():
        gone = db.session.query(PairMember).filter_by(pair_id=pair, part=Part.MENTEE).one()
        gone.left, gone.left_reason = date(2020, 12, 1), "переезд"
        line = db.session.get_one(Participation, sent.participation_id)
        line.left, line.left_reason = date(2020, 12, 1), "перевод"
        for school, part in (
            (cast.boris_school, cast.vera_school),
            (cast.vera_school, cast.boris_school),
        ):
            db.session.add(
                _offer(sent.person_id, school, part, refused=school == cast.boris_school)
            )
        assert db.session.get_one(Pair, pair)
    return cast.boris_school


def _offer(person_id: int, school: int, to: int, *, refused: bool) -> Transfer:
    state = TransferState.REFUSED if refused else TransferState.OFFERED
    return Transfer(
        person_id=person_id,
        school_id=school,
        to_school_id=to,
        part=Part.MENTEE,
        left=date(2020, 12, 1),
        state=state,
        decided_on=date(2020, 12, 2) if refused else None,
        reason="не пришёл" if refused else "",
    )


@pytest.mark.parametrize("role", READERS)
def test_in_the_demo(demo: Flask, walks: dict[str, Walk], role: str) -> None:
    client = demo_client(demo, role)
    client.checks = False
    assert len(walks[role].addresses) > 60
    assert orders_seen(client, walks[role].addresses) == []


@pytest.mark.parametrize("role", READERS)
def test_where_nothing_is_entered(app: Flask, client_of: ClientOf, role: str) -> None:
    client = client_of(READERS[role])
    addresses = walk(app, client, ["/"]).addresses
    assert len(addresses) > 20
    assert orders_seen(client, addresses) == []


@pytest.mark.usefixtures("troubled")
@pytest.mark.parametrize("role", READERS)
def test_where_something_is_wrong_with_everything(
    app: Flask, client_of: ClientOf, role: str
) -> None:
    client = client_of(READERS[role])
    assert orders_seen(client, walk(app, client, ["/"]).addresses) == []


def test_an_order_is_known_by_its_verb() -> None:
    page = (
        "<main><p>Согласия на бумаге: отметьте полученные списком.</p><form>Впишите.</form></main>"
    )
    assert orders(BeautifulSoup(page, "html.parser")) == [
        "Согласия на бумаге: отметьте полученные списком."
    ]
