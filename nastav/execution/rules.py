"""The state of a point of the order, by rule and never by hand. Pure, no database."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from nastav.coverage.figures import DistrictCoverage
from nastav.execution.facts import Decisions, Execution, Stages
from nastav.people.models import Part


class PointState(StrEnum):
    """How a point of the order stands; that something was late is said beside."""

    DONE = "done"
    RUNNING = "running"
    BELOW = "below"
    NO_DATA = "no_data"
    NOT_DUE = "not_due"


RULE: Final = (
    "Состояние ставится по правилу, не вручную: «исполнено» — всё, что велено к этой дате, сделано; "
    "«исполняется» — начато, но сделано не всё; «ниже плана» — есть численный план, и факт меньше; "
    "«нет данных» — плана нет или никто ничего не внёс; «срок не наступил» — срок впереди, и начинать "
    "ещё не обязаны. «С нарушением срока» — среди сделанного по пункту есть просроченное. Пункт 4 "
    "(вступление в силу) не отслеживается."
)


def of_coverage(coverage: DistrictCoverage) -> PointState:
    """Return the state of п. 1.1: both sums against their plans; a plan nobody entered says nothing."""
    sums = [coverage.of(part) for part in Part]
    planned = [each for each in sums if each.target is not None]
    if not planned or all(each.everybody is None for each in sums):
        return PointState.NO_DATA
    is_below = any((each.gap or 0) < 0 for each in planned)
    return PointState.BELOW if is_below else PointState.DONE


def of_schools(coverage: DistrictCoverage) -> PointState:
    """Return the state of appendix 1: every school against its own plan."""
    if of_coverage(coverage) is PointState.NO_DATA:
        return PointState.NO_DATA
    is_below = any(coverage.of(part).by_schools for part in Part)
    return PointState.BELOW if is_below else PointState.DONE


def of_stages(stages: Stages | None, on: Execution) -> PointState:
    """Return the state of п. 1.2: every stage of every school is accepted, or the first is not yet due."""
    if stages is None or not stages.total:
        return PointState.NO_DATA
    return _work(stages.accepted, stages.total, stages.begun, is_due=_is_due(stages, on))


def of_activities(stages: Stages | None, on: Execution) -> PointState:
    """Return the state of appendix 2: every activity of every school is done or not required."""
    if stages is None or not stages.total:
        return PointState.NO_DATA
    wanted = stages.activities * stages.schools
    return _work(stages.done, wanted, stages.begun, is_due=_is_due(stages, on))


def of_conditions(stages: Stages | None, on: Execution) -> PointState:
    """Return the state of п. 2.1: the first stage of every school is accepted."""
    if stages is None or not stages.total:
        return PointState.NO_DATA
    begun = stages.first_begun + on.practices.published
    return _work(stages.first_accepted, stages.schools, begun, is_due=_is_due(stages, on))


def of_participation(found: Execution) -> PointState:
    """Return the state of п. 2.2: it has no plan and no end, so it runs or nobody wrote of it."""
    return PointState.RUNNING if found.participation.occasions else PointState.NO_DATA


def of_decisions(decisions: Decisions | None, *, is_due: bool) -> PointState:
    """Return the state of п. 2.3; a decision is due on 31 August of the pair's school year."""
    if decisions is None:
        return PointState.NO_DATA
    if not is_due:
        return PointState.NOT_DUE
    is_done = not (decisions.undecided or decisions.earlier)
    return PointState.DONE if is_done else PointState.RUNNING


def of_control(stages: Stages | None, on: Execution) -> PointState:
    """Return the state of п. 3: done when nothing more can come to be looked at."""
    if stages is None or not stages.total:
        return PointState.NO_DATA
    sent = stages.decided + stages.submitted
    return _work(stages.accepted, stages.total, sent, is_due=_is_due(stages, on))


def of_somebody(count: int) -> PointState:
    """Return the state of what is done once somebody is named (пп. 1.3, 1.4)."""
    return PointState.DONE if count else PointState.NO_DATA


def _is_due(stages: Stages, found: Execution) -> bool:
    return stages.first_due is not None and stages.first_due < found.on


def _work(done: int, wanted: int, begun: int, *, is_due: bool) -> PointState:
    if done >= wanted:
        return PointState.DONE
    return PointState.RUNNING if begun or is_due else PointState.NOT_DUE


def counts(states: Iterable[PointState]) -> dict[PointState, int]:
    """Return how many points stand so; states that none is in are left out."""
    found = list(states)
    return {state: found.count(state) for state in PointState if state in found}
