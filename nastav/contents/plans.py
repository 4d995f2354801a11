"""The individual plans of pairs and groups, a sheet each; what is not planned yet is left to be written."""

from collections.abc import Mapping, Sequence

from nastav import ru
from nastav.contents import rows
from nastav.contents.common import fields
from nastav.contents.rows import Line
from nastav.contents.scope import Content, Scope
from nastav.pairs.forms import MEETS
from nastav.papers.filler import Data
from nastav.people.models import Kind
from nastav.people.rows import Entry
from nastav.plans import queries
from nastav.plans.models import LineKind, PairPlan, PlanLine

RULE = "_" * 84  # a line to write on, as long as the sheet is wide in letters of 12 points
_EMPTY_ROWS = 3
_COLUMNS = {
    LineKind.TASK: ("срок", "что", "результат", "отметка"),
    LineKind.ACTIVITY: ("срок", "что", "кто", "отметка"),
}
_Lines = Mapping[LineKind, Sequence[PlanLine]]


def collect(scope: Scope) -> Content:
    """Return a sheet for each pair that goes on, with its goal, strengths, format and lines."""
    found = rows.read(scope, lambda row: rows.goes_on(row, scope.on))
    remarks = rows.remarks(scope, found)
    if not found.whole:
        return Content([], remarks=remarks, nothing="нечего печатать: действующих пар и групп нет")
    if scope.is_glance:
        return Content([], found.ids, remarks)
    ids = [line.row.id for line in found.whole]
    texts, lines = queries.plans(ids), queries.lines_of(ids)
    own = fields(scope)
    sheets = [_sheet(own, each, texts.get(each.row.id), lines[each.row.id]) for each in found.whole]
    return Content(sheets, found.ids, remarks)


def _sheet(common: Mapping[str, str], line: Line, plan: PairPlan | None, lines: _Lines) -> Data:
    row = line.row
    own = {
        "пары_или_группы": row.noun.genitive,
        "наставник": "; ".join(map(rows.named, line.mentors)),
        "наставник_имя": ", ".join(map(_signer, line.mentors)),
        "форма": row.kind,
        "период": line.period,
        "формат": MEETS[row.meets],
        "цель": row.goal or _ruled(2),
        "сильные_стороны": (plan.strengths if plan else "") or _ruled(2),
    }
    members = [
        {"номер": str(number), "имя": rows.named(who)} for number, who in enumerate(line.mentees, 1)
    ]
    tasks, activities = (_items(lines[kind], kind) for kind in _COLUMNS)
    lists = {"наставляемые": members, "задачи": tasks, "мероприятия": activities}
    return Data({**common, **own}, lists)


def _items(lines: Sequence[PlanLine], kind: LineKind) -> list[dict[str, str]]:
    """Return the rows of a table; of an empty one, rows to be written on."""
    if not lines:
        blank = dict.fromkeys(_COLUMNS[kind], "")
        return [
            {**blank, "номер": str(number), "что": "\n"} for number in range(1, _EMPTY_ROWS + 1)
        ]
    return [_item(number, line, kind) for number, line in enumerate(lines, 1)]


def _item(number: int, line: PlanLine, kind: LineKind) -> dict[str, str]:
    done = f"выполнено {ru.date_short(line.done_on)}" if line.done_on else ""
    known = {
        "срок": line.period,
        "что": line.what,
        "результат": line.result,
        "кто": line.who,
        "отметка": line.mark or done,
    }
    return {"номер": str(number), **{column: known[column] for column in _COLUMNS[kind]}}


def _signer(who: Entry) -> str:
    """Return «Л. А. Бондарь» of an adult, as signatures are written."""
    return rows.name(who) if who.kind is Kind.PUPIL else ru.initials_first(rows.name(who))


def _ruled(lines: int) -> str:
    return "\n" + "\n".join([RULE] * lines)
