"""Who stands behind the figures of coverage, by register number; and what became of somebody since."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import func, select

from nastav.coverage.counted import Stretch, in_pairs, in_registers
from nastav.coverage.figures import Basis, DistrictCoverage, Verdict
from nastav.db import db
from nastav.people.models import Part, Participation, Person, RegisterNumber
from nastav.reports.comparison import Behind
from nastav.reports.comparison import Person as Who

_AT_ONCE = 500  # ids in one statement, however many of a report are gone


def behind(coverage: DistrictCoverage) -> Behind:
    """Return who is counted by school and part, as (person's id, number); one query."""
    if not coverage.has_begun:
        return {}
    counted = (in_registers if coverage.basis is Basis.IN_REGISTER else in_pairs)(False)
    number = (
        select(RegisterNumber.number)
        .where(
            RegisterNumber.school_id == counted.c.school_id,
            RegisterNumber.person_id == counted.c.person_id,
        )
        .scalar_subquery()
    )
    rows: Any = select(
        counted.c.school_id, counted.c.part, counted.c.person_id, func.coalesce(number, 0)
    ).where(counted.c.verdict == Verdict.COUNTED)
    if coverage.basis is Basis.MET:
        rows = rows.where(counted.c.has_met == 1)
    first = date(coverage.year, 1, 1)
    params = Stretch(coverage.district_id, first, coverage.on).params
    found: Behind = defaultdict(lambda: defaultdict(list))
    for school_id, part, person_id, own in db.session.execute(rows, params):
        found[str(school_id)][Part(part).value].append(Who(person_id, own))
    return {
        school: {part: sorted(people) for part, people in own.items()}
        for school, own in found.items()
    }


def merged(person_ids: Collection[int]) -> dict[int, int]:
    """Return which of these people's cards were merged since, and into which: id → id."""
    found: dict[int, int] = {}
    asked = set(person_ids)
    while asked:
        rows = _of(asked, Person.id, Person.merged_into_id)
        step = {person: into for person, into in rows if into is not None}
        found |= step
        asked = set(step.values()) - found.keys()
    return {person: _last(person, found) for person in found}


def _last(person: int, steps: dict[int, int]) -> int:
    while person in steps:
        person = steps[person]
    return person


def lefts(person_ids: Collection[int]) -> dict[tuple[int, int], tuple[date | None, bool]]:
    """Return how people stand in the registers: (school's, person's id) → day of leaving, a mistake."""
    table = Participation
    columns = (table.school_id, table.person_id, table.left, table.is_mistake)
    found = {}
    for start in range(0, len(ids := sorted(person_ids)), _AT_ONCE):
        chosen = table.person_id.in_(ids[start : start + _AT_ONCE])
        rows = select(*columns).where(chosen).order_by(table.joined, table.id)
        for school_id, person_id, left, is_mistake in db.session.execute(rows):
            found[school_id, person_id] = (left, is_mistake)
    return found


def _of(person_ids: Collection[int], *columns: Any) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(ids := sorted(person_ids)), _AT_ONCE):
        rows = select(*columns).where(Person.id.in_(ids[start : start + _AT_ONCE]))
        found += db.session.execute(rows).all()
    return found
