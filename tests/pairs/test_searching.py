"""A search for people: every word, in any order, wherever a person can be searched."""

import pytest
from flask import Flask

from nastav import ru
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup
from tests.support.registers import registers

WHERE = {
    "register": "/schools/{school}/mentees",
    "board of pairs": "/schools/{school}/2020/pairs",
    "picker of a new pair": "/schools/{school}/2020/pairs/new/search",
}
FOUND = (
    "Бобров Глеб",
    "Глеб Бобров",
    "глеб боб",
    "7а бобров",
    "Бобров 7 А",
    "бобров 7 «А»",
    "глеб 7",
    "  Глеб,  Бобров ",
)
NOT_FOUND = ("Глеб Иванов", "Бобров Глеб Иванов", "бобров 8а", "леб бобров", "Глеб Анна")


@pytest.fixture
def school(app: Flask, cast: Cast) -> int:
    """Return the school of two boys called Глеб and of somebody else."""
    with registers(app, cast) as own:
        found = [own.mentee("Бобров Глеб"), own.mentee("Журавлёва Анна", grade=8)]
        for lead, mentee in zip(("Зонтикова Ольга", "Громова Вера"), found, strict=True):
            own.pair(own.mentor(lead, grade=10), mentee)
    return cast.boris_school


def shown(boris: PageClient, address: str, query: str) -> bool:
    page = soup(boris.search(address, query))
    for typed in page.select("input[type=search], h1, title"):
        typed.decompose()
    return "Бобров" in page.get_text()


@pytest.mark.parametrize("where", WHERE.values(), ids=list(WHERE))
@pytest.mark.parametrize(
    ("query", "is_found"), [*((q, True) for q in FOUND), *((q, False) for q in NOT_FOUND)]
)
def test_every_word_is_looked_for_in_any_order(
    boris: PageClient, school: int, where: str, query: str, is_found: bool
) -> None:
    assert shown(boris, where.format(school=school), query) is is_found


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Глеб Бобров", ("глеб", "бобров")),
        ("7а", ("7 а",)),
        ("7 «А» Глеб", ("7 а", "глеб")),
        ("К-15", ("к 15",)),
        ("№ 17", ("17",)),
        ("Петрова-Зуева И.С.", ("петрова", "зуева", "и", "с")),
        (" — ", ()),
    ],
)
def test_a_class_and_a_code_stay_whole(query: str, words: tuple[str, ...]) -> None:
    assert ru.search_words(query) == words
