"""What nobody changes in a school year that its coordinator has closed (rules.md#a-closed-school-year).

The door asks here with the year of the address; whoever loads what may lie in another year than its
address says, with that one. What is posted is refused whole, a form is not shown, a page is only read.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g, request

from nastav import unit
from nastav.db import NotNow
from nastav.refusals import SchoolYear, YearClosed, closed_sentence

View = TypeVar("View", bound=Callable[..., Any])
SAFE = ("GET", "HEAD", "OPTIONS")
# what nobody may within a closed school year; whatever belongs to no year goes on
PERMISSIONS = frozenset(
    {"names:edit", "stages:edit", "feedback:edit", "stages:review", "samples:edit", "papers:edit"}
)
# only who opens years has them
OPENERS = frozenset({"stages:review", "samples:edit", "settings:edit"})
FORMS = PERMISSIONS | {"settings:edit"}  # where the address names a year, these pages are forms


def goes_on(why: str) -> Callable[[View], View]:
    """Declare a view that goes on in a closed school year, and why."""

    def declare(view: View) -> View:
        view.__dict__["goes_on"] = why
        return view

    return declare


def goes_on_because(endpoint: str) -> str:
    """Return why a route goes on in a closed school year; "" for one that does not."""
    return str(getattr(current_app.view_functions[endpoint], "goes_on", ""))


def check(year: SchoolYear, permission: str) -> None:
    """Let this request only read, where the school year it is about is closed.

    Args:
        year: the school year.
        permission: of the request's route.

    Raises:
        YearClosed: (422) the request was to change something.
        NotNow: (409) it asks for a form.
    """
    endpoint = request.endpoint or ""
    if year.closed_on is None or goes_on_because(endpoint):
        return
    if request.method not in SAFE and not unit.only_reads(current_app.view_functions[endpoint]):
        raise YearClosed(year, by_opener=permission in OPENERS)
    if permission in FORMS:
        raise NotNow(closed_sentence(year, to_opener=permission in OPENERS))
    show(year)
    g.is_locked = True


def show(year: SchoolYear) -> None:
    """Have the page say that the school year it shows is closed, if it is."""
    if year.closed_on is not None:
        g.closed_year = year


def forbids(permission: str) -> bool:
    """Tell whether what this page shows is in a closed school year, and the permission is to change it."""
    return permission in PERMISSIONS and bool(g.get("is_locked", False))
