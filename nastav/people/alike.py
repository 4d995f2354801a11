"""Who within one school may be the same child entered twice. Pure: no database.

The class tells nothing here: a letter is mistyped, a child moves up or is entered with an old list. What is
compared: the surname, or one part of a double surname; the first name; the patronymic where both have one.
ё is е, and Latin letters that look like Russian ones are those (`ru.search_key`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Protocol, TypeVar

from nastav import ru
from nastav.people import models
from nastav.people.models import Kind, is_coded


class Named(models.Named, Protocol):
    """Somebody with a name, or a code, and what tells namesakes apart."""

    @property
    def patronymic(self) -> str:
        """Return the patronymic; "" where it is not known."""


class Numbered(Named, Protocol):
    """Such a one in a register."""

    @property
    def person_id(self) -> int:
        """Return whose line it is."""


Anybody = TypeVar("Anybody", bound=Numbered)


def same_name(named: Named, other: Named) -> bool:
    """Tell whether two pupils, or two adults, may have one name; a code is equal to nothing here."""
    if is_coded(named) or is_coded(other) or not named.given_name:
        return False
    if (named.kind is Kind.PUPIL) != (other.kind is Kind.PUPIL):
        return False
    if ru.search_key(named.given_name) != ru.search_key(other.given_name):
        return False
    return _share(named, other) and _agree(named.patronymic, other.patronymic)


def couples(people: Iterable[Anybody]) -> Iterator[tuple[Anybody, Anybody]]:
    """Yield each two different people of one name, a person's first line standing for them."""
    own: dict[int, Anybody] = {}
    for person in people:
        own.setdefault(person.person_id, person)
    by_name: dict[tuple[str, str], dict[int, Anybody]] = defaultdict(dict)
    for person in own.values():
        for key in keys(person):
            by_name[key][person.person_id] = person
    seen = set()
    for namesakes in by_name.values():
        for combination, other in combinations(namesakes.values(), 2):
            ids = frozenset((combination.person_id, other.person_id))
            if ids not in seen and same_name(combination, other):
                seen.add(ids)
                yield combination, other


def keys(person: Named) -> set[tuple[str, str]]:
    """Return what people of one name have at least one of in common; none for a code."""
    given_name = ru.search_key(person.given_name)
    return {(part, given_name) for part in _parts(person)}


def _parts(person: Named) -> frozenset[str]:
    """The search keys of a surname's parts: «Иванова-Петрова» has two."""
    return frozenset(ru.search_key(person.surname).split()) if person.given_name else frozenset()


def _share(named: Named, other: Named) -> bool:
    """One surname, or the one is a part of the other's double surname."""
    own, others = _parts(named), _parts(other)
    return bool(own) and (own <= others or others <= own)


def _agree(text: str, other: str) -> bool:
    """Two patronymics, of which either may be left out or be an initial."""
    first, second = sorted((ru.search_key(text), ru.search_key(other)), key=len)
    return not first or first == second or (len(first) == 1 and second.startswith(first))
