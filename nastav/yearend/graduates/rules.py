"""Rules of finishing school: who may leave with a school year, and what becomes of their pairs."""

from collections.abc import Container
from datetime import date
from enum import StrEnum

from nastav.pairs.models import PairState
from nastav.pairs.rows import PairRow
from nastav.people.models import Kind
from nastav.people.rows import Entry
from nastav.yearend.classes.rules import LAST_GRADE
from nastav.yearend.closing.rules import MIDDLE_GRADE

MAY = 5  # from this month on a school year draws to its end


class Fate(StrEnum):
    """What becomes of a pair when one of its members finishes school."""

    ENDS = "ends"
    MAY_END = "may_end"  # only if its other mentees finish school too
    GOES_ON = "goes_on"
    DRAFT = "draft"  # has not begun: it only loses them


def grade(entry: Entry) -> int:
    """Return the grade a pupil is in in the school year of the entry; 0 for anybody else."""
    known = entry.school_class if entry.kind is Kind.PUPIL else None
    return known.grade_in(entry.first_year) if known else 0


def finishes(entry: Entry) -> bool:
    """Tell whether somebody leaves school with the school year, if nothing else is said."""
    return grade(entry) >= LAST_GRADE


def is_ticked(entry: Entry, today: date) -> bool:
    """Tell whether the page offers to mark somebody: the last class from May on, those before always."""
    return grade(entry) > LAST_GRADE or (
        finishes(entry) and today >= date(entry.first_year + 1, MAY, 1)
    )


def may_finish(entry: Entry) -> bool:
    """Tell whether somebody in the register leaves school with the year, or may do so."""
    is_current = entry.left is None and not entry.is_mistake
    return is_current and (finishes(entry) or grade(entry) == MIDDLE_GRADE)


def ends(row: PairRow, leaving: Container[int]) -> bool:
    """Tell whether a pair loses its mentor or its last mentee when these people leave.

    Args:
        row: the pair.
        leaving: ids of persons.
    """
    if row.state not in (PairState.ACTIVE, PairState.PAUSED):
        return False
    mentees = [mentee.who.person_id in leaving for mentee in row.current_mentees]
    mentors = [mentor.who.person_id in leaving for mentor in row.mentors if mentor.left is None]
    return any(mentors) or (bool(mentees) and all(mentees))


def fate(row: PairRow, person_id: int, all_leaving: Container[int]) -> Fate:
    """Return what becomes of a pair when a person leaves it; others may leave with them."""
    if row.state is PairState.DRAFT:
        return Fate.DRAFT
    if ends(row, {person_id}):
        return Fate.ENDS
    return Fate.MAY_END if ends(row, all_leaving) else Fate.GOES_ON
