"""Who is without a pair is one number: start page, register, stage V and the self-check say it."""

import re
from datetime import date

from flask import Flask

from nastav.pairs.models import Decision, PairState
from nastav.pairs.operations import Closing, close_pair
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.registers import registers

NAMES = ("Птицына", "Новак", "Щеглова", "Ёлкин")


def a_school(app: Flask, cast: Cast) -> None:
    """Four mentees: in a pair, in a draft, whose work was finished yesterday, in none."""
    with registers(app, cast) as own:
        mentor = own.mentor("Белкин Юрий", grade=10)
        own.pair(mentor, own.mentee("Птицына Ольга"))
        own.pair(mentor, own.mentee("Новак Олег"), state=PairState.DRAFT)
        closed = own.pair(mentor, own.mentee("Щеглова Инна"))
        closing = Closing(date(2020, 12, 8), "цель достигнута", "", Decision.FINISH)
        close_pair(own.actor, closed, closing, met=None, version=closed.version)
        own.mentee("Ёлкин Лев")


def test_four_pages_say_one_number(app: Flask, cast: Cast, boris: PageClient) -> None:
    a_school(app, cast)
    school = f"/schools/{cast.boris_school}"
    home = text_of(boris.get(school))
    register = text_of(boris.get(f"{school}/mentees?show=unpaired"))
    stage = text_of(boris.get(f"{school}/2020/stages/5"))
    check = text_of(boris.get(f"{school}/2020/stages/5/submit"))
    assert re.findall(r"(\d+) наставляемых без пары", home) == ["2"]
    assert [name for name in NAMES if name in register] == ["Новак", "Ёлкин"]
    assert re.findall(r"Без пары и группы (\d+) из 4", stage) == ["2"]
    assert set(re.findall(r"без пары и группы (\d+) из 4", check.lower())) == {"2"}
    for page in (f"{school}/2020/stages/5", f"{school}/2020/stages/5/submit"):
        links = soup(boris.get(page)).select("main a")
        (said,) = [each for each in links if "ез пары и группы" in each.text]
        assert said["href"] == f"{school}/mentees?show=unpaired"
