"""The links at the top: sections, and the pages of the section shown."""

from bs4 import Tag
from werkzeug.test import TestResponse

from tests.support.cast import Cast
from tests.support.pages import PageClient, soup


def current(answer: TestResponse) -> list[str]:
    return [link.get_text() for link in soup(answer).select("nav [aria-current=page]")]


def pages(answer: TestResponse) -> list[Tag]:
    return soup(answer).select(".section-nav a")


def test_a_section_with_more_pages_shows_them(cast: Cast, boris: PageClient) -> None:
    answer = boris.get(f"/schools/{cast.boris_school}/mentors")
    assert [link.get_text() for link in pages(answer)][:2] == ["База наставников", "Обучение"]
    assert current(answer) == ["Наставники", "База наставников"]


def test_a_page_of_a_section_is_marked_with_the_section(cast: Cast, boris: PageClient) -> None:
    school = f"/schools/{cast.boris_school}"
    assert current(boris.get(f"{school}/2020/training")) == ["Наставники", "Обучение"]
    assert current(boris.get(f"{school}/mentors/criteria")) == ["Наставники", "Критерии отбора"]


def test_the_year_of_the_page_is_kept(cast: Cast, boris: PageClient) -> None:
    school = f"/schools/{cast.boris_school}"
    links = [str(link["href"]) for link in pages(boris.get(f"{school}/2020/training"))]
    assert f"{school}/2020/training" in links
    assert boris.get(f"{school}/training").location == f"{school}/2020/training"


def test_the_matrix_has_no_second_row(cast: Cast, anna: PageClient) -> None:
    answer = anna.get(f"/districts/{cast.district}/2020/stages")
    assert pages(answer) == []
    assert current(answer) == ["Сводка по этапам"]
