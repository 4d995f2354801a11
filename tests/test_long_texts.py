"""rules.md#text-that-does-not-fit: what does not fit is refused with its length and the limit,
and comes back whole.

Over every field of every form that the walks of the demo meet, and those no link leads to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import Tag
from flask import Flask
from werkzeug.test import TestResponse

from nastav import ru
from nastav.db import writing
from tests.support.crawl import Walk
from tests.support.demo import LOGINS, client_of
from tests.support.pages import PageClient, form_values, having, post_forms, soup, text_of
from tests.support.unlinked import unlinked
from tests.test_every_page import _school_of

TYPED = (None, "text", "email", "tel")  # what is typed into, as its `type` says; and a textarea
WHOLE = {"text", "pasted"}  # a block pasted from Excel; its cells have their limits
TICKED = {"pick", "got", "present"}  # without a tick a row's fields are not read
FOREIGN = {"/login", "/a"}  # nothing typed there is kept


@dataclass
class Field:
    """A text field of a form on a page."""

    client: PageClient
    address: str  # of the page
    form: Tag
    tag: Tag

    @property
    def name(self) -> str:
        return str(self.tag["name"])

    @property
    def action(self) -> str:
        return urljoin(self.address, str(self.form.get("action") or self.address))

    @property
    def kind(self) -> tuple[str, str]:
        """Return what is the same in each row and on each page of one form."""
        return _without_ids(urlsplit(self.action).path), _without_ids(self.name)

    def send(self, text: str) -> TestResponse:
        """Send the form as it stands with this text in the field."""
        data: dict[str, Any] = form_values(self.form)
        for box in self.form.select("input[type=checkbox]"):
            if box.get("name") in TICKED:
                data.setdefault(str(box["name"]), []).append(box["value"])
        data[self.name] = text
        parts = self.form.get("enctype") == "multipart/form-data"
        settings = {"content_type": "multipart/form-data"} if parts else {}
        return self.client.post(self.action, data=data, **settings)


def _typed(form: Tag) -> list[Tag]:
    return [
        tag
        for tag in having(form, "name")
        if tag.name == "textarea" or (tag.name == "input" and tag.get("type") in TYPED)
    ]


def _without_ids(text: str) -> str:
    return re.sub(r"\d+", "N", text)


def _pages(demo: Flask, walks: dict[str, Walk]) -> Iterator[tuple[PageClient, str]]:
    for role in LOGINS:
        client = client_of(demo, role)
        client.checks = False
        yield from ((client, address) for address in walks[role].addresses)
    with demo.app_context(), writing():
        found = unlinked(_school_of("curator"), 3)
    client = client_of(demo, "curator")
    yield from ((client, address) for address in found.values())


@pytest.fixture(scope="module")
def fields(demo: Flask, walks: dict[str, Walk]) -> list[Field]:
    """Return a field of each kind."""
    met: dict[tuple[str, str], Field] = {}
    for client, address in _pages(demo, walks):
        answer = client.get(address)
        if answer.mimetype != "text/html":
            continue
        page = soup(answer)
        assert not having(page, "maxlength"), f"{address} cuts a paste"
        for form in post_forms(page):
            for tag in _typed(form):
                field = Field(client, address, form, tag)
                met.setdefault(field.kind, field)
    return [field for field in met.values() if urlsplit(field.action).path not in FOREIGN]


def test_a_text_one_sign_too_long_is_refused_and_comes_back(fields: list[Field]) -> None:
    limited = [field for field in fields if field.tag.get("data-limit")]
    assert len(limited) > 60
    wrong = [f"{field.kind}: {fault}" for field in limited if (fault := _fault(field))]
    assert not wrong, "\n".join(wrong)


def _fault(field: Field) -> str:
    limit = int(str(field.tag["data-limit"]))
    text = "я" * (limit + 1)
    answer = field.send(text)
    said = " ".join(ru.too_long(limit + 1, limit).split())
    back = soup(answer).find(attrs={"name": field.name})
    value = "" if back is None else str(back.get("value") or back.get_text()).strip()
    faults = {
        f"answered {answer.status_code}": answer.status_code == 422,
        "the numbers are not said": said in text_of(answer),
        "the text did not come back": value == text,
    }
    return ", ".join(fault for fault, is_well in faults.items() if not is_well)


def test_a_field_without_a_limit_takes_no_long_text(fields: list[Field]) -> None:
    others = [
        field for field in fields if not field.tag.get("data-limit") and field.name not in WHOLE
    ]
    assert len(others) > 20
    statuses = {field.kind: field.send("я" * 3000).status_code for field in others}
    assert {kind: status for kind, status in statuses.items() if status != 422} == {}
