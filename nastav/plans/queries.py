"""Reading plans: one pair's, and how many lines each pair's has."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, select

from nastav import ru
from nastav.db import db
from nastav.pairs.models import Pair
from nastav.plans.models import LineKind, PairPlan, PlanLine
from nastav.plans.words import WORDS


@dataclass(frozen=True)
class Tally:
    """How many lines a plan has of each kind, and how many of them are done."""

    lines: Mapping[LineKind, int] = field(default_factory=dict)
    done: Mapping[LineKind, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no plan: not one line."""
        return not any(self.lines.values())

    def cell(self, kind: LineKind) -> str:
        """Return «2 из 5», or a dash where there is nothing to do."""
        return f"{self.done.get(kind, 0)} из {self.lines[kind]}" if kind in self.lines else ru.DASH

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """Return each table that has lines: its heading, how many are done, how many there are."""
        return [
            (WORDS[kind].heading, self.done.get(kind, 0), self.lines[kind])
            for kind in LineKind
            if self.lines.get(kind)
        ]

    @property
    def summary(self) -> str:
        """Return «5 задач, выполнено 2; 3 мероприятия, выполнено 0»."""
        return "; ".join(
            f"{ru.counted(self.lines[kind], *WORDS[kind].counted)}, "
            f"выполнено {self.done.get(kind, 0)}"
            for kind in LineKind
            if self.lines.get(kind)
        )


EMPTY = Tally()


def plan(pair_id: int) -> PairPlan | None:
    """Return what the plan of a pair begins with, or None."""
    return db.session.scalar(select(PairPlan).filter_by(pair_id=pair_id))


def plans(pair_ids: Collection[int]) -> dict[int, PairPlan]:
    """Return what the plans of pairs begin with, by the pair's id."""
    rows = select(PairPlan).where(PairPlan.pair_id.in_(pair_ids))
    return {pair_plan.pair_id: pair_plan for pair_plan in db.session.scalars(rows)}


def lines(pair_id: int) -> dict[LineKind, list[PlanLine]]:
    """Return the lines of a pair's plan by kind, in the order of entry."""
    return lines_of([pair_id])[pair_id]


def lines_of(pair_ids: Collection[int]) -> dict[int, dict[LineKind, list[PlanLine]]]:
    """Return the lines of pairs' plans by the pair's id and by kind."""
    found: dict[int, dict[LineKind, list[PlanLine]]] = {
        pair_id: {kind: [] for kind in LineKind} for pair_id in pair_ids
    }
    rows = select(PlanLine).where(PlanLine.pair_id.in_(pair_ids)).order_by(PlanLine.id)
    for plan_line in db.session.scalars(rows):
        found[plan_line.pair_id][plan_line.kind].append(plan_line)
    return found


def line(pair_id: int, line_id: int) -> PlanLine | None:
    """Return a line of a pair's plan, or None."""
    return db.session.scalar(select(PlanLine).filter_by(id=line_id, pair_id=pair_id))


def tally(pair_id: int) -> Tally:
    """Return how far a pair's plan is."""
    return _tallies(PlanLine.pair_id == pair_id).get(pair_id, EMPTY)


def tallies(school_id: int) -> dict[int, Tally]:
    """Return how far the plan of each pair of a school is; a pair without lines is not in it."""
    own = select(Pair.id).where(Pair.school_id == school_id)
    return _tallies(PlanLine.pair_id.in_(own))


def _tallies(condition: ColumnElement[bool]) -> dict[int, Tally]:
    rows = (
        select(
            PlanLine.pair_id,
            PlanLine.kind,
            func.count().label("lines"),
            func.count(PlanLine.done_on).label("done"),
        )
        .where(condition)
        .group_by(PlanLine.pair_id, PlanLine.kind)
    )
    lines: dict[int, dict[LineKind, int]] = defaultdict(dict)
    done: dict[int, dict[LineKind, int]] = defaultdict(dict)
    for row in db.session.execute(rows):
        lines[row.pair_id][row.kind] = row.lines
        done[row.pair_id][row.kind] = row.done
    return {pair_id: Tally(lines[pair_id], done[pair_id]) for pair_id in lines}


def can_take(pair: Pair) -> bool:
    """Tell whether the pair that this one continues left something undone."""
    if pair.continues_id is None:
        return False
    rows = select(PlanLine.id).filter_by(pair_id=pair.continues_id, done_on=None)
    return db.session.scalar(rows.limit(1)) is not None
