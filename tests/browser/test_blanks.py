"""The coordinator replaces a template of a paper in at most six clicks, with scripts and without."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.support.blanks import in_part, lined, texts_at

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def our_text(tmp_path: Path) -> Iterator[None]:
    with texts_at(tmp_path):
        yield


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "бланк.docx"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("js", [True, False])
def test_j18_a_template_is_replaced(visit: Visit, tmp_path: Path, js: bool) -> None:
    anna = visit("anna", js=js)
    anna.open("/districts/1")
    anna.press("Настройки")
    anna.press("Бланки бумаг")
    anna.press("Приказ о рабочей группе и кураторе")
    anna.clicks += 1  # the button of the file
    anna.page.set_input_files("input[type=file]", kept(tmp_path, lined("Наш район.")))
    anna.press("Проверить и посмотреть")
    assert "Наш район." in anna.text()
    assert "Мельник Ирину Сергеевну" in anna.text()
    anna.press("Ввести")
    assert anna.clicks <= 6
    assert "Сейчас школы печатают по бланку района, редакция 1" in anna.text()


def test_a_refused_template_is_named_and_mended(visit: Visit, tmp_path: Path) -> None:
    anna = visit("anna", width=360, height=700)
    anna.open("/districts/1/settings/papers/team")
    spoiled = in_part("word/document.xml", "{срок_1}", "{срок_I}")
    anna.page.set_input_files("input[type=file]", kept(tmp_path, spoiled))
    anna.press("Проверить и посмотреть")
    assert "{срок_I} (латинская буква I): может быть, {срок_1}?" in anna.text()
    anna.page.set_input_files("input[type=file]", kept(tmp_path, lined("Верно.")))
    anna.press("Проверить и посмотреть")
    anna.press("Ввести")
    anna.press("Вернуть образец сайта")
    assert "Сейчас школы печатают по образцу сайта" in anna.text()
    anna.page.go_back()
    anna.settle()
    assert anna.page.locator("h1").count() == 1
