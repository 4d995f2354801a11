"""Putting codes in the place of all names of a school's pupils, for good."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Select, select

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, db
from nastav.district.models import School
from nastav.identity.merging import queries as merges
from nastav.loads import operations as loads
from nastav.people.changes.models import NAME
from nastav.people.changes.operations import forget
from nastav.people.codes import queries
from nastav.people.codes.operations import write, write_merged
from nastav.people.codes.queries import Replaceable
from nastav.people.codes.rules import problems, read_code
from nastav.people.models import Participation, Person


def replace(actor: Actor, school: School, found: Replaceable, typed: Mapping[int, str]) -> int:
    """Give each of these pupils the code typed and erase their names; how many.

    The names go from the cards, from those merged into them, from the history of values and from loaded
    tables. Nothing keeps them, so nothing can bring them back.

    Raises:
        Conflict: the people are others than these, or a code cannot be given.
    """
    if typed.keys() != found.ids or problems(typed, found.taken, found.foreign):
        raise Conflict
    cards = {person.id: person for person in db.session.scalars(_cards(found.ids))}
    for person_id, text in typed.items():
        write(cards[person_id], read_code(text))
    write_merged(cards, typed.keys(), {*found.taken, *map(ru.search_key, typed.values())})
    db.session.flush()
    forget(NAME, cards)
    loads.forget_names(school.id)
    loads.forget_name(cards)  # those of the schools they came from
    record(actor, "people:coded", subject=f"{len(typed)} чел.", school_id=school.id)
    return len(typed)


def forget_name(row: Participation) -> None:
    """Erase what is left of a name that a code took the place of on the card alone.

    That is the cards merged into this one, and the former values that loads keep for their undo.
    """
    cards = {person.id: person for person in db.session.scalars(_cards([row.person_id]))}
    write_merged(cards, [row.person_id], set(queries.taken(row.school_id)))
    db.session.flush()
    forget(NAME, cards)
    loads.forget_name(cards)


def _cards(person_ids: Iterable[int]) -> Select[Person]:
    return select(Person).where(Person.id.in_(merges.cards_of(person_ids)))
