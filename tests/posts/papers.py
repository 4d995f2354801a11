"""What the forms of papers need to be there first; `place` is that of the recipes."""

from typing import Any

from nastav.db import db
from nastav.district.models import TeamMember
from nastav.paperwork.models import Paper
from tests.support.unlinked import DAY


def curator(place: Any) -> None:
    """Mark a curator in the working group: papers need one."""
    values = {"district_id": place.district, "school_id": place.school, "post": "учитель"}
    db.session.add(TeamMember(**values, name="Зимина Зоя Ильинична", is_curator=True))


def waiting_line(place: Any) -> None:
    """Have an order signed whose line of evidence was not written yet."""
    made = {"school_id": place.school, "first_year": 2020, "key": "team", "asked_on": DAY}
    paper = Paper(**made, ids={"team": []}, made_by="тест", effects={}, number="7", dated=DAY)
    db.session.add(paper)
