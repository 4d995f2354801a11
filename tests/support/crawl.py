"""Walking the site as a person of a role would: every link followed, a few addresses of each route."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from tests.support.pages import PageClient, form_values, having, soup
from tests.support.posts import posts_on

EACH = 2  # addresses of one route that are opened
ALL = {"stages.stage"}  # but of these all: what can be done depends on the stage's state
REDIRECTS = (301, 302, 303, 308)


@dataclass
class Walk:
    """What a walk opened: route's endpoint → addresses of its pages, in the order they were met."""

    pages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    others: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # no HTML
    forms: dict[str, str] = field(
        default_factory=dict
    )  # endpoint of a POST → where its form stands

    @property
    def reached(self) -> set[str]:
        """Return the endpoints of everything that was opened."""
        return {*self.pages, *self.others}

    @property
    def addresses(self) -> list[str]:
        """Return the addresses of all pages."""
        return [address for found in self.pages.values() for address in found]


def walk(app: Flask, client: PageClient, starts: list[str]) -> Walk:
    """Open every page that links lead to from some addresses; each must answer 200 or lead on.

    Pages with a query are another view of the same route: each is opened once, too.
    """
    adapter = app.url_map.bind("localhost")
    done = Walk()
    waiting, met = list(starts), set(starts)
    opened: Counter[tuple[str, str]] = Counter()
    while waiting:
        address = waiting.pop(0)
        route = _route(adapter, address)
        if route is None or (opened[route] >= EACH and route[0] not in ALL):
            continue
        opened[route] += 1
        answer = client.get(address)
        assert answer.status_code in (200, *REDIRECTS), f"{address}: {answer.status_code}"
        is_page = answer.status_code == 200 and answer.mimetype == "text/html"
        (done.pages if is_page else done.others)[route[0]].append(address)
        if is_page:
            for post in posts_on(app, answer):
                done.forms.setdefault(post.endpoint, address)
        for link in _links(answer, address):
            if link not in met:
                met.add(link)
                waiting.append(link)
    return done


def _route(adapter: MapAdapter, address: str) -> tuple[str, str] | None:
    """Return a route's endpoint and which of its kinds the address is (mentees or mentors)."""
    try:
        endpoint, values = adapter.match(urlsplit(address).path, method="GET")
    except HTTPException:
        return None  # a form's address; dead links are the page-checking client's business
    kind = next((value for value in values.values() if isinstance(value, str)), "")
    return None if endpoint == "static" else (str(endpoint), kind)


def _links(answer: TestResponse, address: str) -> list[str]:
    if answer.status_code in REDIRECTS:
        return [urljoin(address, answer.location)]
    if answer.mimetype != "text/html":
        return []
    page = soup(answer)
    found = [str(tag["href"]) for tag in having(page, "href") if tag.name == "a"]
    found += [str(tag["hx-get"]) for tag in having(page, "hx-get")]
    forms = [form for form in page.find_all("form") if "action" in form.attrs]
    found += [str(form["action"]) for form in forms if form.get("method") == "post"]
    for form in forms:
        if form.get("method") != "get":
            continue
        found.append(f"{form['action']}?{urlencode(form_values(form), doseq=True)}")
    own = [link for link in found if not link.startswith(("#", "mailto:", "tel:"))]
    return [urljoin(address, link).split("#")[0] for link in own]
