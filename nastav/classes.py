"""School classes as people type them and as the site writes them: 7 «А», 5-1, 1 доп."""

import re
from typing import Final

from nastav.ru import AS_TYPED, MONTHS, NBSP, visible

_HINT: Final = "Укажите класс от 1 до 11, с буквой или без неё, например 7 «А» или 11"

_ROMAN: Final = dict(zip("i ii iii iv v vi vii viii ix x xi".split(), range(1, 12), strict=True))
_NUMERAL: Final = (
    r"(?P<grade>[0-9]{1,2}|[ivx]{1,4}(?![^\W\d_]))(?:-(?:[йе]|ый|ой|го|ого)(?=[\s.]))?"
)
_WORD_CLASS: Final = r"(?:кл(?:асс)?[аеу]?(?![^\W\d_])\.?)"
_PARALLEL: Final = (
    r"\s*(?:[-/]\s*(?P<number>0?[1-9]|1[0-9])|[\s.-]*(?P<letter>доп[а-я]*|[^\W\d_])?)"
)
_CLASS: Final = re.compile(rf"{_NUMERAL}[\s.]*{_WORD_CLASS}?{_PARALLEL}[\s.]*{_WORD_CLASS}?")
_EXTRA: Final = "ДОП"
"""In the place of the letter: «1 доп.» is an additional class."""
_MONTH_SHORT: Final = "|".join(name[:3] for name in (*MONTHS, "май"))
_CLASS_AS_DATE: Final = re.compile(
    rf"\d\d?\.\d\d?\.\d{{2,4}}|\d{{4}}-\d\d-\d\d|\d\d?[\s.-](?:{_MONTH_SHORT})[а-я]*\.?|(?:{_MONTH_SHORT})[а-я]*[\s.-]+\d\d?"
)


class BadClass(ValueError):
    """A school class that cannot be read; the text says in Russian how to mend it."""


def parse_class(text: str) -> tuple[int, str]:
    """Return grade 1–11 and what tells parallels apart (empty without one) of a class as it is typed.

    «7А», «7 "а"», «5 кл. А», «V А» have a letter in upper case, «10/2» and «5-1» a number, «1 доп.»
    «ДОП»; a Latin letter that looks like a Russian one is read as Russian. Raises BadClass.
    """
    plain = " ".join(visible(text).casefold().translate(AS_TYPED).split())
    if _CLASS_AS_DATE.fullmatch(plain):
        made = "дата: Excel сделал её из класса вроде 5-1"
        raise BadClass(f"«{text.strip()}» — {made}. Укажите класс заново, например 5-1 или 5 «А»")
    found = _CLASS.fullmatch(_as_latin(plain))
    if found is None:
        raise BadClass(_HINT)
    grade = int(found["grade"]) if found["grade"].isdecimal() else _ROMAN.get(found["grade"], 0)
    letter = (found["letter"] or "").upper()
    if not 1 <= grade <= 11:
        raise BadClass(f"{found['grade'].upper()} класса нет в школе. {_HINT}")
    if found["number"]:
        return grade, str(int(found["number"]))
    if letter.startswith(_EXTRA):
        return grade, _EXTRA
    if letter and not re.fullmatch("[А-ЯЁ]", letter):
        raise BadClass(f"Буква «{letter}» не русская. {_HINT}")
    return grade, letter


def _as_latin(plain: str) -> str:
    """A Roman numeral at the beginning is read however its signs were typed, «V» or «ХI»."""
    return re.sub(r"^[ivхxі]+(?![^\W\d_])", lambda found: found[0].translate(_ROMAN_SIGNS), plain)


_ROMAN_SIGNS: Final = str.maketrans("хі", "xi")


def class_name(grade: int, letter: str) -> str:
    """Return «7 «А»» with a no-break space, «5-1» or «1 доп.»; «11» where nothing tells them apart."""
    if letter.isdecimal():
        return f"{grade}-{letter}"
    if letter == _EXTRA:
        return f"{grade}{NBSP}{letter.lower()}."
    return f"{grade}{NBSP}«{letter.upper()}»" if letter else str(grade)
