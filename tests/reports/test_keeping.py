"""Kept reports: the same bytes and figures for ever, and what the same day gives now."""

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import select

from nastav.archive.models import KeptReport, KeptReportFile
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle, District
from nastav.pairs.models import PairMember
from nastav.people.models import Part, Participation, Person, RegisterNumber
from nastav.plan.models import PlanTarget, PlanYear
from nastav.stages.models import Activity, Stage
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.registers import CANARIES

PAGE = "/districts/1/reports"
DAY = "09.12.2020"


def keep(client: PageClient, title: str = "Итоги года", on: str = DAY, token: str = "") -> str:
    """Keep a report as the page's form does; return the address it leads to."""
    form = {"title": title, "on": on, "once_token": token or f"token-{title}"}
    answer = client.send(PAGE, form)
    assert answer.status_code == 303
    return str(answer.location)


def words(client: PageClient, address: str) -> str:
    return text_of(client.get(address)).replace("\xa0", " ")


def text_of_cell(cell: Tag) -> str:
    return cell.get_text(" ", strip=True).replace("\xa0", " ")


def compared(client: PageClient, address: str) -> dict[str, list[str]]:
    """Return figure → was, now, why; of the figures that moved."""
    rows = soup(client.get(address)).select(".compare tbody tr")
    cells = [[text_of_cell(cell) for cell in row.find_all(["th", "td"])] for row in rows]
    return {row[0]: row[1:] for row in cells}


@pytest.fixture
def mentee(app: Flask, cast: Cast, district: None) -> tuple[int, int]:
    """Return the line and the number in the register of one of the forty."""
    with app.app_context():
        numbered = (
            db.session.query(Participation.id, RegisterNumber.number)
            .join(RegisterNumber, RegisterNumber.person_id == Participation.person_id)
            .filter(
                Participation.school_id == cast.boris_school,
                RegisterNumber.school_id == cast.boris_school,
                Participation.part == Part.MENTEE,
                Participation.joined < date(2020, 12, 1),
            )
            .order_by(Participation.id.desc())
        )
        # the last one is in no pair
        line_id, number = numbered.all()[1]
    return line_id, number


@pytest.mark.usefixtures("district")
def test_a_kept_report_is_listed_and_downloaded_as_it_was(
    app: Flask, anna: PageClient, client_of: ClientOf
) -> None:
    address = keep(anna)
    row = soup(anna.get(PAGE)).select_one("table tbody tr")
    assert row is not None
    assert (
        row.get_text(" ", strip=True)
        .replace("\xa0", " ")
        .startswith("09.12.2020 Итоги года Анна Андреева")
    )
    assert "40 из 286" in row.get_text(" ", strip=True).replace("\xa0", " ")
    first = anna.get(f"{address}.xlsx").data
    with app.app_context(), writing():  # whatever happens later
        db.session.query(Participation).filter(Participation.part == Part.MENTEE).update(
            {"is_mistake": True}
        )
        db.session.get_one(District, 1).coordinator = "Другая Анна Ивановна"
    again = client_of("gleb").get(f"{address}.xlsx")
    assert again.data == first
    assert sha256(first).hexdigest() in words(anna, address)
    assert "Изменений нет" not in words(anna, address)
    with app.app_context():
        events = [entry.event for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert events.count("report:kept") == 1
    assert events.count("export:downloaded") == 2


@pytest.mark.usefixtures("district")
def test_a_second_press_keeps_no_second_report(app: Flask, anna: PageClient) -> None:
    keep(anna, token="same")
    assert keep(anna, token="same") == PAGE
    with app.app_context():
        assert db.session.query(KeptReport).count() == 1


@pytest.mark.parametrize(
    ("title", "on", "sentence"),
    [
        ("", DAY, "Назовите отчёт"),
        ("я" * 201, DAY, "200"),
        ("Итоги", "31.02.2020", "31.02.2020 не существует"),
        ("Итоги", "22.09.2020", "Приказ издан 23.09.2020"),
        ("Итоги", "10.12.2020", "Дата ещё не наступила"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_half_kept(
    app: Flask, anna: PageClient, title: str, on: str, sentence: str
) -> None:
    answer = anna.send(PAGE, {"title": title, "on": on, "once_token": "t"})
    assert answer.status_code == 422
    assert sentence in text_of(answer).replace("\xa0", " ")
    with app.app_context():
        assert db.session.query(KeptReport).count() == 0
        assert db.session.query(KeptReportFile).count() == 0


@pytest.mark.usefixtures("district")
def test_a_spoiled_file_is_not_given(app: Flask, anna: PageClient) -> None:
    address = keep(anna)
    with app.app_context(), writing():
        file = db.session.query(KeptReportFile).one()
        file.content = file.content[:-1] + b"?"
    answer = anna.get(f"{address}.xlsx")
    assert answer.status_code == 409
    assert "контрольная сумма не та, что записана при сохранении. Он не выдан" in text_of(answer)
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(event="export:downloaded").count() == 0


@pytest.mark.usefixtures("district")
def test_rights(anna: PageClient, client_of: ClientOf) -> None:
    address = keep(anna)
    gleb, boris = client_of("gleb"), client_of("boris")
    assert gleb.get(address).status_code == 200
    assert not soup(gleb.get(PAGE)).select("#keep")
    form = {"title": "Чужой", "on": DAY, "once_token": "t"}
    assert gleb.send(PAGE, form).status_code == 403
    assert boris.get(address).status_code == boris.get(f"{address}.xlsx").status_code == 403
    assert anna.get(f"{PAGE}/99").status_code == anna.get(f"{PAGE}/99.xlsx").status_code == 404


def test_what_moved_is_told_by_register_number(
    app: Flask, anna: PageClient, mentee: tuple[int, int]
) -> None:
    address = keep(anna)
    assert "Изменений нет" in words(anna, address)
    line_id, number = mentee
    with app.app_context(), writing():
        db.session.get_one(Participation, line_id).is_mistake = True
    moved = compared(anna, address)
    assert moved["СОШ №5, наставляемых"] == [
        "40", "39", f"данные; № {number} вычеркнут как внесённый по ошибке",
    ]  # fmt: skip
    assert moved["Охват, 2020 год: охвачено наставляемых"] == ["40", "39", "данные; из-за СОШ №5"]
    page = words(anna, address)
    assert "чисел из" in page
    assert "изменились правила" not in page
    assert not [name for name in CANARIES if name in page]


def test_who_left_is_told_with_the_day(
    app: Flask, anna: PageClient, mentee: tuple[int, int]
) -> None:
    address = keep(anna)
    line_id, number = mentee
    with app.app_context(), writing():
        line = db.session.get_one(Participation, line_id)
        line.left = line.joined - timedelta(days=1)  # before the pair: nothing is left to count
    assert compared(anna, address)["СОШ №5, наставляемых"][2].startswith(
        f"данные; № {number} выбыл"
    )


def test_a_merged_card_is_followed(app: Flask, anna: PageClient, mentee: tuple[int, int]) -> None:
    """The child is counted once before and after: nobody is named."""
    address = keep(anna)
    line_id, _ = mentee
    with app.app_context(), writing():
        line = db.session.get_one(Participation, line_id)
        old = db.session.get_one(Person, line.person_id)
        values: dict[str, Any] = {
            name: getattr(old, name)
            for name in ("district_id", "kind", "surname", "given_name", "search_key", "sort_key")
        }
        new = Person(**values)
        db.session.add(new)
        db.session.flush()
        old.merged_into_id = new.id
        db.session.query(Participation).filter_by(person_id=old.id).update({"person_id": new.id})
        for table in (RegisterNumber, PairMember):
            rows = select(table).where(table.person_id == old.id)
            for row in db.session.scalars(rows):
                row.person_id = new.id
    page = words(anna, address)
    assert "Изменений нет" in page
    assert "состав другой" not in page


@pytest.mark.usefixtures("district")
def test_changed_rules_are_told_apart_from_data(app: Flask, anna: PageClient) -> None:
    address = keep(anna)
    with app.app_context(), writing():
        db.session.get_one(District, 1).mentor_grade_from = 11
    page = words(anna, address)
    assert "После сохранения изменились правила и настройки счёта" in page
    why = compared(anna, address)["СОШ №5, наставников (обучающихся)"]
    assert why[:2] == ["1", "0"]
    assert why[2].startswith("правила")


def test_the_list_says_what_changed_once_it_is_asked(
    app: Flask, anna: PageClient, mentee: tuple[int, int]
) -> None:
    """The rules stand in the list; figures cost a whole report, so a row is asked for alone."""
    address = keep(anna)

    def cell() -> Tag:
        found = soup(anna.get(PAGE)).select_one("td[data-label='С тех пор']")
        assert found
        return found

    def since() -> str:
        link = cell().select_one("a")
        assert link
        assert link["href"] == link["hx-get"] == address
        answer = anna.get(address, headers={"HX-Request": "true"})
        assert not soup(answer).select("h1, table")
        return text_of(answer).replace("\xa0", " ").strip()

    assert text_of_cell(cell()) == "сравнить с сегодня"
    assert since() == "без изменений"
    with app.app_context(), writing():
        db.session.get_one(Participation, mentee[0]).is_mistake = True
    moved = len(compared(anna, address)) - 1  # the last row is of the others
    assert since() == f"с тех пор изменилось {moved} цифр"
    with app.app_context(), writing():
        db.session.get_one(District, 1).mentor_grade_from = 11
    assert text_of_cell(cell()) == "правила счёта изменились, сравнить с сегодня"
    assert since().startswith("правила счёта изменились, с тех пор измени")


def test_a_first_day_without_plan_or_school_year_is_kept_and_compared(
    app: Flask, anna: PageClient
) -> None:
    with app.app_context(), writing():
        for model in (PlanTarget, PlanYear, Activity, Stage, Cycle):
            db.session.query(model).delete()
    address = keep(anna)
    assert "Изменений нет" in words(anna, address)
    assert anna.get(f"{address}.xlsx").status_code == 200
    assert "— из —" in words(anna, PAGE)
