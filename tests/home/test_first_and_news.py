"""Over the list of «Моя школа»: the nearest deadline, news, the steps of a school that begins."""

from datetime import UTC, date, datetime

from flask import Flask

from nastav import dates
from nastav.db import writing
from tests.home.stand import (
    SURNAME,
    URGENT,
    add_cycle,
    enter,
    note_visit,
)
from tests.support.cast import BORIS_SCHOOL, Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.stages import put


def test_what_was_decided_since_the_last_visit_is_news_until_it_holds_no_more(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "returned"), (BORIS_SCHOOL, 6, "accepted"))
    assert not soup(boris.get(home)).select(".news")  # here for the first time
    note_visit(app, cast, datetime(2020, 11, 30, 9, 0, tzinfo=UTC))
    news = soup(boris.get(home)).select_one(".news")
    assert " ".join(news.get_text(" ").split()) == "Новое с 30.11: возвращён этап I принят этап VI"
    assert not soup(anna.get(home)).select(".news")
    note_visit(app, cast, datetime(2020, 12, 2, 9, 0, tzinfo=UTC))
    assert not soup(boris.get(home)).select(".news")


def test_an_empty_school_is_led_by_three_steps(
    boris: PageClient, galina: PageClient, home: str
) -> None:
    page = soup(boris.get(home))
    steps = page.select(".steps > li")
    assert ["около" in step.h2.get_text() for step in steps] == [True] * 3
    assert ["Что понадобится:" in step.get_text() for step in steps] == [True] * 3
    addresses = [
        f"{home}/2020/stages/1",
        f"{home}/mentees/import",
        f"{home}/2020/pairs/matching",
    ]
    assert [str(step.select("a.btn")[0]["href"]) for step in steps] == addresses
    filled = page.select("main a.btn:not(.btn-secondary)")
    assert [str(button["href"]) for button in filled] == addresses[:1]
    sample = page.select_one(f'.needs a[href="{home}/mentees/import/template.xlsx"]')
    assert boris.get(str(sample["href"])).status_code == 200
    read = galina.get(home)
    assert "Вставьте" not in text_of(read)
    heads = [str(link["href"]) for link in soup(read).select(".steps a")]
    assert heads == [f"{home}/2020/stages/1/print"]  # the head reads and prints


def test_the_steps_end_with_the_first_pair(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "5"))
    page = soup(boris.get(home))
    assert ["is-done" in step.get("class", []) for step in page.select(".steps > li")] == [
        True,
        False,
        False,
    ]
    assert page.select_one(".steps a.btn:not(.btn-secondary)")["href"] == f"{home}/mentees/import"
    enter(app, cast.boris_school, mentees=2, paired=1)
    assert not soup(boris.get(home)).select(".steps")


def test_in_september_what_carries_over_stands_before_who_has_no_pair(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "1"))
    enter(app, cast.boris_school, mentees=5, paired=4)
    with app.app_context(), writing():
        add_cycle(cast.district, 2021)
        dates.configure(app.config["ZONE"], date(2021, 9, 6))
    page = soup(boris.get(home))
    steps = [step.h3.get_text(" ", strip=True) for step in page.select(".steps > li")]
    assert steps == ["Перевести классы", "Решить о прошлогодних парах", "Закончить прошлый год"]
    rest = [each.get_text(" ", strip=True) for each in page.select(".todo .todo-title")]
    assert "1 наставляемый без пары" in " ".join(rest).replace("\N{NO-BREAK SPACE}", " ")
    assert page.select_one(f'.steps a[href="{home}/2020/stages"]')
    assert len(page.select("main a.btn:not(.btn-secondary)")) == 1


def test_the_nearest_deadline_stands_first_whatever_else_is_there(
    app: Flask, cast: Cast, boris: PageClient, home: str
) -> None:
    put(app, *URGENT)
    strip = " ".join(soup(boris.get(home)).select_one(".strip").get_text(" ").split())
    assert strip == (
        "Ближайший срок Этап III. База наставников до 10.12.2020 включительно остался 1 день "
        "Выполнено 1 из 2 затем V до 10.12, IV до 31.12"
    )


def test_nothing_is_called_urgent_only_where_nothing_is(
    app: Flask, boris: PageClient, home: str
) -> None:
    put(app, *((BORIS_SCHOOL, ordinal, "submitted") for ordinal in (1, 2, 3)))
    calm = "срочного нет"
    assert calm not in text_of(boris.get(home))  # stage V is due tomorrow
    put(app, (BORIS_SCHOOL, 5, "submitted"))
    answer = text_of(boris.get(home))
    assert f"{calm}; затем IV до 31.12" in answer
    assert "Этап VI. Работа пар и групп до 15.12.2020 включительно" in answer


def test_a_year_that_is_all_sent_says_so(app: Flask, boris: PageClient, home: str) -> None:
    put(app, *((BORIS_SCHOOL, ordinal, "submitted") for ordinal in range(1, 8)))
    assert "Ближайший срок все этапы отправлены" in text_of(boris.get(home))


def test_the_receipt_ends_with_what_comes_next(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient, home: str
) -> None:
    put(app, (BORIS_SCHOOL, 1, "submitted"), (BORIS_SCHOOL, 2, "1"))
    receipt = f"{home}/2020/stages/1/sent"
    page = soup(boris.get(receipt))
    assert page.select_one("#next").get_text() == "Дальше: Этап II. База наставляемых"
    assert page.select_one("a.btn:not(.btn-secondary)")["href"] == f"{home}/2020/stages/2"
    assert "Дальше" not in text_of(galina.get(receipt))


def test_the_week_is_printed_by_the_school_alone_and_names_nobody(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient, anna: PageClient, vera: PageClient,
    home: str,
) -> None:  # fmt: skip
    put(app, *URGENT)
    enter(app, cast.boris_school, mentees=3, paired=1)
    assert soup(boris.get(home)).select(f'main a[href^="{home}/print"]')
    for client in (boris, galina):
        text = text_of(client.get(f"{home}/print"))
        assert "Этап I. Подготовка условий. Исправить нужно было до 05.12.2020" in text
        assert "10.12.2020 — этап III" in text
        assert SURNAME not in text
    assert anna.get(f"{home}/print").status_code == 403
    assert vera.get(f"{home}/print").status_code == 404
