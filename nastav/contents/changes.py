"""What changed in the list of pairs since the last order: begun, ended, with somebody new."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from nastav import ru
from nastav.contents import reads, rows
from nastav.contents.common import fields
from nastav.contents.rows import Line, Lines
from nastav.contents.scope import Content, Scope
from nastav.pairs.models import PairState
from nastav.pairs.rows import Member, PairRow
from nastav.papers.filler import Data

_NOTHING = "нечего менять: после последнего приказа пары и группы не менялись"


@dataclass(frozen=True)
class _Moved:
    """Who joined and who left the pairs that are in an order: ids of their memberships."""

    joined: frozenset[int] = field(default_factory=frozenset)
    left: frozenset[int] = field(default_factory=frozenset)

    def said(self, row: PairRow) -> str:
        """Return «включить: Ли Анна, 7 «В»», and who is to be taken out, a line each."""
        lines = []
        for verb, ids in (("включить", self.joined), ("исключить", self.left)):
            names = [rows.named(each.who) for each in row.members if each.id in ids]
            lines += [f"{verb}: {'; '.join(names)}"] if names else []
        return "\n".join(lines)


def collect(scope: Scope) -> Content:
    """Return what the order about changes holds: a row a pair, with what is to be done."""
    since = _last_order(scope)
    if scope.chosen is None and since is None:
        return Content([], nothing="нечего менять: приказа о закреплении пар ещё нет")
    moved = _moved(scope, since or scope.on)
    begun = rows.read(scope, _is_new, "pairs")
    ended = rows.read(scope, lambda row: _has_ended(row, since or scope.on, scope.on), "ended")
    changed = rows.read(
        scope, lambda row: bool(_is_ordered(row, scope.on) and moved.said(row)), "changed"
    )
    whole = [*begun.whole, *ended.whole, *changed.whole]
    every = Lines(whole, [*begun.left_out, *ended.left_out, *changed.left_out])
    remarks = rows.remarks(scope, Lines([*begun.whole, *changed.whole], every.left_out))
    if not whole:
        return Content([], remarks=remarks, nothing=_NOTHING)
    if scope.is_glance:
        return Content([], remarks=remarks)
    said = [
        *("закрепить" for _ in begun.whole),
        *(_ending(line) for line in ended.whole),
        *(moved.said(line.row) for line in changed.whole),
    ]
    items = [{**item, "изменение": words} for item, words in zip(every.items, said, strict=True)]
    counted = _counted(begun.whole, ended.whole, changed.whole)
    data = Data({**fields(scope), "итог": counted}, {"изменения": items})
    ids = {
        "pairs": [line.row.id for line in begun.whole],
        "ended": [line.row.id for line in ended.whole],
        "changed": [line.row.id for line in changed.whole],
        "members": every.ids["members"],
        "joined": _of(changed.whole, moved.joined),
        "left": _of(changed.whole, moved.left),
    }
    return Content([data], ids, remarks)


def _last_order(scope: Scope) -> date | None:
    """Return the day of the last order that a pair of the school year stands in."""
    days = [
        row.order_date for row in reads.pairs_of_year(scope) if row.order_number and row.order_date
    ]
    return max((day for day in days if day <= scope.on), default=None)


def _is_new(row: PairRow) -> bool:
    return row.state is not PairState.CLOSED and not row.order_number


def _is_ordered(row: PairRow, on: date) -> bool:
    return rows.goes_on(row, on) and bool(row.order_number)


def _has_ended(row: PairRow, since: date, on: date) -> bool:
    return bool(row.order_number and row.ended and since < row.ended <= on)


def _moved(scope: Scope, since: date) -> _Moved:
    if scope.chosen is not None:
        kept = (frozenset(scope.chosen.get(key, ())) for key in ("joined", "left"))
        return _Moved(*kept)
    members = [
        (row, member)
        for row in reads.pairs_of_year(scope)
        if _is_ordered(row, scope.on)
        for member in row.members
        if not member.is_mistake
    ]
    joined = (each.id for row, each in members if _came(each, row, since, scope.on))
    left = (each.id for _, each in members if each.left and since < each.left <= scope.on)
    return _Moved(frozenset(joined), frozenset(left))


def _came(member: Member, row: PairRow, since: date, on: date) -> bool:
    """Tell whether somebody joined after the order, later than the pair itself, and stays."""
    stays = member.left is None or member.left > on
    return stays and max(since, row.started) < member.joined <= on


def _ending(line: Line) -> str:
    ended = line.row.ended
    return f"завершить {ru.date_short(ended)}" if ended else "завершить"


def _of(lines: Sequence[Line], ids: frozenset[int]) -> list[int]:
    return [each.id for line in lines for each in line.row.members if each.id in ids]


def _counted(*lists: Sequence[Line]) -> str:
    """Return «закрепить 3, завершить 2, изменить состав 1»."""
    verbs = ("закрепить", "завершить", "изменить состав")
    return ", ".join(
        f"{verb}{ru.NBSP}{len(lines)}" for verb, lines in zip(verbs, lists, strict=True) if lines
    )
