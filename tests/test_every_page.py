"""Every page that links lead to, by role: it opens, and costs the same however many rows there are."""

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.access import PUBLIC
from nastav.accounts.models import User
from nastav.db import db, writing
from tests.support.crawl import Walk, walk
from tests.support.demo import LOGINS, client_of, session_login
from tests.support.growth import grow
from tests.support.pages import PageClient
from tests.support.queries import statements
from tests.support.routes import doors

# routes that no link of the demo leads to, and why
UNLINKED = {
    "accounts.csrf": "asked by a script after a lost session",
    "loads.ask_undo": "a load must have been carried out",
    "loads.mend": "a load with rows to mend must be open",
    "loads.show": "a load must be open",
    "feedback.links.show": "a set of links must have been made",
    "feedback.links.slips": "a set of links must have been made",
    "feedback.swot.sheet": "the four fields must have been written",
    "pairs.transfers.answer": "a pupil must have been offered to the school",
    "pairs.week.current": "typed or bookmarked without a year",
    "retention.due": "somebody's years must be over",
    "stages.activities.row": "one row, asked by a script",
    "stages.evidence.download": "a document with a file must have been sent",
}
pytestmark = pytest.mark.xdist_group("every_page")


@pytest.fixture(scope="module")
def walks(demo: Flask) -> dict[str, Walk]:
    """Return what each role meets, following links from the start page."""
    return {role: walk(demo, client_of(demo, role), ["/"]) for role in LOGINS}


def test_links_lead_to_pages_that_open(walks: dict[str, Walk]) -> None:
    opened = {role: len(found.reached) for role, found in walks.items()}
    assert min(opened.values()) > 15, opened


def test_every_route_is_reached_by_a_link(demo: Flask, walks: dict[str, Walk]) -> None:
    reached = set().union(*(found.reached for found in walks.values()))
    wanted = {
        endpoint
        for _path, method, endpoint, permission in doors(demo)
        if method == "GET" and permission != PUBLIC
    }
    assert len(wanted) > 60
    assert wanted - reached == set(UNLINKED)


def test_a_page_costs_the_same_in_a_larger_district(demo: Flask, walks: dict[str, Walk]) -> None:
    clients = {role: client_of(demo, role) for role in LOGINS}
    addresses = [(role, one) for role, found in walks.items() for one in found.addresses]
    before = {place: _cost(clients[place[0]], place[1]) for place in addresses}
    with demo.app_context(), writing():
        for role in ("curator", "curator at work"):
            login = session_login(role)
            school_id = db.session.scalars(select(User.school_id).filter_by(login=login)).one()
            grow(school_id or 0, schools=27 if role == "curator" else 0)
    after = {place: _cost(clients[place[0]], place[1]) for place in addresses}
    grown = {place: (before[place], after[place]) for place in addresses}
    assert len(grown) > 100
    assert not {place: cost for place, cost in grown.items() if cost[1] > cost[0]}


def _cost(client: PageClient, address: str) -> int:
    with statements() as found:
        assert client.get(address).status_code == 200, address
    return len(found)
