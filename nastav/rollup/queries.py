"""Reading the district's roll-up: the matrix of schools and stages of a school year."""

from datetime import date

from sqlalchemy import select

from nastav import dates
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.models import Cycle
from nastav.plan.models import PlanYear
from nastav.recall import recalled
from nastav.review import queries as reviews
from nastav.rollup.board import Board, Cell, Row
from nastav.rollup.past import queries as past
from nastav.stages import lines as of_stages
from nastav.stages import queries as stages


@recalled
def board(district_id: int, cycle: Cycle, on: date) -> Board:
    """Return the matrix of a district on a day, today's in five queries whatever the number of schools.

    On a past day it stands as the steps by then left it, under the deadlines that held then; what was
    changed after an acceptance is known of today only.
    """
    names = districts.school_names(district_id)
    changed: set[tuple[int, int]] = set()
    if on < dates.today():
        heads = past.stages(cycle, on)
        found = past.matrix(district_id, cycle, heads, on)
    else:
        heads, found = stages.stages(cycle.id), of_stages.matrix(district_id, cycle, on)
        changed = reviews.changed_since(district_id, cycle)
    head_of = {head.id: head for head in heads}
    lines: dict[int, list[Cell]] = {school_id: [] for school_id in names}
    for line in found:
        school = names[line.school_id]
        is_changed = (line.school_id, line.ordinal) in changed
        lines[line.school_id].append(Cell(line, head_of[line.stage_id], school, is_changed))
    rows = (Row(school_id, names[school_id], tuple(cells)) for school_id, cells in lines.items())
    return Board(cycle.first_year, on, tuple(heads), tuple(rows))


def coverage_years(district_id: int, today: date) -> list[int]:
    """Return the calendar years of the plan, and today's, the earliest first."""
    planned = select(PlanYear.year).where(PlanYear.district_id == district_id)
    return sorted({*db.session.scalars(planned), today.year})
