"""Rules of the end of a school year: who graduates, when the next pair begins."""

from datetime import date, timedelta

from nastav import dates
from nastav.pairs.rows import PairRow
from nastav.people.models import Kind
from nastav.people.rows import Entry
from nastav.yearend.classes.rules import LAST_GRADE

MIDDLE_GRADE = 9  # after it a pupil may leave the school


def next_start(first_year: int, ended: date) -> date:
    """Return the first day of what continues a pair of a school year: 1 September, or the day after."""
    return max(dates.cycle_bounds(first_year + 1)[0], ended + timedelta(days=1))


def graduates(entry: Entry) -> bool:
    """Tell whether somebody is a pupil who leaves the school with the school year of the entry."""
    known = entry.school_class if entry.kind is Kind.PUPIL else None
    return bool(known and known.grade_in(entry.first_year) >= LAST_GRADE)


def ends_with_school(row: PairRow) -> bool:
    """Tell whether a pair cannot go on because its mentor or all its mentees graduate."""
    mentors = [mentor.who for mentor in row.mentors if mentor.left is None]
    mentees = [mentee.who for mentee in row.current_mentees]
    return any(map(graduates, mentors)) or (bool(mentees) and all(map(graduates, mentees)))
