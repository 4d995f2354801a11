"""Addresses of a page: made by `url_for`, which takes the page's own place from the door.

See docs/decisions/0012-the-page-knows-its-place.md.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, g, url_for

PLACE = ("school_id", "district_id", "cycle")  # of the page shown, kept in `g.place`
LONGEST_ID = 9  # digits
STAND_IN = 987_654_321_012_345  # an id that no row has


def filling(app: Flask) -> Callable[[str, dict[str, Any]], None]:
    """Return what gives an address the school, district and year of its page, if it needs them."""
    needed: dict[str, list[str]] = {}  # by endpoint; asked hundreds of times a page

    def fill(endpoint: str, values: dict[str, Any]) -> None:
        place = g.get("place", {})
        if endpoint not in needed:
            expects = app.url_map.is_endpoint_expecting
            needed[endpoint] = [name for name in PLACE if expects(endpoint, name)]
        for name in needed[endpoint]:
            if name not in values and name in place:
                values[name] = place[name]
        if g.get("is_looking") and "school_id" in needed[endpoint]:
            values.setdefault("view", "school")  # whoever looks as a school goes on looking

    return fill


def row_id(text: str) -> int:
    """Return a number out of a query, as `RowId` has it of a path: `args.get("before", type=row_id)`.

    Raises:
        ValueError: no row can have it, and no database can hold it.
    """
    if len(text) > LONGEST_ID:
        raise ValueError(text)
    return int(text)


def urls_for(endpoint: str, *names: str, **given: Any) -> Callable[..., str]:
    """Return what makes the addresses of many rows, each from its ids; `url_for` is asked once.

    `names` are the arguments that the ids stand for, as in `urls_for("pair_card.card", "pair_id")(7)`.
    """
    stand_ins = {name: STAND_IN + place for place, name in enumerate(names)}
    url = url_for(endpoint, **given | stand_ins)
    for place, number in enumerate(stand_ins.values()):
        url = url.replace(str(number), f"{{{place}}}")
    return url.format
