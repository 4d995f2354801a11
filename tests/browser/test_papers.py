"""quality.md#j15 to j17: the papers of stage I, one order on fourteen drafts, the papers of May."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from nastav import dates
from nastav.db import db, writing
from nastav.mentors.awards.models import AwardKind
from nastav.people.models import Part
from nastav.requisites.models import MemberCase, SchoolRequisites
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor
from tests.contents.schools import award, one_of_each
from tests.office import pdf_pages, pdf_text
from tests.paperwork.conftest import Desk
from tests.paperwork.test_thread import lines, orders
from tests.support.people import add_person

pytestmark = pytest.mark.browser
TYPED = {
    "full_name": "Муниципальное бюджетное общеобразовательное учреждение школа № 5",
    "short_name": "МБОУ СОШ № 5",
    "town": "ст-ца Калининская",
    "head_name": "Громова Галина Петровна",
    "name_whom": "Белова Бориса Ильича",
    "post_whom": "заместителя директора",
    "issuer_whom": "управления образования",
}
TEAM = "Приказ о рабочей группе и школьном кураторе"


def save_word(visitor: Visitor, button: str = "Скачать в Word") -> Path:
    """Press a button and return the file that came, under the name it was given."""
    with visitor.page.expect_download() as download:
        visitor.press(button)
    path = download.value.path()
    return path.rename(path.with_name(download.value.suggested_filename))


def type_numbers(visitor: Visitor, *numbers: str) -> None:
    """Type the numbers of the papers that wait, all of one day."""
    main = visitor.page.locator("main")
    for place, number in enumerate(numbers):
        main.get_by_role("textbox", name="№").nth(place).fill(number)
        main.get_by_role("textbox", name="Дата").nth(place).fill("8.12.2020")


def forget_requisites(app: Flask) -> None:
    """Let the school not have typed its requisites yet."""
    with app.app_context(), writing():
        db.session.query(MemberCase).delete()
        db.session.query(SchoolRequisites).delete()


def field(visitor: Visitor, name: str) -> Locator:
    """Return the first field of a name in the page itself."""
    return visitor.page.locator("main").get_by_role("textbox", name=name).first


@pytest.mark.parametrize("js", [True, False])
def test_j16_one_order_begins_fourteen_drafts(
    visit: Visit,
    app: Flask,
    desk: Desk,
    js: bool,
) -> None:
    boris = visit("boris", js=js)
    boris.open(f"/schools/{desk.school}/2020/stages/5")
    boris.press("Сделать бумагу")
    boris.press("Сделать приказ о закреплении пар")
    assert save_word(boris).name == "prikaz-pary-2020-12-09.docx"
    field(boris, "№").fill("87")
    field(boris, "Дата").fill("9.12")
    boris.press("Сохранить номер и дату")
    assert boris.clicks <= 5
    expect(boris.page.locator("main")).to_contain_text("1 документ этапа")
    given = ("87", date(2020, 12, 9), "active")
    assert orders(app) == dict.fromkeys(desk.pairs, given)


@pytest.mark.parametrize("js", [True, False])
def test_j15_stage_one_from_requisites_to_six_lines(
    visit: Visit,
    app: Flask,
    desk: Desk,
    js: bool,
) -> None:
    forget_requisites(app)
    boris = visit("boris", js=js)
    boris.open(f"/schools/{desk.school}/2020/papers")
    for paper in ("приказ о внедрении", "приказ о рабочей группе"):
        boris.click(boris.page.get_by_label(f"Отметить: {paper}"))
    boris.press("Сделать отмеченные")
    expect(boris.page.locator("h1")).to_have_text("Чего не хватает для бумаг")
    for name, text in TYPED.items():
        boris.page.locator(f"[name={name}]").fill(text)
    boris.press("Сохранить и продолжить")
    boris.press("Сделать отмеченные")
    with zipfile.ZipFile(save_word(boris, "Скачать отмеченные в Word")) as archive:
        assert len(archive.namelist()) == 6
    boris.press("Номера и даты")
    type_numbers(boris, "1", "2")
    boris.press("Сохранить", exact=True)
    assert boris.clicks <= 8
    assert sorted((key, number) for key, _, number, _ in lines(app)) == [
        ("goals_and_forms", "1"),
        *[("regulations", "1")] * 3,
        ("roadmap", "1"),
        ("school_team", "2"),
    ]


@pytest.mark.parametrize("js", [True, False])
def test_j17_the_papers_of_may(visit: Visit, app: Flask, desk: Desk, js: bool) -> None:
    with app.app_context(), writing():
        one_of_each(desk.school)
        mentor = add_person(desk.school, part=Part.MENTOR)
        for _ in range(7):
            award(desk.school, mentor, AwardKind.DIPLOMA)
    dates.configure(app.config["ZONE"], date(2021, 5, 24))
    boris = visit("boris", js=js)
    boris.open(f"/schools/{desk.school}/2020/papers")
    for paper in ("аналитическая", "протокол итоговой", "приказ о поощрении", "грамоты"):
        boris.click(boris.page.get_by_label(f"Отметить: {paper}"))
    boris.press("Сделать отмеченные")
    with zipfile.ZipFile(save_word(boris, "Скачать отмеченные в Word")) as archive:
        names = archive.namelist()
        diplomas = archive.read("gramoty-2021-05-24.docx")
    assert boris.clicks <= 7
    assert len(names) == 4
    titles = [line.text for line in docx.Document(BytesIO(diplomas)).paragraphs]
    assert titles.count("ГРАМОТА") + titles.count("БЛАГОДАРНОСТЬ") >= 9


@pytest.mark.parametrize("js", [True, False])
def test_a_forgotten_date_is_said_and_a_number_is_taken_back(
    visit: Visit,
    app: Flask,
    desk: Desk,
    js: bool,
) -> None:
    boris = visit("boris", js=js)
    boris.open(f"/schools/{desk.school}/2020/papers")
    boris.page.get_by_label("Отметить: приказ о рабочей группе").check()
    boris.clicks += 1
    boris.press("Сделать отмеченные")
    assert save_word(boris).name == "prikaz-gruppa-2020-12-09.docx"
    boris.open(f"/schools/{desk.school}/2020/papers")
    boris.press("Номера и даты")
    field(boris, "№").fill("12")
    boris.press("Сохранить", exact=True)  # the date was forgotten
    expect(boris.page.locator("#dated_1-error")).to_contain_text("Укажите дату")
    field(boris, "Дата").fill("8.12.2020")
    boris.press("Сохранить", exact=True)
    assert boris.clicks <= 8
    assert lines(app) == [("school_team", TEAM, "12", date(2020, 12, 8))]
    boris.press("Отменить")
    assert lines(app) == []


def test_a_paper_prints_from_its_page_as_from_word(
    visit: Visit, desk: Desk, tmp_path: Path
) -> None:
    boris = visit("boris")
    boris.open(f"/schools/{desk.school}/2020/papers")
    boris.press("Сделать дорожная карта")
    printed = boris.pdf(tmp_path / "roadmap.pdf")
    assert set(pdf_pages(printed)) == {(842, 595)}
    first, *others = pdf_text(printed)
    assert first.split()[0] == "УТВЕРЖДЕНА"
    assert [text.split()[0] for text in others] == [str(n + 2) for n in range(len(others))]
    assert others
    boris.open(f"/schools/{desk.school}/2020/papers")
    boris.press("Сделать приказ о закреплении пар")
    printed = boris.pdf(tmp_path / "order.pdf")
    assert set(pdf_pages(printed)) == {(595, 842)}
    order, appendix = pdf_text(printed)
    assert "Приложение" not in order
    assert appendix.split()[:2] == ["2", "Приложение"]
    look = "element => [getComputedStyle(element).textAlign, getComputedStyle(element).fontWeight]"
    assert boris.page.locator(".as-kind").evaluate(look) == ["center", "700"]
    spread = "element => parseFloat(getComputedStyle(element).letterSpacing) > 1"
    assert boris.page.locator(".as-ordering").evaluate(spread)


def test_an_error_beside_a_date_leaves_the_tick_in_its_row(visit: Visit, desk: Desk) -> None:
    boris = visit("boris")
    boris.open(f"/schools/{desk.school}/2020/papers")
    boris.press("Сделать приказ о закреплении пар")
    boris.open(desk.numbers)
    type_numbers(boris, "12")
    field(boris, "Дата").fill("31.12.2030")
    boris.press("Сохранить", exact=True)
    expect(boris.page.locator("#dated_1-error")).to_contain_text("Дата ещё не наступила")
    row = boris.page.locator(".numbers tbody tr").first
    whole, tick = row.bounding_box(), row.get_by_text("мероприятие выполнено").bounding_box()
    assert whole
    assert tick
    assert tick["x"] + tick["width"] <= whole["x"] + whole["width"]


def test_the_button_stands_below_the_stage_that_has_something_ticked(
    visit: Visit, desk: Desk
) -> None:
    boris = visit("boris")
    boris.open(f"/schools/{desk.school}/2020/papers")
    button = boris.page.get_by_role("button", name="Сделать отмеченные")
    first = boris.page.get_by_role("region", name="Подготовка условий")
    expect(button).to_have_count(1)
    expect(first.get_by_role("button", name="Сделать отмеченные")).to_have_count(0)
    boris.page.get_by_label("Отметить: приказ о внедрении").check()
    expect(button).to_have_count(1)
    expect(first.get_by_role("button", name="Сделать отмеченные")).to_be_visible()
