"""Passwords: hashing, the rules a new one must keep, and readable generated ones."""

import secrets
import threading
import unicodedata
from base64 import b64encode
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from nastav.accounts import guesses

SHORTEST = 12  # characters (security.md#s6)
_FEWEST_OWN = 8  # letters and digits that are left when every guessable word is taken out
_FEWEST_KINDS = 5  # different characters
_ALPHABET = "abcdefghkmnprstuvwxyz23456789"  # nothing that looks like something else on paper
# OWASP's floor (security.md#s6)
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# As costly to verify as any other, and of no password: a hash that nothing was hashed to.
_NOBODY = "$argon2id$v=19$m={},t={},p={}${}${}".format(
    _hasher.memory_cost,
    _hasher.time_cost,
    _hasher.parallelism,
    *(b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (16, 32)),  # salt, hash
)


# One at a time: each takes 19 MB and a core, and many at once would take both from those who work.
_turn = threading.Lock()


def hash_password(password: str) -> str:
    """Return the Argon2id hash; some 25 ms, so never inside a write transaction."""
    with _turn:
        return _hasher.hash(_normal(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Tell whether a password is right; a missing account costs the same time as a wrong password."""
    try:
        with _turn:
            is_so = _hasher.verify(password_hash or _NOBODY, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return is_so and bool(password_hash)


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
        guessable: texts with words of the place: login, names, district, order, school.
    """
    folded = _normal(password).casefold()
    if len(folded) < SHORTEST:
        return (
            f"Пароль короткий: нужно не меньше {SHORTEST} знаков. "
            "Подойдёт фраза из трёх-четырёх слов."
        )
    if len(set(folded)) < _FEWEST_KINDS:
        return "В пароле почти все знаки одинаковые. Придумайте фразу из трёх-четырёх слов."
    if guesses.own_signs(folded, map(_normal, guessable)) < _FEWEST_OWN:
        return (
            "Такой пароль легко угадать: он из частых паролей, соседних клавиш, чисел, повторов "
            "или имён и названий района и школы. Придумайте фразу из трёх-четырёх слов, "
            "не связанных между собой."
        )
    return None


def _normal(password: str) -> str:
    """Return one spelling of a password: composed letters, no blanks around what was pasted."""
    return unicodedata.normalize("NFC", password).strip()
