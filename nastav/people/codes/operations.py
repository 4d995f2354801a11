"""Writing codes in the place of names. Whether a code is free is asked before (`people.operations`)."""

from collections.abc import Collection, Iterable, Mapping
from itertools import count

from nastav import ru
from nastav.db import db
from nastav.district.models import School
from nastav.people.changes.models import NAME, PersonChange
from nastav.people.changes.operations import Changed
from nastav.people.models import Named, Person, is_coded


def recode(school: School, person: Person, code: str, *, school_ids: Collection[int]) -> None:
    """Give a pupil another code; the schools told find the old one in their history of the card."""
    if code == person.surname:
        return
    db.session.add_all(
        PersonChange(
            person_id=person.id,
            school_id=school_id,
            actor_name=school.name,
            field="code",
            old=person.surname,
            new=code,
        )
        for school_id in school_ids
    )
    write(person, code)
    db.session.flush()


def write(person: Person, code: str) -> None:
    """Put a code in the place of a person's name or former code."""
    person.surname, person.given_name, person.patronymic = code, "", ""
    person.search_key, person.sort_key = ru.search_key(code), ru.sort_key(code)


def write_merged(cards: Mapping[int, Person], keepers: Collection[int], keys: set[str]) -> None:
    """Give the cards that others took in a code too: they may come back.

    Args:
        cards: keepers and merged ones, by id.
        keepers: ids of those that have their code already.
        keys: search keys that are given; what is given here is added.
    """
    for card in cards.values():
        if card.id in keepers or card.is_coded:
            continue
        keeper = card
        while keeper.id not in keepers and keeper.merged_into_id:
            keeper = cards[keeper.merged_into_id]
        free = (f"{keeper.surname}/{number}" for number in count(2))
        code = next(text for text in free if ru.search_key(text) not in keys)
        keys.add(ru.search_key(code))
        write(card, code)


def history_changes(person: Named, data: Named, changed: Iterable[Changed]) -> list[Changed]:
    """Return what the history keeps of a change: of a name that gives way to a code, the code alone."""
    changed = list(changed)
    rest = [change for change in changed if change.field not in NAME]
    if not (is_coded(person) or is_coded(data)) or len(rest) == len(changed):
        return changed
    old, new = (named.surname if is_coded(named) else "" for named in (person, data))
    return [Changed("code", old, new), *rest]
