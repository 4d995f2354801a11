"""From the figures to the places of marks: what each drawing of the page is given."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from nastav import dates
from nastav.charts import dots, trend, years
from nastav.progress.figures import Progress, SchoolProgress

_SEPTEMBER: Final = 9
_MONTHS: Final = "янв фев мар апр май июн июл авг сен окт ноя дек".split()


class Month(NamedTuple):
    """The name of a month under the drawing; on a phone every third has room."""

    name: str
    x: float
    has_room: bool


class Year(NamedTuple):
    """The drawing of a year with what is written on its axis."""

    drawing: trend.Drawing
    months: list[Month]
    september: float  # days from 1 January


def of_year(found: Progress) -> Year:
    """Return the drawing of the growing sum."""
    first, last = dates.plan_year_bounds(found.coverage.year)
    drawing = trend.draw(
        trend.Grown(
            days=[(week.on - first).days for week in found.weeks],
            lower=[week.carried for week in found.weeks],
            whole=[week.total for week in found.weeks],
            length=(last - first).days,
            target=found.total.target,
            ahead=found.pace.ahead if found.pace else None,
        )
    )
    middles = [(date(first.year, month, 16) - first).days for month in range(1, 13)]
    months = [
        Month(name, drawing.across(day), at % 3 == 0)
        for at, (name, day) in enumerate(zip(_MONTHS, middles, strict=True))
    ]
    return Year(drawing, months, (date(first.year, _SEPTEMBER, 1) - first).days)


class Plot(NamedTuple):
    """Schools on one scale."""

    plot: dots.Plot
    rows: list[tuple[SchoolProgress, dots.Marks]]


def of_schools(found: Progress, by_gap: bool) -> list[Plot]:
    """Return the schools on one scale or two, in the order's order or the largest gap first."""
    schools = found.schools
    rows = [
        dots.Row(school.row.mentees.actual, school.row.mentees.target, school.before)
        for school in schools
    ]
    order: Sequence[int] = range(len(schools))
    if by_gap:
        order = sorted(order, key=lambda at: _missing(schools[at]))
    plots = dots.draw(rows, order)
    return [Plot(plot, [(schools[mark.at], mark) for mark in plot.marks]) for plot in plots]


def _missing(school: SchoolProgress) -> tuple[bool, int]:
    """The largest shortfall first, then the surplus; without a plan last."""
    figure = school.row.mentees
    return figure.target is None, (figure.actual or 0) - (figure.target or 0)


class School(NamedTuple):
    """A school's years."""

    school: SchoolProgress
    small: years.Small
    unknown: list[int]


def of_years(found: Progress) -> list[School]:
    """Return the drawing of each school's years; none before there are two with facts."""
    return [_of_school(school) for school in found.schools if len(school.years) > 1]


def _of_school(school: SchoolProgress) -> School:
    facts = [year.actual for year in school.years]
    small = years.draw(facts, [year.target for year in school.years])
    unknown = [year.year for year in school.years if year.actual is None]
    return School(school, small, unknown if any(fact is not None for fact in facts) else [])


def strips(values: Iterable[int]) -> list[float]:
    """Return of each number its bar in per cent of the largest."""
    rows = list(values)
    largest = max(rows, default=0) or 1
    return [round(value / largest * 100, 1) for value in rows]
