"""The order of each pair: exactly those of the paper, none that has another number."""

from dataclasses import dataclass
from datetime import date

from nastav import dates
from nastav.access import Actor
from nastav.contents.rows import numbers_of
from nastav.matching.drafts.operations import Order, publish
from nastav.meetings import queries as meetings
from nastav.pairs import operations as pairs
from nastav.pairs import queries
from nastav.pairs.models import Pair, PairState
from nastav.pairs.rows import PairRow
from nastav.pairs.rules import OPEN, Refused, Step
from nastav.paperwork import rules
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers.effects import Effects, read, stored
from nastav.refusals import NotAllowed

HOLDS = "pairs"  # the key of `Paper.ids` under which a paper has pairs


@dataclass(frozen=True)
class Given:
    """What a paper was given: its number and its date."""

    number: str
    dated: date


def assign(
    actor: Actor, paper: Paper, given: Given, effects: Effects, *, begins: bool
) -> list[str]:
    """Write the order into the pairs of a paper, begin its drafts on its date; return what is to be said.

    Raises:
        NotAllowed: a draft cannot begin; the caller's transaction is to be rolled back.
    """
    rows, said = _rows(paper), []
    for pair in queries.pairs_by_id(paper.school_id, paper.ids.get(HOLDS, [])):
        row = rows[pair.id]
        if is_mistake(paper, row):
            said.append(f"{label(row)} внесена по ошибке, номер ей не записан")
            continue
        if pair.order_number and (pair.order_number, pair.order_date) != _of(given):
            said.append(f"{label(row)} уже с приказом {row.order}, он остался")
            continue
        before, started = [pair.order_number, stored(pair.order_date)], pair.started
        if pair.state is PairState.DRAFT and begins:
            _begin(actor, paper, pair, given, row)
            effects.begun[str(pair.id)] = started.isoformat()
        elif (pair.order_number, pair.order_date) != _of(given):
            _write(actor, pair, *_of(given))
        effects.pairs[str(pair.id)] = before
    return said


def correct(actor: Actor, paper: Paper, given: Given, effects: Effects) -> None:
    """Write another number and date into the pairs that have those of the paper.

    A draft that began on the paper's date, and has not been moved since, begins on the new one.

    Raises:
        Refused: a pair met before the new date, or somebody was not in the register yet.
    """
    old = (paper.number, paper.dated)
    for pair in _changed(paper, effects):
        if (pair.order_number, pair.order_date) != old:
            continue
        was_begun = str(pair.id) in effects.begun and pair.started == paper.dated
        started = given.dated if was_begun else pair.started
        try:
            _write(actor, pair, given.number, given.dated, started)
        except NotAllowed as refusal:
            raise Refused(pair.id, refusal.sentence) from None


def undo(actor: Actor, paper: Paper, effects: Effects) -> list[str]:
    """Give the pairs of a paper back what they had, drafts that never met are drafts again.

    Returns:
        what stays as it is now, and why.
    """
    rows, said = _rows(paper), []
    for pair in _changed(paper, effects):
        row = rows[pair.id]
        if (pair.order_number, pair.order_date) != (paper.number, paper.dated):
            said.append(f"{label(row)} с тех пор получила другой приказ, он остался")
            continue
        number, dated = effects.pairs[str(pair.id)]
        started = pair.started
        if (begun := read(effects.begun.get(str(pair.id)))) is not None:
            if pair.state in OPEN and meetings.outermost(pair.id) is None:
                pairs.take_step(actor, pair, Step.WITHDRAW, version=pair.version)
                started = begun if pair.started == paper.dated else pair.started
            else:
                said.append(f"{label(row)} уже работала и осталась начатой")
        _write(actor, pair, number, read(dated), started)
    return said


def label(row: PairRow) -> str:
    """Return «группа наставника № 5»: a pair by the register's number of who leads it."""
    people = [member.who for member in row.mentors or row.mentees]
    whose = "наставника" if row.mentors else "наставляемых"
    return f"{row.noun.nominative} {whose} {numbers_of(people)}" if people else "пара"


def is_mistake(paper: Paper, row: PairRow) -> bool:
    """Tell whether nobody is left of one side of a pair as the paper lists it: entered by mistake."""
    kept = set(paper.ids.get("members", []))
    standing = {m.who.part for m in row.members if m.id in kept and not m.is_mistake}
    return len(standing) < 2


def _rows(paper: Paper) -> dict[int, PairRow]:
    found = queries.pair_rows(
        paper.school_id, paper.ids.get(HOLDS, []), first_year=paper.first_year
    )
    return {row.id: row for row in found}


def _changed(paper: Paper, effects: Effects) -> list[Pair]:
    return queries.pairs_by_id(paper.school_id, [int(key) for key in effects.pairs])


def _of(given: Given) -> tuple[str, date | None]:
    return given.number, given.dated


def _begin(actor: Actor, paper: Paper, pair: Pair, given: Given, row: PairRow) -> None:
    order = Order(given.number, given.dated)
    try:
        publish(actor, [(pair, pair.version)], order, given.dated)
    except Refused as refusal:
        mark = rules.mark(given.number, given.dated)
        text = f"{label(row)} с приказом {mark} не начнётся. {refusal.sentence}"
        raise NotAllowed(f"drafts_{paper.id}", text[:1].upper() + text[1:]) from None


def _write(
    actor: Actor, pair: Pair, number: str, dated: date | None, started: date | None = None
) -> None:
    first = started or pair.started
    is_same_year = dates.cycle_of(first) == dates.cycle_of(pair.started)
    facts = pairs.PairFacts(
        kind_id=pair.kind_id,
        started=first,
        planned_end=pair.planned_end,
        meets=pair.meets,
        goal=pair.goal,
        role_model=pair.role_model,
        order_number=number,
        order_date=dated,
        last_cycle=pair.last_cycle if is_same_year else None,
    )
    met = meetings.outermost(pair.id) if first != pair.started else None
    pairs.change_pair(actor, pair, facts, met=met, version=pair.version)
