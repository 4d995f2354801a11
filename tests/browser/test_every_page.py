"""Every page a role can reach, in real Chromium: axe-core, no sideways scroll, each Tab stop visible."""

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.conftest import Stand, open_window
from tests.browser.visitor import Visitor
from tests.support.crawl import Walk
from tests.support.demo import LOGINS, session_of

pytestmark = pytest.mark.browser
AT_WORK = "curator at work"
HEAD = "head"
NARROW = (320, 640)  # WCAG 1.4.10: 320 CSS pixels
# what can be reached by Tab but is not to be seen then: nothing of it, or under something else
HIDDEN_STOPS = """() => {
  const stops = document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  const lost = [];
  for (const stop of stops) {
    if (stop.disabled || stop.closest("details:not([open]) > :not(summary)")) continue;
    if (!stop.checkVisibility({ visibilityProperty: true })) continue;
    stop.focus({ preventScroll: true });
    if (document.activeElement !== stop) continue;
    stop.scrollIntoView({ block: "center", inline: "center" });
    const box = stop.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) { lost.push(stop.outerHTML.slice(0, 120)); continue; }
    const [line] = stop.getClientRects();
    const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    const label = stop.labels?.[0];
    const seen = top && (stop.contains(top) || top.contains(stop) || label?.contains(top));
    if (!seen) lost.push(stop.outerHTML.slice(0, 120));
  }
  return lost;
}"""


@pytest.mark.parametrize("role", [role for role in LOGINS if role != "observer"])
def test_every_page_of_a_role_is_sound(
    demo: Flask,
    walks: dict[str, Walk],
    stand: tuple[Stand, str],
    browser: Browser,
    role: str,
) -> None:
    server, address = stand
    pages = _pages(walks, role)
    assert len(pages) > (5 if role == AT_WORK else 15)
    server.app = demo
    token = session_of(demo, role)
    wide = open_window(browser, address, token)
    narrow = open_window(browser, address, token, size=NARROW)
    faults = [fault for page in pages for fault in _faults(page, wide, narrow)]
    for visitor in (wide, narrow):
        visitor.page.context.close()
    assert not faults + wide.complaints + narrow.complaints, "\n".join(faults)


def _pages(walks: dict[str, Walk], role: str) -> list[str]:
    """Return an address of each route; of the second curator only where their school differs.

    A head reads the curator's pages without their buttons: every other one is enough.
    """
    met = walks[role].pages
    found = [
        addresses[0]
        for route, addresses in met.items()
        if role != AT_WORK or route.startswith("stages.") or route not in walks["curator"].pages
    ]
    return found[::2] if role == HEAD else found


def _faults(path: str, wide: Visitor, narrow: Visitor) -> list[str]:
    """Return what is wrong with a page, in a sentence each."""
    faults = []
    try:
        wide.open(path)  # axe-core, and no sideways scroll
    except AssertionError as error:
        faults.append(f"{path}: {error}")
    narrow.page.goto(path)
    for visitor, width in ((wide, "1366"), (narrow, NARROW[0])):
        hidden = visitor.page.evaluate(HIDDEN_STOPS)
        faults += [f"{path}: cannot be seen on Tab at {width} px: {stop}" for stop in hidden]
    beyond = narrow.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if beyond > 0:
        faults.append(f"{path}: scrolls sideways by {beyond} px at {NARROW[0]}")
    return faults
