"""decisions/0012: addresses are made by `url_for`, and take the page's own place from the door."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, g, url_for
from werkzeug.routing import BuildError

from nastav.addresses import urls_for
from nastav.people.models import Part
from nastav.people.pages import cards

ROOT = Path(__file__).resolve().parent.parent
HOME = {'href="/"'}  # the one address that everybody may write
LOST = "/login"  # errors.py: asked for when nothing of the site may be relied on
BY_HAND = re.compile(
    r"""/(?:schools|districts)\b[^\s"']*"""
    r"""|\b(?:href|action|formaction|hx-[a-z]+)=["']/[^"']*["']"""
    r"""|\b(?:href|action|formaction|hx-[a-z]+)=["'][^"']*}}[/?][^"']*["']"""  # a path behind an address
    r"""|~ *\(?["'][/?][^"']*["']|["']%s/[^"']*["']"""  # the same inside an expression
)
# one list of pages for every list, whatever its address
BEHIND_ANY_ADDRESS = "templates/parts/_pages.html: ~ '?'"
OURS = re.compile(r"/(?:schools|districts|account|a|csrf|help|login|logout)(?:/|$)")
PART = re.compile(r"/[a-z][\w/-]*")  # of a path; a route's rule stands in a module with a blueprint
IN_FRONT = {"/static/", "/logout", "/districts/"}  # kept.py: a layer before any route is known
RULES = {
    *(f"kept.py: {path}" for path in IN_FRONT),
    "app.py: /healthz",  # a rule without a blueprint
    f"errors.py: {LOST}",
    "loads/pages.py: /import",  # what the rules of three modules of routes begin with
}
BEHIND = re.compile(r"}/[a-z]")  # a path behind something filled in


def in_templates() -> Iterator[str]:
    for path in sorted(ROOT.glob("templates/**/*.html")):
        for found in BY_HAND.findall(path.read_text(encoding="utf-8")):
            written = f"{path.relative_to(ROOT)}: {found}"
            if found not in HOME and written != BEHIND_ANY_ADDRESS:
                yield written


def in_code() -> Iterator[str]:
    """Yield texts inside functions that begin as an address does; rules stand outside of them."""
    for path in sorted(ROOT.glob("nastav/**/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for node in (each for line in function.body for each in ast.walk(line)):
                text = node.value if isinstance(node, ast.Constant) else ""
                if isinstance(text, str) and OURS.match(text) and text not in {LOST, *IN_FRONT}:
                    yield f"{path.relative_to(ROOT)}: {text}"
                if isinstance(node, ast.JoinedStr) and BEHIND.search(ast.unparse(node)):
                    yield f"{path.relative_to(ROOT)}: {ast.unparse(node)}"


def in_parts() -> Iterator[str]:
    """Yield parts of paths kept anywhere in a module that has no routes, to be glued together."""
    for path in sorted(ROOT.glob("nastav/**/*.py")):
        text = path.read_text(encoding="utf-8")
        if " = Blueprint(" in text or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(text)):
            part = node.value if isinstance(node, ast.Constant) else ""
            written = f"{path.relative_to(ROOT / 'nastav')}: {part}"
            if isinstance(part, str) and PART.fullmatch(part) and written not in RULES:
                yield written


@pytest.mark.parametrize("written", [in_templates, in_code, in_parts])
def test_no_address_is_written_by_hand(written: Callable[[], Iterator[str]]) -> None:
    assert not list(written())


def test_an_address_takes_the_pages_own_place(app: Flask) -> None:
    with app.test_request_context("/"):
        g.place = {"school_id": 3, "district_id": 1, "cycle": 2020}
        assert url_for("consents.missing") == "/schools/3/consents"
        assert url_for("pair_list.board") == "/schools/3/2020/pairs"
        assert url_for("practices.board.listing") == "/districts/1/practices"
        assert url_for("home.help_page") == "/help"


def test_what_is_given_holds_over_the_pages_own_place(app: Flask) -> None:
    with app.test_request_context("/"):
        g.place = {"school_id": 3, "district_id": 1, "cycle": 2020}
        assert url_for("pair_list.board", school_id=4, cycle=2021) == "/schools/4/2021/pairs"


def test_the_addresses_of_many_rows_are_made_from_their_ids(app: Flask) -> None:
    with app.test_request_context("/"):
        g.place = {"school_id": 3, "district_id": 1, "cycle": 2020}
        plan_of = urls_for("plans.plan", "pair_id", cycle=2021)
        for row_id in (1, 21, 2021):
            assert plan_of(row_id) == url_for("plans.plan", pair_id=row_id, cycle=2021)
        meeting_of = urls_for("meetings.show", "pair_id", "meeting_id")
        assert meeting_of(5, 6) == url_for("meetings.show", pair_id=5, meeting_id=6)
        assert cards()[Part.MENTOR](7) == "/schools/3/mentors/7"


def test_an_address_without_a_place_cannot_be_made(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(BuildError):
        url_for("consents.missing")
