"""The coordinator's pages of templates: sent, refused by name, looked at, put in use, put back."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.blanks import queries
from nastav.blanks.models import Blank, BlankFile
from nastav.db import db
from nastav.papers.catalogue import KINDS
from tests.support.blanks import good, in_part, lined, texts, texts_at
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of

BODY = "word/document.xml"


@pytest.fixture(autouse=True)
def our_text(tmp_path: Path) -> Iterator[None]:
    with texts_at(tmp_path):
        yield


def at(cast: Cast, more: str = "/team") -> str:
    return f"/districts/{cast.district}/settings/papers{more}"


def send(client: PageClient, cast: Cast, content: bytes, name: str = "бланк.docx") -> TestResponse:
    return client.fill(at(cast), "/papers/team", file=(BytesIO(content), name))


def introduced(client: PageClient, cast: Cast, content: bytes) -> str:
    """Send a template and put it in use; return its page."""
    page = send(client, cast, content).location
    assert client.fill(page, "/introduce").status_code == 303
    return page


def in_use(app: Flask, cast: Cast) -> tuple[int | None, bytes] | None:
    with app.app_context():
        row = queries.in_use(cast.district, "team")
        return (row.number, queries.content(row.id)) if row else None


def test_our_own_template_is_given_and_taken_back_as_it_is(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    ours = anna.get(at(cast, "/team/ours.docx"))
    assert "{школа_кратко}" in texts(ours.data)
    page = send(anna, cast, ours.data)
    assert page.status_code == 303
    shown = text_of(anna.get(page.location))
    assert "МБОУ СОШ № 5" in shown
    assert "Мельник Ирину Сергеевну, заместителя директора" in shown
    assert "{" not in shown
    assert [row.select_one("th").text for row in soup(anna.get(page.location)).select("tbody tr")] == [
        "1", "2", "3",
    ]  # fmt: skip
    assert in_use(app, cast) is None, "looked at, not yet put in use"


def test_put_in_use_it_has_a_number_and_its_bytes(app: Flask, cast: Cast, anna: PageClient) -> None:
    content = lined("Наш район.")
    page = introduced(anna, cast, content)
    assert in_use(app, cast) == (1, content)
    board = text_of(anna.get(at(cast, "")))
    assert "Свой, редакция 1" in board
    example = anna.get(f"{page}/example.docx")
    assert "Наш район." in texts(example.data)
    assert "{" not in "".join(texts(example.data))
    assert anna.get(f"{page}/blank.docx").data == content


def test_former_ones_and_ours_are_put_back(app: Flask, cast: Cast, anna: PageClient) -> None:
    first, second = lined("Первый."), lined("Второй.")
    old = introduced(anna, cast, first)
    introduced(anna, cast, second)
    assert in_use(app, cast) == (2, second)
    anna.fill(at(cast), f"{old}/introduce")
    assert in_use(app, cast) == (1, first), "it keeps its number"
    anna.fill(at(cast), "/ours")
    assert in_use(app, cast) is None
    anna.fill(at(cast), f"{old}/introduce")
    assert in_use(app, cast) == (1, first)
    with app.app_context():
        rows = db.session.scalars(select(AuditEntry).where(AuditEntry.event.like("blank:%")))
        events = [row.event for row in rows]
    assert events.count("blank:introduced") == 4
    assert events.count("blank:withdrawn") == 1


def test_a_fault_is_said_beside_the_field_and_nothing_is_kept(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    answer = send(anna, cast, in_part(BODY, "{срок_1}", "{срок_I}"))
    assert answer.status_code == 422
    assert "{срок_I} (латинская буква I): может быть, {срок_1}?" in text_of(answer)
    with app.app_context():
        assert not db.session.scalar(select(Blank.id))


def test_several_faults_are_a_list(cast: Cast, anna: PageClient) -> None:
    answer = send(anna, cast, in_part(BODY, "{директор}", "{директорр}"))
    assert answer.status_code == 422
    assert [line.text for line in soup(answer).select("#faults li")] == [
        "Таблица 1, строка 1: {директорр}: может быть, {директор}?",
        "Нет поля {директор}: без этого бумага не полна.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Файл пустой"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 WordDocument", "(.doc)"),
    ],
)
def test_what_is_no_docx_is_refused(
    cast: Cast, anna: PageClient, content: bytes, sentence: str
) -> None:
    answer = send(anna, cast, content)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_without_a_file_one_is_asked_for(cast: Cast, anna: PageClient) -> None:
    answer = anna.fill(at(cast), "/papers/team")
    assert answer.status_code == 422
    assert "Выберите файл бланка" in text_of(answer)


def test_sent_twice_it_is_one_and_the_one_tried_before_goes(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    first = send(anna, cast, lined("Раз.")).location
    assert send(anna, cast, lined("Раз.")).location == first
    looked_at = anna.get(first)
    send(anna, cast, lined("Два."))
    late = anna.fill(looked_at, "/introduce")
    assert late.status_code in (404, 409), "another tab has sent a newer one: it was not looked at"
    assert in_use(app, cast) is None
    with app.app_context():
        assert len(list(db.session.scalars(select(Blank.id)))) == 1
        assert len(list(db.session.scalars(select(BlankFile.blank_id)))) == 1


def test_introduced_twice_it_is_one_decision(app: Flask, cast: Cast, anna: PageClient) -> None:
    page = anna.get(send(anna, cast, good()).location)
    for _ in range(2):
        assert anna.fill(page, "/introduce").status_code == 303
    with app.app_context():
        rows = db.session.scalars(select(AuditEntry).filter_by(event="blank:introduced"))
        assert len(list(rows)) == 1


def test_of_two_tabs_the_second_is_told(app: Flask, cast: Cast, anna: PageClient) -> None:
    old = introduced(anna, cast, lined("Первый."))
    late = anna.get(at(cast))
    introduced(anna, cast, lined("Второй."))
    assert anna.fill(late, "/ours").status_code == 409
    number, _ = in_use(app, cast) or (None, b"")
    assert number == 2
    page = anna.get(old)
    anna.fill(at(cast), "/ours")
    assert anna.fill(page, "/introduce").status_code == 409


def test_one_whose_fields_are_others_by_now_is_not_put_back(
    app: Flask, cast: Cast, anna: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade took a field away that a former template of the district holds."""
    old = introduced(anna, cast, lined("{куратор_кого}"))
    anna.fill(at(cast), "/ours")
    page = anna.get(old)
    fewer: dict[str, Any] = {**KINDS["team"].fields}
    fewer.pop("куратор_кого")
    monkeypatch.setitem(vars(KINDS["team"]), "fields", fewer)
    answer = anna.fill(page, "/introduce")
    assert answer.status_code == 422
    assert "{куратор_кого}" in text_of(answer)
    assert anna.get(f"{old}/example.docx").status_code == 409
    assert in_use(app, cast) is None


def test_only_the_coordinator_sees_and_changes_them(
    cast: Cast, anna: PageClient, gleb: PageClient, boris: PageClient, galina: PageClient
) -> None:
    page = send(anna, cast, good()).location
    for client in (gleb, boris, galina):
        assert client.get(at(cast, "")).status_code == 403
        assert client.get(page).status_code == 403
        assert client.send(f"{page}/introduce").status_code == 403


def test_a_kind_that_has_no_text_or_is_none_is_not_there(cast: Cast, anna: PageClient) -> None:
    assert anna.get(at(cast, "/pairs")).status_code == 404
    assert anna.get(at(cast, "/нет")).status_code == 404
    assert anna.get(at(cast, "/team/999")).status_code == 404
    assert "Приказ о рабочей группе и кураторе" in text_of(anna.get(at(cast, "")))


def test_each_download_is_in_the_journal(app: Flask, cast: Cast, anna: PageClient) -> None:
    page = send(anna, cast, good()).location
    for address in (at(cast, "/team/ours.docx"), f"{page}/example.docx", f"{page}/blank.docx"):
        anna.get(address)
    with app.app_context():
        rows = db.session.scalars(select(AuditEntry).filter_by(event="export:downloaded"))
        names = [row.subject for row in rows]
    assert names == [
        "prikaz-gruppa-obrazec.docx",
        "prikaz-gruppa-primer.docx",
        "prikaz-gruppa-blank-0.docx",
    ]
