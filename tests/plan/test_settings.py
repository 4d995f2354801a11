"""The coordinator's pages of the plan: years and cells."""

from datetime import date

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import District
from nastav.plan import queries
from nastav.plan.models import PlanTarget, PlanYear
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of

YEARS = "/districts/1/settings/plan"
PAGE = f"{YEARS}/2020"
REASON = "Приказ № 12 от 15.01.2021"


@pytest.fixture(autouse=True)
def _answered(app: Flask, cast: Cast) -> None:
    """The base of mentees was confirmed before: the page asks nothing."""
    with app.app_context(), writing():
        db.session.query(District).filter_by(id=cast.district).update(
            {"bases_confirmed_on": date(2020, 12, 1)}
        )


def cell(app: Flask, school: int, year: int = 2020) -> tuple[int | None, int | None]:
    with app.app_context():
        row = next(row for row in queries.targets(1, year) if row.school_id == school)
        return row.mentees, row.mentors


def journal(app: Flask, event: str) -> list[AuditEntry]:
    with app.app_context():
        return db.session.query(AuditEntry).filter_by(event=event).all()


def test_a_cell_is_changed_with_a_reason(app: Flask, anna: PageClient, cast: Cast) -> None:
    school = cast.boris_school
    answer = anna.fill(PAGE, **{f"mentees_{school}": "46", "reason": REASON})
    assert (answer.status_code, answer.location) == (303, YEARS)
    assert cell(app, school) == (46, 2)
    (entry,) = journal(app, "plan:changed")
    assert entry.subject == "План 2020 года"
    assert entry.changes == {"СОШ №5: наставляемые": [44, 46], "причина": ["", REASON]}


def test_printed_totals_do_not_follow_the_cells(app: Flask, anna: PageClient, cast: Cast) -> None:
    anna.fill(PAGE, **{f"mentees_{cast.boris_school}": "99", "reason": REASON})
    with app.app_context():
        plan = queries.plan_year(1, 2020)
        assert plan is not None
        assert (plan.printed_mentees, plan.printed_mentors) == (285, 17)
        assert queries.year_sums(1)[0].mentees == 341


def test_an_empty_cell_is_not_entered_and_zero_is_a_plan_of_nobody(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    school = cast.boris_school
    anna.fill(PAGE, **{f"mentees_{school}": "", f"mentors_{school}": "0", "reason": REASON})
    assert cell(app, school) == (None, 0)
    page = text_of(anna.get("/districts/1/coverage/2020"))
    assert "План введён не полностью: СОШ №5." in page


def test_beside_an_edited_cell_stands_what_the_order_prints(anna: PageClient, cast: Cast) -> None:
    name = f"mentees_{cast.boris_school}"
    anna.fill(PAGE, **{name: "46", "reason": REASON})
    assert "в приказе 44, изменён 09.12.2020" in text_of(anna.get(PAGE))
    years = text_of(anna.get(YEARS))
    assert "2020 изменён 09.12.2020" in " ".join(years.split())
    assert "Годы без исправлений. Итог наставляемых" in years
    anna.fill(PAGE, **{name: "44", "reason": "Ошибка"})  # put back: as printed again
    assert "в приказе" not in text_of(anna.get(PAGE))
    assert "изменён 09.12.2020" not in text_of(anna.get(YEARS))


def test_a_year_that_no_order_prints_has_nothing_beside_its_cells(
    anna: PageClient, cast: Cast
) -> None:
    anna.fill(YEARS, year="2026", mentee_percent="70", mentor_percent="")
    address = f"{YEARS}/2026"
    anna.fill(address, **{f"mentees_{cast.boris_school}": "46", "reason": REASON})
    assert "в приказе" not in text_of(anna.get(address))
    with anna.application.app_context():
        assert queries.edited_years(1) == {}


@pytest.mark.parametrize("typed", ["сорок", "-1", "4,5", "100000"])
def test_a_wrong_number_is_refused_and_kept(
    app: Flask, anna: PageClient, cast: Cast, typed: str
) -> None:
    name = f"mentees_{cast.boris_school}"
    answer = anna.fill(PAGE, **{name: typed, "reason": REASON})
    assert answer.status_code == 422
    assert "СОШ №5: наставляемые: Укажите целое число от 0 до 99999" in text_of(answer)
    assert form_values(find_form(answer))[name] == [typed]
    assert form_values(find_form(answer))["reason"] == [REASON]
    assert cell(app, cast.boris_school) == (44, 2)


def test_a_change_needs_a_reason(app: Flask, anna: PageClient, cast: Cast) -> None:
    name = f"mentees_{cast.boris_school}"
    answer = anna.fill(PAGE, **{name: "46"})
    assert answer.status_code == 422
    assert "Укажите причину изменения" in text_of(answer)
    assert form_values(find_form(answer))[name] == ["46"]
    assert cell(app, cast.boris_school) == (44, 2)


def test_a_stale_form_keeps_the_numbers_and_names_what_was_saved(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    stale = anna.get(PAGE)
    mine, other = f"mentees_{cast.boris_school}", f"mentees_{cast.vera_school}"
    anna.fill(PAGE, **{mine: "46", other: "36", "reason": REASON})
    answer = anna.fill(stale, **{mine: "47", "reason": "Другая причина"})
    assert answer.status_code == 409
    said = text_of(answer)
    assert "СОШ №5: наставляемые: сохранено 46, у вас 47" in said
    assert "СОШ №2: наставляемые: сохранено 36, у вас 35" in said
    assert cell(app, cast.boris_school) == (46, 2)
    again = anna.fill(answer)  # «Оставить моё»
    assert again.status_code == 303
    assert (cell(app, cast.boris_school)[0], cell(app, cast.vera_school)[0]) == (47, 35)


def test_a_second_click_changes_nothing_more(app: Flask, anna: PageClient, cast: Cast) -> None:
    form = anna.get(PAGE)
    for _ in range(2):
        answer = anna.fill(form, **{f"mentees_{cast.boris_school}": "46", "reason": REASON})
        assert answer.status_code == 303
    assert len(journal(app, "plan:changed")) == 1


def test_saving_gives_the_plan_a_new_version(app: Flask, anna: PageClient, cast: Cast) -> None:
    anna.fill(PAGE, **{f"mentors_{cast.boris_school}": "3", "reason": REASON})
    with app.app_context():
        assert db.session.query(PlanYear).filter_by(year=2020).one().version == 2


def test_a_year_is_opened_and_filled_by_percent(app: Flask, anna: PageClient, cast: Cast) -> None:
    answer = anna.fill(YEARS, year="2026", mentee_percent="70 %", mentor_percent="")
    assert answer.location == f"{YEARS}/2026"
    assert cell(app, cast.boris_school, 2026) == (305, None)
    assert "70 % численности обучающихся" in text_of(anna.get(answer.location))
    (entry,) = journal(app, "plan:opened")
    assert entry.changes == {"процент наставляемых": [None, "70"]}


def test_opening_twice_by_one_form_opens_one_year(app: Flask, anna: PageClient) -> None:
    form = anna.get(YEARS)
    answers = [anna.fill(form, year="2026") for _ in range(2)]
    assert [answer.location for answer in answers] == [f"{YEARS}/2026"] * 2
    assert len(journal(app, "plan:opened")) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"year": "2020"}, "План на 2020 год уже открыт"),
        ({"year": "1996"}, "Укажите год от 2020 до 2099"),
        ({"year": ""}, "Укажите год плана"),
        ({"year": "2026", "mentee_percent": "170"}, "Укажите процент от 0 до 100"),
        ({"year": "2026", "mentor_percent": "NaN"}, "Укажите процент от 0 до 100"),
    ],
)
def test_a_year_that_cannot_be_opened_is_refused_and_kept(
    app: Flask, anna: PageClient, fields: dict[str, str], sentence: str
) -> None:
    answer = anna.fill(YEARS, **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    kept = form_values(find_form(answer))
    assert {name: kept[name] for name in fields} == {
        name: [typed] for name, typed in fields.items()
    }
    assert not journal(app, "plan:opened")


def test_a_year_without_a_plan_leads_to_opening_it(anna: PageClient) -> None:
    answer = anna.get(f"{YEARS}/2031", follow_redirects=True)
    assert answer.request.path == YEARS
    assert form_values(find_form(answer))["year"] == ["2031"]
    assert anna.get(f"{YEARS}/1999").status_code == 404
    assert anna.send(f"{YEARS}/2031").status_code == 404


def test_both_totals_stand_in_the_list_of_years(anna: PageClient) -> None:
    rows = soup(anna.get(YEARS)).select("table:not(.plan-grid) tbody tr")
    first = [cell.get_text(strip=True) for cell in rows[0].select("th, td")]
    assert first == ["2020", "286", "285", "16", "17"]
    assert len(rows) == 5


def grid(client: PageClient, query: str = "") -> dict[str, list[str]]:
    """Return the lines of the years side by side: heading → cells."""
    rows = soup(client.get(f"{YEARS}{query}")).select(".plan-grid :is(tbody, tfoot) tr")
    lines = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]
    return {heading: [text.replace("\xa0", " ") for text in cells] for heading, *cells in lines}


def test_five_years_stand_side_by_side_as_the_appendix_has_them(anna: PageClient) -> None:
    shown = grid(anna)
    assert len(shown) == 13 + 3
    assert shown["СОШ №5"] == ["44", "2", "109", "5", "174", "7", "240", "9", "305", "12"]
    assert shown["СОШ №10"][:2] == ["6", "0"]  # a plan of nothing is a plan
    assert shown["ИТОГО, сумма по школам"][:4] == ["286", "16", "715", "36"]
    assert shown["ИТОГО по приказу"][:4] == ["285", "17", "713", "34"]
    assert shown["Сумма минус приказ"][:4] == ["+1", "−1", "+2", "+2"]


def test_an_edited_cell_is_marked_with_what_the_order_prints(
    anna: PageClient, app: Flask, cast: Cast
) -> None:
    with app.app_context(), writing():
        own = db.session.query(PlanTarget).filter_by(school_id=cast.boris_school, year=2022).one()
        own.mentees, own.mentees_changed_on = 50, date(2020, 12, 1)
        own.mentors, own.mentors_changed_on = None, date(2020, 12, 1)
    page = soup(anna.get(YEARS))
    edited = [cell.get_text(" ", strip=True) for cell in page.select(".plan-grid .edited")]
    assert edited == ["50 в приказе 174", "план не введён в приказе 7"]
    assert grid(anna)["Сумма минус приказ"][4:5] == ["−125"]


def test_the_years_beyond_five_are_a_page_of_their_own(anna: PageClient) -> None:
    anna.fill(YEARS, year="2025", mentee_percent="", mentor_percent="")
    assert len(grid(anna)["СОШ №5"]) == 10
    later = grid(anna, "?from=2025")
    assert later["СОШ №5"] == ["план не введён"] * 2
    assert later["Сумма минус приказ"] == ["", ""]


def test_the_form_proposes_the_first_year_that_has_no_plan(anna: PageClient) -> None:
    assert form_values(find_form(anna.get(YEARS)))["year"] == ["2025"]


@pytest.mark.parametrize("address", [YEARS, PAGE])
def test_only_the_coordinator_of_the_district_edits_the_plan(
    boris: PageClient, gleb: PageClient, anna: PageClient, address: str
) -> None:
    for client in (boris, gleb):
        assert client.get(address).status_code == 403
        assert client.send(address, {"year": "2026"}).status_code == 403
    assert anna.get(address.replace("/districts/1/", "/districts/2/")).status_code == 404
