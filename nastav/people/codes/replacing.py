"""Putting codes in the place of all names of a school's pupils, for good."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, db
from nastav.district.models import School
from nastav.people.changes.models import NAME
from nastav.people.changes.operations import forget
from nastav.people.codes.operations import write
from nastav.people.codes.queries import Replaceable
from nastav.people.codes.rules import problems, read_code
from nastav.people.loads import operations as loads
from nastav.people.merging import queries as merges
from nastav.people.models import Person


def replace(actor: Actor, school: School, found: Replaceable, typed: Mapping[int, str]) -> int:
    """Give each of these pupils the code typed and erase their names; how many.

    The names go from the cards, from those merged into them, from the history of values and from loaded
    tables. Nothing keeps them, so nothing can bring them back.

    Raises:
        Conflict: the people are others than these, or a code cannot be given.
    """
    if typed.keys() != found.ids or problems(typed, found.taken, found.foreign):
        raise Conflict
    cards = {one.id: one for one in _people(merges.cards_of(found.ids))}
    for person_id, text in typed.items():
        write(cards[person_id], read_code(text))
    _write_merged(cards, typed, {*found.taken, *map(ru.search_key, typed.values())})
    db.session.flush()
    forget(NAME, cards)
    loads.forget_names(school.id)
    record(actor, "people:coded", subject=f"{len(typed)} чел.", school_id=school.id)
    return len(typed)


def _people(ids: list[int]) -> Iterator[Person]:
    return iter(db.session.scalars(select(Person).where(Person.id.in_(ids))))


def _write_merged(cards: Mapping[int, Person], typed: Mapping[int, str], keys: set[str]) -> None:
    """A card that another took in may come back: it gets a code beside that of its keeper."""
    for card in cards.values():
        if card.id in typed:
            continue
        keeper = card
        while keeper.id not in typed and keeper.merged_into_id:
            keeper = cards[keeper.merged_into_id]
        code = next(
            free
            for free in (f"{keeper.surname}/{n}" for n in range(2, len(cards) + 2 + len(keys)))
            if ru.search_key(free) not in keys
        )
        keys.add(ru.search_key(code))
        write(card, code)
