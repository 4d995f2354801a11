"""Documents with files at a browser: the links, and what was cut out of a photo."""

import pytest
from flask import Flask

from tests.browser.conftest import Visit
from tests.photos.shots import CLIP, SHOTS, jpg
from tests.stages.stand import Stand
from tests.stages.test_documents import NEW, attach, document_id
from tests.support.cast import Cast
from tests.support.pages import PageClient

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1366, 360])
def test_the_words_about_a_photo_stand_beside_it(
    app: Flask, cast: Cast, boris: PageClient, visit: Visit, width: int
) -> None:
    stage = Stand(app, cast)
    attach(boris, stage.url(1, NEW), SHOTS["all that GPS can say"](), "двор.jpg", number="12")
    attach(boris, stage.url(1, NEW), jpg(tail=CLIP), "клип.jpg")
    visitor = visit("boris", width=width)
    visitor.open(stage.url(1))
    found = visitor.page.locator(".documents li").all_inner_texts()
    assert ["Координаты места съёмки удалены" in text for text in found] == [True, False]
    assert "Видео и служебные данные" in found[1]
    visitor.open(stage.url(1, f"/documents/{document_id(app)}"))
