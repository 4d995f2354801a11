"""The sums: what the school sees, and what the district."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import update

from nastav.db import db, writing
from nastav.district.models import District, School
from nastav.feedback import queries
from nastav.feedback.models import Respondent
from nastav.pairs.models import PairState
from nastav.people.models import Part
from tests.feedback.sheets import enter
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_pair, add_person
from tests.support.queries import statements


def school_page(cast: Cast) -> str:
    return f"/schools/{cast.boris_school}/2020/feedback"


def row_of(answer: object, heading: str) -> list[str]:
    """Return the cells of a group's row in the overview."""
    for row in soup(answer).select(".returns tbody tr"):  # type: ignore[arg-type]
        cells = [cell.get_text(" ", strip=True) for cell in row.select("th, td:not(.share-cell)")]
        if cells[0] == heading:
            return [cell.replace("\xa0", " ") for cell in cells[1:]]
    raise AssertionError(f"no row {heading!r}")


def test_four_answers_are_listed_without_a_distribution(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    ids = enter(app, cast, 9, 9, 9, 9)
    page = boris.get(school_page(cast))
    assert not soup(page).select("svg[role=img], .asked")
    assert "легко узнать, кто что ответил" in text_of(page)
    assert row_of(page, "Наставляемые, итог") == ["4", "0", "—", "—"]
    for response_id in ids:
        assert soup(page).select(f'a[href="{school_page(cast)}/{response_id}"]')


def drawn(section: Tag) -> Iterator[tuple[Tag, Tag]]:
    """Yield the numbers of each mark, and the path of its squares."""
    for text in section.select("svg text"):
        path = text.find_previous_sibling("path")
        assert path
        yield text, path


def test_five_answers_are_drawn_and_told_in_numbers(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    enter(app, cast, 6, 7, 7, 10, 10)
    page = boris.get(school_page(cast))
    section = soup(page).select_one("section[aria-labelledby=mentee-final]")
    assert section
    marks = {text.get_text(): path["d"].count("M") for text, path in drawn(section)}
    assert marks == {"6": 1, "77": 2, "1010": 2}
    numbers = section.select_one("details p")
    assert numbers
    assert numbers.get_text() == "оценка 6: 1; оценка 7: 2; оценка 10: 2; всего 5"
    assert "7 и больше из 10 поставили 4 из 5 ответивших" in text_of(page)
    assert row_of(page, "Наставляемые, итог")[3] == "80,0 %"


def test_a_question_with_four_answers_is_hidden_beside_one_with_five(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with_both: dict[str, int | str] = {"satisfied": 9, "usefulness": 2, "wants_to_mentor": 1}
    enter(app, cast, *[with_both] * 4, {"satisfied": 9})
    page = boris.get(school_page(cast))
    assert len(soup(page).select("svg[role=img]")) == 1
    assert "4 ответа: распределение не показываем" in text_of(page)
    assert "4 ответа: доли не показываем" in text_of(page)


def test_the_district_s_threshold_moves_the_share(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient
) -> None:
    enter(app, cast, 6, 7, 7, 10, 10)
    with app.app_context(), writing():
        db.session.execute(update(District).values(satisfied_from=8))
    for page in (boris.get(school_page(cast)), anna.get(f"/districts/{cast.district}/feedback")):
        assert "8 и больше из 10 поставили 2 из 5 ответивших" in text_of(page)


def test_the_response_rate_is_of_distinct_people_in_pairs(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient
) -> None:
    enter(app, cast, 9, 9, 9, 9, 9)
    add_mentees(app, cast, 8)
    page = boris.get(school_page(cast))
    assert row_of(page, "Наставляемые, итог") == ["5", "8", "62,5 %", "100,0 %"]
    page = anna.get(f"/districts/{cast.district}/feedback")
    assert row_of(page, "Наставляемые, итог") == ["5", "8", "62,5 %", "100,0 %"]


def add_mentees(app: Flask, cast: Cast, count: int) -> None:
    """Add mentees, each in two pairs; beside them one in a draft, one by mistake, one of last year."""
    month, last_year = date(2020, 11, 1), date(2020, 3, 1)
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, part=Part.MENTOR, joined=last_year)
        add = partial(add_pair, cast.boris_school, mentor)
        for _ in range(count):
            mentee = add_person(cast.boris_school)
            add([mentee], month)
            add([mentee], month)
        add([add_person(cast.boris_school)], month, state=PairState.DRAFT)
        add([add_person(cast.boris_school, is_mistake=True)], month)
        add([add_person(cast.boris_school, joined=last_year)], last_year, ended=date(2020, 8, 31))
        add([add_person(cast.boris_school)], date(2020, 12, 10))  # begins tomorrow


def test_a_person_in_two_parts_of_the_year_counts_once_and_left_before_it_not(
    app: Flask, cast: Cast
) -> None:
    add_mentees(app, cast, 3)
    with app.app_context():
        count = partial(queries.people_in_pairs, cast.district)
        today = date(2020, 12, 9)
        mentor = {Respondent.MENTOR: 1}
        assert count(None, 2020, today) == mentor | {Respondent.MENTEE: 3}
        assert count(cast.boris_school, 2020, today) == mentor | {Respondent.MENTEE: 3}
        assert count(None, 2019, today) == mentor | {Respondent.MENTEE: 1}
        assert count(None, 2020, date(2020, 12, 10)) == mentor | {Respondent.MENTEE: 4}
        assert count(cast.vera_school, 2020, today) == {}


def test_the_district_sees_one_sum_and_neither_schools_nor_open_answers(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    said: dict[str, int | str] = {"satisfied": 9, "valued": "канарейка Дымова"}
    enter(app, cast, said, said, said)
    enter(app, cast, said, said, login="vera")
    page = anna.get(f"/districts/{cast.district}/feedback")
    assert "7 и больше из 10 поставили 5 из 5 ответивших" in text_of(page)
    html = page.get_data(as_text=True)
    assert "канарейка" not in html
    main = soup(page).select_one("main")
    assert main
    assert "СОШ" not in main.get_text()
    assert "/schools/" not in str(main)
    assert "Ответ №" not in main.get_text()


def test_the_district_is_not_told_how_many_of_fewer_than_five(
    app: Flask, cast: Cast, gleb: PageClient
) -> None:
    enter(app, cast, 9, 9, 9)
    enter(app, cast, 9, part=Respondent.MENTOR)
    page = gleb.get(f"/districts/{cast.district}/feedback")
    assert row_of(page, "Наставляемые, итог") == ["меньше 5", "0", "—", "—"]
    assert row_of(page, "Наставники, итог") == ["меньше 5", "0", "—", "—"]
    assert row_of(page, "Наставники, начало") == ["0", "0", "—", "—"]
    assert not soup(page).select("section, svg[role=img]")


def test_a_question_of_fewer_than_five_is_not_numbered_to_the_district(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    enter(app, cast, *[{"satisfied": 9}] * 5, {"usefulness": 4})
    page = text_of(anna.get(f"/districts/{cast.district}/feedback"))
    assert "меньше 5 ответов: распределение не показываем" in page
    assert "1 ответ:" not in page


def test_years_are_apart_and_an_unknown_one_is_not_found(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    enter(app, cast, 9, 9, 9, 9, 9)
    at = f"/districts/{cast.district}/feedback"
    assert "поставили 5 из 5" in text_of(anna.get(f"{at}?cycle=2020"))
    assert anna.get(f"{at}?cycle=2031").status_code == 404


def test_the_short_address_leads_to_the_current_year(boris: PageClient, cast: Cast) -> None:
    answer = boris.get(f"/schools/{cast.boris_school}/feedback")
    assert (answer.status_code, answer.location) == (302, school_page(cast))


def test_a_curator_has_no_district_page(boris: PageClient, cast: Cast) -> None:
    assert boris.get(f"/districts/{cast.district}/feedback").status_code == 403


def test_older_entries_stand_on_further_pages(app: Flask, cast: Cast, boris: PageClient) -> None:
    ids = enter(app, cast, *[8] * 25)
    page = boris.get(school_page(cast))
    link = soup(page).find("a", string="Показать более ранние")
    assert link
    second = boris.get(str(link["href"]).split("#")[0])  # type: ignore[index]
    shown = [
        int(a["href"].rsplit("/", 1)[1])  # type: ignore[union-attr]
        for answer in (page, second)
        for a in soup(answer).select("tbody th a[href*='/feedback/']")
    ]
    assert shown == sorted(ids, reverse=True)


@pytest.mark.parametrize("more", [0, 30])
def test_the_district_page_costs_the_same_number_of_queries(
    app: Flask, cast: Cast, anna: PageClient, more: int
) -> None:
    with app.app_context(), writing():
        for index in range(more):
            db.session.add(School(district_id=cast.district, ordinal=50 + index, name=f"Ш{index}"))
    enter(app, cast, *[8] * (5 + more))
    with statements() as found:
        anna.get(f"/districts/{cast.district}/feedback")
    assert len(found) == 13


def test_more_answers_than_people_in_pairs_are_said_of_whom(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient
) -> None:
    enter(app, cast, 9, 9, 9, 9, 9)
    nobody = "Наставляемые, итог: ответов 5, а в парах и группах за учебный год никого нет"
    assert nobody in text_of(boris.get(school_page(cast)))
    with app.app_context(), writing():
        mentor = add_person(cast.boris_school, part=Part.MENTOR, grade=10)
        add_pair(cast.boris_school, mentor, [add_person(cast.boris_school)])
    for page in (boris.get(school_page(cast)), anna.get(f"/districts/{cast.district}/feedback")):
        text = text_of(page)
        assert "Наставляемые, итог: ответов 5, а в парах за учебный год 1" in text
        assert nobody not in text


def test_too_few_answers_are_not_told_by_their_excess(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient
) -> None:
    enter(app, cast, 9, 9, 9)
    assert "ответов 3, а в парах" in text_of(boris.get(school_page(cast)))
    assert "ответов 3" not in text_of(anna.get(f"/districts/{cast.district}/feedback"))


def test_a_page_shows_one_moment_the_last_with_answers_unless_asked(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    enter(app, cast, 9, 9, 9, 9, 9)
    shown = ".views [aria-current] b, .both h2"
    final = ["5", "Наставляемые, итог", "Наставники, итог"]
    for query in ("", "?moment=never"):
        page = soup(boris.get(school_page(cast) + query))
        assert [found.get_text() for found in page.select(shown)] == final
    page = soup(boris.get(f"{school_page(cast)}?moment=start"))
    assert [found.get_text() for found in page.select(shown)] == [
        "0", "Наставляемые, начало", "Наставники, начало",
    ]  # fmt: skip


def test_what_is_missing_stands_beside_the_table_until_all_have_answered(
    app: Flask, cast: Cast, boris: PageClient, galina: PageClient
) -> None:
    add_mentees(app, cast, 2)

    def lacking(client: PageClient) -> list[str]:
        page = soup(client.get(school_page(cast)))
        return [row.get_text().replace("\xa0", " ") for row in page.select(".left-out li")]

    assert lacking(galina) == [
        "2 анкет наставляемых и 1 анкеты наставников в начале работы.",
        "2 анкет наставляемых и 1 анкеты наставников в середине, для этапа VI.",
        "2 анкет наставляемых и 1 анкеты наставников итоговых, для этапа VII.",
        "Оценки программы куратором.",
    ]
    enter(app, cast, 9, 9, 9)
    assert lacking(boris)[2] == "1 анкеты наставников итоговых, для этапа VII."
    enter(app, cast, 9, part=Respondent.MENTOR)
    assert "Оценить, 9 вопросов" in lacking(boris)[-1]
    assert len(lacking(boris)) == 3
