"""Reading the texts that a school writes for its papers."""

from collections.abc import Mapping

from sqlalchemy import select

from nastav import terms
from nastav.db import db
from nastav.requisites.texts.models import SchoolTexts

NAMES = tuple(terms.SCHOOL_TEXTS)


def of_year(school_id: int, first_year: int) -> SchoolTexts | None:
    """Return what a school wrote for a school year, or None."""
    rows = select(SchoolTexts).filter_by(school_id=school_id, first_year=first_year)
    return db.session.scalar(rows)


def texts(school_id: int, first_year: int) -> dict[str, str]:
    """Return each text of a school year by its name; "" where nothing is written."""
    return values(of_year(school_id, first_year))


def earlier(school_id: int, first_year: int) -> SchoolTexts | None:
    """Return the newest texts of a year before, whichever of them that was; None where none is left."""
    rows = (
        select(SchoolTexts)
        .where(SchoolTexts.school_id == school_id, SchoolTexts.first_year < first_year)
        .order_by(SchoolTexts.first_year.desc())
    )
    return next((row for row in db.session.scalars(rows) if any(values(row).values())), None)


def values(row: SchoolTexts | None) -> dict[str, str]:
    """Return the texts of a row by their names."""
    return {name: getattr(row, name) if row else "" for name in NAMES}


def filled(present: Mapping[str, str], offered: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a year, those that are empty as another year has them."""
    return {name: text or offered[name] for name, text in present.items()}
