"""Somebody in a pair or a register from a day to a day: what many figures of a page are counted from."""

from datetime import date
from typing import NamedTuple

from nastav.people.models import Kind, Part


class Stay(NamedTuple):
    """Somebody in a pair with its other side (or in a register) from a day to a day, both included."""

    person_id: int
    school_id: int
    pair_id: int
    row_id: int
    since: date
    begin: date
    last: date
    part: str  # a `Part`
    kind: str  # a `Kind`
    form_id: int
    has_met: int = 0  # 1: was at a meeting of the pair on one of these days, where that was asked

    @property
    def is_childs(self) -> bool:
        """Tell whether its days count towards the plan of mentees."""
        return self.part == Part.MENTEE and self.kind == Kind.PUPIL
