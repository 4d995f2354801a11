"""How a stage stood after the steps taken by a day. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from nastav.stages.models import StageState, Step
from nastav.stages.rules import DECISIONS, Taken, days_late_after_return


class Stood(NamedTuple):
    """How a stage of a school stood after the steps taken by a day."""

    state: StageState
    fix_by: date | None = None
    sent_late: int | None = None  # days past the deadline at the sending (rules.md#lateness)
    fix_late: int | None = None


def stood(steps: Sequence[Taken]) -> Stood:
    """Return how a stage stood after its steps, the earliest first; what came later is not known.

    A decision that was taken back by then does not hold; one taken back later did.
    """
    undone = _undone(steps)
    held = [step for step in steps if step.id not in undone and step.step is not Step.UNDONE]
    returned = [step for step in held if step.step in (Step.RETURNED, Step.REOPENED)]
    return Stood(
        steps[-1].after if steps else StageState.NOT_STARTED,
        returned[-1].fix_by if returned else None,
        _sent_late(held),
        days_late_after_return(held),
    )


def _undone(steps: Sequence[Taken]) -> set[int]:
    """The decisions that a later one of these steps takes back: always the one before it."""
    return {
        before.id
        for before, step in pairwise(steps)
        if step.step is Step.UNDONE and before.step in DECISIONS
    }


def _sent_late(steps: Iterable[Taken]) -> int | None:
    """Lateness is judged at each sending until the first decision, then it is fixed."""
    found = None
    for step in steps:
        if step.step in DECISIONS:
            break
        if step.step is Step.SUBMITTED:
            found = step.days_late
        elif step.step is Step.WITHDRAWN:
            found = None
    return found
