"""Papers of the district: the report's figures, the reminder's words, no child; page = document."""

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from flask import Flask

from nastav.db import db, writing
from nastav.district import queries as districts
from nastav.district.models import District
from nastav.execution.queries import execution
from nastav.rollup import board as boards
from nastav.rollup import queries as rollup
from nastav.rollup import reminders
from tests.conftest import ClientOf
from tests.execution.conftest import district  # noqa: F401 - a fixture
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup
from tests.support.registers import CANARIES

ADDRESS = "/districts/1/papers"
ORDER = f"{ADDRESS}/results"
DAY = date(2020, 12, 9)

pytestmark = pytest.mark.usefixtures("district")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


def words(content: bytes) -> list[str]:
    return [each.text for each in docx.Document(BytesIO(content)).paragraphs if each.text.strip()]


def test_order_has_plan_fact_and_stages_of_each_school(app: Flask, anna: PageClient) -> None:
    rows = [
        [plain(cell.get_text()) for cell in row.select("th, td")]
        for row in soup(anna.get(ORDER)).select(".word tr")
    ]
    with app.app_context():
        own = db.session.get_one(District, 1)
        found = execution(own, DAY)
        cycle = districts.current_cycle(1, DAY)
        assert cycle
        board = rollup.board(1, cycle, DAY)
    head, *schools, total = rows
    assert head[-2:] == ["Этапов принято", "Просрочено"]
    assert [row[0] for row in schools] == [each.name for each in found.coverage.schools]
    assert next(row[:5] for row in schools if row[0] == "СОШ №5") == [
        "СОШ №5",
        "44",
        "40",
        "90,9 %",
        "−4",
    ]
    assert [row[5:] for row in schools] == [
        [f"{row.count('accepted')} из 7", str(row.count("overdue"))] for row in board.rows
    ]
    assert total[5:] == [str(board.count("accepted")), str(board.count("overdue"))]
    assert sum(int(row[6]) for row in schools) == int(total[6]) > 0


def test_letter_says_what_the_reminder_says(app: Flask, anna: PageClient) -> None:
    with app.app_context():
        own = db.session.get_one(District, 1)
        cycle = districts.current_cycle(1, DAY)
        assert cycle
        late = boards.overdue(rollup.board(1, cycle, DAY))
        said = {row.school_id: reminders.to_school(row, own, DAY) for row in late}
    assert said
    links = [link["href"] for link in soup(anna.get(ADDRESS)).select("#letters a, table a")]
    assert links == [f"{ADDRESS}/letters/{key}" for key in said]
    for key in list(said)[:2]:
        paper = words(anna.get(f"{ADDRESS}/letters/{key}.docx").data)
        whole = plain(" ".join(paper))
        for paragraph in said[key].split("\n\n")[:-1]:
            for line in paragraph.split("\n"):
                assert plain(line) in whole
        page = plain(soup(anna.get(f"{ADDRESS}/letters/{key}")).get_text(" "))
        for each in paper:
            assert plain(each.replace("\t", " ")) in page


def test_page_and_document_of_the_order_are_one(anna: PageClient) -> None:
    page = plain(soup(anna.get(ORDER)).get_text(" "))
    content = anna.get(f"{ORDER}.docx")
    for each in words(content.data):
        assert plain(each.replace("\t", " ")) in page
    assert "{" not in page
    assert content.headers["Content-Disposition"].startswith(
        'attachment; filename="prikaz-itogi-2020-12-09.docx"'
    )
    assert anna.get(f"{ORDER}.docx").data == content.data


def test_a_past_day_is_kept_by_links_and_a_day_to_come_is_refused(anna: PageClient) -> None:
    page = soup(anna.get(f"{ADDRESS}?on=01.12.2020"))
    assert f"{ORDER}?on=01.12.2020" in [link["href"] for link in page.select("a[href]")]
    assert "на 1 декабря 2020 г." in plain(soup(anna.get(f"{ORDER}?on=01.12.2020")).get_text(" "))
    for address in (ADDRESS, ORDER, f"{ORDER}.docx", f"{ADDRESS}/letters/1"):
        refused = anna.get(f"{address}?on=25.12.2020")
        assert refused.status_code == 422
        assert "Дата ещё не наступила" in refused.get_data(as_text=True)


def test_no_letter_to_who_is_not_behind_or_not_ours(app: Flask, anna: PageClient) -> None:
    assert anna.get(f"{ADDRESS}/letters/99999").status_code == 404
    with app.app_context(), writing():
        db.session.execute(db.text("update stage set due = '2021-08-01'"))
        db.session.execute(db.text("update school_stage set fix_by = '2021-08-01'"))
    assert anna.get(f"{ADDRESS}/letters/1").status_code == 404
    assert "Писать некому" in anna.get(ADDRESS).get_data(as_text=True)


def test_observer_reads_curator_does_not(client_of: ClientOf, cast: Cast) -> None:
    assert client_of("gleb").get(ADDRESS).status_code == 200
    assert client_of("gleb").get(f"{ORDER}.docx").status_code == 200
    assert client_of("boris").get(ADDRESS).status_code == 403


def test_no_child_is_named(anna: PageClient) -> None:
    for address in (ADDRESS, ORDER):
        assert not [name for name in CANARIES if name in anna.get(address).get_data(as_text=True)]
