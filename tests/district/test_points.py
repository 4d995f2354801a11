"""Слова приказа: pasted once, cut into points, printed wherever the order speaks."""

from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.district import queries
from nastav.district.points.rules import cut
from tests.conftest import ClientOf
from tests.support.pages import PageClient, soup, text_of

PAGE = "/districts/1/settings/order"
EXECUTION = "/districts/1/execution"
# invented words in the shape of an order
ORDER = """Управление образования
приказываю:
1. Утвердить:
1.1. План охвата обучающихся (приложение 1).
1.2 Этапы работы школ
(приложение 2).
2. Руководителям школ:
2.1. Создать условия:
1) назначить кураторов;
2) обменяться опытом.
2.3. Решить о каждой паре.
3. Контроль оставляю за собой.
4. Приказ вступает в силу со дня подписания.
"""


def paste(
    client: PageClient, text: str, page: str | TestResponse = PAGE, **more: str
) -> TestResponse:
    return client.fill(page, "settings/order", text=text, **more)


def words(app: Flask) -> dict[str, str]:
    with app.app_context():
        return queries.order_words(1)


def test_points_are_cut_where_their_numbers_go_on() -> None:
    assert cut(ORDER).points == {
        "1.1": "План охвата обучающихся (приложение 1).",
        "1.2": "Этапы работы школ\n(приложение 2).",
        "2.1": "Создать условия:\n1) назначить кураторов;\n2) обменяться опытом.",
        "2.3": "Решить о каждой паре.",
        "3": "Контроль оставляю за собой.",
    }
    assert cut(ORDER).missing == ["1.3", "1.4", "2.2"]
    inside = cut("2.1. Создать условия:\n1. куратор;\n2. опыт.\n2.2. Вовлечь.").points
    assert inside == {"2.1": "Создать условия:\n1. куратор;\n2. опыт.", "2.2": "Вовлечь."}


def test_a_preview_keeps_nothing(app: Flask, anna: PageClient) -> None:
    before = words(app)
    answer = paste(anna, ORDER)
    assert answer.status_code == 200
    page = text_of(answer)
    assert "Найдено: 5 пунктов. Ещё не сохранено" in page.replace("\xa0", " ")
    assert "В тексте нет пунктов 1.3, 1.4 и 2.2" in page
    typed = soup(answer).select_one("textarea")
    assert typed
    assert "приказываю:" in typed.get_text()
    assert words(app) == before


def test_saved_words_stand_in_the_execution_and_its_workbook(app: Flask, anna: PageClient) -> None:
    assert paste(anna, ORDER, save="1").location == PAGE
    page = soup(anna.get(EXECUTION))
    cells = {
        row.th.get_text(): row.td.get_text()
        for row in page.select("#points tbody tr")
        if row.th and row.td
    }
    assert cells["2.1"] == "Создать условия:\n1) назначить кураторов;\n2) обменяться опытом."
    assert cells["2.2"].startswith("Вовлечённость наставляемых")  # the short words of the file
    book = load_workbook(BytesIO(anna.get(f"{EXECUTION}.xlsx").data)).worksheets[0]
    assert cells["2.1"] in [cell.value for cell in book["B"]]
    assert cells["1.3"].startswith("Рабочая группа района")
    with app.app_context():
        (noted,) = db.session.query(AuditEntry).filter_by(event="order:worded")
        assert noted.subject == "№ 428, пункты 1.1, 1.2, 2.1, 2.3 и 3"
    assert paste(anna, ORDER, save="1").status_code == 303
    assert "изменений нет" in text_of(anna.get(PAGE))
    shorter = ORDER.replace("2.3. Решить о каждой паре.\n", "")
    paste(anna, shorter, save="1")
    assert (
        words(app)["2.3"] == "анализ работы пар и решение: продолжить в новом цикле или завершить"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "Вставьте текст приказа."),
        ("Просто текст\nбез номеров", "Пункты приказа не найдены."),
        ("1.1. Текст \ufffc и картинка", "В тексте есть картинка"),
        ("1.1. data:image/png;base64,AAAA", "В тексте есть картинка"),
        (
            "1.1. " + "Слово " * 17_000,
            "знаков, а нужен только сам приказ: не больше 30 000.",
        ),  # 40 pages
        ("1.1. " + "я" * 4001, "Пункт 1.1. Слишком длинно: 4 001 знак"),
    ],
)
def test_what_is_no_order_is_refused_whole(
    app: Flask, anna: PageClient, text: str, sentence: str
) -> None:
    paste(anna, ORDER, save="1")
    before = words(app)
    answer = paste(anna, text, save="1")
    assert answer.status_code == 422
    assert sentence in text_of(answer).replace("\xa0", " ")
    assert words(app) == before


def test_a_stale_page_is_told_and_can_be_sent_again(app: Flask, anna: PageClient) -> None:
    opened = anna.get(PAGE)
    paste(anna, "3. Контроль.", save="1")
    late = paste(anna, ORDER, opened, save="1")
    assert late.status_code == 409
    assert "1.1" not in words(app)
    assert paste(anna, ORDER, late, save="1").status_code == 303
    assert "1.1" in words(app)


def test_only_the_coordinator_edits(client_of: ClientOf) -> None:
    for login in ("gleb", "boris", "galina"):
        assert client_of(login).get(PAGE).status_code == 403
    assert client_of("anna").get(PAGE.replace("/1/", "/2/")).status_code == 404
