"""What a search may be, and what it finds among the words of the site. Pure, no database."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nastav import ru

LEAST = 2  # letters of a surname
MOST = 100  # signs of a query
SHOWN = 50  # people and pairs on the page
_NUMBER = re.compile(r"(?:№\s*)?([0-9]{1,9})")

EMPTY = "Напишите фамилию, номер пары или слово из названия страницы."
SHORT = "Одной буквы мало: напишите хотя бы две первые буквы фамилии."


@dataclass(frozen=True)
class Hit:
    """Something found: where it leads, its name with the searched beginning apart, what it is."""

    href: str
    marked: str
    name: str  # the rest
    note: str = ""


def refusal(query: str) -> str:
    """Return why nothing can be searched for, in a sentence; or nothing."""
    if len(query) > MOST:
        return ru.too_long(len(query), MOST)
    words = ru.search_words(query)
    if not words:
        return EMPTY
    is_short = all(len(word) < LEAST and word.isalpha() for word in words)
    return SHORT if is_short else ""


def number_of(query: str) -> int | None:
    """Return the number that a query is, as «31» and «№ 31» are; None where it has a word."""
    found = _NUMBER.fullmatch(query.strip())
    return int(found.group(1)) if found else None


def split(name: str, words: Iterable[str]) -> tuple[str, str]:
    """Return the beginning of a name that was searched for, and its rest."""
    key = ru.search_key(name)
    length = max((len(word) for word in words if key.startswith(word)), default=0)
    return name[:length], name[length:]
