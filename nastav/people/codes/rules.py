"""A school's own code of a pupil, in the place of a name. Pure: no database."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from nastav import ru

MOST = 20
EXAMPLE = "например К-15"
HINT = (
    "Код школы вместо имени: до 20 знаков, буквы (не больше трёх подряд), цифры, дефис, дробь, "
    f"точка, {EXAMPLE}."
)
NAME = (
    "Похоже на имя, а имён учеников в районе не хранят. Укажите код школы, "
    f"{EXAMPLE}: букв подряд — не больше трёх."
)
ASKED = f"Укажите код ученика, {EXAMPLE}."
ONE = "Оставьте одно: код или фамилию с именем."
NO_NAME = "Имён учеников в районе не хранят: уберите фамилию и имя, оставьте код."
_SIGNS = re.compile(r"[^\W_][^\W_/.-]*(?:[/.-]+[^\W_]*)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


class Named(Protocol):
    """Whoever has a name, or a code in its place."""

    @property
    def is_coded(self) -> bool: ...


class BadCode(ValueError):
    """What cannot be a code; the text is a Russian sentence that says how to mend it."""


def read_code(text: str) -> str:
    """Return a code as it is kept.

    Raises:
        BadCode: it looks like a name, is too long, or holds other signs.
    """
    code = text.strip().translate(_DASHES)
    if _is_name(code):
        raise BadCode(NAME)
    if len(code) > MOST:
        raise BadCode(ru.too_long(len(code), MOST))
    if not _SIGNS.fullmatch(code) or not ru.search_key(code):
        raise BadCode(f"В коде — буквы, цифры, дефис, дробь и точка, без пробелов, {EXAMPLE}.")
    return code


def clash(codes: Iterable[str], taken: Mapping[str, int]) -> str:
    """Return the sentence about the first code that somebody has already, or that stands twice.

    Args:
        codes: those to be given.
        taken: search key → register number of those given, 0 in another school.
    """
    seen = set()
    for code in codes:
        key = ru.search_key(code)
        if key in taken:
            return taken_by(code, taken[key])
        if key in seen:
            return twice(code)
        seen.add(key)
    return ""


def taken_by(code: str, number: int) -> str:
    """Return the sentence about a code that somebody with this register number has."""
    if not number:
        return f"Код «{code}» занят в другой школе, где записан этот ученик: укажите другой."
    return f"Код «{code}» уже у ученика №{ru.NBSP}{number} этой школы: укажите другой."


def twice(code: str) -> str:
    """Return the sentence about a code that stands in two lines."""
    return f"Код «{code}» указан дважды: у каждого ученика свой код."


def problems(
    typed: Mapping[int, str], taken: Mapping[str, int], foreign: Mapping[int, Collection[str]]
) -> dict[int, str]:
    """Return person → what to mend of the code typed for them.

    Args:
        typed: person → code.
        taken: search key → register number of the codes that the school has given.
        foreign: person → keys that other schools of theirs have given.
    """
    found, seen = {}, set()
    for person_id, text in typed.items():
        try:
            key = ru.search_key(read_code(text))
        except BadCode as mistake:
            found[person_id] = str(mistake) if text else ASKED
            continue
        if key in taken or key in foreign.get(person_id, ()):
            found[person_id] = taken_by(text, taken.get(key, 0))
        elif key in seen:
            found[person_id] = twice(text)
        seen.add(key)
    return found


def title(people: Iterable[Named]) -> str:
    """Return what heads the column of these people's names or codes."""
    kinds = {person.is_coded for person in people}
    if kinds == {True}:
        return "Код"
    return "ФИО или код" if True in kinds else "ФИО"


def _is_name(code: str) -> bool:
    """Four letters in a row, or no digit and small letters after another («Ли Ян»)."""
    runs = _LETTERS.findall(code)
    if any(len(run) > 3 for run in runs):
        return True
    has_digit = any(sign.isdigit() for sign in code)
    return not has_digit and any(run[1:].lower() == run[1:] != "" for run in runs)
