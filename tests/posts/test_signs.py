"""No control sign is stored: taken out at the door, of forms, of file names, of pastes and workbooks."""

from flask import Flask
from sqlalchemy import select

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.intake import reader
from nastav.signs import readable
from tests.posts.conftest import Scene
from tests.posts.scene import Body, Ready
from tests.posts.test_fuzz import routes
from tests.posts.variants import changed, is_text
from tests.support.cast import Cast
from tests.support.pages import PageClient

MARK = "а\0-"  # how a text of `changed` begins, with a NUL in it


def test_no_field_of_any_form_stores_a_nul(scene: Scene) -> None:
    outcomes = [sent_with_nul(scene.prepare(name)) for name in routes(scene)]
    assert [outcome for outcome in outcomes if outcome] == []


def sent_with_nul(ready: Ready) -> str:
    """Post a form with a NUL in every text; return what is wrong, "" for nothing."""
    body = changed(ready, "а")
    texts = [name for name in body if is_text(ready.form, name)]
    status = ready.send({**body, **{name: with_nul(body, name) for name in texts}}).status_code
    if status >= 400:
        return f"{ready.endpoint}: {status}"
    return f"{ready.endpoint}: stored" if ready.scene.has_bytes(MARK.encode()) else ""


def with_nul(body: Body, name: str) -> str:
    value = body[name]
    text = str((value or [""])[0]) if isinstance(value, list) else str(value)
    return text.replace("а-", MARK) if "а-" in text else f"{text[:1]}\0{text[1:]}"


def test_words_are_kept_apart_and_lines_and_columns_too() -> None:
    assert readable("раз\x0bдва\x0cтри") == "раз два три"
    assert readable("а\tб\r\nв") == "а\tб\r\nв"
    assert readable("\0\x01\x1f\x7f\ud800\ufffeа") == "а"


def test_a_workbook_is_read_without_them() -> None:
    contents = {"sheets": [{"name": "Лист\0", "rows": [[1, ["Пт\0ицына"]]], "is_cut": False,
                        "is_hidden": False, "hidden": []}]}  # fmt: skip
    sheet = reader.as_file("xlsx", contents).sheets[0]
    assert (sheet.name, sheet.rows) == ("Лист", ((1, ("Птицына",)),))


def test_a_refused_address_is_told_without_them(app: Flask, cast: Cast, galina: PageClient) -> None:
    address = f"/schools/{cast.boris_school}/2020/pairs/1/plan/lines/a%00b"
    assert galina.send(address).status_code == 403
    with app.app_context():
        subjects = db.session.scalars(select(AuditEntry.subject)).all()
    assert any("plan/lines" in text for text in subjects)
    assert not any("\0" in text for text in subjects)
