"""A photo among the documents: the place is cut out, and the page says so beside the file."""

import io

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.db import db
from nastav.photos.cleaning import REMOVED
from nastav.stages.models import Evidence, EvidenceFile
from nastav.uploads import BROKEN_PHOTO
from tests.photos.shots import CLIP, SHOTS, jpg, picture
from tests.photos.test_place import cleared, places_in
from tests.stages.stand import Stand
from tests.stages.test_documents import NEW, attach, document_id
from tests.support.pages import PageClient, soup, text_of

PLACE = "Координаты места съёмки удалены"
SHOT = SHOTS["all that GPS can say"]()


def stored(app: Flask) -> bytes:
    with app.app_context():
        return db.session.scalars(select(EvidenceFile.content)).one()


@pytest.mark.parametrize("name", ["all that GPS can say", "PNG, XMP"])
def test_a_photo_is_kept_without_its_place_and_the_page_says_so(
    app: Flask, stand: Stand, boris: PageClient, anna: PageClient, name: str
) -> None:
    ending = "png" if name.startswith("PNG") else "jpg"
    attach(boris, stand.url(1, NEW), SHOTS[name](), f"двор.{ending}")
    kept = stored(app)
    assert kept == cleared(SHOTS[name]())[0]
    assert places_in(kept) == []
    page = boris.get(stand.url(1))
    assert f"Документ добавлен, файл приложен: Список. {PLACE}." in text_of(page)
    assert PLACE in soup(page).select_one(".documents").text
    assert PLACE in soup(anna.get(stand.url(1))).select_one(".documents").text
    url = stand.url(1, f"/documents/{document_id(app)}")
    assert boris.get(url + "/file").data == kept
    assert PLACE.lower() in text_of(boris.get(url))


def test_the_words_are_those_of_the_file_that_lies_there(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    attach(boris, stand.url(1, NEW), SHOT, "двор.jpg")
    url = stand.url(1, f"/documents/{document_id(app)}")
    boris.fill(url, url, number="7")
    assert PLACE in soup(boris.get(stand.url(1))).select_one(".documents").text
    boris.fill(url, url, file=(io.BytesIO(jpg(tail=CLIP)), "клип.jpg"))
    shown = soup(boris.get(stand.url(1))).select_one(".documents").text
    assert REMOVED["tail"] in shown
    assert PLACE not in shown
    boris.fill(url, url, file=(io.BytesIO(picture("JPEG")), "чистый.jpg"))
    assert "удалены" not in soup(boris.get(stand.url(1))).select_one(".documents").text


def test_a_broken_photo_keeps_what_was_typed_and_says_how_to_mend_it(
    stand: Stand, boris: PageClient
) -> None:
    answer = attach(boris, stand.url(1, NEW), SHOT[:90], "двор.jpg", number="145")
    assert answer.status_code == 422
    assert BROKEN_PHOTO in text_of(answer)
    assert soup(answer).select_one("[name=number]")["value"] == "145"
    assert stand.count(Evidence) == 0
