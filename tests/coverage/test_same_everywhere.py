"""One figure wherever it stands: screen, paper, workbook and the school's pages, whatever the plan says."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from nastav.db import db, writing
from nastav.district.models import School
from nastav.plan.models import PlanTarget
from tests import office
from tests.coverage.test_sheet import table_of, words_of
from tests.progress.test_sheet import rows_of
from tests.support.pages import PageClient, soup
from tests.support.people import add_group, add_person

PAGE, BOOK = "/districts/1/coverage/2020", "/districts/1/exports/coverage-2020.xlsx"
DAYS = ("15.09.2020", "01.10.2020", "20.10.2020", "09.12.2020")
SCHOOLS = 13
MARCH, APRIL = date(2020, 3, 12), date(2020, 4, 15)
Value = int | None
VALUES = st.one_of(st.none(), st.just(0), st.integers(1, 9), st.integers(10, 1500))


@dataclass(frozen=True)
class Written:
    """What the coordinator writes over the printed plan: (school, is of mentors) → a value."""

    cells: dict[tuple[int, bool], Value]
    on: str  # the day the figures are asked for


@st.composite
def changes(draw: st.DrawFn) -> Written:
    """Nothing, some cells or all of them; one part may lose its plan whole."""
    places = st.tuples(st.integers(0, SCHOOLS - 1), st.booleans())
    cells = draw(st.dictionaries(places, VALUES, max_size=8))
    if draw(st.sampled_from([False, False, False, True])):
        bare = draw(st.booleans())
        cells |= {(school, bare): None for school in range(SCHOOLS)}
    return Written(cells, draw(st.sampled_from(DAYS)))


def by_chance(seed: int) -> Written:
    """The same without hypothesis, for the workbooks that are recalculated together."""
    chance = Random(seed)
    cells: dict[tuple[int, bool], Value] = {
        (chance.randrange(SCHOOLS), chance.random() < 0.5): chance.choice([None, 0, 3, 60, 1200])
        for _ in range(chance.choice([0, 1, 4, 12]))
    }
    if seed % 4 == 3:
        cells |= {(school, True): None for school in range(SCHOOLS)}
    return Written(cells, chance.choice(DAYS))


def write(app: Flask, written: Written) -> None:
    """Set the plan of 2020 anew: printed everywhere but in the cells written."""
    with app.app_context(), writing():
        rows = db.session.query(PlanTarget).filter_by(year=2020).order_by(PlanTarget.school_id)
        for place, row in enumerate(rows):
            row.mentees = written.cells.get((place, False), row.printed_mentees)
            row.mentors = written.cells.get((place, True), row.printed_mentors)
            row.mentees_changed_on = MARCH if (place, False) in written.cells else None
            row.mentors_changed_on = APRIL if (place, True) in written.cells else None


@pytest.fixture
def people(app: Flask) -> None:
    """Schools over and under their plans, joining on three days; one with nobody in pairs."""
    sizes = {0: 60, 1: 40, 3: 44, 5: 3, 9: 5, 12: 1}
    with app.app_context(), writing():
        schools = [school.id for school in db.session.query(School).order_by(School.ordinal)]
        for place, size in sizes.items():
            add_group(schools[place], size, date(2020, 10, 1 + place))
        add_person(schools[7], "Ландышева Мария")


@dataclass(frozen=True)
class Shown:
    """The table and the notes under it."""

    rows: list[list[str]]
    notes: list[str]


def on_screen(anna: PageClient, on: str) -> Shown:
    """What the table to sign says; the page with the drawings leaves out what a table tells there."""
    signed, drawn = (shown_at(anna, f"{PAGE}?{view}on={on}") for view in ("view=table&", ""))
    assert drawn.rows == signed.rows
    left_out = [note for note in signed.notes if note not in drawn.notes]
    assert not [note for note in left_out if not note.startswith(("Наставляемые:", "Наставники:"))]
    return signed


def shown_at(anna: PageClient, address: str) -> Shown:
    """What a page says outside of everything that is not printed."""
    page = soup(anna.get(address))
    shown = page.select("#coverage > p.note, #coverage-table tr")
    assert not [tag for tag in shown if tag.find_parent(class_="no-print")]
    lines = page.select("#coverage-table tbody tr, #coverage-table tfoot tr")
    rows = [[words_of(cell) for cell in line.select("th, td")] for line in lines]
    notes = [words_of(tag) for tag in page.select("#coverage > p.note")]
    # the workbook says both on «Как считалось»
    elsewhere = ("внесённым на сегодня", "Правила счёта №")
    return Shown(rows, [note for note in notes if not any(part in note for part in elsewhere)])


def in_book(path: Path) -> Shown:
    sheet = load_workbook(path, data_only=True)["Охват"]
    texts = [row[0] for row in sheet.iter_rows(values_only=True)]
    last = max(at for at, text in enumerate(texts) if str(text).startswith("ИТОГО"))
    notes = [str(text) for text in texts[last + 1 :] if text]
    return Shown(table_of(path), notes[:-1])  # the last is who signs


def number(shown: str) -> Value:
    """«1 995 (в приказе 1 996)» → 1995; nothing where no number stands."""
    digits = shown.split(" (", maxsplit=1)[0].replace("\xa0", "").replace("−", "-")
    return int(digits) if digits.lstrip("+-").isdecimal() else None


def check_sums(rows: list[list[str]]) -> None:
    """The two last rows follow from those of the schools, for both parts."""
    *schools, whole, printed = rows
    for at in (1, 6):
        cells = [(number(row[at]), number(row[at + 1])) for row in schools]
        planned = [(plan, fact or 0) for plan, fact in cells if plan is not None]
        found = [number(whole[at + place]) for place in (0, 1, 3, 4)]
        if not planned:
            assert found == [None] * 4
        else:
            plan, fact, gap, missing = found
            assert plan == sum(plan for plan, _ in planned)
            assert (fact or 0) == sum(fact for _, fact in planned)
            assert gap == sum(fact - plan for plan, fact in planned)
            assert missing == sum(max(0, plan - fact) for plan, fact in planned)
        everybody = sum(fact for _, fact in cells if fact)
        total = number(printed[at])
        assert total in (285, 17)
        assert (number(printed[at + 1]) or 0, number(printed[at + 3])) == (
            everybody,
            everybody - total,
        )
        assert printed[at + 4] == "—"


def check_notes(shown: Shown) -> None:
    """«Верны оба числа» stands only beside a plan that is as printed; who is in no sum is named."""
    said = " ".join(shown.notes)
    schools, whole = shown.rows[:SCHOOLS], shown.rows[SCHOOLS]
    is_edited = any("(в приказе" in cell for row in schools for cell in (row[1], row[6]))
    assert ("верны оба числа" in said) is not is_edited
    assert ("План изменён координатором" in said) is is_edited
    for row in schools:
        for at in (1, 6):
            plan, fact = number(row[at]), number(row[at + 1])
            if plan is None and fact and number(whole[at]) is not None:
                assert re.search(rf"ещё [^.]*{row[0]}\b[^.]*, где план не введён", said)
            if plan and fact is None:
                assert f"{row[0]}, план {plan}" in said.replace("\xa0", "")
                assert row[at + 3 : at + 5] == ["—", "—"]


def check_drawn(anna: PageClient, written: Written, path: Path, shown: Shown) -> None:
    """Sentence, drawings and the sheets beside the table rest on the table's own numbers."""
    page = soup(anna.get(f"{PAGE}?on={written.on}"))
    sheet = {
        row[0]: row
        for row in rows_of(load_workbook(path, data_only=True)["До плана по школам"], "ОО")
    }
    drawn = {
        words_of(row.select("th")[0]): words_of(row.select(".of")[0]).replace("\xa0", "")
        for row in page.select(".dots tbody tr")
    }
    for name, plan, fact, *_ in shown.rows[:SCHOOLS]:
        cells = tuple(value if isinstance(value, int) else None for value in sheet[name][1:3])
        assert cells == (number(plan), number(fact))
        found = [int(digits) for digits in re.findall(r"\d+", drawn[name])]
        assert found == [value for value in (number(fact), number(plan)) if value is not None]
    whole = shown.rows[SCHOOLS]
    lead = words_of(page.select(".lead")[0]).replace("\xa0", "")
    if number(whole[1]) is not None and number(whole[2]) is not None:
        assert lead.startswith(f"{number(whole[2])} ")
        gap = number(whole[4]) or 0
        assert (f"до плана района не хватает {-gap}" in lead) is (gap < 0)


@pytest.mark.usefixtures("people")
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(written=changes())
def test_screen_paper_workbook_and_school_say_the_same(
    app: Flask, anna: PageClient, tmp_path: Path, written: Written
) -> None:
    anna.checks = False
    write(app, written)
    shown = on_screen(anna, written.on)
    path = tmp_path / "coverage.xlsx"
    path.write_bytes(anna.get(f"{BOOK}?on={written.on}").data)
    assert in_book(path) == shown
    check_sums(shown.rows)
    check_notes(shown)
    check_drawn(anna, written, path, shown)
    today = on_screen(anna, DAYS[-1]).rows
    for place in (0, 3, 11):
        page = soup(anna.get(f"/schools/{place + 1}/coverage/2020"))
        own = [words_of(cell) for cell in page.select("tbody tr")[0].select("td")]
        assert own == without_missing(today[place])


def without_missing(row: list[str]) -> list[str]:
    return [*row[1:5], *row[6:10]]


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.usefixtures("people")
def test_formulas_count_what_the_site_has_counted_whatever_the_plan(
    app: Flask, anna: PageClient, tmp_path: Path
) -> None:
    shown: dict[Path, Shown] = {}
    for seed in range(12):
        written = by_chance(seed)
        write(app, written)
        path = tmp_path / f"coverage-{seed}.xlsx"
        path.write_bytes(anna.get(f"{BOOK}?on={written.on}").data)
        shown[path] = on_screen(anna, written.on)
    counted = office.recalculate(list(shown), tmp_path / "out")
    for path, screen in shown.items():
        assert office.wrong_results(path, counted[path]) == []
        assert in_book(counted[path]) == screen
