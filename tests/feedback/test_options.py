"""Questions answered from a list: what is kept, summed, compared and given out."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from bs4 import Tag
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from nastav.access import Actor
from nastav.db import db, writing
from nastav.district.models import District, School
from nastav.feedback import operations as feedback
from nastav.feedback.catalogue import QuestionText
from nastav.feedback.models import Answer, Moment, QuestionKind, Questionnaire, Respondent
from nastav.feedback.rows import Sheet
from nastav.questionnaires.wording import operations, queries
from tests.feedback.sheets import DAY, enter, questionnaire, questions
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_person

FROM_WHOM, SUBJECTS = "От кого узнали?", "В чём помогли?"
SOURCES = ("от учителя", "от друзей", "с сайта школы")
HELP = ("учёба", "проект", "выбор профессии")


def ask(
    app: Flask,
    cast: Cast,
    moment: Moment = Moment.FINAL,
    *,
    sources: Sequence[str] = SOURCES,
    part: Respondent = Respondent.MENTEE,
) -> Questionnaire:
    """Let the district ask two questions with lists; return the new version."""
    with app.app_context(), writing():
        was = queries.text_of(questionnaire(cast, part, moment))
        kept = tuple(each for each in was.questions if each.key not in ("source", "help"))
        new = (
            QuestionText("source", QuestionKind.ONE, FROM_WHOM, options=tuple(sources)),
            QuestionText("help", QuestionKind.SEVERAL, SUBJECTS, options=HELP),
        )
        text = type(was)(was.part, was.moment, was.title, kept + new)
        district = db.session.get_one(District, cast.district)
        made = operations.reword(Actor.system(), district, text)
        assert made is not None
        return made


def page_of(cast: Cast) -> str:
    return f"/schools/{cast.boris_school}/2020/feedback"


def fields(app: Flask, cast: Cast) -> tuple[str, str]:
    asked = questions(app, cast)
    return f"q{asked['source'].id}", f"q{asked['help'].id}"


def kept(app: Flask) -> list[int | None]:
    with app.app_context():
        return list(db.session.scalars(select(Answer.value).order_by(Answer.question_id)))


def test_options_are_ticked_saved_and_shown_again(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    ask(app, cast)
    source, helped = fields(app, cast)
    new = f"{page_of(cast)}/new?part=mentee&moment=final"
    answer = boris.fill(new, answered_on="8.12", **{source: "4", helped: ["1", "4"]})
    assert answer.status_code == 303
    assert kept(app) == [4, 5]
    shown = text_of(boris.get(f"{page_of(cast)}/1"))
    assert "с сайта школы" in shown
    assert "учёба; выбор профессии" in shown
    ticked = soup(boris.get(f"{page_of(cast)}/1/edit")).select(f"[name={helped}][checked]")
    assert [box["value"] for box in ticked] == ["1", "4"]


def test_what_is_no_option_is_refused_and_what_was_ticked_stays(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    ask(app, cast)
    source, helped = fields(app, cast)
    new = f"{page_of(cast)}/new?part=mentee&moment=final"
    typed = {source: "3", helped: ["2", "64"]}
    answer = boris.fill(new, answered_on="8.12", **typed)
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "Отметьте вариант из списка или «нет ответа»." in shown
    assert "Отметьте варианты из списка." in shown
    assert kept(app) == []


@pytest.mark.parametrize("answer", [{"source": 3}, {"source": 8}, {"help": 8}, {"help": 0}])
def test_a_value_that_holds_no_such_options_is_not_saved(
    app: Flask, cast: Cast, answer: dict[str, int | str]
) -> None:
    ask(app, cast)
    with pytest.raises(ValueError, match="does not allow this answer"):
        enter(app, cast, answer)
    assert kept(app) == []


def test_each_option_is_counted_and_a_sum_above_the_answers_is_said(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    ask(app, cast)
    enter(app, cast, *[{"source": 1, "help": 7}] * 3, *[{"source": 2, "help": 1}] * 2)
    items = {
        item.h3.get_text(): item for item in soup(boris.get(page_of(cast))).select(".asked li")
    }
    assert chosen(items[FROM_WHOM]) == [
        "от учителя 3 (60,0 %)",
        "от друзей 2 (40,0 %)",
        "с сайта школы 0 (0,0 %)",
    ]
    assert chosen(items[SUBJECTS]) == [
        "учёба 5 (100,0 %)",
        "проект 3 (60,0 %)",
        "выбор профессии 3 (60,0 %)",
    ]
    assert "можно было выбрать несколько, всего выбрано 11" in items[SUBJECTS].get_text(" ")
    assert "доли в сумме больше 100" not in items[FROM_WHOM].get_text(" ")


def chosen(item: Tag) -> list[str]:
    """Return the options of a question with how often each was chosen."""
    return [" ".join(row.get_text(" ").split()) for row in item.select(".shares div")]


def test_options_of_four_answers_are_not_told(
    app: Flask, cast: Cast, boris: PageClient, anna: PageClient
) -> None:
    ask(app, cast)
    enter(app, cast, *[{"satisfied": 9, "source": 1}] * 4, {"satisfied": 9})
    for page in (page_of(cast), f"/districts/{cast.district}/feedback"):
        reader = boris if "schools" in page else anna
        assert "от друзей" not in text_of(reader.get(page))


def test_an_option_keeps_its_answers_when_the_list_is_changed(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    ask(app, cast)
    enter(app, cast, *[{"source": 4}] * 5, {"source": 2})  # с сайта школы, от друзей
    ask(app, cast, sources=("с сайта школы", "от родных"))
    enter(app, cast, {"source": 1}, {"source": 2})
    book = load_workbook(BytesIO(boris.get(f"{page_of(cast)}.xlsx").data))
    counted = {
        row[2]: row[3]
        for row in book["Варианты"].iter_rows(values_only=True)
        if row[1] == FROM_WHOM
    }
    assert counted == {"с сайта школы": 6, "от родных": 1, "от друзей": 1}


def test_start_and_end_tell_how_many_chose_the_same(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    first, last = ask(app, cast, Moment.START), ask(app, cast, sources=SOURCES[::-1])
    with app.app_context(), writing():
        actor = cast.actor("boris")
        school = db.session.get_one(School, actor.school_id)
        for number in range(5):
            person = add_person(cast.boris_school).id
            for asked, mark in ((first, 1), (last, 4 if number < 3 else 1)):
                own = questionnaire(cast, Respondent.MENTEE, asked.moment)
                ids = {each.key: each.id for each in own.questions}
                sheet = Sheet(DAY, {ids["source"]: mark}, None, person)
                feedback.save_response(actor, school, 2020, own, sheet)
    rows = soup(boris.get(page_of(cast))).find(
        "caption", string="Наставляемые: изменился ли ответ из списка"
    )
    assert rows is not None
    cells = [cell.get_text() for cell in rows.find_parent("table").select("tbody td")]
    assert cells == ["5", "3", "2"]
