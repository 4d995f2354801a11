"""Coverage as pages and workbooks show it: what is counted, with what the order prints of each plan."""

from collections.abc import Sequence
from datetime import date

from nastav.coverage import queries
from nastav.coverage.figures import DistrictCoverage, SchoolCoverage
from nastav.plan import queries as plans


def district_coverage(district_id: int, year: int, on: date) -> DistrictCoverage:
    """Return every school's coverage of a year on a day, with the edited cells of its plan marked."""
    found = queries.coverage_by_school(district_id, year, on)
    edits = plans.edits((row.school_id for row in found.schools), [year])
    return found.with_edits({school_id: edit for (school_id, _), edit in edits.items()})


def school_coverage(school_id: int, years: Sequence[int], on: date) -> dict[int, SchoolCoverage]:
    """Return a school's coverage of each year on a day, with the edited cells of its plan marked."""
    edits = plans.edits([school_id], years)
    return {
        year: queries.school_coverage(school_id, year, on).with_edits(
            edits.get((school_id, year), plans.UNEDITED)
        )
        for year in years
    }
