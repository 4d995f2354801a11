"""Changing plans. The journal names the pair and which table; what was written stays in the plan."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, check_version, db
from nastav.pairs.models import Pair
from nastav.plans import queries
from nastav.plans.models import LineKind, PairPlan, PlanLine
from nastav.plans.words import WORDS


@dataclass(frozen=True)
class LineFacts:
    """A line of a plan as typed."""

    what: str
    period: str = ""
    who: str = ""
    result: str = ""  # planned
    actual: str = ""
    mark: str = ""  # the mentor's
    done_on: date | None = None


def save_texts(actor: Actor, pair: Pair, strengths: str, weaknesses: str, *, version: int) -> None:
    """Save what the plan begins with; saving the same again does nothing.

    Raises:
        Conflict: somebody saved it since the form was opened (version 0: there was none).
    """
    row = queries.plan(pair.id)
    if row is None:
        if version != 0:
            raise Conflict
        row = PairPlan(pair_id=pair.id)
        db.session.add(row)
    elif (row.strengths, row.weaknesses) == (strengths, weaknesses):
        return
    else:
        check_version(row, version)
    row.strengths, row.weaknesses = strengths, weaknesses
    db.session.flush()
    _record(actor, "pair_plan:saved", pair)


def add_line(actor: Actor, pair: Pair, kind: LineKind, facts: LineFacts) -> PlanLine:
    """Add a line to one of the plan's tables."""
    row = PlanLine(pair_id=pair.id, kind=kind, **asdict(facts))
    db.session.add(row)
    db.session.flush()
    _record(actor, "pair_plan:added", pair, kind)
    return row


def change_line(actor: Actor, pair: Pair, row: PlanLine, facts: LineFacts, *, version: int) -> None:
    """Change a line; the same sent twice changes nothing more.

    Raises:
        Conflict: the line was saved since the form was opened.
    """
    values = asdict(facts)
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    check_version(row, version)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()
    _record(actor, "pair_plan:changed", pair, row.kind)


def mark_done(actor: Actor, pair: Pair, row: PlanLine, on: date, *, version: int) -> None:
    """Mark a line as done on a day; said twice, it changes nothing more.

    Raises:
        Conflict: the line was saved since the page was opened.
    """
    if row.done_on is not None:
        return
    check_version(row, version)
    row.done_on = on
    db.session.flush()
    _record(actor, "pair_plan:changed", pair, row.kind)


def remove_line(actor: Actor, pair: Pair, row: PlanLine, *, version: int) -> None:
    """Remove a line.

    Raises:
        Conflict: the line was saved since the page was opened.
    """
    check_version(row, version)
    db.session.delete(row)
    db.session.flush()
    _record(actor, "pair_plan:removed", pair, row.kind)


def take_over(actor: Actor, pair: Pair) -> int:
    """Copy what the continued pair left undone into an empty plan; how many lines.

    The periods are left out: they were of the year before.
    """
    if pair.continues_id is None or not queries.tally(pair.id).is_empty:
        return 0
    undone = select(PlanLine).filter_by(pair_id=pair.continues_id, done_on=None)
    taken = [
        PlanLine(
            pair_id=pair.id,
            kind=plan_line.kind,
            what=plan_line.what,
            who=plan_line.who,
            result=plan_line.result,
        )
        for plan_line in db.session.scalars(undone.order_by(PlanLine.id))
        if plan_line.what
    ]
    before = queries.plan(pair.continues_id)
    if before and taken and queries.plan(pair.id) is None:
        texts = {"strengths": before.strengths, "weaknesses": before.weaknesses}
        db.session.add(PairPlan(pair_id=pair.id, **texts))
    db.session.add_all(taken)
    db.session.flush()
    if taken:
        _record(actor, "pair_plan:taken", pair)
    return len(taken)


def _record(actor: Actor, event: str, pair: Pair, kind: LineKind | None = None) -> None:
    subject = f"пара {pair.id}" + (f": {WORDS[kind].heading.lower()}" if kind else "")
    record(actor, event, subject=subject, school_id=pair.school_id)
