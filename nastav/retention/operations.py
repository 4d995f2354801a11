"""Erasing names and texts whose period is over. What is counted stays: the rows stay, nameless."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select, update

from nastav import dates, ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import db
from nastav.identity.merging import queries as merges
from nastav.loads import operations as loads
from nastav.people.models import Person
from nastav.practices.models import Practice
from nastav.privacy import After
from nastav.retention import erasing, queries

# a person without a name stands behind everybody who has one
_LAST = "яяя"


def anonymise(actor: Actor, school_id: int, person_ids: Collection[int]) -> list[int]:
    """Erase the names of people of a school, and all else that says who they were.

    Only those whose period is over are touched. Coverage of past years stays as it was: who was in which
    register and pair, as what and when, is kept under the number.

    Args:
        actor: who does it.
        school_id: the school.
        person_ids: whom.

    Returns:
        their register numbers.
    """
    today = dates.today()
    due = {due.who.person_id: due.who.number for due in queries.due(school_id, today)}
    chosen = [person_id for person_id in due if person_id in person_ids]
    if not chosen:
        return []
    cards = merges.cards_of(chosen)
    ids = select(Person.id).where(Person.id.in_(cards))
    erasing.erase(After.LEAVING, {"person": ids})
    nameless = {"anonymised_on": today, "sort_key": ru.sort_key(_LAST)}
    db.session.execute(update(Person).where(Person.id.in_(cards)).values(nameless))
    numbers = sorted(due[person_id] for person_id in chosen)
    subject = f"{len(numbers)} чел.: № {', '.join(map(str, numbers))}"
    record(actor, "people:anonymised", subject=subject, school_id=school_id)
    return numbers


def erase_texts(actor: Actor, school_id: int, today: date) -> int:
    """Erase the texts of pairs, meetings, answers and drafts whose period is over; how many records."""
    _count_from_now(school_id)
    count = erasing.erase(After.PAIR, {"pair": queries.old_pairs(school_id, today)})
    count += erasing.erase(After.SCHOOL_YEAR, queries.old_of_years(school_id, today))
    loads.forget_old()
    if count:
        subject = f"записей: {count}"
        record(actor, "texts:erased", subject=subject, school_id=school_id)
    return count


def _count_from_now(school_id: int) -> None:
    """Date drafts of practices today that are dated ahead of the clock: they would stay for years."""
    now = dates.now()
    drafts = select(Practice).where(Practice.id.in_(queries.drafts(school_id)))
    for practice in db.session.scalars(drafts):
        if dates.is_ahead(practice.created_at, now):
            practice.created_at = now
    db.session.flush()


def anonymise_school(actor: Actor, school_id: int) -> tuple[list[int], int]:
    """Erase all that is due in a school: the register numbers of people, how many texts."""
    everybody = [due.who.person_id for due in queries.due(school_id, dates.today())]
    return anonymise(actor, school_id, everybody), erase_texts(actor, school_id, dates.today())
