"""Finishing school: the leavers are marked in both registers and their pairs closed, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from nastav.access import Actor
from nastav.db import Conflict
from nastav.meetings import queries as meetings
from nastav.pairs import operations as pairs
from nastav.pairs import queries as known
from nastav.pairs.leaving import leave_register
from nastav.pairs.models import Decision
from nastav.pairs.rows import PairRow
from nastav.people import queries as registers
from nastav.refusals import NotAllowed
from nastav.yearend.graduates import rules


@dataclass(frozen=True)
class Asked:
    """Who leaves, when and why; rows in the versions they were shown in, outcomes by the pair's id."""

    person_ids: Sequence[int]
    left: date
    reason: str
    versions: Mapping[int, int]
    pair_versions: Mapping[int, int]
    outcomes: Mapping[int, str]


@dataclass
class Done:
    """How many left, the pairs closed, and the pairs and drafts that only lost somebody."""

    people: int = 0
    closed: int = 0
    thinned: set[int] = field(default_factory=set)


def finish_school(actor: Actor, school_id: int, asked: Asked) -> Done:
    """Close the pairs that lose their mentor or last mentee, then mark everybody's leaving.

    Sent twice, it changes nothing.

    Raises:
        Conflict: a line or a pair was saved, or a pair was begun, since the page was opened; or
            nobody of them is in the registers.
        NotAllowed: the day is impossible for somebody; the caller's transaction is to be rolled back.
    """
    lines = registers.participations_of(school_id, asked.person_ids)
    lines = [line for line in lines if line.left is None or line.id in asked.versions]
    if not lines:
        raise Conflict
    leaving = {line.person_id for line in lines}
    rows = known.unfinished(school_id, list(leaving))
    ending = [row for row in rows if rules.ends(row, leaving)]
    done = Done(len({line.person_id for line in lines if line.left is None}), len(ending))
    _close(actor, school_id, ending, asked)
    for line in lines:
        version = asked.versions.get(line.id, -1)
        try:
            touched = leave_register(actor, line, asked.left, asked.reason, version=version)
        except NotAllowed as refusal:
            raise NotAllowed("left", f"{line.person.short_name}: {refusal.sentence}") from None
        done.thinned.update(touched)
    return done


def _close(actor: Actor, school_id: int, ending: list[PairRow], asked: Asked) -> None:
    labels = {row.id: row.label for row in ending}
    for pair in known.pairs_by_id(school_id, list(labels)):
        outcome = asked.outcomes.get(pair.id, "")
        closing = pairs.Closing(asked.left, asked.reason, outcome, Decision.FINISH)
        try:
            met = meetings.outermost(pair.id)
            version = asked.pair_versions.get(pair.id, -1)
            pairs.close_pair(actor, pair, closing, met=met, version=version)
        except NotAllowed as refusal:
            raise NotAllowed("left", f"{labels[pair.id]}: {refusal.sentence}") from None
