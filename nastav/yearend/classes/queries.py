"""Reading who moves up into a school year, and the moves already made."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from nastav import classes
from nastav.db import db
from nastav.people import queries as people
from nastav.people.models import Kind, PersonClass
from nastav.people.rows import Entry
from nastav.yearend.classes.models import ClassMove
from nastav.yearend.classes.rules import LAST_GRADE


@dataclass(frozen=True)
class Mover:
    """A pupil whose class is not entered for the school year yet."""

    who: Entry
    before: str  # «7 «А»», with its school year where that is not the last one
    grade: int  # they would be in

    @property
    def is_graduate(self) -> bool:
        """Tell whether the school is behind them."""
        return self.grade > LAST_GRADE

    @property
    def after(self) -> str:
        """Return the class they would move into, the letter kept."""
        known = self.who.school_class
        return classes.class_name(self.grade, known.letter if known else "")


@dataclass(frozen=True)
class Move:
    """A move made before: how many of its classes nobody has edited since."""

    row: ClassMove
    untouched: int


def movers(school_id: int, first_year: int, today: date) -> list[Mover]:
    """Return the pupils of both registers today whose last class is of an earlier year, by class."""
    rows = people.everybody(school_id, first_year=first_year)
    found = {}
    for row in rows:
        known = row.school_class
        if row.kind is Kind.PUPIL and row.is_on(today) and known and known.first_year < first_year:
            before = known.text(first_year - 1)
            found[row.person_id] = Mover(row, before, known.grade_in(first_year))
    return sorted(found.values(), key=lambda mover: mover.who.class_key)


def last_move(school_id: int, first_year: int) -> Move | None:
    """Return the last move into a school year that was not undone, or None."""
    rows = select(ClassMove).filter_by(school_id=school_id, first_year=first_year, undone_at=None)
    row = db.session.scalars(rows.order_by(ClassMove.id.desc())).first()
    if row is None:
        return None
    untouched = select(func.count()).select_from(PersonClass).filter_by(move_id=row.id)
    return Move(row, db.session.scalar(untouched) or 0)
