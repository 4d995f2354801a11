"""Where a pupil learns: the class of a school year, or a group with an age where there are no classes."""

from sqlalchemy import select

from nastav.db import db
from nastav.people import queries
from nastav.people.changes.operations import Changed
from nastav.people.inserting import class_year
from nastav.people.models import Kind, Participation, PersonClass, PersonGroup
from nastav.people.rows import AgeGroup
from nastav.people.rules import NewPerson


def class_row(row: Participation, data: NewPerson) -> PersonClass | None:
    """Return the row of the class typed, new and not yet added if the school year has none."""
    if data.kind is not Kind.PUPIL or not data.grade:
        return None
    year = class_year(data)
    of_year = {"person_id": row.person_id, "school_id": row.school_id, "first_year": year}
    found = db.session.scalar(select(PersonClass).filter_by(**of_year))
    return found or PersonClass(**of_year, grade=0, letter="")


def group_changes(row: Participation, data: NewPerson) -> list[Changed]:
    """Return the change of the group, where the one typed is another."""
    saved = queries.age_group(row.school_id, row.person_id)
    old = AgeGroup(saved.name, saved.age, saved.aged_on) if saved else None
    new = data.age_group
    if old == new:
        return []
    return [Changed("group", old.text if old else "", new.text if new else "")]


def set_class(row: PersonClass, grade: int, letter: str) -> None:
    """Write a class into its row and add the row."""
    if (row.grade, row.letter) != (grade, letter):
        row.move_id = None  # undoing the move leaves it alone from now on
    row.grade, row.letter = grade, letter
    db.session.add(row)


def set_group(row: Participation, data: NewPerson) -> None:
    """Write the group typed, or take away the one there is."""
    saved, new = queries.age_group(row.school_id, row.person_id), data.age_group
    if new is None:
        if saved:
            db.session.delete(saved)
        return
    saved = saved or PersonGroup(school_id=row.school_id, person_id=row.person_id)
    saved.name, saved.age, saved.aged_on = new.name, new.age, new.aged_on
    db.session.add(saved)


def class_changes(row: PersonClass | None, data: NewPerson) -> list[Changed]:
    """Return the change of the class, where the one typed is another."""
    if row is None or (row.grade, row.letter) == (data.grade, data.letter):
        return []
    return [Changed("class", (row.grade, row.letter), (data.grade, data.letter))]
