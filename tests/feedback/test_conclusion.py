"""The district's page: one line that leads, contents of what is shown, a chart for each question."""

import pytest
from flask import Flask

from nastav.feedback.models import Moment, Respondent
from tests.feedback.sheets import enter, marked
from tests.feedback.test_pages import add_mentees
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup


@pytest.fixture
def page_of(cast: Cast) -> str:
    return f"/districts/{cast.district}/feedback"


def said(client: PageClient, page: str) -> str:
    found = soup(client.get(page)).select(".conclusion, .conclusion + .note")
    return " ".join(" ".join(part.get_text() for part in found).split())


def test_the_end_leads_with_how_many_are_satisfied(
    app: Flask, cast: Cast, anna: PageClient, page_of: str
) -> None:
    enter(app, cast, *[{"satisfied": mark, "usefulness": 4} for mark in (6, 7, 7, 10, 10)])
    enter(app, cast, 9, 9, 9, 9, 9, 3, part=Respondent.MENTOR)
    enter(app, cast, *[marked(app, cast, Moment.START)] * 6, moment=Moment.START)
    add_mentees(app, cast, 8)
    text = said(anna, page_of)
    assert text.startswith(
        "9 из 11 ответивших довольны совместной работой (81,8 %): поставили 7 и больше из 10. "
        "Ответили: наставляемые — 5 из 8, наставники — 6 из 1."
    )
    assert "Чаще всего ставили от 1 до 5 на вопрос" in text
    assert text.endswith(": 5 из 5.")


def test_before_the_end_it_leads_with_how_many_answered(
    app: Flask, cast: Cast, anna: PageClient, page_of: str
) -> None:
    enter(app, cast, *[marked(app, cast, Moment.START)] * 6, moment=Moment.START)
    add_mentees(app, cast, 8)
    assert said(anna, page_of).startswith(
        "6 из 8 участников ответили в начале работы (75,0 %). Ответили: наставляемые — 6 из 8."
    )


def test_fewer_than_five_stand_in_no_sum(
    app: Flask, cast: Cast, anna: PageClient, page_of: str
) -> None:
    enter(app, cast, *[marked(app, cast, Moment.START)] * 5, moment=Moment.START)
    mentor = marked(app, cast, Moment.START, Respondent.MENTOR, mark=1)
    enter(app, cast, *[mentor] * 4, moment=Moment.START, part=Respondent.MENTOR)
    enter(app, cast, 9, 9)  # the end has begun, too few to be told
    text = said(anna, page_of)
    assert text == "5 ответов в начале работы. Ответили: наставляемые — 5."
    assert not soup(anna.get(f"{page_of}?cycle=2020")).select(".contents a[href='#mentor-start']")


def test_too_few_of_everything_have_no_conclusion(
    app: Flask, cast: Cast, anna: PageClient, page_of: str
) -> None:
    enter(app, cast, 9, 9)
    assert said(anna, page_of) == ""


def test_contents_lead_to_what_is_there_and_each_question_has_a_chart(
    app: Flask, cast: Cast, anna: PageClient, page_of: str
) -> None:
    marks = {"satisfied": 9, "usefulness": 8, "wants_to_continue": 1}
    enter(app, cast, *[marks] * 5)
    page = soup(anna.get(page_of))
    links = [str(link["href"])[1:] for link in page.select(".contents a")]
    assert links == ["mentee-final", "levels"]
    assert all(page.find(id=place) for place in links)
    answered = [item for item in page.select(".asked li") if "не показываем" not in item.get_text()]
    assert len(answered) == 3
    assert all(item.select("svg.share, .units svg") for item in answered)
