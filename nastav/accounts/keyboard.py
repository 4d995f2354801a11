"""The keyboard: what a text is in the other layout, and runs of neighbouring keys in it."""

import re
from itertools import pairwise

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`{}:\"<>~"  # keys …
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюёхъжэбюё"  # … and what they type in the other layout
_OTHER_LAYOUT = str.maketrans(_LATIN + _RUSSIAN[:33], _RUSSIAN + _LATIN[:33])
_TO_KEYS = str.maketrans(_RUSSIAN[:33] + "!@#$%^&*()№", _LATIN[:33] + "12345678903")
_WALK = 4  # so many keys in line, or letters of the alphabet, are a walk; five if it turns about
_ROWS = ((0.0, "1234567890-="), (0.5, "qwertyuiop[]"), (0.75, "asdfghjkl;'"), (1.25, "zxcvbnm,./"))
_PLACES = {
    key: (left + at, float(row))
    for row, (left, keys) in enumerate(_ROWS)
    for at, key in enumerate(keys)
}


def layouts(text: str) -> tuple[str, str, str]:
    """Return a text as typed and in the other layout, where a full stop is «ю» or a full stop."""
    other = text.translate(_OTHER_LAYOUT)
    letters = "".join(new if old.isalpha() else old for old, new in zip(text, other, strict=True))
    return text, other, letters


def without_walks(text: str) -> str:
    """Return a text with runs of neighbouring keys, and of the alphabet, cut out."""
    keys = text.translate(_TO_KEYS)
    walked = [False] * len(text)
    for at in range(len(text)):
        for size, is_walk in ((3, _is_straight), (5, _is_near)):
            if at + size <= len(text) and is_walk(keys[at : at + size]):
                walked[at : at + size] = [True] * size
        if at + 3 <= len(text) and _is_alphabet(text[at : at + 3]):
            walked[at : at + 3] = [True] * 3
    marks = "".join("x" if is_step else "." for is_step in walked)
    signs = list(text)
    for run in re.finditer(f"x{{{_WALK},}}", marks):
        signs[run.start() : run.end()] = ["\n"] * len(run.group())
    return "".join(signs)


def _step(text: str, other: str) -> tuple[float, float] | None:
    """Return how far it is from key to key, across and down; None from what is no key."""
    if text not in _PLACES or other not in _PLACES:
        return None
    (left, row), (next_left, next_row) = _PLACES[text], _PLACES[other]
    return next_left - left, next_row - row


def _is_near(keys: str) -> bool:
    steps = [_step(*pair) for pair in pairwise(keys)]
    return all(step and abs(step[0]) <= 1 and abs(step[1]) <= 1 for step in steps)


def _is_straight(keys: str) -> bool:
    steps = [_step(*pair) for pair in pairwise(keys)]
    ways = {(step[0] > 0, step[1]) for step in steps if step and step != (0, 0)}
    return _is_near(keys) and len(ways) == 1


def _is_alphabet(signs: str) -> bool:
    return {ord(other) - ord(text) for text, other in pairwise(signs)} in ({1}, {-1})
