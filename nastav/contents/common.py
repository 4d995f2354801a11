"""What every paper of a school may hold: its name, who signs, the order of the district, the deadlines."""

import re
from typing import Final

from nastav import ru
from nastav.contents import reads
from nastav.contents.scope import Scope
from nastav.district.kinds import queries as kinds

_STAGES: Final = 7
_BLANK: Final = "______________"  # a deadline that the order does not have
_NUMBER: Final = re.compile(r"№\s*(?=[\w-])")
_QUOTES: Final = re.compile(r"^[«\"](.*)[»\"]$")


def fields(scope: Scope) -> dict[str, str]:
    """Return the fields that `papers.kinds.COMMON` names, as of the scope's day.

    A requisite that was not typed is empty; «№» and its number, initials and surname never part.
    """
    return dict(scope.once("fields", lambda: _fields(scope)))


def _fields(scope: Scope) -> dict[str, str]:
    own = scope.requisites
    return {
        "школа": held(own.full_name),
        "школа_кратко": held(own.short_name),
        "место": own.place,
        "адрес": held(own.address),
        "учредитель": held(own.founder),
        "директор": ru.initials_first(own.head_name),
        "директор_должность": ru.capitalized(own.head_post),
        "куратор": ru.initials_first(own.curator_name),
        "куратор_должность": own.curator_post,
        "год": ru.school_year(scope.cycle.first_year),
        "на_дату": ru.date_long(scope.on),
        "приказ_района": order_of_district(scope),
        "формы": ", ".join(kind.name for kind in kinds.kinds(scope.district.id)),
        **_deadlines(scope),
    }


def held(text: str) -> str:
    """Return a text in which «№» and what follows it never part."""
    return _NUMBER.sub(f"№{ru.NBSP}", text)


def order_of_district(scope: Scope) -> str:
    """Return «управления образования … от 23.09.2020 № 428 «О внедрении …»», after «приказа»."""
    district = scope.district
    subject = _QUOTES.sub(r"\1", district.order_subject.strip())
    day, number = ru.date_short(district.order_date), district.order_number
    text = f"{scope.requisites.issuer_whom} от {day} № {number} «{subject}»"
    return held(text.strip())


def _deadlines(scope: Scope) -> dict[str, str]:
    found = {f"срок_{n}": _BLANK for n in range(1, _STAGES + 1)}
    due = {f"срок_{stage.ordinal}": stage.due for stage in reads.heads(scope)}
    return found | {name: ru.date_short(day) for name, day in due.items() if name in found}
