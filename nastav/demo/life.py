"""A school of the demo through its years: who came, and which pairs there were."""

from dataclasses import dataclass, field
from datetime import date

from nastav.demo.desk import Desk
from nastav.demo.names import Codes, Names
from nastav.demo.pairs import Bond
from nastav.demo.people import Registers, Someone
from nastav.demo.size import Size
from nastav.people.models import Part


@dataclass
class Life:
    """A school through its years; everything that happened stands in its registers and pairs."""

    registers: Registers
    names: Names
    pupils: Names | Codes
    kinds: dict[str, int]  # form of mentoring → id
    zeal: float  # how much of its plan the school reaches
    size: Size
    people: list[Someone] = field(default_factory=list)  # everybody who ever came
    bonds: list[Bond] = field(default_factory=list)
    in_spring: dict[Part, int] = field(default_factory=dict)  # pupils counted before this autumn
    undecided_year: int | None = None  # the school year whose last pair nobody decided on

    @property
    def desk(self) -> Desk:
        return self.registers.desk

    @property
    def ordinal(self) -> int:
        """Return the school's place in the order."""
        return self.registers.school.ordinal

    def here(self, part: Part, day: date) -> list[Someone]:
        """Return who is in a register on a day."""
        return [person for person in self.people if person.part is part and person.is_here(day)]

    def in_bonds(self, day: date) -> set[int]:
        """Return the ids of the mentees who are in a pair or a draft that has not ended, on a day."""
        going_on = (bond for bond in self.bonds if bond.row["ended"] is None)
        there = (member for bond in going_on for member in bond.there(day))
        return {member.who.id for member in there if member.part is Part.MENTEE}
