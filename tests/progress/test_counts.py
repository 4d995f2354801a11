"""One statement over days gives what counting each date anew gives, whatever was entered."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastav import dates
from nastav.coverage.figures import Basis, Verdict
from nastav.coverage.queries import coverage_by_school
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.district.models import District
from nastav.people.models import Kind, Part
from nastav.plan.models import PlanTarget
from nastav.progress.figures import Progress
from nastav.progress.queries import progress
from nastav.progress.queries import standing as large_number
from tests.coverage import slow_count as slow
from tests.coverage.slow_count import World
from tests.coverage.test_slow_count import DAYS, SCHOOLS, enter_world, moves, worlds
from tests.support import databases


@pytest.fixture(scope="module")
def schools(module_app: Flask) -> Iterator[list[int]]:
    with module_app.app_context(), write_mode():
        yield [school.id for school in districts.schools(1)][:SCHOOLS]


def counted_anew(year: int, on: date) -> dict[int, int | None]:
    """Return the fact of each school that is in the large number, by a question for this date alone."""
    coverage = coverage_by_school(1, year, on)
    rows = {row.school_id: row.mentees for row in coverage.schools}
    if coverage.mentees.target is not None:
        rows = {school: row for school, row in rows.items() if row.target is not None}
    return {school: row.actual for school, row in rows.items()}


def check_weeks(found: Progress, year: int, dates_asked: list[int]) -> None:
    """The sum and the carried of some of the weeks."""
    assert found.weeks[0].on == date(year, 1, 1)
    assert found.weeks[-1].on == found.coverage.on
    assert found.weeks[-1].total == found.actual
    regular = [date(year, 1, 1) + timedelta(7 * at) for at in range(len(found.weeks) - 1)]
    assert [week.on for week in found.weeks[:-1]] == regular
    for place in {0, len(found.weeks) - 1, *(at % len(found.weeks) for at in dates_asked)}:
        week = found.weeks[place]
        assert week.total == sum(n or 0 for n in counted_anew(year, week.on).values())
        assert 0 <= week.carried <= week.total


def check_years(found: Progress, schools: list[int]) -> None:
    """Each year beside the others is what its own page says on 31 December."""
    for at, year in enumerate(found.years):
        until = min(dates.plan_year_bounds(year)[1], found.coverage.on)
        anew = {row.school_id: row.mentees for row in coverage_by_school(1, year, until).schools}
        for school in found.schools:
            shown = school.years[at]
            figure = anew[school.row.school_id]
            assert (shown.year, shown.target, shown.actual) == (year, figure.target, figure.actual)


def standing(world: World, day: date) -> set[int]:
    """Return the children in a pair with a mentor on the day, looked for one by one."""
    return {
        person
        for person in range(len(world.kinds))
        if slow.kind_on(world, person, day) is Kind.PUPIL
        and any(slow.in_pairs_on(world, person, Part.MENTEE, day))
    }


def waiting(world: World, year: int, day: date) -> set[int]:
    """Return the children of a register on the day who were in no pair of the year."""
    return {
        person
        for person in range(len(world.kinds))
        if slow.kind_on(world, person, day) is Kind.PUPIL
        and any(
            line.joined <= day and (line.left is None or line.left > day)
            for line in world.entries
            if (line.person, line.part, line.is_mistake) == (person, Part.MENTEE, False)
        )
        and not any(
            slow.verdict_on(world, person, Part.MENTEE, place[2], each) is Verdict.COUNTED
            for each in slow.days_of(year, day)
            for place in slow.in_pairs_on(world, person, Part.MENTEE, each)
        )
    }


def check_day(found: Progress, world: World, year: int) -> None:
    """Who stands in a pair, who waits, and the forms that add up to the large number."""
    last = found.coverage.on
    assert sum(school.today for school in found.schools) == len(standing(world, last))
    if found.coverage.basis is Basis.IN_PAIR:
        sums = sum(school.waiting for school in found.schools)
        assert sums == len(waiting(world, year, last))
    assert found.in_pairs == sum(row.mentees.in_pair or 0 for row in found.coverage.schools)
    assert sum(form.children for form in found.forms) - found.twice == found.in_pairs


@settings(
    max_examples=databases.examples(120),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    world=st.one_of(worlds(), worlds(), moves()),
    on=DAYS,
    year=st.sampled_from([2020, 2020, 2021]),
    basis=st.sampled_from(list(Basis)),
    is_bare=st.booleans(),
    asked=st.lists(st.integers(0, 52), max_size=2),
)
def test_every_week_and_year_is_what_its_own_date_says(
    schools: list[int],
    world: World,
    on: date,
    year: int,
    basis: Basis,
    is_bare: bool,
    asked: list[int],
) -> None:
    try:
        enter_world(world, schools)
        db.session.get_one(District, 1).coverage_basis = basis
        if is_bare:  # its people are in no sum
            db.session.query(PlanTarget).filter_by(school_id=schools[1]).update({"mentees": None})
        db.session.flush()
        found = progress(1, year, on)
        if found.weeks:
            check_weeks(found, year, asked)
            before = counted_anew(year, date(year, 1, 1))
            for school in found.compared:
                assert school.before == (before[school.row.school_id] or 0)
        known = large_number(1, year, on)
        assert (known.target, known.pace) == (found.total.target, found.pace)
        assert known.actual == (found.actual if found.coverage.has_begun else None)
        check_years(found, schools)
        if found.coverage.has_begun:
            check_day(found, world, year)
    finally:
        db.session.rollback()
