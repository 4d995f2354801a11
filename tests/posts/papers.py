"""What the forms of papers need to be there first; `place` is that of the recipes."""

from typing import Any

from nastav.db import db
from nastav.paperwork.models import Paper
from tests.support.unlinked import DAY


def waiting_line(place: Any) -> None:
    """Have an order signed whose line of evidence was not written yet."""
    made = {"school_id": place.school, "first_year": 2020, "key": "team", "asked_on": DAY}
    paper = Paper(**made, ids={"team": []}, made_by="тест", effects={}, number="7", dated=DAY)
    db.session.add(paper)
