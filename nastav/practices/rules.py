"""What stands between a text and the district's board: nothing left empty, nobody named. Pure.

Russian bends surnames («Канарейкиной», «Щеглову»), so a word is compared by its stem. A surname that is
also a plain word («Мороз», «Ли») is taken for one only when it is written as a name is.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from nastav import ru

_WORD: Final = re.compile(r"[^\W\d_]+")
# what a surname may lose of its nominative, the longest first
_NOMINATIVE: Final = ("ая", "яя", "ий", "ый", "ой", "а", "я", "й", "ь")
_ENDINGS: Final = frozenset(
    " а я у ю е ы и о й ь ой ей ою ею ом ем ым им ая яя ую юю ого его ому ему ий ый ые ие ых их "
    "ыми ими ов ев ам ям ами ями ах ях ия ию ии ием".split(" ")
)
_LONGEST: Final = 3
# nothing but a surname ends so: found in small letters too
_UNMISTAKABLE: Final = ("ов", "ев", "ин", "ын", "ск", "цк", "енко", "чук", "ян", "швили", "дзе")
_SHORT: Final = 4  # letters; a shorter stem is a plain word too often


class PracticeText(Protocol):
    """A practice, as far as these rules read it."""

    @property
    def title(self) -> str: ...
    @property
    def audience(self) -> str: ...
    @property
    def done(self) -> str: ...
    @property
    def result(self) -> str: ...
    @property
    def since_year(self) -> int | None: ...


def missing(practice: PracticeText) -> list[str]:
    """Return what has to be written before a practice can be published, as its form calls it."""
    asked = (
        ("для кого", practice.audience),
        ("что сделано", practice.done),
        ("результат", practice.result),
        ("с какого года", practice.since_year),
    )
    return [label for label, value in asked if not value]


def named(practice: PracticeText, surnames: Iterable[str]) -> list[str]:
    """Return the words of a practice that look like one of the surnames, each once, as written."""
    text = ". ".join((practice.title, practice.audience, practice.done, practice.result))
    return names_in(text, surnames)


def names_in(text: str, surnames: Iterable[str]) -> list[str]:
    """Return the words of a text that look like one of the surnames in any case, each once."""
    stems = {stem for surname in surnames for stem in _stems(surname)}
    words = _WORD.findall(text)
    found = [word for at, word in enumerate(words) if _is_named(words, at, stems)]
    return list(dict.fromkeys(found))


def remarks(practice: PracticeText, surnames: Iterable[str]) -> list[str]:
    """Return in sentences what keeps a practice from the board; nothing when it can be published."""
    said = []
    if gaps := missing(practice):
        said.append(f"Заполните: {', '.join(gaps)}.")
    if words := named(practice, surnames):
        said.append(
            f"Похоже на фамилии из баз школы: {', '.join(f'«{word}»' for word in words)}. "
            "Напишите без имён, например «ученица 7 класса»."
        )
    return said


def _stems(surname: str) -> Iterable[str]:
    for word in ru.search_key(surname).split():
        if word.isdecimal() or len(word) < 2:
            continue
        ending = next(
            (
                ending
                for ending in _NOMINATIVE
                if word.endswith(ending) and len(word) - len(ending) >= 2
            ),
            "",
        )
        stem = word.removesuffix(ending)
        yield stem
        if stem.endswith(("ец", "ок", "ек")) and len(stem) > _SHORT:
            yield stem[:-2] + stem[-1]  # Кравец, Кравца


def _is_named(words: list[str], at: int, stems: set[str]) -> bool:
    word = ru.search_key(words[at])
    cuts = range(min(_LONGEST, len(word) - 2) + 1)
    hits = [
        stem
        for cut in cuts
        if (stem := word[: len(word) - cut]) in stems and word[len(stem) :] in _ENDINGS
    ]
    return any(_is_written_as_name(words, at, stem) for stem in hits)


def _is_written_as_name(words: list[str], at: int, stem: str) -> bool:
    if not words[at][0].isupper():
        return len(stem) >= _SHORT and stem.endswith(_UNMISTAKABLE)
    if len(stem) >= _SHORT:
        return True
    neighbours = words[max(at - 1, 0) : at] + words[at + 1 : at + 2]
    return any(text[0].isupper() for text in neighbours)  # a given name or an initial


LABELS: Final[Mapping[str, str]] = {
    "draft": "черновик",
    "published": "в банке практик",
    "taken_off": "снята координатором",
}
