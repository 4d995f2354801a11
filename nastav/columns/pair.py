"""The columns of a ready pair: who stands on the other side, and what the pair's own form asks."""

from collections.abc import Callable
from datetime import date
from re import ASCII, compile, fullmatch
from typing import Any

from nastav import dates, ru, terms
from nastav.columns.column import Column, Room, Value, plain, text
from nastav.people.models import Part

Span = tuple[date | None, date | None]
_DAY = r"\d{1,2}\.\d{1,2}\.\d{2,4}"
_ORDER = compile(
    rf"(?:приказ\w*\s*)?(?:№|n)?\s*(?P<number>[^\s,;]{{1,80}}?)(?:\s*(?:от|,)\s*(?P<day>{_DAY})\s*г?\.?)?",
    ASCII,
)


def order(cell: str) -> tuple[str, date | None]:
    """Return number and day of an order: «№ 120 от 10.12.2020».

    Raises:
        ValueError: no such thing, or a day that does not exist.
    """
    found = _ORDER.fullmatch(plain(cell).casefold())
    if not found or not any(map(str.isdigit, found["number"])):
        raise ValueError("Укажите номер и дату приказа, например № 120 от 10.12.2020.")
    number = found["number"].upper()
    if len(number) > terms.LONGEST_ORDER:
        raise ValueError(ru.too_long(len(number), terms.LONGEST_ORDER))
    return number, _day(found["day"]) if found["day"] else None


def period(cell: str) -> Span:
    """Return the first and the last day: «15.12.2020-25.05.2021», «с 15.12.2020».

    Raises:
        ValueError: no such days.
    """
    both = fullmatch(rf"(?:с\s*)?({_DAY})\s*(?:-|–|—|по|до)\s*({_DAY})\s*г?\.?", plain(cell))
    first = fullmatch(rf"с\s*({_DAY})\s*г?\.?", plain(cell))
    if both and (span := (_day(both[1]), _day(both[2])))[0] <= span[1]:
        return span
    if first:
        return _day(first[1]), None
    raise ValueError("Укажите две даты, например 01.09.2020–25.05.2021.")


def ends(cell: str) -> date:
    """Return the day a pair ended or is to end.

    Raises:
        ValueError: no date.
    """
    return _day(cell)


def _day(cell: str) -> date:
    return ru.parse_date(cell, today=dates.today())


_OF = {Part.MENTEE: r"наставник(?:а|и|ов)?", Part.MENTOR: r"наставляем\w+"}
_OTHER = {Part.MENTEE: "наставника", Part.MENTOR: "наставляемых"}
_WHOSE = r"(?:место работы|место учебы|должность|класс|организация)\b.*"


KIND_COLUMN = {Part.MENTEE: "kinds", Part.MENTOR: "pair_kind"}  # a mentor's profile has `kinds`


def _as_it_is(value: Value) -> Value:
    return value


def _of(key: str, title: str, heading: str, *parts: Part, **more: Any) -> Column:
    settings: dict[str, Any] = {"room": Room.PAIR, "of_pairs": True, "in_template": False, **more}
    return Column(key, title, heading, parts=parts or tuple(Part), **settings)


def _sides(part: Part) -> list[Column]:
    other = _OF[part]
    return [
        _of(
            "partner",
            f"ФИО {_OTHER[part]}",
            rf"(?:фио |ф и о |фамилия имя отчество |фамилия имя )?(?:и должность |класс )?"
            rf"(?:педагог(?:а|и)? )?{other}(?: {other})?(?: фио)?",
            part,
            said=_as_it_is,
            hint="Полностью, как в базе. Несколько — через точку с запятой.",
            width=28,
        ),
        _of(
            "partner_place",
            f"Класс или должность {_OTHER[part]}",
            rf"{_WHOSE}\b{other}\b.*",
            part,
            hint="Если этого человека в базе ещё нет.",
            width=20,
        ),
    ]


READERS: dict[str, Callable[[str], Any]] = {
    "order": order,
    "pair_period": period,
    "pair_ended": ends,
    "role_model": text(200),
    "pair_result": text(1000),
}
PAIR = (
    *_sides(Part.MENTEE),
    *_sides(Part.MENTOR),
    _of(
        "kinds",
        terms.PAIR["kind"],
        r"форм[аы](?: вид\w*)?(?: наставничества)?",
        Part.MENTEE,
        said=_as_it_is,
        hint="Форма пары; говорит и о том, кто в ней наставляемый.",
        width=20,
    ),
    _of(
        "pair_kind",
        "Форма наставничества в паре",
        r"форма (?:наставничества )?в (?:паре|группе)|форма пары",
        Part.MENTOR,
        said=_as_it_is,
        hint="Форма той пары, что названа рядом.",
        width=20,
    ),
    _of("role_model", terms.PAIR["role_model"], r"(?:ролевая )?модель(?: \w+)?", width=24),
    _of(
        "order",
        "Приказ о закреплении",
        r"приказ(?: (?:о|об) .*)?",
        hint="№ 120 от 10.12.2020",
        example="№ 120 от 10.12.2020",
        width=20,
    ),
    _of(
        "pair_period",
        "Период",
        r"период(?: .*)?|срок(?:и)? (?:реализации|действия|работы)\b.*",
        hint="01.09.2020–25.05.2021",
        width=22,
    ),
    _of(
        "pair_ended",
        "Дата завершения программы",
        r"(?:плановая )?дата (?:завершения|окончания)\b.*|окончание|завершение",
        said=_as_it_is,
        is_day=True,
        width=14,
    ),
    _of(
        "pair_result",
        "Результаты программы",
        r"результаты?(?: (?:программы|работы|пары))?|итоги?",
        said=_as_it_is,
        width=28,
    ),
)
