"""The minutes of the meeting on the programme: how many mentees have which need, no name."""

from collections import Counter

from nastav import ru
from nastav.contents import common, own, register
from nastav.contents.scope import Content, Scope
from nastav.papers.filler import Data
from nastav.people.models import Part

_UNSAID = "не указан"
_NONE = "запросы ещё не записаны"


def collect(scope: Scope) -> Content:
    """Return the needs of the base of mentees, the most frequent first, and how many people it has."""
    people = register.present(scope, Part.MENTEE)
    counted = Counter(" ".join(entry.need.split()) or _UNSAID for entry in people)
    needs = sorted(counted.items(), key=lambda each: (each[0] == _UNSAID, -each[1], each[0]))
    rows = [{"запрос": need, "сколько": ru.number(count)} for need, count in needs]
    fields = common.fields(scope) | {
        "итог": ru.counted(len(people), "человек", "человека", "человек"),
        **own.fields(scope, "meeting1"),
    }
    remarks = []
    if not people:
        rows = [{"запрос": _NONE, "сколько": ru.number(0)}]
        remarks = ["в базе наставляемых никого нет: сводка запросов пуста"]
    elif unsaid := counted[_UNSAID]:
        count = ru.counted(unsaid, "наставляемого", "наставляемых", "наставляемых")
        remarks = [f"у {count} не указан основной запрос"]
    ids = {register.PEOPLE: [entry.person_id for entry in people]}
    return Content([Data(fields, {"запросы": rows})], ids, remarks)
