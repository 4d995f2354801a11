"""What people set up for themselves: wider text (WCAG 1.4.12), their own colours, the Back button."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.support.cast import Cast
from tests.support.registers import registers
from tests.support.stages import put

pytestmark = pytest.mark.browser

# a sheet made by script: a <style> would be refused by the pages' policy
WIDE_TEXT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
# elements whose own text does not fit and is cut off; what is for screen readers alone is left out
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(element => {
  const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!own || element.closest(".visually-hidden, .skip, svg, thead")) return false;
  if (!element.checkVisibility()) return false;
  const look = getComputedStyle(element);
  const cut = (how, whole, seen) => ["hidden", "clip"].includes(how) && whole > seen + 1;
  return cut(look.overflowX, element.scrollWidth, element.clientWidth)
    || cut(look.overflowY, element.scrollHeight, element.clientHeight);
}).map(element => element.outerHTML.slice(0, 120))"""
# links and buttons, each focused as by the keyboard, that show no ring
WITHOUT_RING = """() => [...document.querySelectorAll("a[href], button, select, input")].filter(element => {
  if (!element.checkVisibility() || element.type === "hidden") return false;
  element.focus({ focusVisible: true });
  const look = getComputedStyle(element);
  const isBare = look.outlineStyle === "none" || look.outlineWidth === "0px";
  return document.activeElement === element && isBare;
}).map(element => element.outerHTML.slice(0, 120))"""
PAGES = {
    "anna": ("2020/stages", "coverage/2020", "overdue", "review", "practices", "settings"),
    "boris": ("", "2020/stages/1", "2020/stages/3", "mentees", "2020/pairs", "practices/new"),
}


@pytest.fixture
def busy(app: Flask, cast: Cast) -> Cast:
    """Return the cast in a district with a stage in every state and people in the registers."""
    put(
        app,
        ("СОШ №1", 1, "accepted"),
        ("СОШ №2", 1, "submitted"),
        ("СОШ №5", 1, "returned"),
        ("СОШ №5", 3, "2"),
    )
    with registers(app, cast) as own:
        mentees = [own.mentee(f"{name} Олег") for name in ("Канарейкин", "Щеглов")]
        own.pair(own.mentor("Белкин Юрий", grade=10), *mentees)
    return cast


def addresses(cast: Cast, login: str) -> list[str]:
    base = f"/districts/{cast.district}" if login == "anna" else f"/schools/{cast.boris_school}"
    return [f"{base}/{page}".rstrip("/") for page in PAGES[login]]


@pytest.mark.parametrize("width", [1366, 320])
@pytest.mark.parametrize("login", ["anna", "boris"])
def test_wider_text_is_not_cut_off(visit: Visit, busy: Cast, login: str, width: int) -> None:
    visitor = visit(login, width=width)
    for address in addresses(busy, login):
        visitor.page.goto(address)
        before = visitor.page.locator("h1").bounding_box()
        visitor.page.evaluate(WIDE_TEXT)
        assert visitor.page.locator("h1").bounding_box() != before, "the text did not widen"
        assert visitor.page.evaluate(CUT_OFF) == [], address
        beyond = visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert beyond <= 0, f"{address} scrolls sideways by {beyond} px"


@pytest.mark.parametrize("login", ["anna", "boris"])
def test_in_forced_colours_the_focus_is_seen(visit: Visit, busy: Cast, login: str) -> None:
    visitor = visit(login)
    visitor.page.emulate_media(forced_colors="active")
    for address in addresses(busy, login):
        visitor.page.goto(address)
        assert visitor.page.evaluate(WITHOUT_RING) == [], address


def look(visitor: Visitor, selector: str, what: str) -> str:
    """Return a computed property of the first such element."""
    found = visitor.page.locator(selector).first
    expect(found).to_be_visible()
    return str(found.evaluate(f"element => getComputedStyle(element).{what}"))


def test_in_forced_colours_states_differ_without_their_fill(visit: Visit, busy: Cast) -> None:
    anna = visit("anna")
    anna.open(f"/districts/{busy.district}/2020/stages")
    assert look(anna, ".matrix .state-overdue", "backgroundColor") == "rgb(155, 28, 28)"
    anna.page.emulate_media(forced_colors="active")
    assert look(anna, ".matrix .state-overdue", "backgroundColor") != "rgb(155, 28, 28)"
    assert look(anna, ".matrix .state-overdue", "borderTopStyle") == "double"
    assert look(anna, ".matrix .state-accepted", "borderTopStyle") == "solid"
    assert look(anna, ".site-nav [aria-current]", "borderTopWidth") == "2px"
    drawn = {
        state: anna.page.locator(f".matrix .state-{state} use").first.get_attribute("href")
        for state in ("overdue", "accepted", "submitted", "not_started")
    }
    assert len(set(drawn.values())) == 4


def test_in_forced_colours_the_chosen_filter_is_marked(visit: Visit, busy: Cast) -> None:
    boris = visit("boris")
    boris.open(f"/schools/{busy.boris_school}/mentees")
    boris.page.emulate_media(forced_colors="active")  # axe-core knows nothing of these colours
    assert look(boris, ".views [aria-current]", "borderTopStyle") == "solid"
    assert look(boris, ".views a:not([aria-current])", "borderTopStyle") == "none"


@pytest.mark.parametrize(
    ("login", "page", "field", "typed", "target"),
    [
        ("boris", "/schools/4/mentees", "q", "щег", "#register th a, #register td a"),
        ("anna", "/districts/1/2020/stages", "state", "submitted", ".matrix tbody th a"),
    ],
)
def test_back_after_a_filter_brings_a_whole_page(
    visit: Visit, busy: Cast, login: str, page: str, field: str, typed: str, target: str
) -> None:
    visitor = visit(login)
    visitor.open(page)
    control = visitor.page.locator(f"[name={field}]").first
    if field == "q":
        control.press_sequentially(typed)
        expect(visitor.page.locator("#register tbody tr")).to_have_count(1)
    else:
        visitor.page.click(".narrow summary")
        control.select_option(typed)
    visitor.settle()
    visitor.click(visitor.page.locator(target).first)
    visitor.page.go_back()
    visitor.settle()
    assert visitor.page.locator("h1, .site-nav").count() == 2
    if field != "q":  # a name stands in no address, so nothing brings it back
        assert visitor.page.locator(f"[name={field}]").first.input_value() == typed
