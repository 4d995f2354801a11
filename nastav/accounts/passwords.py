"""Passwords: hashing, the rules a new one must keep, and readable generated ones."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST = 12  # characters (S6)
_FEWEST_OWN = 8  # letters and digits that are left when every guessable word is taken out
_FEWEST_KINDS = 5  # different characters
_ALPHABET = "abcdefghkmnpqrstuvwxyz23456789"  # nothing that looks like something else on paper
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP's floor (S6)


def hash_password(password: str) -> str:
    """Return the Argon2id hash; some 25 ms, so never inside a write transaction."""
    return _hasher.hash(_normal(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Tell whether a password is right; a missing account costs the same time as a wrong password."""
    try:
        return _hasher.verify(password_hash or _nobody(), _normal(password)) and bool(password_hash)
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_rehash(password_hash: str) -> bool:
    """Tell whether the hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(password_hash)


def generate() -> str:
    """Return a one-time password that can be read off paper: 4 × 4 signs, 78 bits."""
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
    own = folded
    for word in sorted({*_common(), *_words(guessable)}, key=len, reverse=True):
        own = own.replace(word, "")
    if sum(sign.isalnum() for sign in own) < _FEWEST_OWN:
        return (
            "Такой пароль легко угадать: он из частых паролей или названия места и школы. "
            "Придумайте фразу из трёх-четырёх слов, не связанных между собой."
        )
    return None


def _words(guessable: Iterable[str]) -> set[str]:
    """Return the words of the place without their endings: they stand in every case and gender."""
    words = {word for text in guessable for word in re.findall(r"\w{3,}", text.casefold())}
    return {word if len(word) < 7 else word[:-3] for word in words}


@cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)
