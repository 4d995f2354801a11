"""Beginning many drafts at once, wholly or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nastav.access import Actor
from nastav.db import Conflict
from nastav.meetings import queries as meetings
from nastav.pairs import operations as pairs
from nastav.pairs.models import Pair, PairState
from nastav.pairs.rules import Refused, Step
from nastav.refusals import NotAllowed


@dataclass(frozen=True)
class Order:
    """The order that assigns the pairs (приказ о закреплении); empty where there is none yet."""

    number: str = ""
    dated: date | None = None


def publish(
    actor: Actor, drafts: Sequence[tuple[Pair, int]], order: Order, started: date | None
) -> int:
    """Begin drafts, each with the version it was shown in; return how many began.

    Args:
        actor: who does it.
        drafts: (pair with its members, version shown); one that acts already, and as it is asked
            for now, is passed over: the form came twice.
        order: written into each of them, where it is given.
        started: the first day of all of them; None keeps each one's own.

    Raises:
        Conflict: one was saved by somebody meanwhile.
        Refused: one cannot begin; the caller's transaction is to be rolled back.
    """
    begun = 0
    for pair, version in drafts:
        if pair.state is not PairState.DRAFT and _is_as_asked(pair, order, started):
            continue
        if pair.state is not PairState.DRAFT or pair.version != version:
            raise Conflict
        try:
            met = meetings.outermost(pair.id)  # a draft may have acted before
            facts = _facts(pair, order, started)
            pairs.change_pair(actor, pair, facts, met=met, version=pair.version)
            pairs.take_step(actor, pair, Step.ACTIVATE, version=pair.version)
        except NotAllowed as refusal:
            raise Refused(pair.id, refusal.sentence) from None
        begun += 1
    return begun


def _is_as_asked(pair: Pair, order: Order, started: date | None) -> bool:
    facts = _facts(pair, order, started)
    asked = (facts.started, facts.order_number, facts.order_date)
    return asked == (pair.started, pair.order_number, pair.order_date)


def _facts(pair: Pair, order: Order, started: date | None) -> pairs.PairFacts:
    return pairs.PairFacts(
        kind_id=pair.kind_id,
        started=started or pair.started,
        planned_end=pair.planned_end,
        meets=pair.meets,
        goal=pair.goal,
        role_model=pair.role_model,
        order_number=order.number or pair.order_number,
        order_date=order.dated or pair.order_date,
    )
