"""Where a page belongs, read from the routes: paths are compared without their tenant and year."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from flask import Request, current_app, request

from nastav.addresses import PLACE
from nastav.home.navigation.sections import Page, Section

_ARGUMENT = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
_TENANTS = ("schools", "districts")
# what an address may hold besides its place and still name the same page in another school year
_IN_ANY_YEAR = frozenset({*PLACE, "ordinal"})


def within(sections: Sequence[Section]) -> Page | None:
    """Return the page of the menu that the page shown belongs to: the longest path it begins with."""
    if request.url_rule is None:
        return None
    here = _filled(request.url_rule.rule, request.view_args or {})
    if here is None:
        return None
    every = [page for section in sections for page in section.every]
    found = [(path, page) for page in every if _leads_to(path := _path(page), here)]
    return max(found, key=lambda row: len(row[0]), default=((), None))[1]


def endpoint_for(page: Page, *, has_year: bool) -> str:
    """Return a page's endpoint; where no school year is known, the one that leads on to it."""
    needs = current_app.url_map.is_endpoint_expecting
    if has_year or not needs(page.endpoint, "cycle"):
        return page.endpoint
    same = (_tenant(_rule(page.endpoint)), _path(page))
    for rule in current_app.url_map.iter_rules():
        is_read = "GET" in (rule.methods or ()) and "cycle" not in rule.arguments
        if is_read and (_tenant(rule.rule), _parts(rule.rule)) == same:
            return str(rule.endpoint)
    raise LookupError(f"{page.endpoint} has no address without a school year")


def place_of(shown: Request) -> dict[str, Any] | None:
    """Return what the address of the page shown is made of, if it exists in every school year."""
    values = shown.view_args or {}
    if shown.method != "GET" or not values.keys() <= _IN_ANY_YEAR:
        return None
    return dict(values)


def _leads_to(path: tuple[str, ...], here: tuple[str, ...]) -> bool:
    return here[: len(path)] == path if path else here == path


def _path(page: Page) -> tuple[str, ...]:
    return _filled(_rule(page.endpoint), page.given) or ()


def _rule(endpoint: str) -> str:
    return next(iter(current_app.url_map.iter_rules(endpoint))).rule


def _filled(rule: str, values: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Return the parts of a route's path with what is known of its arguments; None without a tenant."""
    if _tenant(rule) not in _TENANTS:
        return None
    return tuple(_fill(part, values) for part in _parts(rule))


def _fill(part: str, values: Mapping[str, Any]) -> str:
    found = _ARGUMENT.fullmatch(part)
    return str(values.get(found.group(1), part)) if found else part


@cache
def _parts(rule: str) -> tuple[str, ...]:
    """Return the parts of a path behind its tenant, the school year left out."""
    return tuple(_without_year(rule.split("/")[3:]))


def _without_year(parts: Iterable[str]) -> Iterable[str]:
    return (part for part in parts if not part.endswith(":cycle>"))


def _tenant(rule: str) -> str:
    return rule.split("/")[1]
