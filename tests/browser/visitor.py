"""A person at a browser: clicks are counted, every page and every swap is checked by axe-core."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

AXE = next((Path(__file__).parent.parent / "vendor").glob("axe-*.min.js"))
# What a settled page has none of. LEAVING marks a page that a script leaves (HX-Redirect); what a click
# or a key leads to, Playwright waits for itself.
BUSY = ".htmx-request, .htmx-settling, [data-leaving]"
LEAVING = """navigation.addEventListener("navigate", ({ destination, userInitiated }) => {
  if (!destination.sameDocument && !userInitiated) document.documentElement.dataset.leaving = "";
});"""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


class Visitor:
    """A browser window with what the journeys ask of it."""

    def __init__(self, page: Page, address: str, *, has_scripts: bool) -> None:
        self.page = page
        self.clicks = 0
        self.complaints: list[str] = []
        self._host = urlsplit(address).netloc
        self._has_scripts = has_scripts
        # not sent anew for each page: half of what a check takes
        page.add_init_script(f"{LEAVING}\n{AXE.read_text(encoding='utf-8')}")
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._request)

    def open(self, path: str) -> None:
        """Open an address of the site and check the page."""
        self.page.goto(path)
        self.check()

    def click(self, target: str | Locator) -> None:
        """Click, wait for the answer, check what is shown now; a CSS selector or a locator."""
        self.clicks += 1
        (self.page.locator(target) if isinstance(target, str) else target).click()
        self.settle()

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press the button or follow the link of this name."""
        page = self.page
        found = page.get_by_role("button", name=name, exact=exact)
        self.click(
            (found if found.count() else page.get_by_role("link", name=name, exact=exact)).first
        )

    def enter(self) -> None:
        """Press Enter where the focus is, wait for the answer, check what is shown now."""
        # `keyboard.press` would not wait for the page that the key leads to
        self.page.locator(":focus").press("Enter")
        self.settle()

    def tab_to(self, target: Locator, *, back: bool = False) -> None:
        """Press Tab (or Shift+Tab) until the focus is on something, as a person without a mouse does."""
        for _ in range(80):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab never comes to {target}, it stands on {self.focused()!r}")

    def type_keys(self, text: str) -> None:
        """Press the keys of a Russian keyboard; `keyboard.type` puts letters in without pressing any."""
        keys = self.page.context.new_cdp_session(self.page)
        for letter in text:
            keys.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": letter, "text": letter})
            keys.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})

    def settle(self) -> None:
        """Wait until what was begun is there, then check.

        Not for «networkidle»: that is half a second more of each page, in which nothing happens.
        """
        if self._has_scripts:
            # not wait_for_function: to poll it evaluates text, which the pages' policy forbids
            expect(self.page.locator(BUSY)).to_have_count(0)
        self.page.wait_for_load_state()
        self.check()

    def check(self) -> None:
        """Assert that axe-core finds nothing and nothing makes the page scroll sideways."""
        if not self._has_scripts:
            return
        found = self.page.evaluate(
            "async (rules) => (await axe.run(document, rules)).violations", RULES
        )
        assert not found, "\n".join(_sentence(violation) for violation in found)
        width = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, f"{self.page.url} scrolls sideways by {width} px"

    def text(self) -> str:
        """Return what is read on the page."""
        return " ".join(self.page.locator("body").inner_text().replace("\xa0", " ").split())

    def focused(self) -> str:
        """Return the text of what has the focus."""
        return str(
            self.page.evaluate("document.activeElement.innerText || document.activeElement.id")
        )

    def pdf(self, path: Path, *, landscape: bool = False) -> Path:
        """Print the page as a browser's print command would."""
        self.page.pdf(path=path, prefer_css_page_size=True, landscape=landscape, format="A4")
        return path

    def _console(self, message: ConsoleMessage) -> None:
        # a refused form is an answer like any other; the browser and htmx log it as a failure
        refused = ("Failed to load resource", "Response Status Error Code")
        if message.type == "error" and not any(part in message.text for part in refused):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._host:
            self.complaints.append(f"left the site: {request.url}")


def _sentence(violation: dict[str, Any]) -> str:
    nodes = "; ".join(str(node["html"])[:160] for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']} — {nodes}"
