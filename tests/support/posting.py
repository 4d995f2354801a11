"""Every form the site shows, found by opening its pages as each role would, and sent as it stands."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from flask import Flask
from werkzeug.test import TestResponse

from tests.support.pages import HTMX, PageClient, form_values, soup


@dataclass(frozen=True)
class Shown:
    """A form on a page: who sees it there, and which of the page's forms it is."""

    role: str
    page: str
    action: str

    def send(
        self, client: PageClient, typed: dict[str, Any], *, everywhere: bool = False
    ) -> TestResponse | None:
        """Open the page, type, and send the form as a browser would; None if it is there no more.

        Args:
            client: whose browser.
            typed: values by name.
            everywhere: type something into every other field, too.
        """
        answer = client.get(self.page)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return None
        found = [form for form in forms(answer) if action(form, self.page) == self.action]
        if not found:
            return None
        more = something(found[0]) if everywhere else {}
        data = {**form_values(found[0]), **pressed(found[0]), **more, **typed}
        headers = {"Referer": f"http://localhost{self.page}"}
        if found[0].has_attr("hx-post"):
            headers |= HTMX
        return client.post(self.action, data=data, headers=headers, **encoding(found[0]))


def forms(answer: TestResponse) -> list[Tag]:
    """Return the forms of a page that are posted."""
    return soup(answer).select("form[method=post]")


def action(form: Tag, page: str) -> str:
    """Return where a form goes."""
    return urljoin(page, str(form.get("action") or page))


def pressed(form: Tag) -> dict[str, str]:
    """Return what the first button of a form sends besides."""
    button = form.select_one("button[name]")
    return {str(button["name"]): str(button.get("value", ""))} if button else {}


DATE = re.compile(
    r"(dated|day|_on|due|joined|left|^on|order_date|since|until|started|ended|ends|planned_end)$"
)
AHEAD = re.compile(r"(fix_by|expires_on)$")
NUMBERS = ("hours", "minutes", "copies", "size", "most_mentees")
ALWAYS = {
    "email": "school5@example.ru",
    "school_class": "10А",
    "login": "novyj",
    "since_year": "2020",
}


def something(form: Tag) -> dict[str, Any]:
    """Return what somebody types who leaves no field as it is."""
    values: dict[str, Any] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        name, kind = str(field["name"]), str(field.get("type", "text"))
        if field.has_attr("disabled") or kind in ("hidden", "submit", "button", "file"):
            continue
        if kind == "radio":
            values[name] = field.get("value", "on")
        elif kind == "checkbox":
            values.setdefault(name, []).append(field.get("value", "on"))
        elif field.name == "select":
            options = [str(one.get("value", one.get_text())) for one in field.select("option")]
            values[name] = options[-1:]
        elif name != "paste":
            values[name] = typed(field)
    return values


def typed(field: Tag) -> str:
    """Return what is typed into a text field."""
    name = str(field["name"])
    old = (field.get_text() if field.name == "textarea" else str(field.get("value", ""))).strip()
    if name in ALWAYS:
        return ALWAYS[name]
    if DATE.search(name):
        return old or "01.12.2020"
    if AHEAD.search(name):
        return "01.04.2021"
    if old.isdecimal():
        return str(int(old) + 1)
    if name in NUMBERS or field.get("inputmode") == "numeric":
        return "4" if name in NUMBERS else old
    return f"{old} и ещё".strip()


def encoding(form: Tag) -> dict[str, str]:
    """Return how a form with a file is sent."""
    kind = str(form.get("enctype", ""))
    return {"content_type": kind} if kind == "multipart/form-data" else {}


def shown_on(answer: TestResponse, role: str, page: str) -> list[Shown]:
    """Return the forms of an answer; none of what is no page."""
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return []
    return [Shown(role, page, action(form, page)) for form in forms(answer)]


def shown(
    app: Flask, pages: Iterable[tuple[str, str]], clients: dict[str, PageClient]
) -> dict[str, list[Shown]]:
    """Open pages (role, address); return endpoint → the forms that go to it, each once."""
    adapter = app.url_map.bind("localhost")
    found: dict[str, list[Shown]] = defaultdict(list)
    for role, page in pages:
        for one in shown_on(clients[role].get(page), role, page):
            endpoint = str(adapter.match(urlsplit(one.action).path, method="POST")[0])
            if one not in found[endpoint]:
                found[endpoint].append(one)
    return found
