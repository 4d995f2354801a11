"""How a page uses the width of an office screen: fields not too wide, the right third not empty."""

from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.conftest import Stand, open_window
from tests.support.crawl import Walk
from tests.support.demo import session_of

# its pages are measured once
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("widths")]
WIDEST = 640  # px of a text field, and of a form that is one column of fields

MEASURED = """widest => {
  const main = document.querySelector("main");
  const shown = (selector) => [...main.querySelectorAll(selector)].filter(
    (found) => found.checkVisibility() && !found.closest("table, .filters, .meet, .review-item"));
  const width = (found) => found.getBoundingClientRect().width;
  const name = (found) => `${found.id || found.className} ${Math.round(width(found))} px`;
  const typed = "input:not([type=checkbox], [type=radio], [type=hidden]), select, textarea";
  const column = (form) => {
    const fields = [...form.querySelectorAll(".field > .input")].filter((one) => one.checkVisibility());
    const lefts = fields.map((one) => Math.round(one.getBoundingClientRect().left));
    return fields.length > 1 && new Set(lefts).size === 1 && Math.max(...fields.map(width)) > widest;
  };
  const third = innerWidth * 2 / 3;
  const isRight = (box) => box.width > 1 && box.right > third && box.top < innerHeight;
  const right = new Set();
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.textContent.trim() || node.parentElement.closest(".page-head, .toolbar")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) if (isRight(line)) right.add(Math.round(line.top));
  }
  for (const field of main.querySelectorAll("input, select, textarea, svg")) {
    const box = field.getBoundingClientRect();
    if (isRight(box)) right.add(Math.round(box.top));
  }
  return {
    wide: [...shown(typed).filter((one) => width(one) > widest), ...shown("form").filter(column)].map(name),
    right: right.size,
  };
}"""

# why the right third of a page may be empty → endpoints
REASONS = {
    "one column of fields, which may not be wider; nothing beside it would help to fill it in": """
        accounts.password ballots.board calendars.own district.school_edit district.school_new
        grid.new paper.choose profiles.criteria profiles.edit person_new.new person.edit pairs.new
        pair_editing.edit plans.lines.edit plans.ask_texts stages.evidence.new
        stages.evidence.document stages.sending.reopening training.new training.card occasions.new
        occasions.card consents.new consents.edit meetings.show feedback.edit practices.new
        practices.edit awards.new awards.edit awards.edit_system
        paperwork.numbers.edit requisites.texts.form""",
    "a question before one step, with what it will do": """
        person_leaving.ask_leave person_leaving.ask_mistake person_merging.ask transfers.ask
        pair_card.ask_close pair_card.ask_leave""",
    "nothing to do on this day of the demo: a sentence says so": """
        classes.board consents.missing drafts.board matching.board own_matches.board samples.school
        transfers.incoming""",
    "a few links, which are read from above": "accounts.account feedback.new",
}
EMPTY = {endpoint for listed in REASONS.values() for endpoint in listed.split()}


@dataclass(frozen=True)
class Measured:
    """What a page does with its width."""

    wide: dict[str, list[str]]  # endpoint → fields and forms that are too wide
    empty: set[str]  # endpoints with less than two lines or fields in the right third


@pytest.fixture(scope="module")
def measured(
    demo: Flask, walks: dict[str, Walk], stand: tuple[Stand, str], browser: Browser
) -> Measured:
    """Open a page of each route that a curator meets, once."""
    server, address = stand
    server.app = demo
    visitor = open_window(browser, address, session_of(demo, "curator"))
    found = {}
    for endpoint, addresses in walks["curator"].pages.items():
        visitor.page.goto(addresses[0])
        found[endpoint] = visitor.page.evaluate(MEASURED, WIDEST)
    visitor.page.context.close()
    assert len(found) > 60
    return Measured(
        {endpoint: page["wide"] for endpoint, page in found.items() if page["wide"]},
        {endpoint for endpoint, page in found.items() if page["right"] < 2},
    )


def test_no_field_and_no_column_of_fields_is_too_wide(measured: Measured) -> None:
    assert measured.wide == {}


def test_the_right_third_is_empty_only_where_a_reason_says_so(measured: Measured) -> None:
    """An exception that is no longer needed goes, too."""
    assert sorted(measured.empty) == sorted(EMPTY)
