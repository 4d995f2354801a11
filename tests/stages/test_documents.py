"""Documents: adding, mending, removing, last year's, and who may take a file."""

import io
from datetime import date
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle, District
from nastav.orders.loader import load
from nastav.stages.models import Evidence, EvidenceFile, StageState
from nastav.stages.operations import load_stages
from tests.stages.stand import DONE, PDF, Stand
from tests.support.pages import PageClient, soup, text_of

NEW = "/activities/1/documents/new"
NAME = "Список Ландышевой.pdf"


def attach(
    client: PageClient, url: str, content: bytes = PDF, name: str = NAME, **fields: object
) -> object:
    data = {"kind": "Список", "file": (io.BytesIO(content), name), **fields}
    return client.send(url, data, content_type="multipart/form-data")


def document_id(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Evidence.id).order_by(Evidence.id.desc())).first() or 0


def test_a_document_by_its_details_is_added_once(stand: Stand, boris: PageClient) -> None:
    page = boris.get(stand.url(1, NEW))
    for _ in range(2):
        answer = boris.fill(page, NEW, kind="Положение", number="7", dated="1.10")
        assert answer.location == stand.url(1, "#activity-1")
    assert stand.count(Evidence) == 1
    assert "Положение № 7 от 01.10.2020" in text_of(boris.get(stand.url(1)))
    assert stand.state(1) is StageState.IN_PROGRESS


def test_a_refused_file_keeps_the_details(stand: Stand, boris: PageClient) -> None:
    answer = attach(boris, stand.url(1, NEW), b"PK\x03\x04broken", number="145")
    assert answer.status_code == 422
    page = soup(answer)
    assert "защищён паролем или повреждён" in text_of(answer)
    assert page.select_one("[name=number]")["value"] == "145"
    assert stand.count(Evidence) == 0


def test_the_quota_of_the_school_is_kept(app: Flask, stand: Stand, boris: PageClient) -> None:
    app.config["SCHOOL_FILES_MB"] = 0
    answer = attach(boris, stand.url(1, NEW))
    assert answer.status_code == 422
    assert "Место для файлов школы закончилось" in text_of(answer)


def test_a_file_too_large_for_the_server_is_413(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2000
    answer = attach(boris, stand.url(1, NEW), PDF + bytes(2000))
    assert answer.status_code == 413
    assert "10 МБ" in text_of(answer)


def test_a_file_is_given_out_harmlessly(app: Flask, stand: Stand, boris: PageClient) -> None:
    attach(boris, stand.url(2, NEW))
    link = soup(boris.get(stand.url(2))).select_one("a[href$='/file']")
    answer = boris.get(str(link["href"]))
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith(f'attachment; filename="document-{document_id(app)}.pdf"')
    assert disposition.endswith(f"filename*=UTF-8''{quote(NAME, safe='')}")
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry).filter_by(event="document:downloaded")).one()
        assert "Ландыш" not in entry.subject


@pytest.mark.parametrize(
    ("ordinal", "marked", "status"), [(1, False, 200), (2, False, 403), (2, True, 200)]
)
def test_the_district_opens_files_of_stage_one_and_those_without_names(
    app: Flask,
    stand: Stand,
    boris: PageClient,
    anna: PageClient,
    gleb: PageClient,
    galina: PageClient,
    ordinal: int,
    marked: bool,
    status: int,
) -> None:
    attach(boris, stand.url(ordinal, NEW), **({"no_names": "y"} if marked else {}))
    file = stand.url(ordinal, f"/documents/{document_id(app)}/file")
    assert [client.get(file).status_code for client in (anna, gleb)] == [status, status]
    assert galina.get(file).status_code == 200
    for rest in ("", "/history", "/print"):
        assert ("Ландыш" in text_of(anna.get(stand.url(ordinal, rest)))) == (
            status == 200 and not rest
        )


def test_a_file_of_another_school_is_not_found(
    app: Flask, stand: Stand, boris: PageClient, vera: PageClient
) -> None:
    attach(boris, stand.url(1, NEW))
    rest = f"/documents/{document_id(app)}"
    assert vera.get(stand.url(1, rest + "/file")).status_code == 404
    own = stand.url(1, rest, school=stand.cast.vera_school)
    assert vera.get(own + "/file").status_code == 404
    assert vera.send(own + "/remove", {"version": 1}).status_code == 404
    assert boris.get(stand.url(2, rest + "/file")).status_code == 404


def test_a_document_is_mended_and_its_file_replaced(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    attach(boris, stand.url(1, NEW))
    url = stand.url(1, f"/documents/{document_id(app)}")
    boris.fill(url, url, number="146")
    assert boris.get(url + "/file").data == PDF
    longer = PDF + b"\n%more"
    boris.fill(url, url, file=(io.BytesIO(longer), "новый.pdf"))
    assert boris.get(url + "/file").data == longer
    assert (stand.count(Evidence), stand.count(EvidenceFile)) == (1, 1)


def test_a_stale_document_shows_what_is_saved_and_keeps_what_was_typed(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    boris.send(stand.url(1, NEW), {"kind": "Приказ"})
    url = stand.url(1, f"/documents/{document_id(app)}")
    stale = boris.get(url)
    boris.fill(url, url, number="146")
    answer = boris.fill(stale, url, number="147")
    assert answer.status_code == 409
    assert "Приказ № 146" in text_of(answer)
    assert boris.fill(answer, url).status_code == 303
    assert stand.sheet(1).activities[0].documents[0].number == "147"


def test_a_removed_document_loses_its_file_and_stays_in_the_history(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    attach(boris, stand.url(1, NEW), number="12")
    url = stand.url(1, f"/documents/{document_id(app)}")
    assert boris.fill(url, "/remove").status_code == 303
    assert boris.get(url).status_code == 404
    assert (stand.count(Evidence), stand.count(EvidenceFile)) == (1, 0)
    assert "Список № 12" in text_of(boris.get(stand.url(1, "/history")))


def test_the_last_proof_of_a_done_activity_cannot_be_removed(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    boris.fill(stand.url(1, "/activities/1/edit"), "/edit", **DONE)
    answer = boris.fill(stand.url(1, f"/documents/{document_id(app)}"), "/remove")
    assert answer.status_code == 422
    assert "единственное подтверждение" in text_of(answer)
    assert len(stand.sheet(1).activities[0].documents) == 1


def test_last_years_details_are_taken_over_without_files(
    app: Flask, stand: Stand, boris: PageClient
) -> None:
    attach(boris, stand.url(1, NEW), number="145", dated="12.10.2020", no_names="y")
    with app.app_context(), writing():
        district = db.session.scalars(select(District)).one()
        cycle = Cycle(district_id=district.id, first_year=2021)
        db.session.add(cycle)
        db.session.flush()
        load_stages(cycle, load())
    stand.year = 2021
    assert "Взять из прошлого года" not in text_of(boris.get(stand.url(1, NEW.replace("1", "2"))))
    page = boris.get(stand.url(1, NEW))
    assert boris.fill(page, "/last-year").status_code == 422
    ticked = str(document_id(app))
    taken = [boris.fill(page, "/last-year", document=ticked) for _ in range(2)]
    assert [answer.status_code for answer in taken] == [303, 303]
    (found,) = stand.sheet(1).activities[0].documents
    assert (found.kind, found.number, found.dated) == ("Список", "145", date(2020, 10, 12))
    assert not found.has_file
    assert not found.no_names
