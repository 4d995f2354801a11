"""«Кого?»: what an adult and a post are called in the accusative; suggestions, for a person to confirm.

No child is ever declined: papers with children are written around cases (docs: papers).
"""

import re
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

_PARTS: Final = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)
_WORD: Final = re.compile(r"[А-ЯЁ][А-Яа-яЁё]+(?:-[А-ЯЁ]?[а-яё]+)*")
_SONS: Final = MappingProxyType({"оглы": Gender.MALE, "кызы": Gender.FEMALE})
# the first words of posts in schools; what follows them stands in the genitive already
POSTS: Final = MappingProxyType(
    {
        "директор": "директора",
        "и. о. директора": "и. о. директора",
        "исполняющий обязанности": "исполняющего обязанности",
        "исполняющая обязанности": "исполняющую обязанности",
        "заместитель": "заместителя",
        "зам.": "зам.",
        "заведующий": "заведующего",
        "заведующая": "заведующую",
        "учитель": "учителя",
        "учитель-логопед": "учителя-логопеда",
        "учитель-дефектолог": "учителя-дефектолога",
        "педагог": "педагога",
        "педагог-психолог": "педагога-психолога",
        "педагог-организатор": "педагога-организатора",
        "педагог-библиотекарь": "педагога-библиотекаря",
        "психолог": "психолога",
        "социальный педагог": "социального педагога",
        "старший вожатый": "старшего вожатого",
        "старшая вожатая": "старшую вожатую",
        "классный руководитель": "классного руководителя",
        "руководитель": "руководителя",
        "советник": "советника",
        "методист": "методиста",
        "воспитатель": "воспитателя",
        "преподаватель": "преподавателя",
        "преподаватель-организатор": "преподавателя-организатора",
        "библиотекарь": "библиотекаря",
        "секретарь": "секретаря",
        "специалист": "специалиста",
    }
)
# who issues orders: «чьего приказа?»; what follows the first word stays
_ISSUERS: Final = MappingProxyType(
    {
        "управление": "управления",
        "отдел": "отдела",
        "комитет": "комитета",
        "департамент": "департамента",
        "министерство": "министерства",
        "администрация": "администрации",
    }
)


def name_whom(name: str) -> str:
    """Return «Мельник Ирину Сергеевну» of «Мельник Ирина Сергеевна»; "" where nobody can be sure.

    That is: initials, two words, whose order is not known, a name from which the sex cannot be told.
    """
    bare, bracket, note = name.partition("(")
    words = bare.split()
    tail = words.pop() if len(words) == 4 and words[-1].lower() in _SONS else ""
    if len(words) != len(_PARTS) or not all(_WORD.fullmatch(word) for word in words):
        return ""
    surname, given, patronymic = words
    sex = _SONS.get(tail.lower()) or _sex(surname, given, patronymic)
    if sex is Gender.ANDROGYNOUS:
        return ""
    kept = (
        [patronymic, tail] if tail else []
    )  # «Аббасов Рустам Ахмед оглы»: the father's name stays
    changed = words[:2] if tail else words
    whom = [_declined(part, sex, word) for part, word in zip(_PARTS, changed, strict=False)]
    return " ".join([*whom, *kept, *([bracket + note] if bracket else [])])


def post_whom(post: str) -> str:
    """Return «заместителя директора по ВР» of «заместитель директора по ВР»; "" where it is not known.

    Of several posts in a row, «директор, учитель физики», each must be known.
    """
    found = [_first_words(part, POSTS) for part in post.split(",")]
    return ", ".join(found) if all(found) else ""


def issuer_whom(issuer: str) -> str:
    """Return «управления образования …» of «Управление образования …»; "" where it is not known."""
    return _first_words(issuer, _ISSUERS)


def _first_words(text: str, table: MappingProxyType[str, str]) -> str:
    """Return a text whose first words were changed by a table, the longest of them."""
    low = f"{text.strip().lower()} "
    for first in sorted(table, key=len, reverse=True):
        if low.startswith(f"{first} "):
            return (table[first] + text.strip()[len(first) :]).strip()
    return ""


def _sex(surname: str, given: str, patronymic: str) -> Gender:
    detector: Any = _detector()  # its one method says nothing of types
    return Gender(detector.detect(firstname=given, lastname=surname, middlename=patronymic))


def _declined(part: NamePart, sex: Gender, word: str) -> str:
    return str(_maker().make(part, sex, Case.ACCUSATIVE, word))


@cache
def _maker() -> PetrovichDeclinationMaker:
    return PetrovichDeclinationMaker()


@cache
def _detector() -> PetrovichGenderDetector:
    return PetrovichGenderDetector()
