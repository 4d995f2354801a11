"""The district's page as one looks at it: sentence, drawings, what would close the gap; its edge cases."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from nastav import dates
from nastav.coverage.figures import Basis
from nastav.db import db, writing
from nastav.district.models import District, School
from nastav.mentors.profiles.models import MentorProfile
from nastav.people.models import Kind, Part
from nastav.plan.models import PlanTarget
from tests.conftest import TODAY
from tests.coverage.test_sheet import words_of
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_group, add_pair, add_person

PAGE = "/districts/1/coverage/2020"
JANUARY, OCTOBER, DECEMBER = date(2019, 9, 2), date(2020, 10, 1), date(2020, 12, 1)


def said(page: BeautifulSoup, select: str) -> str:
    tags = page.select(select)
    assert len(tags) == 1, select
    return words_of(tags[0]).replace("\xa0", " ")


def set_plan(app: Flask, cells: dict[int, int | None], others: int | None = None) -> None:
    """Write the plan of mentees over: by the place of a school, 0 the first; `others` of the rest."""
    with app.app_context(), writing():
        rows = db.session.query(PlanTarget).filter_by(year=2020).order_by(PlanTarget.school_id)
        for place, row in enumerate(rows):
            row.mentees = cells.get(place, others)


def enter(app: Flask, sizes: dict[int, int], since: date = OCTOBER) -> None:
    """Put so many children into pairs of the schools, by their places."""
    with app.app_context(), writing():
        schools = [row.id for row in db.session.query(School).order_by(School.ordinal)]
        for place, size in sizes.items():
            if size:
                add_group(schools[place], size, since)
            else:
                add_person(schools[place])


LEADS: list[tuple[dict[int, int], dict[int, int | None], str]] = [
    ({}, {0: 68}, "За 2020 год нет данных: в базы школ никого не внесли, до плана района не хватает 68."),
    ({}, {}, "За 2020 год нет данных: в базы школ никого не внесли."),
    ({0: 21}, {}, "21 ребёнок был в паре в 2020 году, план не введён."),
    ({0: 2}, {0: 0}, "2 ребёнка были в паре в 2020 году при плане 0."),
    ({0: 5}, {0: 8}, "5 детей были в паре в 2020 году — 62,5 % плана (8), до плана района не хватает 3."),
    ({0: 4}, {0: 4}, "4 ребёнка были в паре в 2020 году — 100,0 % плана (4), ровно по плану."),
    ({0: 7}, {0: 5}, "7 детей были в паре в 2020 году — 140,0 % плана (5), сверх плана 2."),
    ({0: 0}, {0: 4}, "0 детей были в паре в 2020 году — 0,0 % плана (4), до плана района не хватает 4."),
]  # fmt: skip


@pytest.mark.parametrize(("sizes", "plan", "sentence"), LEADS)
def test_the_first_sentence_is_the_number_and_the_gap(
    app: Flask, anna: PageClient, sizes: dict[int, int], plan: dict[int, Any], sentence: str
) -> None:
    set_plan(app, plan)
    enter(app, sizes)
    page = soup(anna.get(PAGE))
    assert said(page, ".lead") == sentence
    drawn = page.select(".trend .fact-line")
    assert bool(drawn) is bool(sizes)  # «нет данных» draws nothing, 0 draws a line at zero
    assert ("нет данных" in said(page, ".trend")) is not bool(sizes)


@pytest.mark.parametrize(
    ("basis", "days"),
    [
        (Basis.IN_PAIR, "по дням вступления;"),
        (Basis.MET, "по дню первой встречи в году;"),
        (Basis.IN_REGISTER, "по дням вхождения в базу;"),
    ],
)
def test_the_weeks_say_by_which_day_a_child_is_counted(
    app: Flask, anna: PageClient, basis: Basis, days: str
) -> None:
    with app.app_context(), writing():
        db.session.get_one(District, 1).coverage_basis = basis
    enter(app, {0: 3})
    assert days in text_of(anna.get(PAGE)).replace("\xa0", " ")


def test_nobody_is_said_to_keep_a_plan_that_was_never_entered(app: Flask, anna: PageClient) -> None:
    set_plan(app, {})
    enter(app, {0: 3})
    assert "Ниже плана" not in soup(anna.get(PAGE)).get_text()
    set_plan(app, {0: 3})
    assert "Ниже плана нет ни одной школы." in soup(anna.get(PAGE)).get_text()


def test_a_year_that_has_not_begun_shows_the_plan_only(anna: PageClient) -> None:
    page = soup(anna.get("/districts/1/coverage/2022"))
    assert said(page, ".lead") == "2022 год ещё не начался: план — 1 140."
    assert not page.select(".under-lead, .trend, .dots, .multiples")
    assert len(page.select("#coverage-table tbody tr")) == 13


def test_on_the_first_day_there_is_a_dot_and_no_pace(app: Flask, anna: PageClient) -> None:
    enter(app, {0: 30}, since=JANUARY)
    page = soup(anna.get(f"{PAGE}?on=01.01.2020"))
    assert len(page.select(".trend .fact-dot")) == 1
    assert not page.select(".pace-line, .new-area, .carried-area")
    assert said(page, "figcaption") == "30 из 30 перешли с 2019 года, 0 — новые"
    assert "за последние четыре недели" not in said(page, ".under-lead").lower()


def test_the_year_grows_by_weeks_and_the_pace_is_a_sum_not_a_promise(
    app: Flask, anna: PageClient
) -> None:
    enter(app, {0: 31}, since=date(2019, 10, 1))  # counts until 31 August
    enter(app, {3: 20}, since=OCTOBER)
    enter(app, {3: 28}, since=DECEMBER)
    page = soup(anna.get(PAGE))
    assert said(page, "figcaption") == "31 из 79 перешли с 2019 года, 48 — новые"
    rows = [
        [words_of(cell) for cell in row.select("th, td")] for row in page.select(".weeks tbody tr")
    ]
    assert rows == [
        ["01.01–30.09", "31", "0", "—"],
        ["07.10–25.11", "51", "20", "+20"],
        ["02.12–09.12", "79", "48", "+28"],
    ]
    # 28 in 28 days, 22 days left: 79 + 22 = 101, about 100; 286 − 79 = 207 in 22 days
    assert "около 100" in said(page, "figure .chart-note")
    under = said(page, ".under-lead")
    assert "На 09.12.2020 в парах 48: в охват года входит каждый" in under
    assert "прибавлялось по 7 в неделю, до плана района нужно по 66." in under
    assert "По школам не хватает 211: 4 сверх плана (СОШ №5) чужую нехватку не закрывают." in under
    assert len(page.select(".pace-line")) == 1
    past = soup(anna.get(f"{PAGE}?on=30.11.2020"))
    assert not past.select(".pace-line")  # nothing was added in the 28 days before


def test_less_than_one_a_week_is_said_in_words(app: Flask, anna: PageClient) -> None:
    enter(app, {3: 20}, since=OCTOBER)
    enter(app, {3: 1}, since=DECEMBER)
    under = said(soup(anna.get(PAGE)), ".under-lead")
    assert "четыре недели прибавлялось менее чем по 1 в неделю, до плана района" in under


def test_four_different_things_look_different(app: Flask, anna: PageClient) -> None:
    set_plan(app, {0: 473, 1: None, 2: 225, 3: 305, 8: 0, 9: 4, 12: 4})
    enter(app, {0: 9, 1: 4, 3: 0, 8: 1, 9: 3, 12: 4})
    page = soup(anna.get(PAGE))
    rows = {words_of(row.select_one("th")): row for row in page.select(".dots tbody tr")}  # type: ignore[arg-type]
    shown = {
        name: (words_of(row.select(".of")[0]), words_of(row.select(".gap")[0]))
        for name, row in rows.items()
    }
    assert shown["СОШ №1"] == ("9 из 473", "не хватает 464")
    assert shown["СОШ №2"] == ("4, плана нет", "плана нет")
    assert shown["СОШ №4"] == ("— из 225", "нет данных")
    assert shown["СОШ №5"] == ("0 из 305", "не хватает 305")
    assert shown["СОШ №10"] == ("1, план 0", "сверх плана 1")
    assert shown["СОШ №14"] == ("4 из 4", "ровно по плану")
    drawn = {
        name: {tag["class"][0] for tag in row.select("svg > [class]")} for name, row in rows.items()
    }
    grids = {str(use["href"])[1:] for row in rows.values() for use in row.select("use")}
    assert grids == {str(tag["id"]) for tag in page.select(".dots thead defs g")}
    assert drawn["СОШ №2"] == {"fact-dot", "stem"}
    assert not rows["СОШ №4"].select("svg")
    assert "нет данных: никого не внесли" in words_of(rows["СОШ №4"])
    assert drawn["СОШ №5"] == {"fact-dot", "plan-mark", "gap-line"}
    assert drawn["СОШ №10"] == {"over-dot", "plan-mark", "gap-line", "stem"}
    captions = [words_of(tag) for tag in page.select(".dots caption")]
    assert captions[1] == "План и факт до 5 человек — шкала другая"
    assert "ещё 4 в СОШ №2, где план не введён" in said(page, ".under-lead").lower().replace(
        "сош", "СОШ"
    )


def test_the_reader_may_put_the_largest_gap_first(app: Flask, anna: PageClient) -> None:
    set_plan(app, {0: 20, 1: 30, 3: 40}, others=15)
    enter(app, {0: 18, 1: 5, 3: 39})
    names = [words_of(tag) for tag in soup(anna.get(PAGE)).select(".dots tbody th")]
    assert names[:3] == ["СОШ №1", "СОШ №2", "СОШ №4"]
    page = soup(anna.get(f"{PAGE}?sort=gap"))
    ordered = [words_of(tag) for tag in page.select(".dots tbody th")]
    assert ordered[0] == "СОШ №2"
    assert ordered[-2:] == ["СОШ №1", "СОШ №5"]
    assert page.select('a[href="/districts/1/coverage/2020#schools"]')


def test_what_would_close_the_gap_is_counted_per_school(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    with app.app_context(), writing():
        own = cast.boris_school  # СОШ №5, plan 44
        teacher = add_person(own, part=Part.MENTOR, kind=Kind.TEACHER)
        limited = add_person(own, part=Part.MENTOR)
        add_pair(own, teacher, [add_person(own) for _ in range(3)], OCTOBER)
        db.session.add(MentorProfile(school_id=own, person_id=limited.id, most_mentees=2))
        for _ in range(5):
            add_person(own)  # entered, in no pair
        add_person(own, left=DECEMBER)
        young = add_person(own, kind=Kind.TEACHER)
        add_pair(own, add_person(own, part=Part.MENTOR, left=DECEMBER), [young], OCTOBER)
        add_person(own, kind=Kind.TEACHER)
    page = soup(anna.get(PAGE))
    row = next(row for row in page.select("#close tbody tr") if "СОШ №5" in row.get_text())
    # 44 − 3; 5 wait; 41 − 5; two mentors; 8 − 3 and 2
    assert [words_of(cell) for cell in row.select("td")] == ["41", "5", "36", "2", "7"]
    none = next(row for row in page.select("#close tbody tr") if "СОШ №1" in row.get_text())
    assert words_of(none.select("td")[3]) == "нет данных"
    forms = {words_of(row.select_one("th")): row for row in page.select("#forms tbody tr")}  # type: ignore[arg-type]
    first = [words_of(cell) for cell in forms["ученик – ученик"].select("td")]
    assert (first[0], first[3]) == ("3 и 1\xa0педагог", "2")  # adults apart


def test_two_years_stand_side_by_side_once_there_are_two(app: Flask, anna: PageClient) -> None:
    enter(app, {0: 30, 1: 0}, since=date(2020, 9, 1))
    assert not soup(anna.get(PAGE)).select(".multiples")
    try:
        dates.configure(fixed=date(2021, 10, 1))
        page = soup(anna.get("/districts/1/coverage/2021"))
    finally:
        dates.configure(fixed=TODAY)
    assert words_of(page.select("#by-years")[0]) == "2020–2021 годы по школам"
    drawn = {words_of(row.select("b")[0]): row for row in page.select(".multiples li")}
    label = drawn["СОШ №1"].select("svg")[0]["aria-label"]
    assert label == "По годам с 2020: 30 из 68; 30 из 169"
    zero, none = drawn["СОШ №2"], drawn["СОШ №4"]
    assert len(zero.select(".fact-line")) == 1  # nobody in pairs is a line at zero
    assert (none.select(".fact-line"), len(none.select(".plan-line"))) == ([], 1)
    assert "нет данных" in words_of(none)


def test_the_table_alone_is_the_sheet_to_sign(app: Flask, anna: PageClient) -> None:
    enter(app, {0: 30})
    page = soup(anna.get(f"{PAGE}?view=table"))
    assert not page.select(".lead, .trend, .dots, .multiples, #close")
    assert len(page.select("#coverage-table tfoot tr")) == 2
    assert page.select(".signs")
    whole = soup(anna.get(PAGE))
    link = whole.select_one('a[href="/districts/1/coverage/2020?view=table"]')
    assert link is not None
    assert words_of(link) == "Только таблица, 1 лист"
