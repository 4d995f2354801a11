"""One child with one mentor twice: what is refused wherever a pair is formed, begun, or joined."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from nastav import dates, ru
from nastav.db import db
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part, Person
from nastav.refusals import NotAllowed


@dataclass(frozen=True)
class Together:
    """A mentor and a mentee in a pair or group that is not over, drafts included."""

    pair_id: int
    kind_id: int
    state: PairState
    started: date
    mentor_id: int
    mentee_id: int
    mentee: str

    @property
    def sentence(self) -> str:
        """Say where they are together already, and what to do instead."""
        since = ru.date_short(self.started)
        if self.state is PairState.DRAFT:
            return (
                f"{self.mentee} уже с этим наставником: есть черновик с {since}. "
                "Измените или начните его, второй не нужен."
            )
        return (
            f"{self.mentee} уже с этим наставником: есть пара или группа с {since}. "
            "Измените её или сначала завершите."
        )


def together(
    school_id: int, mentor_ids: Collection[int], mentee_ids: Collection[int]
) -> list[Together]:
    """Return where any of these mentors leads any of these mentees of a school."""
    lead, led = aliased(PairMember), aliased(PairMember)
    names = (Person.surname, Person.given_name, Person.patronymic)
    rows = (
        select(Pair.id, Pair.kind_id, Pair.state, Pair.started, lead.person_id, led.person_id)
        .add_columns(*names)
        .join(lead, lead.pair_id == Pair.id)
        .join(led, led.pair_id == Pair.id)
        .join(Person, Person.id == led.person_id)
        .where(
            Pair.school_id == school_id,
            Pair.state != PairState.CLOSED,
            lead.part == Part.MENTOR,
            lead.left.is_(None),
            lead.person_id.in_(mentor_ids),
            led.part == Part.MENTEE,
            led.left.is_(None),
            led.person_id.in_(mentee_ids),
        )
        .order_by(Pair.id)
    )
    found: Any = db.session.execute(rows)
    return [
        Together(*(*facts, ru.short_name(surname, given, patronymic)))
        for *facts, surname, given, patronymic in found
    ]


@dataclass(frozen=True)
class Wanted:
    """A pair as it is to be: new (`pair_id` None), begun, joined, or changed."""

    school_id: int
    kind_id: int
    state: PairState
    started: date
    mentor_ids: Collection[int]
    mentee_ids: Collection[int]
    pair_id: int | None = None


def check(field: str, wanted: Wanted) -> None:
    """Refuse a second pair of the same two in the same form of mentoring.

    A draft that begins later may wait beside the pair it follows; two drafts of the same two may not.

    Raises:
        NotAllowed: blames the field; names the child and the other pair.
    """
    is_draft = wanted.state is PairState.DRAFT
    is_later = is_draft and wanted.started > dates.today()
    for pair in together(wanted.school_id, wanted.mentor_ids, wanted.mentee_ids):
        is_other = pair.pair_id != wanted.pair_id and pair.kind_id == wanted.kind_id
        counts = is_draft if pair.state is PairState.DRAFT else not is_later
        if is_other and counts:
            raise NotAllowed(field, pair.sentence)


def is_twice(school_id: int, person_id: int) -> bool:
    """Tell whether somebody is in two pairs that act with the same other one: two cards made one."""
    members = select(PairMember.person_id).join(Pair).where(Pair.school_id == school_id)
    everybody = set(db.session.scalars(members))
    found = [
        *together(school_id, [person_id], everybody),
        *together(school_id, everybody, [person_id]),
    ]
    acting = [
        (together.mentor_id, together.mentee_id, together.kind_id)
        for together in found
        if together.state is not PairState.DRAFT
    ]
    return len(set(acting)) < len(acting)
