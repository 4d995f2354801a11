"""Passwords: Argon2id at OWASP's floor, what a new one must keep, readable one-time ones.

See security.md#s6.
"""

import math
import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from nastav.accounts import passwords

PLACE = ["school5", "Борис Белов", "Калининский район", "Краснодарский край", "ст-ца Калининская"]


def test_a_hash_is_argon2id_with_nineteen_mebibytes() -> None:
    made = extract_parameters(passwords.hash_password("сирень у крыльца"))
    assert made.type is Type.ID
    assert (made.memory_cost, made.time_cost, made.parallelism) == (19456, 2, 1)


def test_a_hash_fits_its_password_only() -> None:
    made = passwords.hash_password("сирень у крыльца")
    assert passwords.is_right("сирень у крыльца", made)
    assert not passwords.is_right("сирень у крыльца!", made)
    assert not passwords.is_right("сирень у крыльца", None)
    assert not passwords.is_right("сирень у крыльца", "no hash at all")


def test_two_spellings_of_one_letter_are_one_password() -> None:
    composed = unicodedata.normalize("NFC", "ёлка и йод стоят рядом")
    apart = unicodedata.normalize("NFD", composed)
    assert apart != composed
    assert passwords.is_right(apart, passwords.hash_password(composed))


def test_blanks_pasted_around_a_password_do_no_harm() -> None:
    assert passwords.is_right(
        " abcd-efgh-2345-6789\n", passwords.hash_password("abcd-efgh-2345-6789")
    )


def test_a_weaker_hash_is_noticed() -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("сирень у крыльца")
    assert passwords.needs_rehash(weaker)
    assert not passwords.needs_rehash(passwords.hash_password("сирень у крыльца"))


def test_one_time_passwords_differ_and_hold_sixty_bits() -> None:
    made = {passwords.generate() for _ in range(300)}
    assert len(made) == 300
    signs = set("".join(made)) - {"-"}
    assert len(next(iter(made)).replace("-", "")) * math.log2(len(signs)) >= 60
    assert not signs & set("lio01j"), "signs that look like others on paper"


@pytest.mark.parametrize(
    "password",
    [
        "сирень у крыльца",
        "гроза над старым мостом",
        "правильная лошадь батарейка",
        "учитель пьёт горячий какао",
        "correct horse battery",
        "🌲🌲 ёлка, дупло и белка",
        "Tr0ub4dor&3xyzq",
        "школа 5 плавает в тумане",
        "vfhnsirf bpexftn gbfybyj",  # «мартышка изучает пианино» in the other layout
        "n6kc-ygdn-uzc9-adys",
    ],
)
def test_any_long_password_of_ones_own_is_welcome(password: str) -> None:
    assert passwords.weakness(password, PLACE) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("сирень17", "короткий"),
        ("", "короткий"),
        ("            ", "короткий"),
        ("ааааааааааааааа", "одинаковые"),
        ("123412341234", "одинаковые"),
        ("qwertyuiop123", "легко угадать"),
        ("QwertyQwerty2024", "легко угадать"),
        ("йцукенгшщзхъ", "легко угадать"),
        ("пароль123456", "легко угадать"),
        ("gfhjkmgfhjkm1", "легко угадать"),  # «пароль», typed in the other layout
        ("ghbdtnghbdtn", "легко угадать"),  # «привет»
        ("зфыыцщкв1234", "легко угадать"),  # password
        ("Наставничество2024", "легко угадать"),
        ("nastavnichestvo", "легко угадать"),
        ("Калининская-2020", "легко угадать"),
        ("КалининскогоРайона", "легко угадать"),
        ("школа5школа5", "легко угадать"),
        ("school5school5", "легко угадать"),
        ("БорисБелов2020", "легко угадать"),
        ("куратор-школа-5", "легко угадать"),
        ("abcdeabcdeabcde", "легко угадать"),
        ("зима7зима7зима7", "легко угадать"),
    ],
)
def test_a_password_that_others_guess_is_refused_with_advice(password: str, why: str) -> None:
    sentence = passwords.weakness(password, PLACE)
    assert sentence, password
    assert why in sentence
    assert "раз" in sentence, "says what to do: «фраза из трёх-четырёх слов»"
