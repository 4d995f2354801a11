"""The minutes of the last meeting: what was done in numbers, the decisions of п. 2.3 as a list of pairs."""

from nastav import ru
from nastav.contents import own, reads, rows
from nastav.contents.common import fields
from nastav.contents.figures import figures
from nastav.contents.scope import Content, Scope
from nastav.pairs.forms import DECISIONS
from nastav.pairs.models import Decision
from nastav.pairs.rows import PairRow
from nastav.papers.filler import Data
from nastav.terms import PAIRS

_SAID = {Decision.CONTINUE: "продолжить", Decision.FINISH: "завершить"}


def collect(scope: Scope) -> Content:
    """Return a row for each pair that was decided of by the day, the earliest begun first."""

    def is_decided(row: PairRow) -> bool:
        return row.decision is not None and row.ended is not None and row.ended <= scope.on

    found = rows.read(scope, is_decided)
    remarks = _remarks(scope, found)
    if not found.whole:
        return Content([], remarks=remarks, nothing="нечего решать: решений по п. 2.3 ещё нет")
    if scope.is_glance:
        return Content([], found.ids, remarks)
    items = [
        {
            **item,
            "решение": DECISIONS[line.row.decision] if line.row.decision else ru.DASH,
            "окончание": ru.date_short(line.row.ended) if line.row.ended else "",
        }
        for item, line in zip(found.items, found.whole, strict=True)
    ]
    counted = figures(scope, "meetings", "pairs_met", "final_responses")
    said = {
        **own.fields(scope, "final", final_heard=2, final_decided=2),
        "итог": found.total,
        "решили": decided(found),
        "встречи": ru.counted(counted["meetings"], "встреча", "встречи", "встреч"),
        "встречались": ru.counted(counted["pairs_met"], *PAIRS),
        "анкеты": ru.counted(counted["final_responses"], "анкета", "анкеты", "анкет"),
    }
    return Content([Data({**fields(scope), **said}, {"пары": items})], found.ids, remarks)


def decided(found: rows.Lines) -> str:
    """Return «продолжить 5, завершить 3»."""
    counts = {
        said: sum(line.row.decision is decision for line in found.whole)
        for decision, said in _SAID.items()
    }
    return ", ".join(f"{said}{ru.NBSP}{count}" for said, count in counts.items() if count)


def _remarks(scope: Scope, found: rows.Lines) -> list[str]:
    said = rows.remarks(scope, rows.Lines([], found.left_out))
    waiting = [row.id for row in reads.pairs_of_year(scope) if rows.goes_on(row, scope.on)]
    if waiting and scope.chosen is None:
        count = ru.counted(len(waiting), "паре или группе", "парам и группам", "парам и группам")
        said.append(f"решение не принято по {count}: {rows.numbers(sorted(waiting))}")
    return said
