"""How much of a password is left for somebody who knows the place and the keyboard.

Words are compared as bare sounds: «Калининский», «kalininskij» and «Kalininsky» are one. A password is read
as it stands, in the other keyboard layout, backwards, with digits for letters; its weakest reading counts.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from nastav.accounts import keyboard

_DIGITS_COUNT = 4  # at most, of one number or two: a birthday and a telephone are known, too
_SHORTEST_WORD, _LONGEST_WORD, _LONGEST = 3, 30, 100

_FOR_LETTERS = str.maketrans("0134578@$!", "oieastbasi")
_DIGIT_IN_WORD = re.compile(r"[@$!]|(?<=[^\W\d_])[0134578]|[0134578](?=[^\W\d_])")
_SOUNDS = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэё", "abvgdeziyklmnoprstufyee", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | {"ь": "", "ъ": ""}
)
# how different people write one sound in Latin letters, in the order they are brought together
_SPELLINGS = (
    (r"shch|sch|sh", "s"),
    (r"tch|ch|tz|ts|ck|[cq]", "k"),
    (r"zh", "z"),
    (r"kh", "h"),
    (r"ph", "f"),
    (r"x", "ks"),
    (r"w", "v"),
    (r"(?<![aeou])[yj]o", "e"),
    (r"[iyj]+", "i"),
    (r"i(?=[aeou])", ""),
    (r"([^\W\d_])\1+", r"\1"),
)


def own_signs(password: str, guessable: Iterable[str]) -> int:
    """Return how many letters and digits are left in the weakest reading without what can be guessed.

    Args:
        password: lower case; no more than its first 100 signs are looked at.
        guessable: texts whose words a neighbour tries: names, places, the school.
    """
    words = _words(frozenset(guessable))
    seen = password[:_LONGEST]
    found: dict[str, int] = {}
    for text, is_backwards in product(keyboard.layouts(seen), (False, True)):
        for cut in (text, keyboard.without_walks(text)):
            for reading in (cut, _DIGIT_IN_WORD.sub(_letter, cut)):
                typed = sum(sign.isalnum() for sign in reading)
                found[_sounds(reading[::-1] if is_backwards else reading)] = typed
    return min(
        round(_left(sounds, words) * _share(sounds, typed)) for sounds, typed in found.items()
    )


def _share(sounds: str, typed: int) -> float:
    """Return how many signs were typed for a sound, at least one: «shch» is four, «ь» is lost."""
    return max(1.0, typed / len(sounds)) if sounds else 1.0


def _letter(digit: re.Match[str]) -> str:
    return digit.group().translate(_FOR_LETTERS)


def _left(text: str, words: dict[str, int]) -> int:
    """Count what is left of a reading; what is merely repeated counts once."""
    once = re.sub(r"(.{2,}?)\1+|(.)\2{2,}", r"\1\2", _cut(text, words).replace("\n", ""))
    digits = sum(sign.isdigit() for sign in once)
    # before or after a word; a machine mixes digits in
    is_number = len(re.findall(r"\d+", text)) <= 2
    return len(once) - digits + (min(digits, _DIGITS_COUNT) if is_number else digits)


def _cut(text: str, words: dict[str, int]) -> str:
    """Return the least that words, cut out wherever it pays most, can leave of a text."""
    best = [""]  # of what follows a place, from the end of the text
    for at in range(len(text) - 1, -1, -1):
        least = text[at] + best[0]
        for end in range(at + _SHORTEST_WORD, min(len(text), at + _LONGEST_WORD) + 1):
            ending = words.get(text[at:end], -1)
            while ending >= 0:
                after = end + ending
                if after <= len(text) and (text[end:after].isalpha() or not ending):
                    least = min(least, best[after - at - 1], key=len)
                ending -= 1
        best.insert(0, least)
    return best[0]


def _sounds(text: str) -> str:
    """Return letters and digits only, Cyrillic and the ways to write it in Latin letters as one."""
    found = "".join(sign for sign in text.translate(_SOUNDS) if sign.isalnum() or sign == "\n")
    for spelling, sound in _SPELLINGS:
        found = re.sub(spelling, sound, found)
    return found


# --- words ----------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _words(guessable: frozenset[str]) -> dict[str, int]:
    """Return the common passwords and the place's words: their beginnings, how long an ending may be."""
    words = {
        _sounds(word)
        for text in guessable
        for spelling in (text, text.replace("-", ""))
        for word in re.findall(r"[^\W_]{3,}", spelling.casefold())
    }
    found: dict[str, int] = {}
    for beginning, ending in (form for word in {*words, *_common()} for form in _forms(word)):
        if len(beginning) >= _SHORTEST_WORD:
            found[beginning] = max(ending, found.get(beginning, 0))
    return found


def _forms(word: str) -> Iterable[tuple[str, int]]:
    """Return beginnings of a word for whatever ending: «Вячеславовна» is «Вячеслав» and «Вячеславна»."""
    yield word, 0
    if not word.isalpha() or len(word) < 5:
        return
    off = 1 if len(word) < 7 else 2 if len(word) < 9 else 3
    yield word[:-off], off + 1
    if len(word) > 6:  # the first letter may have become one with the last of the word before
        yield word[1:-off], off + 1
    if father := re.fullmatch(r"(.{3,})(?:[oe]vna|[oe]vik|inikna|ikna)", word):
        yield father[1], 5


@cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(_sounds(line) for line in lines if line and not line.startswith("#"))
