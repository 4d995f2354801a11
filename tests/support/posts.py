"""The forms of a page that post something: which route each is sent to, and with what."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import Tag
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.support.pages import having, post_forms, soup


@dataclass(frozen=True)
class Post:
    """A form as it stands on a page, and the route one of its buttons sends it to."""

    endpoint: str
    target: str
    form: Tag
    has_file: bool


def posts_on(app: Flask, answer: TestResponse) -> Iterator[Post]:
    """Yield what can be posted from a page; a form whose buttons lead to two routes is there twice."""
    adapter = app.url_map.bind("localhost")
    here = answer.request.full_path.rstrip("?")
    page = soup(answer)
    for form in post_forms(page):
        own = str(form.get("action") or here)
        buttons = having(form, "formaction")
        if form.get("id"):  # those that stand elsewhere and name their form
            outside = having(page, "form", str(form["id"]))
            buttons += [button for button in outside if "formaction" in button.attrs]
        others = [str(button["formaction"]) for button in buttons]
        for address in (own, *others):
            target = urljoin(here, address)
            try:
                endpoint, _ = adapter.match(urlsplit(target).path, method="POST")
            except HTTPException:
                continue  # dead addresses are the page-checking client's business
            yield Post(str(endpoint), target, form, form.get("enctype") is not None)
