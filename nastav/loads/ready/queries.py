"""Reading which pairs there are, for the check, and what became of the drafts that a load made."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from nastav.columns.pair import KIND_COLUMN
from nastav.db import db
from nastav.district.kinds.models import PairKind
from nastav.pairs import queries as pairs
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part, Person


def together(school_id: int) -> dict[tuple[int, int], list[date | None]]:
    """Return (mentor's id, mentee's id) → first days of their pairs; None for one that is not over."""
    lead, led = aliased(PairMember), aliased(PairMember)
    rows = (
        select(lead.person_id, led.person_id, Pair.started, Pair.state)
        .join(lead, lead.pair_id == Pair.id)
        .join(led, led.pair_id == Pair.id)
        .where(Pair.school_id == school_id, lead.part == Part.MENTOR, led.part == Part.MENTEE)
    )
    found: dict[tuple[int, int], list[date | None]] = defaultdict(list)
    for mentor, mentee, started, state in db.session.execute(rows):
        found[mentor, mentee].append(started if state is PairState.CLOSED else None)
    return found


def official(school_id: int, part: Part) -> dict[int, dict[str, Any]]:
    """Return what the official base says of each person's latest pair that is no draft.

    By person's id: `partner` (names of the other side), `kinds` (its form), `pair_ended` (the day it ended
    or is to end) and `pair_result`, by the keys of the columns.
    """
    own, other = aliased(PairMember), aliased(PairMember)
    rows = (
        select(own.person_id, Pair, PairKind.name, Person)
        .join(own, own.pair_id == Pair.id)
        .join(other, other.pair_id == Pair.id)
        .join(Person, Person.id == other.person_id)
        .join(PairKind, PairKind.id == Pair.kind_id)
        .where(Pair.school_id == school_id, Pair.state != PairState.DRAFT)
        .where(own.part == part, other.part != part, other.left.is_(None))
        .order_by(Pair.ended.is_not(None).desc(), Pair.started, Pair.id, Person.sort_key)
    )
    found: dict[int, tuple[Pair, str, list[str]]] = {}
    for person_id, pair, kind, partner in db.session.execute(rows):
        if person_id not in found or found[person_id][0].id != pair.id:
            found[person_id] = (pair, kind, [])
        found[person_id][2].append(partner.full_name)
    return {
        person_id: {
            "partner": "; ".join(names),
            KIND_COLUMN[part]: kind,
            "pair_ended": pair.ended or pair.planned_end,
            "pair_result": pair.outcome,
        }
        for person_id, (pair, kind, names) in found.items()
    }


def drafts(school_id: int, made: Collection[list[int]]) -> list[tuple[Pair, bool]]:
    """Return the pairs that a load made, with their members, and whether each is still as it was made."""
    versions = {row[0]: row[1] for row in made}
    rows = pairs.pairs_by_id(school_id, list(versions)) if versions else []
    return [(row, row.state is PairState.DRAFT and row.version == versions[row.id]) for row in rows]
