"""Making the draft pairs that rows name, with whoever of the other side is not in the register yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nastav.access import Actor
from nastav.db import db
from nastav.district.kinds import queries as kinds
from nastav.district.models import School
from nastav.loads.ready import queries
from nastav.loads.ready.rules import OTHER, Partner, ReadyPair
from nastav.pairs import operations as pairs
from nastav.pairs.models import PairState
from nastav.people import operations as people
from nastav.people.models import Part
from nastav.people.operations import Added
from nastav.people.rules import NewPerson


@dataclass(frozen=True)
class Made:
    """Who was entered on the other side (whether new at all), and each draft with its version."""

    added: list[tuple[Added, bool]]
    pairs: list[list[int]]


def make(actor: Actor, school: School, part: Part, wanted: Sequence[tuple[int, ReadyPair]]) -> Made:
    """Make the draft pairs of these people (ids of the part loaded); drafts count nowhere.

    Raises:
        NotAllowed: somebody is not in the register on the first day, or they are together already.
    """
    new = _partners(wanted)
    added = people.add_people(actor, school, OTHER[part], list(new.values()))
    ids = {key: partner.person_id for key, partner in zip(new, added, strict=True)}
    names = {kind.name: kind.id for kind in kinds.all_kinds(school.district_id)}
    made = []
    for person_id, pair in wanted:
        partners = [_id(partner, ids) for partner in pair.partners]
        for mentor, mentees in _sides(part, person_id, partners):
            made.append(_draft(actor, school.id, pair, names[pair.kind], mentor, mentees))
    return Made(
        [(newcomer, not who.same_as) for newcomer, who in zip(added, new.values(), strict=True)],
        made,
    )


def _partners(wanted: Sequence[tuple[int, ReadyPair]]) -> dict[str, NewPerson]:
    """Whoever has to be entered, once each, from the earliest day of their pairs."""
    found: dict[str, NewPerson] = {}
    for _, pair in wanted:
        for partner in pair.partners:
            if partner.new:
                known = found.setdefault(partner.key, partner.new)
                found[partner.key] = replace(known, joined=min(known.joined, partner.new.joined))
    return found


def _id(partner: Partner, ids: Mapping[str, int]) -> int:
    return partner.known.person_id if partner.known else ids[partner.key]


def _sides(part: Part, person_id: int, partners: list[int]) -> list[tuple[int, list[int]]]:
    """A pair or group has one mentor: a mentor's mentees are a group, a mentee's mentors are pairs."""
    if part is Part.MENTOR:
        return [(person_id, partners)]
    return [(mentor, [person_id]) for mentor in partners]


def _draft(
    actor: Actor, school_id: int, ready: ReadyPair, kind_id: int, mentor: int, mentees: list[int]
) -> list[int]:
    new = pairs.NewPair(
        kind_id=kind_id,
        started=ready.started,
        planned_end=ready.planned_end,
        role_model=ready.role_model,
        order_number=ready.order_number,
        order_date=ready.order_date,
        mentor_id=mentor,
        mentee_ids=tuple(mentees),
        state=PairState.DRAFT,
    )
    pair = pairs.create_pair(actor, school_id, new)
    pair.outcome = ready.outcome  # offered when it is closed
    db.session.flush()
    return [pair.id, pair.version]


def remove(actor: Actor, school_id: int, made: Sequence[list[int]]) -> None:
    """Take out the drafts that a load made and nobody has worked on."""
    for pair, is_as_made in queries.drafts(school_id, made):
        if is_as_made:
            pairs.remove_draft(actor, pair)
