"""The page that stands while the book of a large district is made."""

import pytest
from bs4 import Tag

from nastav.reports import routes
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

PAGE = "/districts/1/reports"
MAKING = f"{PAGE}/making"
DAY = "08.12.2020"


def button(client: PageClient) -> str:
    """Return where the button of the book leads."""
    found = soup(client.get(PAGE)).select_one("button[formaction]")
    assert isinstance(found, Tag)
    return str(found["formaction"])


@pytest.mark.usefixtures("cast")
def test_a_large_district_waits_on_a_page_of_its_own(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = client_of("anna")
    assert button(anna) == f"{PAGE}/book.xlsx"
    monkeypatch.setattr(routes, "LARGE", 1)
    assert button(anna) == MAKING


def test_the_page_leads_on_to_the_book_of_the_same_day(client_of: ClientOf, cast: Cast) -> None:
    anna = client_of("anna")
    page = anna.get(f"{MAKING}?on={DAY}")
    assert DAY in text_of(page)
    leads = soup(page).select_one("meta[http-equiv=refresh]")
    assert isinstance(leads, Tag)
    wait, _, address = str(leads["content"]).partition("; url=")
    assert wait == "0", "a later one takes the page away from who still reads it"
    assert address == f"{PAGE}/book.xlsx?on={DAY}"
    assert anna.get(address).data.startswith(b"PK")


def test_a_day_that_cannot_be_is_said_before_the_wait(client_of: ClientOf, cast: Cast) -> None:
    answer = client_of("anna").get(f"{MAKING}?on=31.02.2021")
    assert answer.status_code == 422
    assert soup(answer).select_one("meta[http-equiv=refresh]") is None
