"""The district's board: who reads it, searching, taking off, counts, no names."""

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from tests.conftest import ClientOf
from tests.practices.conftest import TEXT, School, Write, practice
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import CANARIES, registers


def titles(client: PageClient, url: str) -> list[str]:
    return [link.get_text() for link in soup(client.get(url)).select("#practices th a")]


@pytest.mark.parametrize("login", ["boris", "vera", "galina", "anna", "gleb"])
def test_everybody_in_the_district_reads_the_board(
    client_of: ClientOf, school: School, write: Write, login: str
) -> None:
    write()
    client = client_of(login)
    assert titles(client, school.board) == [TEXT["title"]]
    page = client.get(f"{school.board}/1")
    assert TEXT["result"] in text_of(page)
    assert bool(soup(page).select("form[action$=take-off]")) is (login == "anna")


def test_a_school_enters_no_other_page_and_no_other_district(
    boris: PageClient, cast: Cast, school: School
) -> None:
    assert boris.get(f"/districts/{cast.district}/overdue").status_code == 403
    assert boris.get("/districts/987654/practices").status_code == 404
    assert boris.send(f"{school.board}/1/take-off", {"reason": "нет"}).status_code == 403


def test_the_board_is_searched_and_filtered(
    boris: PageClient, cast: Cast, school: School, write: Write
) -> None:
    write()
    write("vera", title="День на заводе", done="Экскурсия и разговор с мастером")
    board = school.board
    assert titles(boris, board) == ["День на заводе", TEXT["title"]]
    assert titles(boris, f"{board}?q=мастер") == ["День на заводе"]
    assert titles(boris, f"{board}?school={cast.boris_school}") == [TEXT["title"]]
    assert titles(boris, f"{board}?kind=987") == []
    part = boris.get(f"{board}?q=ЗАВОД", headers=HTMX)
    assert "<h1" not in part.text
    assert "Найдено: 1 практика" in text_of(part)


def test_schools_are_offered_as_the_order_has_them(
    boris: PageClient, school: School, write: Write
) -> None:
    write("vera")
    write()  # the later stands first on the board
    offered = soup(boris.get(school.board)).select("[name=school] option")
    assert [each.get_text() for each in offered] == ["все", "СОШ №2", "СОШ №5"]


def test_the_coordinator_takes_off_and_the_school_reads_why(
    app: Flask, anna: PageClient, boris: PageClient, school: School, write: Write
) -> None:
    at = f"{school.board}/{write()}"
    assert "Напишите причину" in text_of(anna.fill(at, "take-off"))
    stale = anna.get(at)
    assert anna.fill(at, "take-off", reason="Опишите результат подробнее.").status_code == 303
    assert anna.get(at).status_code == 404
    again = {"reason": "Ещё раз", "version": "2"}
    assert anna.fill(stale, "take-off", **again).status_code == 404
    for page in ("practices", "practices/1"):
        assert "Опишите результат подробнее." in text_of(boris.get(f"{school.url}/{page}"))
    assert boris.fill(f"{school.url}/practices/1", "publish").status_code == 303
    row = practice(app)
    assert row is not None
    assert (row.state, row.taken_off_reason) == ("published", "")


def test_a_practice_changed_meanwhile_is_not_taken_off_unread(
    app: Flask, anna: PageClient, boris: PageClient, school: School, write: Write
) -> None:
    at = f"{school.board}/{write()}"
    stale = anna.get(at)
    boris.fill(f"{school.url}/practices/1/edit", result="Подробно о результате")
    assert anna.fill(stale, "take-off", reason="Мало").status_code == 409
    assert practice(app).state == "published"  # type: ignore[union-attr]


def test_the_district_sees_counts_and_no_name(
    app: Flask, cast: Cast, client_of: ClientOf, boris: PageClient, school: School, write: Write
) -> None:
    with registers(app, cast) as own:
        mentors = [own.mentor(f"{surname} Пётр", grade=9) for surname in CANARIES]
    write()
    write(is_posted=False, title=f"Опыт {CANARIES[0]}а")
    boris.fill(
        f"{school.url}/2020/rewards/new",
        reason=f"За помощь {CANARIES[1]}",
        mentors=[str(mentor.person_id) for mentor in mentors],
    )
    for login in ("anna", "gleb"):
        page = client_of(login).get(school.board)
        row = next(row for row in soup(page).select("tbody tr") if "СОШ №5" in row.th.get_text())  # type: ignore[union-attr]
        rows = [row.get_text(" ", strip=True) for row in soup(page).select("tbody tr")]
        assert row
        assert "СОШ №5 1 3 —" in rows
        assert "Всего 1 3 0 из 13" in text_of(page)
        for surname in CANARIES:
            assert surname[:-1].lower() not in page.text.lower()
    assert "По школам" not in text_of(boris.get(school.board))


def test_the_journal_knows_numbers_only(
    app: Flask, anna: PageClient, boris: PageClient, school: School, write: Write
) -> None:
    at = f"{school.url}/practices/{write(is_posted=False, title='Опыт Канарейкина')}"
    boris.fill(f"{at}/edit", title="Опыт наставника")
    boris.fill(at, "publish")
    anna.fill(f"{school.board}/1", "take-off", reason="О Канарейкине")
    with app.app_context():
        rows = db.session.query(AuditEntry).filter(AuditEntry.event.startswith("practice:"))
        entries = [
            (entry.event, entry.subject, entry.changes) for entry in rows.order_by(AuditEntry.id)
        ]
    events = ["added", "changed", "published", "taken_off"]
    assert entries == [(f"practice:{event}", "практика № 1", None) for event in events]


def test_the_board_costs_the_same_for_any_number(
    anna: PageClient, school: School, write: Write
) -> None:
    def cost() -> int:
        with statements() as found:
            assert anna.get(school.board).status_code == 200
        return len(found)

    write()
    cost()
    few = cost()
    for number in range(30):
        write(title=f"Практика {number}")
    assert cost() == few
