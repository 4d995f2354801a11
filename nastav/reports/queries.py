"""Reading what a report is made of: in as many queries for any number of schools."""

from datetime import date
from typing import Any, Final

from nastav import dates, terms
from nastav.archive.models import KeptReport
from nastav.coverage.figures import DistrictCoverage
from nastav.district import queries as districts
from nastav.district.models import District
from nastav.execution import queries as execution
from nastav.execution import words
from nastav.feedback import queries as feedback
from nastav.plan import queries as plans
from nastav.progress.queries import progress
from nastav.reports import activities, behind
from nastav.reports.comparison import Comparison, Since, compare
from nastav.reports.figures import figures
from nastav.reports.monitoring import monitoring
from nastav.reports.records import Contents, Material
from nastav.rollup import board as boards
from nastav.rollup import queries as rollup

RULES: Final = (  # what of a district changes its figures
    "coverage_basis", "mentor_grade_from", "mentor_grade_to", "mentor_age_from", "satisfied_from",
    "meetings_within", "most_mentees",
)  # fmt: skip
MOST_YEARS = 10  # of the plan, the latest: a year is read after another


def material(district: District, on: date) -> Material:
    """Return all that the sheets show of a district on a day, which is not later than today."""
    own = progress(district.id, on.year, on)
    read = execution.known(district.id, on)
    cycle, board = read.cycle, read.board
    ids = districts.school_ids(district.id)
    read.years[on.year] = own.coverage
    found = execution.execution(district, on, read)
    first_year = cycle.first_year if cycle else dates.cycle_of(on)
    return Material(
        on=on,
        progress=own,
        execution=found,
        points=tuple(words.points(found, district.target)),
        board=board,
        years=_years(district.id, on, read),
        plans=tuple(plans.grids(district)),
        activities=activities.activities(cycle.id, board) if cycle and board else (),
        monitoring=monitoring(district.id, district.name, on),
        feedback=feedback.groups(district.id, ids, first_year, district.satisfied_from, on=on),
        first_year=first_year,
    )


def _years(district_id: int, on: date, read: execution.Known) -> dict[int, DistrictCoverage]:
    """The years of the plan, each on its 31 December, the day's own on the day."""
    wanted = sorted({*plans.plan_years(district_id), on.year})[-MOST_YEARS:]
    return {year: read.coverage(district_id, year, on) for year in wanted}


def contents(district: District, on: date) -> Contents:
    """Return what the book of a day holds, in counts."""
    cycle = execution.school_year(district.id, on)
    board = rollup.board(district.id, cycle, on) if cycle else None
    late = boards.overdue(board) if board else []
    plan = {year.year: year for year in plans.years(district.id)}
    own = plan.get(on.year)
    schools = len(districts.school_ids(district.id))
    return Contents(
        schools=schools,
        has_printed=own is not None and (own.printed_mentees or own.printed_mentors) is not None,
        years=tuple(sorted({*plan, on.year})[-MOST_YEARS:]),
        first_year=cycle.first_year if cycle else None,
        rows=schools * activities.counted(cycle.id) if cycle else 0,
        overdue=sum(len(row.cells) for row in late),
        late_schools=len(late),
        threshold=district.satisfied_from,
    )


# --- kept reports ---------------------------------------------------------------------------------


def rules_of(district: District) -> dict[str, Any]:
    """Return the settings that a district counts by."""
    return {name: getattr(district, name) for name in RULES}


def changed_rules(report: KeptReport, district: District) -> list[str]:
    """Return which rules and settings of counting are others since a report was kept; costs nothing."""
    changed = [
        terms.RULES.get(name, name)
        for name, value in rules_of(district).items()
        if report.rules.get(name) != value
    ]
    if report.rules_number != district.rules_number:
        changed.insert(0, f"Правила счёта № {report.rules_number} стали № {district.rules_number}")
    return changed


def compared(report: KeptReport, district: District) -> Comparison:
    """Return how a kept report differs from what its day gives now."""
    now = material(district, report.day)
    people = behind.behind(now.coverage)
    known = {
        person[0] for own in report.behind.values() for part in own.values() for person in part
    }
    here = {person.id for own in people.values() for part in own.values() for person in part}
    gone = known - here
    into = behind.merged(gone)
    since = Since(
        merged=into,
        lefts=behind.lefts({into.get(person, person) for person in gone}),
        schools=districts.school_names(district.id),
    )
    figures_now = [[figure.key, figure.label, figure.value] for figure in figures(now)]
    changed = changed_rules(report, district)
    return compare(report.figures, figures_now, report.behind, people, since, changed)
