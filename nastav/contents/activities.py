"""The activities of a school year as the plan and the roadmap list them: who answers, what comes of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Final

from babel.dates import format_date

from nastav import ru
from nastav.contents import common, reads
from nastav.contents.scope import Content, Scope
from nastav.papers.filler import Data, Heading, Item

_CURATOR: Final = "школьный куратор"
_GROUP: Final = "рабочая группа"
_HEAD: Final = "директор"
_MENTORS: Final = "наставники"
_PSYCHOLOGIST: Final = "педагог-психолог"
_NOTHING: Final = "в этом учебном году нет этапов и мероприятий"


@dataclass(frozen=True)
class _Usual:
    """Who answers for an activity where the school has not said it, and the document that comes of it."""

    who: str = _CURATOR
    result: str = ""


# by the activity's key; of an activity that is none of these the curator answers
_USUAL: Final = MappingProxyType(
    {
        "regulations": _Usual(_GROUP, "Положение, приказ о внедрении, план мероприятий"),
        "informing": _Usual("классные руководители", "Протокол собрания, сводка запросов"),
        "school_team": _Usual(_HEAD, "Приказ о рабочей группе и кураторе"),
        "goals_and_forms": _Usual(_GROUP, "Программа наставничества"),
        "roadmap": _Usual(_HEAD, "Приказ о внедрении"),
        "mentee_data": _Usual(f"классные руководители, {_PSYCHOLOGIST}", "Анкеты, согласия"),
        "mentee_register": _Usual(_CURATOR, "База наставляемых"),
        "mentor_data": _Usual(_CURATOR, "Анкеты, согласия"),
        "mentor_register": _Usual(_CURATOR, "База наставников"),
        "selection_criteria": _Usual(_GROUP, "Критерии отбора"),
        "selection_and_training": _Usual(
            f"{_CURATOR}, {_PSYCHOLOGIST}", "Программа и журнал обучения"
        ),
        "pairs_formed": _Usual(_CURATOR, "Приказ о закреплении наставников"),
        "formats": _Usual(_MENTORS, "Индивидуальный план"),
        "strengths_and_goals": _Usual(_MENTORS, "Индивидуальный план"),
        "pair_plans": _Usual(_MENTORS, "Индивидуальный план"),
        "psychological_support": _Usual(_PSYCHOLOGIST, "План сопровождения"),
        "feedback_collected": _Usual(_CURATOR, "Сводка анкет"),
        "reward_system": _Usual(_GROUP, "Порядок поощрения"),
        "feedback_analysed": _Usual(_CURATOR, "Сводка анкет"),
        "reflection": _Usual(_GROUP, "Протокол итоговой встречи"),
        "effectiveness": _Usual(_GROUP, "Аналитическая справка"),
        "celebration": _Usual(_HEAD, "Приказ о поощрении"),
    }
)


@dataclass(frozen=True)
class _Line:
    """An activity with its stage's deadline."""

    stage: str  # «I. Подготовка условий»
    due: date
    item: Item


def roadmap(scope: Scope) -> Content:
    """Return every activity under its stage, in the order's order, worded as the school year words it."""
    return _content(scope, lambda line: line.stage, with_result=True)


def plan(scope: Scope) -> Content:
    """Return every activity under the month of its deadline, the earliest first."""
    return _content(scope, lambda line: _month(line.due), with_result=False)


def _content(scope: Scope, heading_of: Callable[[_Line], str], *, with_result: bool) -> Content:
    lines = list(_lines(scope))
    if not lines:
        return Content([], nothing=_NOTHING)
    if not with_result:
        lines.sort(key=lambda line: line.due)  # stable: within a day as the order has them
    items: list[Item | Heading] = []
    for heading, together in groupby(lines, key=heading_of):
        items.append(Heading(heading))
        for line in together:
            hidden = () if with_result else ("результат",)
            items.append({name: text for name, text in line.item.items() if name not in hidden})
    return Content([Data(common.fields(scope), {"мероприятия": items})])


def _lines(scope: Scope) -> Iterator[_Line]:
    for sheet in reads.sheets(scope):
        for row in sheet.activities:
            usual = _USUAL.get(row.key, _Usual())
            item = {
                "номер": f"{sheet.head.ordinal}.{row.ordinal}",
                "что": row.title,
                "срок": f"до{ru.NBSP}{ru.date_short(sheet.head.due)}",
                "ответственный": row.responsible or usual.who,
                "результат": usual.result,
            }
            yield _Line(f"{sheet.head.roman}. {sheet.head.title}", sheet.head.due, item)


def _month(day: date) -> str:
    """Return «Ноябрь 2020 г.»."""
    name = format_date(day, "LLLL", locale="ru")
    return f"{ru.capitalized(name)} {day.year}{ru.NBSP}г."
