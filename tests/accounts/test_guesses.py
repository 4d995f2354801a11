"""Passwords made of words that everybody around knows are refused, phrases of one's own are taken.

See security.md#s6.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from nastav.accounts import guesses, passwords, queries
from nastav.accounts.models import User
from nastav.db import db
from tests.accounts.guessing import guessed
from tests.support.cast import Cast

HERE = Path(__file__).parent
Weak = Callable[[str], bool]


def listed(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


@pytest.fixture
def words(app: Flask, cast: Cast) -> list[str]:
    """Return what is known around Борис, whose password is being chosen."""
    with app.app_context():
        return queries.guessable_words(db.session.get_one(User, cast.users["boris"]))


@pytest.fixture
def is_weak(words: list[str]) -> Weak:
    return lambda password: "легко угадать" in (passwords.weakness(password, words) or "")


def test_none_of_a_hundred_guessable_passwords_is_taken(is_weak: Weak) -> None:
    known = listed("weak_passwords.txt")
    assert len(set(known)) == 100
    assert min(map(len, known)) >= passwords.SHORTEST
    assert [password for password in known if not is_weak(password)] == []


def test_all_of_fifty_good_passwords_are_taken(words: list[str]) -> None:
    good = listed("good_passwords.txt")
    assert len(set(good)) == 50
    assert [password for password in good if passwords.weakness(password, words)] == []


def test_none_of_the_kind_is_taken(words: list[str], is_weak: Weak) -> None:
    """Not only the hundred: names, places and posts of the order and the cast, mangled by chance."""
    random = Random(2020)
    made = {guessed(random, [text for text in words if text[-1:].isalpha()]) for _ in range(400)}
    assert len(made) > 350
    assert [password for password in made if not is_weak(password)] == []


def test_what_a_machine_makes_is_not_called_weak(words: list[str]) -> None:
    random = Random(2020)
    signs = "abcdefghkmnprstuvwxyz23456789"
    made = ["-".join("".join(random.choices(signs, k=4)) for _ in range(4)) for _ in range(300)]
    assert [password for password in made if passwords.weakness(password, words)] == []


@pytest.mark.parametrize(
    "spellings",
    [
        ("Калининский", "kalininskij", "kalininskiy", "kalininsky", "kalininskii", "kalininski"),
        ("Вячеславовна", "vyacheslavovna", "viacheslavovna", "vjacheslavovna"),
        ("Щукина Юлия", "shchukina yulia", "schukina iuliya", "shchukina julija"),
        ("Цыганков", "tsygankov", "cigankov", "tzygankov"),
        ("Фёдор", "fedor", "fyodor", "fjodor"),
        ("Ксения Хворова", "xeniya khvorova", "kseniya hvorova"),
    ],
)
def test_every_way_to_write_a_name_in_latin_letters_sounds_alike(
    spellings: tuple[str, ...],
) -> None:
    sounds = {guesses._sounds(spelling.casefold()) for spelling in spellings}
    assert len(sounds) == 1, sounds
