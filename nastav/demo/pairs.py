"""Deeds of a school's pairs: formed, begun, somebody leaves, closed with the decision of the order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from nastav.demo.book import Row
from nastav.demo.desk import Desk
from nastav.demo.people import Someone
from nastav.pairs.models import (
    Decision,
    Pair,
    PairMember,
    PairState,
    counts_until,
    usual_last_cycle,
)
from nastav.pairs.operations import Closing, PairFacts
from nastav.people.models import Part


@dataclass
class Member:
    """A person in a pair."""

    row: Row
    who: Someone

    @property
    def part(self) -> Part:
        """Return as what they are in it."""
        return Part(self.row["part"])

    def is_in(self, day: date) -> bool:
        """Tell whether they are in the pair on a day."""
        left = self.row["left"]
        return self.row["joined"] <= day and (left is None or left >= day)


@dataclass
class Bond:
    """A pair or group with its members, the mentor first."""

    row: Row
    members: list[Member] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.row["id"])

    @property
    def started(self) -> date:
        day: date = self.row["started"]
        return day

    @property
    def mentor(self) -> Someone:
        return self.members[0].who

    @property
    def mentees(self) -> list[Someone]:
        """Return everybody who was ever led in it."""
        return [member.who for member in self.members[1:]]

    @property
    def is_open(self) -> bool:
        """Tell whether it may be met, left and closed."""
        return self.row["state"] in (PairState.ACTIVE, PairState.PAUSED)

    def there(self, day: date) -> list[Member]:
        """Return who is in it on a day."""
        return [member for member in self.members if member.is_in(day)]


def form(
    desk: Desk,
    day: date,
    school_id: int,
    facts: PairFacts,
    people: Sequence[Someone],
    *,
    state: PairState = PairState.ACTIVE,
    continues: Bond | None = None,
) -> Bond:
    """Form a pair on a day (`pairs.operations.create_pair`); the first of the people leads it."""
    at = desk.at(day)
    last = facts.last_cycle or usual_last_cycle(facts.started, facts.planned_end)
    row = desk.book.add(
        Pair,
        at,
        school_id=school_id,
        state=state,
        continues_id=continues.id if continues else None,
        counts_until=counts_until(last, None),
        **{**vars(facts), "last_cycle": last},
    )
    made = Bond(row)
    for place, person in enumerate(people):
        part = Part.MENTEE if place else Part.MENTOR
        made.members.append(Member(_member(desk, at, made, person, part), person))
    numbers = ", ".join(str(person.number) for person in people)
    desk.note(at, "pair:created", f"пара {made.id}: № {numbers}")
    return made


def _member(desk: Desk, at: datetime, bond: Bond, who: Someone, part: Part) -> Row:
    return desk.book.add(
        PairMember, at, pair_id=bond.id, person_id=who.id, part=part, joined=bond.started
    )


def step(desk: Desk, day: date, bond: Bond, state: PairState) -> None:
    """Begin a draft, pause a pair or let it go on (`pairs.operations.take_step`)."""
    _into(desk, desk.at(day), bond, state, f"pair:{state.value}")


def close(desk: Desk, day: date, bond: Bond, closing: Closing) -> None:
    """Close a pair (`pairs.operations.close_pair`)."""
    bond.row |= {"ended": closing.ended, "close_reason": closing.reason}
    bond.row |= {"outcome": closing.outcome, "decision": closing.decision}
    bond.row["counts_until"] = counts_until(bond.row["last_cycle"], closing.ended)
    _into(desk, desk.at(day), bond, PairState.CLOSED, "pair:closed")


def _into(desk: Desk, at: datetime, bond: Bond, state: PairState, event: str) -> None:
    old, bond.row["state"] = bond.row["state"], state
    bond.row["version"] += 1
    desk.note(at, event, f"пара {bond.id}", {"state": (old.value, state.value)})


def drop_out(bond: Bond, someone: Someone, on: date, reason: str) -> None:
    """End a membership on the day somebody left the register (`pairs.leaving.leave_register`)."""
    for member in bond.members:
        if member.who is someone and member.row["left"] is None:
            member.row |= {"left": on, "left_reason": reason}


def is_continued(bond: Bond) -> bool:
    """Tell whether a closed pair is to go on next year."""
    return bond.row["decision"] is Decision.CONTINUE
