"""How tests fill the form of a review."""

from typing import Any

from bs4 import Tag
from werkzeug.test import TestResponse

from tests.support.pages import PageClient, form_values, soup


def review_form(page: TestResponse) -> Tag:
    """Return the form of a decision."""
    form = soup(page).select_one("form.review")
    assert form is not None, "there is nothing to decide on this page"
    return form


def remark_fields(page: TestResponse) -> list[str]:
    """Return the names of the fields for remarks, in the order of the activities."""
    return [str(field["name"]) for field in review_form(page).select("textarea")]


def decide(client: PageClient, page: TestResponse, **fields: Any) -> TestResponse:
    """Send the decision's form of a page with what the coordinator typed and pressed."""
    form = review_form(page)
    return client.post(str(form["action"]), data={**form_values(form), **fields})
