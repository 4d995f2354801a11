"""Cutting the text of an order into its points. Pure, no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from nastav import ru

REFS: Final[tuple[str, ...]] = ("1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "3")
"""The points whose execution the site follows."""
MOST: Final = 30_000  # characters: an order of ten pages; one with its appendices is longer
LONGEST: Final = 4000  # of a point
_NUMBERED: Final = re.compile(r"(?:(\d\.\d{1,2})[.)]?|(\d)\.)\s+(\S.*)")
_PICTURE: Final = re.compile(r"\ufffc|data:image/|<img\b|<v:shape\b", re.IGNORECASE)

TOO_LONG: Final = (
    "Это {} знаков, а нужен только сам приказ: не больше {}. Вставьте пункты приказа без приложений; "
    "таблицы приложений вставляются в «Формулировки этапов»."
)
PICTURE: Final = (
    "В тексте есть картинка: сайт хранит только слова. Скопируйте сам текст приказа; со скана его нужно "
    "распознать или набрать."
)
NO_POINTS: Final = (
    "Пункты приказа не найдены. Вставьте текст вместе с номерами: строка пункта начинается с номера, "
    "например «2.3. Провести анализ …»."
)


@dataclass(frozen=True)
class Found:
    """What a pasted text says at each point, or why it cannot be taken."""

    points: Mapping[str, str]
    error: str = ""

    @property
    def missing(self) -> list[str]:
        """Return the points that the text does not have."""
        return [ref for ref in REFS if ref not in self.points]


def cut(text: str) -> Found:
    """Return the points of an order's text: a line that begins with the next number begins one.

    What stands before the first and what belongs to points that the site does not follow is left out; a
    number that goes back is a list inside a point.
    """
    if error := _unfit(text):
        return Found({}, error)
    found: dict[str, list[str]] = {}
    last = (0, 0)
    ref = ""
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        hit = _NUMBERED.fullmatch(line)
        number = hit[1] or hit[2] if hit else ""
        place = _place(number) if number else (0, 0)
        if hit and place > last:
            ref, last = number, place
            found[ref] = [hit[3]]
        elif ref:
            found[ref].append(line)
    points = {ref: "\n".join(found[ref]) for ref in REFS if ref in found}
    if not points:
        return Found({}, NO_POINTS)
    long = next((ref for ref, text in points.items() if len(text) > LONGEST), "")
    if long:
        why = ru.too_long(len(points[long]), LONGEST)
        return Found({}, f"Пункт {long}. {why}")
    return Found(points)


def _unfit(text: str) -> str:
    if not text.strip():
        return "Вставьте текст приказа."
    if len(text) > MOST:
        return TOO_LONG.format(ru.number(len(text)), ru.number(MOST))
    return PICTURE if _PICTURE.search(text) else ""


def _place(number: str) -> tuple[int, int]:
    head, _, tail = number.partition(".")
    return int(head), int(tail or 0)
