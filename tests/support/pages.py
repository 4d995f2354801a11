"""A test client that checks every page it opens, so that no test has to remember to."""

import re
from collections import Counter
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

HTMX = {"HX-Request": "true"}
# what Python says of a thing that stands where words should; nobody writes so
NO_WORD = re.compile(
    r"&lt;(?:module|function|bound method|built-in|class) |(?: object| at) (?:at )?0x[0-9a-f]{6}"
    r"|&lt;[A-Z]\w+\.\w+: "
)


def soup(answer: TestResponse) -> BeautifulSoup:
    """Return the parsed HTML of an answer; parsed once, so nobody may change it.

    Without the sheet that only a printer gets in the place of the page: `paper` has it.
    """
    if not hasattr(answer, "soup"):
        page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
        for sheet in page.select("#paper.print-only"):
            answer.paper = sheet.extract()  # type: ignore[attr-defined]
        answer.soup = page  # type: ignore[attr-defined]
    return answer.soup  # type: ignore[attr-defined,no-any-return]


def paper(answer: TestResponse) -> Tag:
    """Return the sheet that a printer gets in the place of a page."""
    soup(answer)
    return answer.paper  # type: ignore[attr-defined,no-any-return]


def text_of(answer: TestResponse) -> str:
    """Return what a person reads on the page, white space folded."""
    return " ".join(soup(answer).get_text(" ").split())


def having(scope: Tag, attribute: str, value: str | None = None) -> list[Tag]:
    """Return the tags inside one that have an attribute, of a value if one is given, in their order.

    As `select` does in ten times the time.
    """
    tags = (tag for tag in scope.find_all(True) if attribute in tag.attrs)
    return [tag for tag in tags if value is None or tag.attrs[attribute] == value]


def post_forms(scope: Tag) -> list[Tag]:
    """Return the forms inside that are posted."""
    return [form for form in scope.find_all("form") if form.get("method") == "post"]


class PageClient(FlaskClient):
    """A browser without JavaScript: it follows links and submits forms, and checks each page."""

    checks = True  # off where the same pages were checked before

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **kwargs)
        if (
            self.checks
            and answer.mimetype == "text/html"
            and answer.status_code not in (301, 302, 303)
        ):
            is_fragment = "HX-Request" in answer.request.headers
            check_page(answer, self.application, is_fragment=is_fragment)
        return answer

    def token(self) -> str:
        """Return a token for a form of this session."""
        return str(self.get("/csrf").get_json()["token"])

    def send(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Post a form with this session's token."""
        return self.post(url, data={"csrf_token": self.token(), **(data or {})}, **kwargs)

    def search(self, address: str, query: str, **kwargs: Any) -> TestResponse:
        """Search a list of people for somebody: the name is posted, the filters stand in the address."""
        return self.send(address, {"q": query}, **kwargs)

    def fill(self, page: str | TestResponse, action: str = "", /, **fields: Any) -> TestResponse:
        """Open a page (or take an answer), fill its form as a person would, and submit it.

        Args:
            page: an address, or the answer that holds the form.
            action: a part of the form's address, where the page has several.
            fields: values by name; a field must exist in the form, except for the button pressed.
        """
        answer = self.get(page) if isinstance(page, str) else page
        form = find_form(answer, action)
        data = form_values(form)
        unknown = set(fields) - field_names(form)
        assert not unknown, f"the form has no {sorted(unknown)}, only {sorted(field_names(form))}"
        data.update(fields)
        target = urljoin(answer.request.path, str(form.get("action") or answer.request.full_path))
        kwargs: dict[str, Any] = {}
        if form.get("enctype") == "multipart/form-data":
            kwargs["content_type"] = "multipart/form-data"
        return self.post(target, data=data, **kwargs)


def find_form(answer: TestResponse, action: str = "") -> Tag:
    """Return the page's main form whose address contains a text."""
    scope = soup(answer).select_one("main") or soup(answer)
    forms = [
        form
        for form in post_forms(scope)
        if action in str(form.get("action") or answer.request.path)
    ]
    assert forms, f"no form for {action!r} on {answer.request.path}"
    return forms[0]


def controls(form: Tag) -> list[Tag]:
    """Return the controls of a form: those in it, and those elsewhere that name it."""
    inside = having(form, "name")
    if not form.get("id"):
        return inside
    page = list(form.parents)[-1]
    return inside + [tag for tag in having(page, "form", str(form["id"])) if "name" in tag.attrs]


def field_names(form: Tag) -> set[str]:
    """Return the names of all controls of a form."""
    return {str(field["name"]) for field in controls(form)}


def form_values(form: Tag) -> dict[str, Any]:
    """Return what a browser would send if nothing were touched (buttons left out)."""
    values: dict[str, Any] = {}
    for field in controls(form):
        if field.name not in ("input", "select", "textarea"):
            continue
        name, kind = str(field["name"]), field.get("type", "text")
        if field.has_attr("disabled") or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                values.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            options = field.find_all("option")
            chosen = [option for option in options if "selected" in option.attrs] or options[:1]
            values[name] = [option.get("value", option.get_text()) for option in chosen]
        elif field.name == "textarea":
            values[name] = field.get_text().removeprefix("\r").removeprefix("\n")
        else:
            values.setdefault(name, []).append(field.get("value", ""))
    return values


def check_page(answer: TestResponse, app: Flask, *, is_fragment: bool) -> None:
    """Assert what holds on every page: title, one h1, unique ids, labels, live links and forms."""
    page = soup(answer)
    tags = page.find_all(True)  # walked once: a selector for each check walks the page each time
    where = f"{answer.request.method} {answer.request.path} → {answer.status_code}"
    if not is_fragment:
        assert page.title, f"{where}: no title"
        assert str(page.title.string or "").replace("— Наставничество", "").strip(), (
            f"{where}: title"
        )
        headings = sum(tag.name == "h1" for tag in tags)
        assert headings == 1, f"{where}: {headings} h1"
    ids = Counter(str(tag["id"]) for tag in tags if "id" in tag.attrs)
    doubled = [name for name, count in ids.items() if count > 1]
    assert not doubled, f"{where}: ids twice: {doubled}"
    _check_labels(tags, set(ids), where, is_fragment=is_fragment)
    _check_addresses(tags, app, answer.request.path, where)
    assert "None" not in page.get_text(" ").split(), f"{where}: «None» in the text"
    thing = NO_WORD.search(answer.get_data(as_text=True))
    assert thing is None, f"{where}: a thing of the program in the place of words: {thing}"


def _check_labels(tags: list[Tag], ids: set[str], where: str, *, is_fragment: bool) -> None:
    labelled = {str(tag["for"]) for tag in tags if tag.name == "label" and "for" in tag.attrs}
    if not is_fragment:
        lost = labelled - ids
        assert not lost, f"{where}: labels of nothing: {lost}"
    for field in tags:
        if field.name not in ("input", "select", "textarea"):
            continue
        if field.get("type") in ("hidden", "submit"):
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        assert named or field.get("id") in labelled, f"{where}: no label for {field.get('name')}"
    for form in tags:
        if form.name == "form" and str(form.get("method", "get")).lower() == "post":
            assert form.find("input", {"name": "csrf_token"}), f"{where}: a form without a token"


ADDRESSES = {"href": "GET", "action": "POST", "hx-get": "GET", "hx-post": "POST"}


def _check_addresses(tags: list[Tag], app: Flask, base: str, where: str) -> None:
    adapter = app.url_map.bind("localhost")
    known: dict[tuple[str, str], bool] = {}
    for tag in tags:
        if tag.name == "form" and tag.find("input", {"type": "file"}):
            path = urlsplit(urljoin(base, str(tag.get("action", "")))).path
            endpoint, _ = adapter.match(path, method="POST")
            has_files = getattr(app.view_functions[endpoint], "has_files", False)
            assert has_files, f"{where}: a file is sent to {endpoint}, which takes none"
        for attribute in ADDRESSES.keys() & tag.attrs.keys():
            address = str(tag[attribute])
            if address.startswith(("#", "mailto:", "tel:")):
                continue
            parts = urlsplit(urljoin(base, address))
            assert not parts.netloc, f"{where}: leads outside: {address}"
            is_get = attribute == "action" and str(tag.get("method", "get")).lower() == "get"
            asked = (parts.path, "GET" if is_get else ADDRESSES[attribute])
            if asked not in known:
                known[asked] = _leads_somewhere(adapter, *asked)
            assert known[asked], f"{where}: dead {attribute} {address}"


def _leads_somewhere(adapter: MapAdapter, path: str, method: str) -> bool:
    try:
        adapter.match(path, method=method)
    except HTTPException as answer:
        return answer.code in (301, 308)  # a redirect to the same address with a slash
    return True
