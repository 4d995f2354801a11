"""Reading what a search finds in one school; the same few statements for any of them."""

from dataclasses import dataclass, field
from datetime import date

from nastav import ru
from nastav.home.search.rules import number_of
from nastav.pairs import queries as pairs
from nastav.pairs.rows import PairRow
from nastav.pairs.rules import span_of_pairs
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.people.rows import Entry


@dataclass(frozen=True)
class Person:
    """Somebody found, and with whom they are today."""

    who: Entry
    others: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Found:
    """People of both registers and pairs of a school."""

    people: list[Person] = field(default_factory=list)
    pairs: list[PairRow] = field(default_factory=list)


def find(school_id: int, query: str, year: int, today: date) -> Found:
    """Return who and which pairs of a school a query names.

    Args:
        school_id: the school.
        query: words that begin a name or a class, or the number of a pair or of a line.
        year: the school year whose pairs are searched by name and whose classes are shown.
        today: the day.
    """
    everybody = people.everybody(school_id, first_year=year)
    entries = [person for person in everybody if not person.is_mistake]
    number = number_of(query)
    if number is not None:
        pair = pairs.pair_row(school_id, number, first_year=year)
        chosen = [entry for entry in entries if entry.number == number]
        return Found(_with_others(school_id, chosen, today), [pair] if pair else [])
    words = ru.search_words(query)
    rows = pairs.pairs_of(school_id, *span_of_pairs(year, year, today), first_year=year)
    chosen = [entry for entry in entries if entry.matches(words)]
    found = [row for row in rows if row.matches(words)]
    return Found(_with_others(school_id, chosen, today), found)


def _with_others(school_id: int, entries: list[Entry], today: date) -> list[Person]:
    paired = {part: pairs.partners(school_id, part, today) for part in Part}
    return [
        Person(
            entry,
            tuple(who for _, side in paired[entry.part].get(entry.person_id, ()) for who in side),
        )
        for entry in entries
    ]
