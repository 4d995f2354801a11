"""«Сводка по этапам»: what the coordinator sees the day before a deadline (quality.md#j7)."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import delete, update

from nastav import dates
from nastav.accounts.models import User
from nastav.db import db, writing
from nastav.district.models import Cycle, District, School
from nastav.plan.models import PlanTarget
from tests.conftest import ClientOf
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.stages import StageOf, put

MATRIX = "/districts/1/2020/stages"
BOARD = (
    ("СОШ №1", 1, "accepted"),
    ("СОШ №2", 1, "submitted"),
    ("СОШ №4", 1, "returned"),
    ("СОШ №4", 3, "returned"),
    ("СОШ №5", 3, "1"),
    ("СОШ №5", 6, "3"),
    ("СОШ №6", 1, "2"),
)


def cell(client: PageClient, school: str, ordinal: int, query: str = "") -> str:
    """Return what a cell shows, the hidden sentence left out, with its state."""
    for row in soup(client.get(MATRIX + query)).select(".matrix tbody tr"):
        heading = row.select_one("th")
        if heading is not None and heading.get_text() == school:
            found = row.select("td")[ordinal - 1]
            hidden = found.select_one(".visually-hidden")
            if hidden is not None:
                hidden.extract()
            return f"{found['class'][0]} {found.get_text().strip()}".replace("\xa0", " ")
    raise AssertionError(f"no row of {school}")


def counters(client: PageClient) -> list[str]:
    """Return the counters as they are read."""
    found = soup(client.get(MATRIX)).select("#counters li")
    return [" ".join(element.get_text(" ").split()) for element in found]


def test_the_district_leads_to_the_current_school_year(anna: PageClient) -> None:
    assert anna.get("/districts/1").location == MATRIX
    assert anna.get("/districts/1/stages").location == MATRIX


@pytest.mark.parametrize(
    ("school", "ordinal", "shown"),
    [
        ("СОШ №1", 1, "state-accepted принят поздно"),
        ("СОШ №2", 1, "state-submitted провер. поздно"),
        ("СОШ №4", 1, "state-overdue −4 испр. до 05.12"),
        ("СОШ №6", 1, "state-overdue −9 дн. 2 из 5"),
        ("СОШ №5", 1, "state-overdue −9 дн."),
        ("СОШ №5", 2, "state-overdue −3 дн."),
        ("СОШ №5", 3, "state-in_progress 1 из 2"),
        ("СОШ №5", 6, "state-in_progress 3 из 6"),
        ("СОШ №5", 7, "state-not_started —"),
    ],
)
def test_a_cell_says_in_short_how_a_stage_stands(
    anna: PageClient, app: Flask, school: str, ordinal: int, shown: str
) -> None:
    put(app, *BOARD)
    assert cell(anna, school, ordinal) == shown


def test_a_returned_stage_whose_day_is_to_come_is_not_overdue(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №4", 1, "returned"))
    with app.app_context(), writing():
        StageOf("СОШ №4", 1).row().fix_by = date(2020, 12, 9)
    assert cell(anna, "СОШ №4", 1) == "state-returned возвр. до 09.12"


def test_a_cell_tells_a_screen_reader_what_its_signs_mean(anna: PageClient, app: Flask) -> None:
    put(app, *BOARD)
    page = soup(anna.get(MATRIX))
    said = {unseen(page, school, ordinal) for school, ordinal in (("СОШ №4", 1), ("СОШ №6", 1))}
    late = "возвращён, исправить до 05.12.2020, просрочен на 4 дня"
    assert said == {late, "в работе, 2 из 5, просрочен на 9 дней"}
    assert unseen(page, "СОШ №5", 3) == "в работе, 1 из 2"
    assert unseen(page, "СОШ №5", 7) == "не начат"


def test_a_cell_of_a_word_says_it_once(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №1", 5, "accepted"), ("СОШ №1", 1, "accepted"))
    page = soup(anna.get(MATRIX))
    assert unseen(page, "СОШ №1", 5) == ""
    assert cell(anna, "СОШ №1", 1) == "state-accepted принят поздно"
    assert unseen(page, "СОШ №1", 1) == ""


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2021, 1, 11), "25.05"),
        (date(2020, 12, 31), "31.12"),
        (date(2019, 12, 20), "30.11.2020"),
    ],
)
def test_a_nearest_deadline_of_another_year_is_told_with_its_year(
    anna: PageClient, day: date, due: str
) -> None:
    dates.configure(fixed=day)
    assert counters(anna)[1].endswith(f" к ближайшему сроку, {due}")


def unseen(page: BeautifulSoup, school: str, ordinal: int) -> str:
    """Return what a cell has for a screen reader alone."""
    row = next(row for row in page.select(".matrix tbody tr") if row.th and row.th.text == school)
    hidden = row.select("td")[ordinal - 1].select_one(".visually-hidden")
    return hidden.text.strip().replace("\xa0", " ") if hidden else ""


def test_the_counters_come_first_and_the_title_counts_the_overdue(
    anna: PageClient, app: Flask
) -> None:
    put(app, *BOARD)
    assert counters(anna) == [
        "25 просрочено, из них возвращено 2",
        "26 к ближайшему сроку, 10.12",
        "1 на проверке",
        "2 возвращено",
        "1 принято из 91",
    ]
    title = soup(anna.get(MATRIX)).title
    assert title is not None
    assert str(title.string).startswith("(25) Сводка по этапам")


def test_what_is_sent_no_longer_counts_for_the_nearest_deadline(
    anna: PageClient, app: Flask
) -> None:
    put(app, ("СОШ №1", 3, "submitted"), ("СОШ №1", 5, "accepted"), ("СОШ №2", 5, "returned"))
    assert counters(anna)[1] == "24 к ближайшему сроку, 10.12"


def test_the_columns_due_tomorrow_are_marked(anna: PageClient) -> None:
    marked = soup(anna.get(MATRIX)).select(".matrix thead th.due-soon")
    headings = [" ".join(heading.get_text(" ").split()) for heading in marked]
    assert headings == ["III завтра, 10.12 База наставников", "V завтра, 10.12 Пары и группы"]


def test_the_foot_says_how_many_sent_and_how_many_on_time(anna: PageClient, app: Flask) -> None:
    put(app, *BOARD, ("СОШ №1", 3, "accepted"), ("СОШ №2", 3, "submitted"))
    page = soup(anna.get(MATRIX))
    rows = [
        [" ".join(cell.get_text().split()) for cell in row.select("td")]
        for row in page.select(".matrix tfoot tr")
    ]
    assert rows[0][:3] == ["2 из 13 (15,4 %)", "0 из 13 (0,0 %)", "2 из 13 (15,4 %)"]
    assert rows[1][:3] == ["0 из 13 (0,0 %)", "—", "2 из 13 (15,4 %)"]
    schools = {
        row.select("th")[0].get_text(): [cell.get_text() for cell in row.select("td")]
        for row in page.select(".sent tr")[1:]
    }
    own = [cell.replace("\xa0", " ") for cell in schools["СОШ №1"]]
    assert own == ["7", "2", "28,6 %", "1", "14,3 %"]
    assert schools["СОШ №4"][3:] == ["—", "—"]
    assert schools["Район"][:2] == ["91", "4"]


@pytest.mark.parametrize(
    "signed", ["Начальник управления Е.А. Соляник", "Начальник управления Соляник Е. А."]
)
def test_the_head_signs_the_matrix_as_every_other_paper(
    anna: PageClient, app: Flask, signed: str
) -> None:
    with app.app_context(), writing():
        db.session.execute(update(District).values(signed_by=signed))
    for page in (MATRIX, "/districts/1/execution"):
        head = soup(anna.get(page)).select(".sign")[-1].select("span")
        assert [head[0].get_text(), head[2].get_text()] == [
            "Начальник управления",
            "Е.\xa0А.\xa0Соляник",
        ]


def test_row_headings_lead_to_schools_and_cells_to_stages(anna: PageClient) -> None:
    row = soup(anna.get(MATRIX)).select(".matrix tbody tr")[3]
    addresses = [str(link["href"]) for link in row.select("a")]
    assert addresses[0] == "/schools/4"
    assert addresses[1:] == [f"/schools/4/2020/stages/{number}" for number in range(1, 8)]


def test_a_filter_shows_the_schools_that_have_such_a_stage(anna: PageClient, app: Flask) -> None:
    put(app, *BOARD)
    page = soup(anna.get(f"{MATRIX}?state=submitted"))
    assert [heading.get_text() for heading in page.select(".matrix tbody th")] == ["СОШ №2"]
    assert cell(anna, "СОШ №2", 2, "?state=submitted") == "pale −3 дн."
    chosen = page.select_one("select[name=state] option[selected]")
    assert chosen is not None
    assert chosen["value"] == "submitted"


def test_a_filter_by_state_takes_late_stages_too_and_counts_stages(
    anna: PageClient, app: Flask
) -> None:
    put(app, *BOARD)
    answer = anna.get(f"{MATRIX}?state=returned")
    shown = soup(answer).select(".matrix tbody td:not(.pale)")
    assert len(shown) == 2
    assert "2 этапа в 1 из 13 школ" in text_of(answer)
    link = soup(answer).select_one("#counters a[href*='state=returned']")
    assert link is not None
    assert " ".join(link.get_text(" ").split()) == "2 возвращено"


def test_filters_of_stage_school_and_overdue_narrow_together(anna: PageClient, app: Flask) -> None:
    put(app, *BOARD)
    page = soup(anna.get(f"{MATRIX}?stage=1&overdue=y"))
    schools = [heading.get_text() for heading in page.select(".matrix tbody th")]
    assert "СОШ №1" not in schools
    assert "СОШ №2" not in schools
    assert len(schools) == 11
    assert len(page.select(".matrix thead th")) == 2
    assert [
        heading.get_text()
        for heading in soup(anna.get(f"{MATRIX}?school=4")).select(".matrix tbody th")
    ] == ["СОШ №5"]


def test_a_filter_that_nothing_meets_says_so(anna: PageClient) -> None:
    answer = anna.get(f"{MATRIX}?state=accepted")
    assert "Таких этапов нет" in text_of(answer)


def test_an_address_with_an_unknown_filter_shows_everything(anna: PageClient) -> None:
    answer = anna.get(f"{MATRIX}?state=lost&stage=99&school=x")
    assert len(soup(answer).select(".matrix tbody tr")) == 13
    assert "Неверн" not in text_of(answer)


def test_htmx_gets_the_matrix_alone(anna: PageClient) -> None:
    answer = anna.get(f"{MATRIX}?stage=2", headers=HTMX)
    assert soup(answer).select_one("#matrix")
    assert not soup(answer).select("h1, form")


def test_a_school_year_before_the_site_is_never_overdue(anna: PageClient, app: Flask) -> None:
    with app.app_context(), writing():
        db.session.query(Cycle).one().before_site = True
    assert counters(anna)[0] == "0 просрочено"


def test_the_observer_reads_the_matrix_and_the_schools_do_not(client_of: ClientOf) -> None:
    assert client_of("gleb").get(MATRIX).status_code == 200
    assert not soup(client_of("gleb").get(MATRIX)).select("main a[href$='/review']")
    assert client_of("boris").get(MATRIX).status_code == 403
    assert client_of("anna").get("/districts/2/2020/stages").status_code == 404
    assert client_of("anna").get("/districts/1/2019/stages").status_code == 404


@pytest.mark.parametrize("schools", [0, 3, 40])
def test_the_matrix_costs_the_same_queries_for_any_number_of_schools(
    anna: PageClient, app: Flask, schools: int
) -> None:
    with app.app_context(), writing():
        _resize(schools)
    with statements() as found:
        answer = anna.get(MATRIX)
    assert len(soup(answer).select(".matrix tbody tr")) == schools
    assert len(found) <= 30


def _resize(schools: int) -> None:
    """Leave the district with so many schools."""
    for school in db.session.query(School).filter(School.ordinal > schools):
        for model in (PlanTarget, User):
            db.session.execute(delete(model).where(model.school_id == school.id))
        db.session.delete(school)
    for ordinal in range(14, schools + 1):
        db.session.add(School(district_id=1, ordinal=ordinal, name=f"Школа {ordinal}"))


def test_a_school_year_without_stages_is_said_to_be_empty(anna: PageClient, app: Flask) -> None:
    with app.app_context(), writing():
        db.session.add(Cycle(district_id=1, first_year=2021))
    assert "нет этапов" in text_of(anna.get("/districts/1/2021/stages"))
