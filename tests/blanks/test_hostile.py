"""Hostile templates through the page that takes them: a sentence that mends, and nothing kept."""

import io
import random
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx.document import Document
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.blanks.models import Blank, BlankFile
from nastav.db import db
from nastav.intake import apart
from nastav.papers import child, inspection
from nastav.papers.inspection import LARGEST, SENTENCES
from tests.papers.test_inspection import BODY, FAULTS, RELS, TYPES, in_body, linked, paragraph, row
from tests.support.blanks import good, in_part, repacked, texts_at, typed
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.spoiled_blanks import braces_in, mangled

BAD_CHILD = "tests.support.bad_child"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE a [<!ENTITY l0 "ха">{LAUGHS}]>'
STRANGE, BROKEN = SENTENCES["bomb"], SENTENCES["broken"]


@pytest.fixture(autouse=True)
def our_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(apart, "PATIENCE", 0.1)  # nobody else has a turn here
    with texts_at(tmp_path):
        yield


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check in this process what a child checks: one for each file would take a minute."""

    def answer(_module: str, arguments: list[str], content: bytes) -> dict[str, list[str]]:
        return child.answer(arguments[0], content)

    monkeypatch.setattr(apart, "answer", answer)


def at(cast: Cast, more: str = "/team") -> str:
    return f"/districts/{cast.district}/settings/papers{more}"


def send(
    client: PageClient, cast: Cast, token: str, content: bytes, name: str = "бланк.docx"
) -> TestResponse:
    """Post a file as the page's form does, in a body of our own: the client's is left open if large."""
    name = name.replace('"', "%22").replace("\r\n", "%0D%0A")
    head = 'Content-Disposition: form-data; name="'
    parts = (
        f'{head}csrf_token"\r\n\r\n{token}'.encode(),
        f'{head}file"; filename="{name}"\r\n\r\n'.encode() + content,
    )
    body = b"".join(b"--hostile\r\n" + part + b"\r\n" for part in parts) + b"--hostile--\r\n"
    return client.post(at(cast), data=body, content_type="multipart/form-data; boundary=hostile")


def kept(app: Flask) -> tuple[int, int, int]:
    """Return how many templates, files of them and entries of the journal about them there are."""
    sent = select(func.count()).where(AuditEntry.event == "blank:sent")
    counts = select(func.count(Blank.id)), select(func.count(BlankFile.blank_id)), sent
    with app.app_context():
        one, two, three = (db.session.scalar(count) or 0 for count in counts)
    return one, two, three


def named(answer: TestResponse) -> list[str]:
    """Return the faults beside the field, and in the list below it."""
    page = soup(answer)
    found = [tag.get_text(" ", strip=True) for tag in page.select("#faults li, #file-error")]
    assert found
    return found


# --- each fault that the inspection names -----------------------------------------------------------


def test_each_planted_fault_is_named_on_the_page_and_nothing_is_kept(
    app: Flask, cast: Cast, anna: PageClient, here: None
) -> None:
    token, silent = anna.token(), []
    anna.checks = False  # the same page as in the tests beside these
    for name, (make, sentence) in FAULTS.items():
        answer = send(anna, cast, token, make())
        assert answer.status_code == 422, name
        if sentence not in text_of(answer):
            silent.append(name)
        assert soup(answer).select_one("form[enctype] input[type=file]"), "it can be sent again"
    assert silent == []
    assert kept(app) == (0, 0, 0)


# --- the archive ------------------------------------------------------------------------------------


def with_part(name: str, part: bytes = b"<a/>") -> Callable[[], bytes]:
    return lambda: repacked(good(), more={name: part})


def doubled() -> bytes:
    """Return an archive in which a part stands twice under the very same name."""
    with zipfile.ZipFile(io.BytesIO(good())) as found:
        part = found.read(BODY)
    made = io.BytesIO(good())
    with (
        zipfile.ZipFile(made, "a") as written,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        written.writestr(BODY, part)
    return made.getvalue()


def lying() -> bytes:
    """Return an archive that declares a part to be a thousandth of what it unpacks to."""
    part = b" " * 60_000_000
    content = bytearray(repacked(good(), more={"word/a.xml": part}))
    size, small = len(part).to_bytes(4, "little"), (60_000).to_bytes(4, "little")
    return bytes(content.replace(size, small))


def encoded(encoding: str) -> bytes:
    """Return the good template whose settings come with entities in an encoding that hides them."""
    text = f"<?xml version='1.0' encoding='{encoding}'?>{BOMB}<a>&l9;</a>"
    return repacked(good(), more={"word/laughs.xml": text.encode(encoding)})


def in_header(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = "{школа_крат}"


ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a name that leads out": (with_part("../../evil.xml"), STRANGE),
    "a name from the root": (with_part("/etc/evil.xml"), STRANGE),
    "a name of Windows": (with_part("word\\..\\..\\evil.xml"), STRANGE),
    "a drive": (with_part("C:evil.bin"), STRANGE),
    "a part twice": (doubled, STRANGE),
    "zeros": (with_part("word/media/a.png", b"\0" * 19_000_000), STRANGE),
    "a size that lies": (lying, BROKEN),
    "laughs": (lambda: in_part(BODY, "<w:document ", f"{BOMB}<w:document "), STRANGE),
    "laughs in relations": (
        lambda: in_part(RELS, "<Relationships ", f"{BOMB}<Relationships "),
        STRANGE,
    ),
    "laughs in types": (lambda: in_part(TYPES, "<Types ", f"{BOMB}<Types "), STRANGE),
    "laughs in UTF-16": (lambda: encoded("utf-16"), STRANGE),
    "laughs in UTF-7": (lambda: encoded("utf-7"), STRANGE),
    "a DTD of another site": (
        lambda: in_part(BODY, "<w:document ", '<!DOCTYPE a SYSTEM "http://a.ru/a"><w:document '),
        STRANGE,
    ),
    "a relation that leads out": (
        lambda: linked("image", "../../../../etc/passwd", outside=False),
        BROKEN,
    ),
    "three thousand floors": (
        lambda: in_body("<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000),
        BROKEN,
    ),
    "half of it": (lambda: good()[: len(good()) // 2], BROKEN),
    "its end lost": (lambda: good()[:-30], BROKEN),
    "a name too long": (lambda: typed(paragraph(f"{{{'а' * 20_000}}}")), "такого поля нет"),
    "a list too long": (lambda: row("{группа.имя}", f"{{{'ы' * 20_000}.а}}"), "два списка"),
    "an object too long": (
        with_part(f"word/embeddings/{'a' * 60_000}.bin", b"\0"),
        "Встроенный объект",
    ),
    "in a header": (lambda: typed(in_header), "Верхний колонтитул: {школа_крат}: может быть,"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_that_is_meant_to_harm_is_refused(
    app: Flask, cast: Cast, anna: PageClient, here: None, name: str
) -> None:
    make, sentence = ARCHIVES[name]
    answer = send(anna, cast, anna.token(), make())
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert all(len(fault) < 400 for fault in named(answer)), "a sentence, not a file"
    assert kept(app) == (0, 0, 0)


# --- how large, how empty, what else ----------------------------------------------------------------


def padded(size: int) -> bytes:
    """Return a right template of exactly so many bytes."""
    made = io.BytesIO()
    noise = random.Random(1).randbytes(size - len(good()) - 400)
    with (
        zipfile.ZipFile(io.BytesIO(good())) as found,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in found.namelist():
            written.writestr(name, found.read(name))
        written.writestr("word/media/a.png", noise, zipfile.ZIP_STORED)
        written.comment = b"-" * (size - made.tell() - _tail(written))
    assert len(made.getvalue()) == size
    return made.getvalue()


def _tail(written: zipfile.ZipFile) -> int:
    """Return how long the list at an archive's end will be."""
    return 22 + sum(46 + len(entry.filename.encode()) for entry in written.infolist())


def test_a_megabyte_is_taken_and_one_byte_more_is_not(
    app: Flask, cast: Cast, anna: PageClient, here: None
) -> None:
    answer = send(anna, cast, anna.token(), padded(LARGEST + 1))
    assert answer.status_code == 422
    assert SENTENCES["large"] in text_of(answer)
    assert kept(app) == (0, 0, 0)
    assert send(anna, cast, anna.token(), padded(LARGEST)).status_code == 303
    assert kept(app) == (1, 1, 1)


def test_what_is_no_file_is_asked_for(app: Flask, cast: Cast, anna: PageClient) -> None:
    for file in ("бланк.docx", "", "PK\x03\x04"):
        answer = anna.send(at(cast), {"file": file})
        assert answer.status_code == 422
        assert "Выберите файл бланка" in text_of(answer)
    nameless = send(anna, cast, anna.token(), good(), name="")
    assert nameless.status_code == 422
    assert kept(app) == (0, 0, 0)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b.docx", 'a"b\r\nX: y.exe', "я" * 900])
def test_a_name_is_nothing_to_us(
    cast: Cast, anna: PageClient, here: None, name: str, app: Flask
) -> None:
    page = send(anna, cast, anna.token(), good(), name=name).location
    file = anna.get(f"{page}/blank.docx")
    assert file.headers["Content-Disposition"].startswith(
        'attachment; filename="prikaz-gruppa-blank-0.docx"'
    )
    assert kept(app) == (1, 1, 1)


def mangled_over_http(
    app: Flask, cast: Cast, anna: PageClient, times: int, seed: int
) -> tuple[int, list[str]]:
    """Send so many mangled templates; return how many were taken, and what is wrong with any."""
    chance, token, taken, wrong = random.Random(seed), anna.token(), 0, []
    for number in range(times):
        before = kept(app)
        answer = send(anna, cast, token, mangled(good(), chance))
        if answer.status_code == 422:
            if kept(app) != before:
                wrong.append(f"{number}: refused and kept")
            continue
        if answer.status_code != 303:
            wrong.append(f"{number}: {answer.status_code}")
            continue
        taken += 1
        shown = anna.get(answer.location)
        example = anna.get(f"{answer.location}/example.docx")
        if (shown.status_code, example.status_code) != (200, 200) or braces_in(example.data):
            wrong.append(f"{number}: taken, and cannot be filled")
    return taken, wrong


def test_no_mangled_template_is_an_error_or_taken_with_a_leftover(
    app: Flask, cast: Cast, anna: PageClient, here: None
) -> None:
    anna.checks = False
    taken, wrong = mangled_over_http(app, cast, anna, 60, seed=9)
    assert wrong == []
    assert 0 < taken < 50


@pytest.mark.soak
def test_no_mangled_template_of_two_thousand_is(
    app: Flask, cast: Cast, anna: PageClient, here: None
) -> None:
    anna.checks = False
    taken, wrong = mangled_over_http(app, cast, anna, 2000, seed=428)
    print(f"mangled templates sent: 2000, taken {taken}, wrong {len(wrong)}")  # noqa: T201
    assert wrong == []
    assert 50 < taken < 1950


# --- the child --------------------------------------------------------------------------------------

MISDEEDS = {
    "hangs": "busy",
    "deaf": "busy",
    "dies": "bomb",
    "early": "bomb",
    "spins": "bomb",
    "eats": "bomb",
    "talks": "bomb",
    "says what is no JSON": "bomb",
    "says another thing": "bomb",
}


def _left_alive(threads: int) -> int:
    """Return how many threads there are once those that end by themselves have ended."""
    end = time.monotonic() + 20
    while threading.active_count() > threads and time.monotonic() < end:
        threading.Event().wait(0.02)
    return threading.active_count()


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_whatever_the_child_does_there_is_a_sentence_and_no_thread_is_stuck(
    app: Flask, cast: Cast, anna: PageClient, monkeypatch: pytest.MonkeyPatch, misdeed: str
) -> None:
    ours = apart.answer
    monkeypatch.setattr(apart, "answer", lambda *asked: ours(BAD_CHILD, [misdeed], asked[2]))
    monkeypatch.setattr(apart, "MOST", 1_000_000)
    if MISDEEDS[misdeed] == "busy":
        monkeypatch.setattr(apart, "SECONDS", 0.7)
    threads = threading.active_count()
    answer = send(anna, cast, anna.token(), padded(LARGEST))  # more than a pipe holds
    assert answer.status_code == 422
    assert SENTENCES[MISDEEDS[misdeed]] in text_of(answer)
    assert kept(app) == (0, 0, 0)
    assert _left_alive(threads) == threads
    turns = apart._turns._value, apart._places._value  # type: ignore[attr-defined]
    assert turns == (apart.AT_ONCE, apart.AT_ONCE + apart.WAITING)


def test_a_child_that_is_ended_leaves_nothing_on_the_disk(
    cast: Cast, anna: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = apart.answer
    monkeypatch.setattr(
        apart, "answer", lambda *asked: ours(BAD_CHILD, ["leaves a core"], asked[2])
    )
    assert "core (0, 0)" in text_of(send(anna, cast, anna.token(), good()))


def test_a_real_child_takes_the_good_and_refuses_the_bad(
    app: Flask, cast: Cast, anna: PageClient
) -> None:
    for make, sentence in (ARCHIVES["zeros"], ARCHIVES["laughs"], FAULTS["misspelt"]):
        answer = send(anna, cast, anna.token(), make())
        assert sentence in text_of(answer)
    assert send(anna, cast, anna.token(), good()).status_code == 303
    assert kept(app) == (1, 1, 1)


def test_too_many_at_once_are_told_to_wait(
    app: Flask, cast: Cast, anna: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_places", threading.BoundedSemaphore(1))
    with apart.turn():
        answer = send(anna, cast, anna.token(), good())
    assert answer.status_code == 422
    assert SENTENCES["busy"] in text_of(answer)
    assert inspection.SENTENCES["busy"].endswith("ещё раз.")
    assert kept(app) == (0, 0, 0)
