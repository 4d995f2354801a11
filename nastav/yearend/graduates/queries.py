"""Reading who finishes school with a school year, and the pairs that this touches."""

from dataclasses import dataclass

from nastav.pairs import queries as pairs
from nastav.pairs.rows import PairRow
from nastav.people import queries as people
from nastav.people.rows import Entry
from nastav.yearend.graduates import rules
from nastav.yearend.graduates.rules import Fate


@dataclass(frozen=True)
class Graduate:
    """A pupil who finishes school or may do so: their lines in both registers, and their pairs."""

    lines: tuple[Entry, ...]
    pairs: tuple[tuple[PairRow, Fate], ...]

    @property
    def who(self) -> Entry:
        """Return the line whose card stands for the person."""
        return self.lines[0]

    @property
    def finishes(self) -> bool:
        """Tell whether the school is over for them in any case."""
        return rules.finishes(self.who)


@dataclass(frozen=True)
class Leavers:
    """Everybody who may finish school with a school year, by class; the pairs that may end with it."""

    people: list[Graduate]
    ending: list[PairRow]
    versions: dict[int, int]  # of the lines in the registers
    pair_versions: dict[int, int]


def leavers(school_id: int, first_year: int) -> Leavers:
    """Return who of a school's registers may finish school, pupils of the last class first.

    Who has a class of a later school year already is left out.
    """
    stayed = people.moved_on(school_id, first_year)
    everybody = people.everybody(school_id, first_year=first_year)
    lines = [
        person
        for person in everybody
        if rules.may_finish(person) and person.person_id not in stayed
    ]
    lines.sort(key=lambda entry: (not rules.finishes(entry), entry.class_key))
    ids = list(dict.fromkeys(line.person_id for line in lines))
    rows = pairs.unfinished(school_id, ids, first_year=first_year)
    ending = [row for row in rows if rules.ends(row, set(ids))]
    return Leavers(
        [_graduate(person_id, lines, rows, set(ids)) for person_id in ids],
        ending,
        people.versions(school_id, [line.id for line in lines]),
        pairs.versions(school_id, [pair_row.id for pair_row in ending]),
    )


def _graduate(
    person_id: int, lines: list[Entry], rows: list[PairRow], everybody: set[int]
) -> Graduate:
    own = tuple(line for line in lines if line.person_id == person_id)
    parts = {entry.part for entry in own}
    held = [row for row in rows if any(row.holds(person_id, part) for part in parts)]
    return Graduate(own, tuple((row, rules.fate(row, person_id, everybody)) for row in held))
