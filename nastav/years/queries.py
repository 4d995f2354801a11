"""Reading what is still open in a school year: counts by school, no names."""

from dataclasses import dataclass

from sqlalchemy import func, select

from nastav import dates
from nastav.db import db
from nastav.district.models import Cycle, School
from nastav.pairs.models import Pair, PairState
from nastav.rollup import queries as rollup
from nastav.stages.models import StageState


@dataclass(frozen=True)
class StillOpen:
    """What of a school nobody can do any more once the year is closed."""

    school: str
    stages: int  # not accepted
    submitted: int  # of them: they wait for the coordinator
    pairs: int  # of which nobody has decided (point 2.3)


def still_open(district_id: int, cycle: Cycle) -> list[StillOpen]:
    """Return the schools in which something of a school year is open, in the order's order."""
    pairs = _undecided(district_id, cycle.first_year)
    found = []
    for row in rollup.board(district_id, cycle, dates.today()).rows:
        states = [cell.line.state for cell in row.cells]
        accepted, submitted = map(states.count, (StageState.ACCEPTED, StageState.SUBMITTED))
        undecided = pairs.get(row.school_id, 0)
        found.append(StillOpen(row.school, len(states) - accepted, submitted, undecided))
    return [school for school in found if school.stages or school.pairs]


def _undecided(district_id: int, first_year: int) -> dict[int, int]:
    rows = (
        select(Pair.school_id, func.count(Pair.id))
        .join(School, School.id == Pair.school_id)
        .where(
            School.district_id == district_id,
            Pair.last_cycle == first_year,
            Pair.state.in_((PairState.ACTIVE, PairState.PAUSED)),
        )
        .group_by(Pair.school_id)
    )
    return dict(list(db.session.execute(rows)))
