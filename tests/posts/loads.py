"""Loads of a file that the recipes of their posts find open."""

from typing import Any

from nastav.db import db
from nastav.loads.models import Load, LoadState
from nastav.people.models import Part
from nastav.tables.lines import ASIDE, HIDDEN
from tests.support.unlinked import DAY


def hidden_rows(place: Any) -> int:
    """Leave a load open whose file holds a hidden row; return its id."""
    rows = [[number, {"name": f"Канарейкин {name}", "class": "5А"}]
            for number, name in enumerate(("Семён", "Олег"), start=2)]  # fmt: skip
    rows[1][1] |= {HIDDEN: "да", ASIDE: HIDDEN}  # type: ignore[operator]
    load = Load(school_id=place.school, part=Part.MENTEE, token="hidden", joined=DAY, rows=rows)
    db.session.add(load)
    db.session.flush()
    return load.id


def loaded_but_two(place: Any) -> int:
    """Leave a load that is done but for two rows; return its id."""
    load = db.session.get_one(Load, hidden_rows(place))
    load.state = LoadState.LOADED
    load.rows = [[number, {"name": "Канарейкин Семён", "class": "99"}] for number in (2, 3)]
    return load.id
