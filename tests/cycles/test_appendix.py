"""Слова приложения 2: a table pasted from Word words a school year, whole or not at all."""

from datetime import date

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.cycles.wording.appendix import deadline, read
from nastav.db import db
from nastav.stages.models import Activity, Stage
from tests.conftest import ClientOf
from tests.posts.recipes import appendix
from tests.support.pages import PageClient, soup, text_of

PAGE = "/districts/1/settings/wording/2020/appendix"
STAGE = "/schools/4/2020/stages/1"  # СОШ №5
ONE = [
    ("Подготовка", "до 30 ноября", ["Положение о работе", "План"]),
    ("База", "до 6 декабря", ["Сбор"]),
]


def told(text: str) -> list[tuple[str, str, list[str]]]:
    return [(stage.title, stage.due, stage.activities) for stage in read(text)]


@pytest.mark.parametrize(
    "text",
    [
        # a column of stages, merged cells empty, two activities in one cell
        'Этап\tМероприятия\tСроки\nI. Подготовка\t"1. Положение\nо работе\n2. План"\tдо 30 ноября\n'
        "II. База\t1) Сбор\tдо 6 декабря",
        "Подготовка\tПоложение о работе\tдо 30 ноября\n\tПлан\t\nБаза\tСбор\tдо 6 декабря",
        # a row above its activities
        "№ п/п\tСодержание мероприятия\tСрок исполнения\tОтветственный\n"
        "I. Подготовка\t\tдо 30 ноября\t\n1.\tПоложение о работе\t\tдиректор\n2.\tПлан\t\t\n"
        "Этап II. База\t\tдо 6 декабря\t\n1.\tСбор\t\tкуратор",
        "I\tПодготовка\tдо 30 ноября\n1\tПоложение о работе\t\n2\tПлан\t\n"
        "II\tБаза\tдо 6 декабря\n1\tСбор\t",
        # the order numbers its last stage «6.»
        "I. Подготовка\t\tдо 30 ноября\n1.1.\tПоложение о работе\t\n1.2.\tПлан\t\n"
        "6. База\t\tдо 6 декабря\n6.1.\tСбор\t",
    ],
)
def test_a_table_is_read_in_the_shapes_that_orders_have(text: str) -> None:
    assert told(text) == ONE


@pytest.mark.parametrize(
    ("words", "day", "problem"),
    [
        ("до 6 декабря", date(2020, 12, 6), ""),
        ("до 25 мая 2021 (согласно периоду)", date(2021, 5, 25), ""),
        ("10.12.2020", date(2020, 12, 10), ""),
        ("до 31 ноября", None, "31.11.2020 не существует"),
        ("25 мая 2020", None, "2020 год — другой учебный год"),
        ("постоянно", None, "дня в сроке нет"),
    ],
)
def test_a_deadline_is_a_day_of_the_school_year(words: str, day: date | None, problem: str) -> None:
    found = deadline(words, 2020)
    assert (found.day, found.problem) == (day, problem)


def paste(
    client: PageClient, text: str, page: str | TestResponse = PAGE, **more: str
) -> TestResponse:
    return client.fill(page, "appendix", pasted=text, **more)


def stage(app: Flask, ordinal: int = 1) -> Stage:
    with app.app_context():
        return db.session.query(Stage).filter_by(cycle_id=1, ordinal=ordinal).one()


def test_a_preview_says_what_changes_and_keeps_nothing(app: Flask, anna: PageClient) -> None:
    before = stage(app).title
    answer = paste(anna, appendix())
    page = text_of(answer).replace("\xa0", " ")
    assert answer.status_code == 200
    assert "Изменится: 7 текстов. Ещё не сохранено" in page  # seven titles; the rest is the order's
    assert "Этап I, «до 31 ноября»: 31.11.2020 не существует, срок остаётся 30.11.2020." in page
    assert f"{before}, этап школы" in page
    assert stage(app).title == before


def test_saved_words_are_what_schools_read(app: Flask, anna: PageClient, boris: PageClient) -> None:
    text = appendix().replace("до 6 декабря", "до 5 декабря")
    paste(anna, text, save="1")
    assert f"{stage(app).title}" in text_of(boris.get(STAGE))
    assert stage(app).title.endswith("этап школы")
    second = stage(app, 2)
    assert (second.printed_due, second.due) == ("до 5 декабря", date(2020, 12, 6))  # words alone
    paste(anna, text, save="1", with_dues="y")
    assert stage(app, 2).due == date(2020, 12, 5)
    assert stage(app).due == date(2020, 11, 30)
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(event="deadline:moved").count() == 1
        assert db.session.query(AuditEntry).filter_by(event="stage:reworded").count() == 8
        keys = [key for (key,) in db.session.query(Activity.key).order_by(Activity.id).limit(3)]
    assert keys == ["regulations", "informing", "school_team"]


def many(text: str) -> str:
    return text + "\nЕщё этап\tЕщё мероприятие\t"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Таблица этапов не найдена."),
        ("Просто текст", "Таблица этапов не найдена."),
        (many(appendix()), "В таблице 8 этапов, а в учебном году их 7"),
        (
            appendix().replace("\n\tДорожная карта внедрения модели\t", ""),
            "Этап I: в таблице 4 мероприятия, на сайте 5.",
        ),
        (appendix().replace("Дорожная карта", "к" * 600), "Этап I, мероприятие 5. Слишком длинно"),
        (appendix() + "\ufffc", "В таблице есть картинка"),
        ("слово\t" * 6000, "знаков, а таблица этапов — не больше 30 000"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_whole(
    app: Flask, anna: PageClient, text: str, sentence: str
) -> None:
    before = stage(app).title
    answer = paste(anna, text, save="1")
    assert answer.status_code == 422
    assert sentence in text_of(answer).replace("\xa0", " ")
    typed = soup(answer).select_one("textarea")
    assert typed
    assert typed.get_text().strip() == text.strip()
    assert stage(app).title == before


def test_a_stale_page_and_rights(app: Flask, anna: PageClient, client_of: ClientOf) -> None:
    opened = anna.get(PAGE)
    anna.fill(
        "/districts/1/settings/wording/2020/7", "settings/wording", title="Конец", reason="Письмо"
    )
    late = paste(anna, appendix(), opened, save="1")
    assert late.status_code == 409
    assert stage(app, 7).title == "Конец"
    assert not stage(app).title.endswith("этап школы")
    assert paste(anna, appendix(), late, save="1").status_code == 303
    assert stage(app, 7).title.endswith("этап школы")
    for login in ("gleb", "boris"):
        assert client_of(login).get(PAGE).status_code == 403
