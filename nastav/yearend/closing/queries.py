"""Reading how pairs ended: what continues them, who graduates, why one was opened again."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select

from nastav import dates
from nastav.db import db
from nastav.district import queries as districts
from nastav.pairs import continuing
from nastav.pairs import queries as pairs
from nastav.pairs.models import Decision, Pair, PairState
from nastav.pairs.rows import PairRow
from nastav.people import queries as people
from nastav.people.models import Kind, Person
from nastav.plans.models import PairPlan, PlanLine
from nastav.yearend.classes.rules import LAST_GRADE


def next_is_open(district_id: int, first_year: int) -> bool:
    """Tell whether the district has opened the next school year, under whose address its pairs stand."""
    return districts.cycle(district_id, first_year + 1) is not None


def is_worked_on(draft: Pair) -> bool:
    """Tell whether somebody has changed a continuation since it was made, or planned for it."""
    has_plan = exists().where(PairPlan.pair_id == draft.id)
    has_line = exists().where(PlanLine.pair_id == draft.id)
    as_made = draft.version == 1 and all(
        member.joined == draft.started and member.left is None for member in draft.members
    )
    return not as_made or bool(db.session.scalar(select(or_(has_plan, has_line))))


def open_pairs(school_id: int, first_year: int) -> list[PairRow]:
    """Return the pairs of a school year that go on, the latest started first.

    With them those of earlier years of which nobody has decided.
    """
    first, last = dates.cycle_bounds(first_year)
    rows = pairs.pairs_of(school_id, first, last, first_year=first_year)
    going = [row for row in rows if row.state in (PairState.ACTIVE, PairState.PAUSED)]
    return [*going, *pairs.undecided(school_id, first, first_year=first_year)]


def waiting(school_id: int, first_year: int) -> list[PairRow]:
    """Return the closed pairs that are to be continued and are not yet."""
    first, last = dates.cycle_bounds(first_year)
    rows = pairs.pairs_of(school_id, first, last, first_year=first_year)
    decided = [row for row in rows if row.decision is Decision.CONTINUE]
    known = continuing.following(school_id, [pair_row.id for pair_row in decided])
    return [pair_row for pair_row in decided if pair_row.id not in known]


def graduates_among(school_id: int, person_ids: Sequence[int], first_year: int) -> set[int]:
    """Return which of these people are pupils who finish school with a school year."""
    pupils = select(Person.id).where(Person.id.in_(person_ids), Person.kind == Kind.PUPIL)
    known = people.classes(school_id, pupils, first_year)
    return {
        key
        for key, school_class in known.items()
        if school_class.grade_in(first_year) >= LAST_GRADE
    }
