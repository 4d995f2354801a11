"""The order that assigns the pairs: those without an order, drafts too, or those it was made of."""

from typing import Final

from nastav import dates, ru
from nastav.contents import common, reads, rows
from nastav.contents.rows import Lines
from nastav.contents.scope import Content, Scope
from nastav.pairs.models import PairState
from nastav.pairs.rows import PairRow
from nastav.papers.filler import Data

_WAITING: Final = frozenset({PairState.DRAFT, PairState.ACTIVE, PairState.PAUSED})


def collect(scope: Scope) -> Content:
    """Return the order's content: a row a pair, its mentees below each other."""
    lines = rows.read(scope, _waits)
    if not lines.whole:
        return Content([], nothing=_nothing(scope, lines))
    if scope.is_glance:
        return Content([], lines.ids, rows.remarks(scope, lines))
    fields = common.fields(scope) | {"итог": lines.total}
    ids = lines.ids | {"left_out": [row.id for row in lines.left_out]}
    return Content([Data(fields, {"пары": lines.items})], ids, rows.remarks(scope, lines))


def _waits(row: PairRow) -> bool:
    return row.state in _WAITING and not row.order_number


def _nothing(scope: Scope, lines: Lines) -> str:
    if lines.left_out:
        return "нечего закреплять: ни в одной паре без приказа нет и наставника, и наставляемого"
    first, last = dates.cycle_bounds(scope.cycle.first_year)
    known = [row for row in reads.pairs_of_year(scope) if first <= row.started <= last]
    if not known:
        return "нечего закреплять: пар и групп ещё нет"
    count = ru.counted(len(known), "пара", "пары", "пар")
    return f"нечего закреплять: все {count} уже с приказом"
