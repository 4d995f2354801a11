"""A pair or group as lists show it, and who is in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from nastav import ru, terms
from nastav.pairs.models import Decision, Meets, PairState
from nastav.people.models import Kind, Part
from nastav.people.rows import Entry

ORDER = (Part.MENTOR, Part.MENTEE)
NAMED = 3  # how many mentees of a group a label names


@dataclass(frozen=True)
class Member:
    """A person in a pair, with their own dates in it; `is_mistake`: struck off the register."""

    id: int
    pair_id: int
    joined: date
    left: date | None
    left_reason: str
    is_mistake: bool
    who: Entry  # its dates are the membership's


@dataclass(frozen=True)
class PairRow:
    """A pair or group as a list shows it."""

    id: int
    state: PairState
    kind: str
    meets: Meets
    started: date
    planned_end: date | None
    ended: date | None
    counts_until: date
    decision: Decision | None
    continues_id: int | None
    goal: str
    role_model: str
    order_number: str
    order_date: date | None
    members: tuple[Member, ...]

    @property
    def mentors(self) -> list[Member]:
        """Return the mentor, as a list: empty when a draft lost theirs."""
        return [member for member in self.members if member.who.part is Part.MENTOR]

    @property
    def mentees(self) -> list[Member]:
        """Return the mentees, those who left included."""
        return [member for member in self.members if member.who.part is Part.MENTEE]

    @property
    def noun(self) -> terms.Noun:
        """Return what it is called: a pair, or a group once several mentees were in it."""
        return terms.pair_noun(len(self.mentees))

    @property
    def current_mentees(self) -> list[Member]:
        """Return the mentees who have not left and were not entered by mistake."""
        return [mentee for mentee in self.mentees if mentee.left is None and not mentee.is_mistake]

    @property
    def missing_part(self) -> Part | None:
        """Return whom a pair that goes on has lost, to be closed or mended."""
        if self.state not in (PairState.ACTIVE, PairState.PAUSED):
            return None
        if not any(mentor.left is None and not mentor.is_mistake for mentor in self.mentors):
            return Part.MENTOR
        return None if self.current_mentees else Part.MENTEE

    @property
    def sides(self) -> tuple[set[Kind], set[Kind]]:
        """Return what those who lead and those who are led are; of a pair that is over, everybody."""
        is_over = self.state is PairState.CLOSED
        standing = [
            member
            for member in self.members
            if not member.is_mistake and (is_over or member.left is None)
        ]
        lead, led = (
            {member.who.kind for member in standing if member.who.part is part} for part in ORDER
        )
        return lead, led

    @property
    def order(self) -> str:
        """Return «№ 12 от 05.10.2020» of the order, as much of it as is known."""
        number = f"№{ru.NBSP}{self.order_number}" if self.order_number else ""
        day = f"от {ru.date_short(self.order_date)}" if self.order_date else ""
        return f"{number} {day}".strip()

    @property
    def label(self) -> str:
        """Return «Петрова И. С. — Иванов П., Сидорова А. и ещё 2»."""
        mentor = ru.list_and(mentor.who.short_name for mentor in self.mentors) or "без наставника"
        shown = self.current_mentees or self.mentees
        names = ", ".join(member.who.short_name for member in shown[:NAMED])
        more = f" и ещё{ru.NBSP}{len(shown) - NAMED}" if len(shown) > NAMED else ""
        return f"{mentor}{ru.NBSP}— {names or 'без наставляемых'}{more}"

    def is_undecided(self, on: date) -> bool:
        """Tell whether the pair counts no more on a day and waits for the decision of п. 2.3."""
        return self.state in (PairState.ACTIVE, PairState.PAUSED) and self.counts_until < on

    def has(self, person_id: int, part: Part) -> bool:
        """Tell whether somebody is or was in the pair in a part; drafts and closed pairs too."""
        return any(
            member.who.person_id == person_id and member.who.part is part for member in self.members
        )

    def holds(self, person_id: int, part: Part) -> bool:
        """Tell whether somebody is in the pair still, so that leaving the register ends that."""
        return self.state is not PairState.CLOSED and any(
            member.left is None
            for member in self.members
            if member.who.person_id == person_id and member.who.part is part
        )

    def matches(self, words: Collection[str]) -> bool:
        """Tell whether each word of a search begins one of the same member's name, class or number."""
        return any(member.who.matches(words) for member in self.members)
