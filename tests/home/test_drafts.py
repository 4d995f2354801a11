"""Which drafts wait on «Моя школа»: those, and only those, that the page of drafts can begin."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from nastav.cycles.operations import open_next
from nastav.db import db, writing
from nastav.district.models import Cycle, District
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Part
from tests.home.stand import task, titles
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup
from tests.support.people import add_pair, add_person

MENTOR = "Фонарщиков"


@pytest.mark.parametrize(
    ("today", "started"),
    [(date(2020, 12, 9), date(2019, 10, 7)), (date(2021, 9, 1), date(2021, 9, 1))],
    ids=["left by an earlier year", "of a year not opened yet"],
)
def test_a_draft_of_another_year_that_waits_can_be_begun(
    app: Flask,
    cast: Cast,
    boris: PageClient,
    home: str,
    monkeypatch: pytest.MonkeyPatch,
    today: date,
    started: date,
) -> None:
    monkeypatch.setattr("nastav.dates.today", lambda: today)
    with app.app_context(), writing():
        joined = date(2019, 9, 2)
        mentor = add_person(cast.boris_school, part=Part.MENTOR, joined=joined)
        mentee = add_person(cast.boris_school, joined=joined)
        add_pair(cast.boris_school, mentor, [mentee], started, state=PairState.DRAFT)
    found = task(boris.get(home), "1 черновик ждёт начала")
    board = boris.get(found.select_one("a")["href"])
    assert len(soup(board).select("[name=pick]")) == 1
    assert boris.fill(board, started=f"{today:%d.%m.%Y}").status_code == 303
    assert not any("черновик" in title for title in titles(boris.get(home)))


def surnames_in(book: TestResponse) -> int:
    """Return how many cells of a workbook name the mentor."""
    cells = (cell for row in load_workbook(BytesIO(book.data)).active.values for cell in row)
    return sum(MENTOR in str(cell) for cell in cells)


def test_a_pair_begun_before_its_year_is_opened_stands_where_pairs_stand(
    app: Flask, cast: Cast, boris: PageClient, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, MENTOR, part=Part.MENTOR)
        add_pair(cast.boris_school, mentor, [add_person(cast.boris_school)], date(2021, 9, 1))
        path = f"{home}/2020/pairs/{db.session.query(Pair.id).scalar()}"
    assert not soup(boris.get(f"{home}/2020/pairs")).select(f"main a[href='{path}']")
    monkeypatch.setattr("nastav.dates.today", lambda: date(2021, 9, 1))
    for page in (f"{home}/2020/pairs", f"{home}/2020/pairs/plans"):
        assert soup(boris.get(page)).select(f"main a[href^='{path}']"), page
    assert surnames_in(boris.get(f"{home}/2020/pairs.xlsx")) == 1
    with app.app_context(), writing():
        open_next(cast.actor("anna"), db.session.get_one(District, cast.district), 2021)
    assert surnames_in(boris.get(f"{home}/2020/pairs.xlsx")) == 0
    assert not soup(boris.get(f"{home}/2020/pairs")).select(f"main a[href='{path}']")
    assert soup(boris.get(f"{home}/2021/pairs")).select("main a[href*='/2021/pairs/']")


def test_a_draft_of_a_closed_year_waits_for_nobody(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    with app.app_context(), writing():
        db.session.add(
            Cycle(district_id=cast.district, first_year=2019, closed_on=date(2020, 9, 1))
        )
        mentor = add_person(cast.boris_school, part=Part.MENTOR)
        mentee = add_person(cast.boris_school)
        add_pair(cast.boris_school, mentor, [mentee], date(2019, 10, 7), state=PairState.DRAFT)
    assert not any("черновик" in title for title in titles(boris.get(home)))
    assert not soup(boris.get(f"{home}/2020/pairs/drafts")).select("[name=pick]")


def test_what_waits_today_is_opened_in_the_year_worked_in(
    app: Flask, cast: Cast, boris: PageClient, home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nastav.dates.today", lambda: date(2021, 10, 5))
    with app.app_context(), writing():
        open_next(cast.actor("anna"), db.session.get_one(District, cast.district), 2021)
        mentor = add_person(cast.boris_school, part=Part.MENTOR)
        mentee = add_person(cast.boris_school)
        add_pair(cast.boris_school, mentor, [mentee], date(2021, 10, 1), state=PairState.DRAFT)
    shown = boris.get(f"{home}?cycle=2020")
    for title, page in (
        ("1 черновик ждёт начала", "pairs/drafts"),
        ("Стоит в базе, но его", "pairs/matching"),
    ):
        link = task(shown, title).select_one("a")
        assert link is not None
        assert link["href"] == f"{home}/2021/{page}"
