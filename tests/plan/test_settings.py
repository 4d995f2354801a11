"""The coordinator's page of the plan: five years of all schools in one grid, saved at once."""

from datetime import date

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import District, School
from nastav.plan import queries
from nastav.plan.models import PlanTarget, PlanYear
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of

PAGE = "/districts/1/settings/plan"
OPEN = f"{PAGE}/years"
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


def said(answer: object) -> str:
    return " ".join(text_of(answer).replace("\xa0", " ").split())  # type: ignore[arg-type]


def grid(client: PageClient, query: str = "") -> dict[str, list[str]]:
    """Return the lines of the grid as they are read: heading → what stands in the cells."""
    rows = soup(client.get(f"{PAGE}{query}")).select(".plan-grid :is(tbody, tfoot) tr")
    found = {}
    for row in rows:
        heading, *cells = row.select("th, td")
        fields = [cell.find("input") for cell in cells]
        texts = [
            str(own["value"]) if own else cell.get_text(" ", strip=True)
            for own, cell in zip(fields, cells, strict=True)
        ]
        found[heading.get_text(strip=True)] = [text.replace("\xa0", " ") for text in texts]
    return found


def test_the_years_stand_as_the_appendix_has_them(anna: PageClient) -> None:
    shown = grid(anna)
    assert len(shown) == 13 + 4
    assert shown["СОШ №5"] == [
        "436",
        "",
        "44",
        "2",
        "109",
        "5",
        "174",
        "7",
        "240",
        "9",
        "305",
        "12",
    ]
    assert shown["СОШ №10"][2:4] == ["6", "0"]  # a plan of nobody is a plan
    assert shown["ИТОГО, сумма по школам"][:6] == ["2 852", "—", "286", "16", "715", "36"]
    assert shown["Доля от обучающихся"][2:5] == ["10,0 %", "—", "25,1 %"]
    assert shown["ИТОГО по приказу"][2:6] == ["285", "17", "713", "34"]
    assert shown["Сумма минус приказ"][2:6] == ["+1", "−1", "+2", "+2"]
    heads = [th.get_text(" ", strip=True) for th in soup(anna.get(PAGE)).select("thead th")]
    assert heads[:3] == ["ОО", "Обучающихся", "2020 год"]
    assert [head.replace("\xa0", " ") for head in heads[7:11]] == [
        "всего", "9–11", "наставл. 10 %", "наставн. 2 %",
    ]  # fmt: skip


def test_cells_of_two_years_are_saved_at_once(app: Flask, anna: PageClient, cast: Cast) -> None:
    school = cast.boris_school
    typed = {f"mentees_2020_{school}": "46", f"mentors_2024_{school}": "13"}
    answer = anna.fill(PAGE, PAGE, **typed, reason=REASON)
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "План сохранён, изменено: 2 ячейки." in said(anna.get(PAGE))
    assert (cell(app, school), cell(app, school, 2024)) == ((46, 2), (305, 13))
    first, last = journal(app, "plan:changed")
    assert (first.subject, last.subject) == ("План 2020 года", "План 2024 года")
    assert first.changes == {"СОШ №5: наставляемые": [44, 46], "причина": ["", REASON]}
    assert last.changes == {"СОШ №5: наставники": [12, 13], "причина": ["", REASON]}
    with app.app_context():
        versions = [plan.version for plan in queries.years(1)]
    assert versions == [2, 1, 1, 1, 2]


def test_printed_totals_do_not_follow_the_cells(anna: PageClient, cast: Cast) -> None:
    anna.fill(PAGE, PAGE, **{f"mentees_2020_{cast.boris_school}": "99", "reason": REASON})
    shown = grid(anna)
    feet = ("ИТОГО, сумма по школам", "ИТОГО по приказу", "Сумма минус приказ")
    assert [shown[foot][2] for foot in feet] == ["341", "285", "+56"]


def test_an_empty_cell_is_not_entered_and_zero_is_a_plan_of_nobody(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    school = cast.boris_school
    typed = {f"mentees_2020_{school}": "", f"mentors_2020_{school}": "0"}
    anna.fill(PAGE, PAGE, **typed, reason=REASON)
    assert cell(app, school) == (None, 0)
    assert grid(anna)["СОШ №5"][2:4] == ["", "0"]
    assert "План введён не полностью: СОШ №5." in text_of(anna.get("/districts/1/coverage/2020"))


def test_an_edited_cell_is_marked_with_what_the_order_prints(anna: PageClient, cast: Cast) -> None:
    name = f"mentees_2020_{cast.boris_school}"
    assert not soup(anna.get(PAGE)).select(".edited")
    anna.fill(PAGE, PAGE, **{name: "46", "reason": REASON})
    (own,) = soup(anna.get(PAGE)).select("td.edited")
    assert own.get_text(" ", strip=True) == "в приказе 44"
    assert "Изменено после приказа: 1 из 130 ячеек, последний раз 09.12.2020." in said(
        anna.get(PAGE)
    )
    anna.fill(PAGE, PAGE, **{name: "44", "reason": "Ошибка"})  # put back: as printed again
    assert "в приказе 44" not in said(anna.get(PAGE))
    assert "Итог наставляемых" in said(anna.get(PAGE))  # why the order's total is another


def test_a_year_that_no_order_prints_has_nothing_beside_its_cells(
    anna: PageClient, cast: Cast
) -> None:
    anna.fill(OPEN, year="2026", mentee_percent="70", mentor_percent="")
    later = f"{PAGE}?from=2026"
    typed = {f"mentees_2026_{cast.boris_school}": "46", "reason": REASON}
    assert anna.fill(later, later, **typed).location == later
    assert grid(anna, "?from=2026")["СОШ №5"][2:] == ["46", ""]
    assert not soup(anna.get(later)).select(".edited")


@pytest.mark.parametrize("typed", ["сорок", "-1", "4,5", "100000"])
def test_a_wrong_number_is_refused_by_its_cell_and_all_is_kept(
    app: Flask, anna: PageClient, cast: Cast, typed: str
) -> None:
    name, other = f"mentees_2022_{cast.boris_school}", f"mentors_2020_{cast.vera_school}"
    answer = anna.fill(PAGE, PAGE, **{name: typed, other: "3", "reason": REASON})
    assert answer.status_code == 422
    sentence = "СОШ №5, 2022 год, наставляемых: Укажите целое число от 0 до 99999"
    assert sentence in text_of(answer)
    kept = form_values(find_form(answer, PAGE))
    assert (kept[name], kept[other], kept["reason"]) == ([typed], ["3"], [REASON])
    assert cell(app, cast.boris_school, 2022) == (174, 7)
    assert soup(answer).select_one(f"input[name={name}][aria-invalid=true]")


def test_a_change_needs_a_reason(app: Flask, anna: PageClient, cast: Cast) -> None:
    name = f"mentees_2020_{cast.boris_school}"
    answer = anna.fill(PAGE, PAGE, **{name: "46"})
    assert answer.status_code == 422
    assert "Укажите причину изменения" in text_of(answer)
    assert form_values(find_form(answer, PAGE))[name] == ["46"]
    assert cell(app, cast.boris_school) == (44, 2)


def test_a_stale_form_keeps_the_numbers_and_names_what_was_saved(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    stale = anna.get(PAGE)
    mine, other = f"mentees_2020_{cast.boris_school}", f"mentees_2021_{cast.vera_school}"
    anna.fill(PAGE, PAGE, **{mine: "46", other: "89", "reason": REASON})
    answer = anna.fill(stale, PAGE, **{mine: "47", "reason": "Другая причина"})
    assert answer.status_code == 409
    assert "СОШ №5, 2020 год, наставляемых: сохранено 46, у вас 47" in said(answer)
    assert "СОШ №2, 2021 год, наставляемых: сохранено 89, у вас 88" in said(answer)
    assert cell(app, cast.boris_school) == (46, 2)
    again = anna.fill(answer, PAGE)  # «Оставить моё»
    assert again.status_code == 303
    assert (cell(app, cast.boris_school)[0], cell(app, cast.vera_school, 2021)[0]) == (47, 88)


def test_a_second_click_changes_nothing_more(app: Flask, anna: PageClient, cast: Cast) -> None:
    form = anna.get(PAGE)
    for _ in range(2):
        typed = {f"mentees_2020_{cast.boris_school}": "46", "reason": REASON}
        assert anna.fill(form, PAGE, **typed).status_code == 303
    assert len(journal(app, "plan:changed")) == 1


def test_a_cell_that_was_not_sent_stays(app: Flask, anna: PageClient, cast: Cast) -> None:
    """A school that came while the form lay open is not in it."""
    values = form_values(find_form(anna.get(PAGE), PAGE))
    sent = {name: value for name, value in values.items() if not name.endswith("_2020_1")}
    sent |= {f"mentees_2020_{cast.boris_school}": ["46"], "reason": [REASON]}
    assert anna.send(PAGE, sent).status_code == 303
    assert (cell(app, 1), cell(app, cast.boris_school)) == ((68, 4), (46, 2))


def test_sums_are_counted_without_saving(app: Flask, anna: PageClient, cast: Cast) -> None:
    name = f"mentees_2020_{cast.boris_school}"
    values = {**form_values(find_form(anna.get(PAGE), PAGE)), name: "50"}
    answer = anna.send(f"{PAGE}/preview", values)
    assert answer.status_code == 200
    assert "изменится 1 ячейка, пока ничего не записано" in said(answer)
    assert "СОШ №5, 2020 год, наставляемых: 44 → 50" in said(answer)
    assert "292" in said(answer)
    part = anna.send(f"{PAGE}/preview", values, headers={"HX-Request": "true"})
    assert "<html" not in part.get_data(as_text=True)
    assert "292" in part.get_data(as_text=True)
    assert cell(app, cast.boris_school) == (44, 2)


def test_the_orders_figures_are_taken_back_by_saving(
    app: Flask, anna: PageClient, cast: Cast
) -> None:
    typed = {f"mentees_2022_{cast.boris_school}": "50", f"mentors_2023_{cast.vera_school}": ""}
    anna.fill(PAGE, PAGE, **typed, reason=REASON)
    link = soup(anna.get(PAGE)).find("a", string="Взять план из приказа")
    assert link
    ordered = anna.get(str(link["href"]))
    assert "План из приказа: изменится 2 ячейки, пока ничего не записано." in said(ordered)
    assert "СОШ №5, 2022 год, наставляемых: 50 → 174" in said(ordered)
    assert cell(app, cast.boris_school, 2022) == (50, 7)
    assert anna.fill(ordered, PAGE, reason="Как в приказе").status_code == 303
    assert (cell(app, cast.boris_school, 2022), cell(app, cast.vera_school, 2023)) == (
        (174, 7), (194, 9),
    )  # fmt: skip
    assert soup(anna.get(PAGE)).find("a", string="Взять план из приказа") is None


def test_a_year_is_opened_and_filled_by_percent(app: Flask, anna: PageClient, cast: Cast) -> None:
    answer = anna.fill(OPEN, year="2026", mentee_percent="70 %", mentor_percent="")
    assert answer.location == f"{PAGE}?from=2026"
    assert cell(app, cast.boris_school, 2026) == (305, None)
    assert "наставл. 70 %" in said(anna.get(answer.location))
    (entry,) = journal(app, "plan:opened")
    assert entry.changes == {"процент наставляемых": [None, "70"]}


def test_opening_twice_by_one_form_opens_one_year(app: Flask, anna: PageClient) -> None:
    form = anna.get(OPEN)
    answers = [anna.fill(form, year="2026") for _ in range(2)]
    assert [answer.location for answer in answers] == [f"{PAGE}?from=2026"] * 2
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
    answer = anna.fill(OPEN, **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    kept = form_values(find_form(answer))
    assert {name: kept[name] for name in fields} == {
        name: [typed] for name, typed in fields.items()
    }
    assert not journal(app, "plan:opened")


def test_old_addresses_lead_to_the_grid(anna: PageClient) -> None:
    assert anna.get(f"{PAGE}/2021").location == f"{PAGE}?from=2021"
    asked = anna.get(f"{PAGE}/2031")
    assert asked.location == f"{OPEN}?year=2031"
    assert form_values(find_form(anna.get(asked.location)))["year"] == ["2031"]
    assert form_values(find_form(anna.get(OPEN)))["year"] == ["2025"]  # the first that has none
    assert anna.get(f"{PAGE}/1999").status_code == 404
    for part in ("bases", "preview", "file"):
        assert anna.get(f"{PAGE}/{part}?from=2020").location == f"{PAGE}?from=2020"


def test_the_years_beyond_five_are_a_page_of_their_own(anna: PageClient) -> None:
    anna.fill(OPEN, year="2025", mentee_percent="", mentor_percent="")
    assert len(grid(anna)["СОШ №5"]) == 12
    later = grid(anna, "?from=2025")
    assert later["СОШ №5"] == ["436", "", "", ""]
    assert later["Сумма минус приказ"] == ["", "", "", ""]


def test_a_district_without_a_plan_is_offered_to_open_a_year(app: Flask, anna: PageClient) -> None:
    with app.app_context(), writing():
        for model in (PlanTarget, PlanYear):
            db.session.query(model).delete()
    assert "Ни одного года плана нет." in text_of(anna.get(PAGE))
    assert anna.send(PAGE, {"reason": REASON}).status_code == 404
    assert anna.get(f"{PAGE}.xlsx").status_code == 404
    assert anna.fill(OPEN, year="2020").status_code == 303


def test_a_school_without_a_line_in_the_plan_has_empty_cells(app: Flask, anna: PageClient) -> None:
    with app.app_context(), writing():
        db.session.add(School(district_id=1, ordinal=14, name="СОШ №15"))
    assert grid(anna)["СОШ №15"] == [""] * 12
    with app.app_context():
        school = db.session.query(School).filter_by(name="СОШ №15").one().id
    typed = {f"mentees_2020_{school}": "5", f"mentee_base_{school}": "50", "reason": REASON}
    anna.fill(PAGE, PAGE, **typed)
    assert cell(app, school) == (5, None)
    (own,) = soup(anna.get(PAGE)).select("td.edited")
    assert own.get_text(" ", strip=True) == "в приказе нет"


def test_only_the_coordinator_of_the_district_edits_the_plan(
    boris: PageClient, gleb: PageClient, anna: PageClient
) -> None:
    for client in (boris, gleb):
        assert client.get(PAGE).status_code == 403
        assert client.get(f"{PAGE}.xlsx").status_code == 403
        for part in ("", "/preview", "/file", "/years"):
            assert client.send(f"{PAGE}{part}", {"year": "2026"}).status_code == 403
    for address in (PAGE, f"{PAGE}.xlsx", f"{PAGE}/2020"):
        assert anna.get(address.replace("/1/", "/2/")).status_code == 404
