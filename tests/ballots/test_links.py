"""One-time links: one answer each, and nothing that ties an answer to a link, a person or a time."""

import logging
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from nastav import sqlite
from nastav.ballots.models import Ballot, Link
from nastav.ballots.rules import ALPHABET, LENGTH
from nastav.db import db
from nastav.feedback.models import Moment, Respondent, Response
from tests.feedback.sheets import questionnaire, questions
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of


@pytest.fixture
def at(cast: Cast) -> str:
    """Return the address of Boris's sets."""
    return f"/schools/{cast.boris_school}/2020/feedback/links"


@pytest.fixture
def codes(app: Flask, cast: Cast, boris: PageClient, at: str) -> list[str]:
    """Return the codes of a set of seven links to mentees' final questionnaire, as they are printed."""
    with app.app_context():
        found = questionnaire(cast, Respondent.MENTEE, Moment.FINAL)
    typed = {"questionnaire": str(found.id), "size": "7", "expires_on": "20.12.2020"}
    answer = boris.fill(at, **typed)
    assert answer.status_code == 303
    page = boris.get(f"{answer.location}/print")
    return [code.get_text() for code in soup(page).select(".slips dd.nowrap")]


@pytest.fixture
def give(app: Flask, cast: Cast) -> Any:
    """Return a function: code, mark, text → the answer to a visitor without an account."""
    asked = questions(app, cast)
    mark, valued = f"q{asked['satisfied'].id}", f"q{asked['valued'].id}"

    def post(code: str, satisfied: int = 9, text: str = "") -> Any:
        typed = {mark: str(satisfied), valued: text}
        client = app.test_client()
        assert isinstance(client, PageClient)
        page = client.get(f"/a/{code}")
        return client.fill(page, **typed) if page.status_code == 200 else page

    return post


def count(app: Flask, model: Any, **by: Any) -> int:
    with app.app_context():
        rows = select(func.count()).select_from(model).filter_by(**by)
        return int(db.session.scalar(rows) or 0)


def dump(instance: Path) -> dict[str, list[str]]:
    """Return every row of every table as text."""
    with closing(sqlite.connect(instance / "nastav.sqlite3")) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
        return {
            name: [repr(row) for row in connection.execute(f'SELECT * FROM "{name}"')]
            for (name,) in tables
        }


def test_codes_are_long_and_differ(codes: list[str]) -> None:
    plain = [code.replace("-", "") for code in codes]
    assert len(set(plain)) == 7
    assert {len(code) for code in plain} == {LENGTH}
    assert LENGTH * (len(ALPHABET).bit_length() - 1) >= 60


def test_a_visitor_without_an_account_answers_once(
    app: Flask, codes: list[str], give: Any, nobody: PageClient
) -> None:
    answer = give(codes[0])
    assert (answer.status_code, answer.location) == (303, "/a/thanks")
    assert "Спасибо, ответы приняты" in text_of(nobody.get("/a/thanks"))
    again = give(codes[0])
    assert again.status_code == 410
    assert "Эта ссылка уже использована" in text_of(again)
    assert count(app, Ballot) == 1


def test_a_second_post_of_the_same_page_is_refused(
    app: Flask, cast: Cast, codes: list[str], nobody: PageClient
) -> None:
    mark = f"q{questions(app, cast)['satisfied'].id}"
    page = nobody.get(f"/a/{codes[0]}")
    assert [nobody.fill(page, **{mark: "9"}).status_code for _ in range(2)] == [303, 410]
    assert count(app, Ballot) == 1


def test_a_code_is_typed_in_any_way_and_a_wrong_one_is_told(
    codes: list[str], nobody: PageClient
) -> None:
    typed = codes[0].upper().replace("-", " ")
    answer = nobody.get("/a", query_string={"code": typed}, follow_redirects=True)
    assert "Анкета наставляемого: итоги работы" in text_of(answer)
    wrong = nobody.get("/a/2222-2222-22222")
    assert wrong.status_code == 404
    assert "Такой ссылки нет" in text_of(wrong)


def test_the_public_page_leads_nowhere_and_names_nobody(
    codes: list[str], nobody: PageClient
) -> None:
    page = nobody.get(f"/a/{codes[0]}")
    assert {a["href"] for a in soup(page).select("a")} == {"#main"}
    assert not soup(page).select("#answered_on, #pair, #number")


def test_an_empty_answer_keeps_the_link(
    app: Flask, codes: list[str], give: Any, nobody: PageClient
) -> None:
    answer = nobody.fill(f"/a/{codes[0]}")
    assert answer.status_code == 422
    assert "Нет ни одного ответа" in text_of(answer)
    assert give(codes[0]).status_code == 303


def test_a_link_ends_with_its_last_day(codes: list[str], app: Flask, nobody: PageClient) -> None:
    from datetime import date

    from nastav import dates

    for day, status in ((date(2020, 12, 20), 200), (date(2020, 12, 21), 410)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(dates, "today", lambda day=day: day)
            assert nobody.get(f"/a/{codes[0]}").status_code == status


def test_a_forged_or_late_post_is_refused_and_the_code_is_written_nowhere(
    app: Flask, instance: Path, codes: list[str], nobody: PageClient
) -> None:
    late = nobody.post(f"/a/{codes[0]}", data={"csrf_token": "x.y"})
    assert late.status_code == 400
    assert "Страница была открыта слишком долго" in text_of(late)
    data = form_values(find_form(nobody.get(f"/a/{codes[0]}")))
    foreign = nobody.post(f"/a/{codes[0]}", data=data, headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 400
    rows = dump(instance)
    assert [row for row in rows["audit_entry"] if "/a/<code>" in row]
    assert [table for table, own in rows.items() if codes[0] in str(own)] == []
    plain = codes[0].replace("-", "")
    assert [table for table, own in rows.items() if plain in str(own)] == ["link"]


def test_a_box_of_four_stays_shut_and_of_five_opens(
    app: Flask, boris: PageClient, at: str, codes: list[str], give: Any
) -> None:
    for code in codes[:4]:
        give(code)
    page = boris.get(f"{at}/1")
    assert "Ответов меньше 5" in text_of(page)
    token = {"version": "1"}
    assert boris.send(f"{at}/1/open", token).status_code == 422
    assert count(app, Response) == 0
    give(codes[4])
    page = boris.get(f"{at}/1")
    for _ in range(2):
        assert boris.fill(page, "/open").status_code == 303
    assert count(app, Response) == 5
    assert (count(app, Ballot), count(app, Link)) == (0, 0)
    shown = text_of(boris.get(at.removesuffix("/links")))
    assert "7 и больше из 10 поставили 5 из 5 ответивших" in shown
    assert "Такой ссылки нет" in text_of(give(codes[5]))


def test_nothing_ties_an_answer_to_its_link_person_or_time(
    app: Flask, instance: Path, boris: PageClient, at: str, codes: list[str], give: Any
) -> None:
    before = dump(instance)
    with time_machine.travel("2020-12-09T10:17:23+03:00", tick=False):
        give(codes[0], 3, "канарейка")
    after = dump(instance)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"link", "ballot", "data_version"}  # the last: that something changed
    (ballot,) = after["ballot"]
    assert "10:17" not in str(after)
    assert "07:17" not in str(after)
    assert not re.search("|".join(codes).replace("-", ""), ballot)
    for code in codes[1:]:
        give(code)
    boris.fill(f"{at}/1", "/open")
    rows = dump(instance)
    assert [name for name, own in rows.items() if "канарейка" in str(own)] == ["answer"]
    with app.app_context():
        found = list(db.session.scalars(select(Response)))
    assert {(response.person_id, response.pair_id, response.sheet_code) for response in found} == {
        (None, None, None)
    }
    assert {str(response.answered_on) for response in found} == {"2020-12-01"}


def test_the_order_of_answering_is_not_the_order_of_the_responses(
    app: Flask, boris: PageClient, at: str, codes: list[str], give: Any
) -> None:
    orders = set()
    for mark, code in enumerate(codes, start=1):
        give(code, mark)
        with app.app_context():
            ballots = db.session.scalars(select(Ballot).order_by(Ballot.id))
            orders.add(tuple(min(ballot.answers.values()) for ballot in ballots))
    assert orders != {tuple(range(1, n + 1)) for n in range(1, 8)}  # one chance in 10^8


def test_the_set_s_page_shows_no_state_of_a_single_link(
    boris: PageClient, at: str, codes: list[str], give: Any
) -> None:
    before = boris.get(f"{at}/1/print").get_data(as_text=True)
    give(codes[3])
    page = boris.get(f"{at}/1")
    assert "1 из 7" in text_of(page)
    assert codes[3] not in text_of(page)
    after = boris.get(f"{at}/1/print").get_data(as_text=True)
    without = [re.sub(r'value="[^"]*"', "", text) for text in (before, after)]
    assert without[0] == without[1]


def test_the_log_has_the_rule_of_the_address_and_never_the_code(
    codes: list[str], give: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        give(codes[0])
    assert "POST /a/<code> 303" in caplog.text
    assert codes[0] not in caplog.text
    assert codes[0].replace("-", "") not in caplog.text


def test_a_set_is_not_too_small_and_is_the_school_s_own(
    boris: PageClient, vera: PageClient, anna: PageClient, at: str, codes: list[str]
) -> None:
    answer = boris.fill(at, size="4", expires_on="20.12.2020")
    assert answer.status_code == 422
    assert "Укажите число ссылок от 5 до 60." in text_of(answer)
    answer = boris.fill(at, size="много", expires_on="20.12.2020")
    assert "Укажите число ссылок от 5 до 60." in text_of(answer)
    assert "от 0 до 999" not in text_of(answer)
    foreign = re.sub(r"/schools/\d+", "/schools/2", at)
    assert vera.get(f"{foreign}/1").status_code == 404
    assert anna.get(f"{at}/1").status_code == 403


def test_the_last_day_can_be_moved(boris: PageClient, at: str, codes: list[str]) -> None:
    assert boris.fill(f"{at}/1", "/end", expires_on="8.12.2020").status_code == 422
    assert boris.fill(f"{at}/1", "/end", expires_on="25.12.2020").status_code == 303
    assert "25.12.2020" in text_of(boris.get(f"{at}/1"))
