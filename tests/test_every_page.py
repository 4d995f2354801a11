"""Every page that links lead to, by role: it opens, and costs the same however many rows there are."""

from flask import Flask
from sqlalchemy import select

from nastav.accounts.models import User
from nastav.db import db, writing
from tests.support.crawl import REDIRECTS, Walk
from tests.support.demo import LOGINS, client_of, session_login
from tests.support.growth import grow
from tests.support.pages import PageClient
from tests.support.queries import statements
from tests.support.routes import doors
from tests.support.unlinked import unlinked

# routes that no link of the demo leads to, and why; `unlinked` knows an address of each
UNLINKED = {
    "accounts.csrf": "asked by a script after a lost session",
    "accounts.sign_in": "for those who have not signed in",
    "calendars.read": "given to a calendar program",
    "codes.ask": "the district must keep pupils by codes",
    "anonymous.ask": "typed from a slip",
    "anonymous.show": "typed from a slip",
    "anonymous.thanks": "follows an anonymous answer",
    "health": "asked by a monitor",
    "headings.ask": "a load must have a column that nobody understands",
    "mending.edit": "a load must be open",
    "mending.row": "asked by HTMX when a form is given up",
    "blanks.example": "a template must have been tried and not put in use",
    "blanks.file": "a template must have been tried and not put in use",
    "blanks.tried": "a template must have been tried and not put in use",
    "plan.year": "bookmarked from before: leads on",
    "years.ask_reopen": "a school year must be closed",
    "loads.ask_undo": "a load must have been carried out",
    "loads.mend": "a load with rows to mend must be open",
    "loads.show": "a load must be open",
    "ballots.show": "a set of links must have been made",
    "ballots.slips": "a set of links must have been made",
    "feedback.swot.sheet": "the four fields must have been written",
    "closing.ask_reopen": "of the cards of pairs few are opened, no closed one",
    "plans.lines.row": "one row, asked by a script",
    "transfers.answer": "a pupil must have been offered to the school",
    "awards.current": "typed or bookmarked without a year",
    "classes.current": "typed or bookmarked without a year",
    "feedback.school_now": "typed or bookmarked without a year",
    "occasions.current": "typed or bookmarked without a year",
    "pair_list.current": "typed or bookmarked without a year",
    "reports.making": "the district must have over fifty schools",
    "rollup.exports": "bookmarked from before: leads on",
    "rollup.current_stages": "typed or bookmarked without a year",
    "stages.current": "typed or bookmarked without a year",
    "training.current": "typed or bookmarked without a year",
    "week.current": "typed or bookmarked without a year",
    "retention.due": "somebody's years must be over",
    "stages.activities.row": "one row, asked by a script",
    "stages.evidence.download": "a document with a file must have been sent",
}


def test_links_lead_to_pages_that_open(walks: dict[str, Walk]) -> None:
    opened = {role: len(found.reached) for role, found in walks.items()}
    assert min(opened.values()) > 15, opened


def test_every_route_is_reached_by_a_link(demo: Flask, walks: dict[str, Walk]) -> None:
    reached = set().union(*(found.reached for found in walks.values()))
    wanted = _routes(demo)
    assert len(wanted) > 60
    assert wanted - reached == set(UNLINKED)


Place = tuple[str, str, str]  # role, route, and which of its addresses


def test_an_address_costs_the_same_in_a_larger_district(
    demo: Flask, walks: dict[str, Walk]
) -> None:
    clients = {role: client_of(demo, role) for role in LOGINS}
    for client in clients.values():
        client.checks = False
    linked = {
        (role, endpoint, address): address
        for role, found in walks.items()
        for opened in (found.pages, found.others)
        for endpoint, addresses in opened.items()
        for address in addresses
    }
    before = _costs(clients, linked | _unlinked(demo, 3))
    with demo.app_context(), writing():
        for role in ("curator", "curator at work"):
            grow(_school_of(role), schools=27 if role == "curator" else 0)
    after = _costs(clients, linked | _unlinked(demo, 60))
    assert len(after) > 150
    assert _routes(demo) <= {endpoint for _, endpoint, _ in after}
    grown = {place: (before[place], cost) for place, cost in after.items() if cost > before[place]}
    assert not grown


def _routes(app: Flask) -> set[str]:
    """Return every route that is opened by GET."""
    return {
        endpoint
        for _path, method, endpoint, _permission in doors(app)
        if method == "GET" and endpoint != "static"
    }


def _unlinked(app: Flask, rows: int) -> dict[Place, str]:
    """Make what no link leads to, with so many rows in it; a route is written down once."""
    with app.app_context(), writing():
        found = unlinked(_school_of("curator"), rows)
    assert set(found) >= set(UNLINKED)  # of some that are linked too: with more rows in them
    return {(_who_opens(address), endpoint, ""): address for endpoint, address in found.items()}


def _who_opens(address: str) -> str:
    return "coordinator" if address.startswith("/districts/") else "curator"


def _school_of(role: str) -> int:
    rows = select(User.school_id).filter_by(login=session_login(role))
    return db.session.scalars(rows).one() or 0


def _costs(clients: dict[str, PageClient], addresses: dict[Place, str]) -> dict[Place, int]:
    costs = {}
    for place, address in addresses.items():
        with statements() as found:
            status = clients[place[0]].get(address).status_code
        assert status in (200, *REDIRECTS), address
        costs[place] = len(found)
    return costs
