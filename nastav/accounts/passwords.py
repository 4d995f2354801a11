"""Passwords: hashing, the rules a new one must keep, and readable generated ones."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12  # characters (S6)
_FEWEST_OWN = 8  # letters and digits that are left when every guessable word is taken out
_FEWEST_KINDS = 5  # different characters
_ALPHABET = "abcdefghkmnprstuvwxyz23456789"  # nothing that looks like something else on paper
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP's floor (S6)
# Made at start, or the first missing login would take longer than a wrong password.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"  # keys …
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюё"  # … and what the same keys type in the other layout
_OTHER_LAYOUT = str.maketrans(_LATIN + _RUSSIAN, _RUSSIAN + _LATIN)


def hash_password(password: str) -> str:
    """Return the Argon2id hash; some 25 ms, so never inside a write transaction."""
    return _hasher.hash(_normal(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Tell whether a password is right; a missing account costs the same time as a wrong password."""
    try:
        return _hasher.verify(password_hash or _NOBODY, _normal(password)) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Tell whether the hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(password_hash)


def generate() -> str:
    """Return a one-time password that can be read off paper: 4 × 4 signs, 77 bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def weakness(password: str, guessable: Iterable[str]) -> str | None:
    """Return a sentence on what is wrong with a new password, or None.

    Args:
        password: as typed; any characters are welcome, no composition is asked for.
        guessable: words of the place: login, district, school, the site's name.
    """
    folded = _normal(password).casefold()
    if len(folded) < SHORTEST:
        return (
            f"Пароль короткий: нужно не меньше {SHORTEST} знаков. "
            "Подойдёт фраза из трёх-четырёх слов."
        )
    if len(set(folded)) < _FEWEST_KINDS:
        return "В пароле почти все знаки одинаковые. Придумайте фразу из трёх-четырёх слов."
    guesses = _guesses(guessable)
    readings = (folded, folded.translate(_OTHER_LAYOUT))  # «пароль» is also typed as gfhjkm
    if min(_own_signs(reading, guesses) for reading in readings) < _FEWEST_OWN:
        return (
            "Такой пароль легко угадать: он из частых паролей, соседних клавиш, повторов или названий "
            "места и школы. Придумайте фразу из трёх-четырёх слов, не связанных между собой."
        )
    return None


def _own_signs(password: str, guesses: re.Pattern[str]) -> int:
    """Count the letters and digits left without the guessable words and what is merely repeated."""
    once = re.sub(r"(.{2,}?)\1+", r"\1", guesses.sub(" ", password))
    return sum(sign.isalnum() for sign in once)


def _guesses(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of the common passwords and of the place's words in every case and gender."""
    found = {word for text in words for word in re.findall(r"\w{3,}", _normal(text).casefold())}
    # a long Russian word loses its ending, and the pattern takes whatever ending stands there
    stems = {
        re.escape(word[:-3]) + r"\w{0,4}" for word in found if len(word) > 6 and word.isalpha()
    }
    exact = {re.escape(word) for word in {*found, *_common()}}
    return re.compile("|".join(sorted(stems | exact, key=len, reverse=True)))


@cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _normal(password: str) -> str:
    """Return one spelling of a password: composed letters, no blanks around what was pasted."""
    return unicodedata.normalize("NFC", password).strip()
