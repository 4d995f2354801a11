"""One number wherever it stands: screen, paper, workbook recalculated, справка in Word and as text.

Districts are made up by chance (`made`), read from every medium (`read`) and held against a plain count of
what was made. A longer run of other seeds is a soak test.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from nastav import dates, ru
from nastav.coverage import figures as counted
from nastav.coverage import sheet
from nastav.db import db
from nastav.excel import Cell
from nastav.execution import spravka
from nastav.people.models import Part
from nastav.plan.models import PlanTarget
from tests import office
from tests.conftest import TODAY, ClientOf
from tests.reports import made as making
from tests.reports.made import CASES, NO_DATA, Made, by_chance, cells, enter, fact, number
from tests.reports.read import TOTAL, Book, Read, read, read_book
from tests.support import databases

NAMES = ("1", "2", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14")
MakeOf = Callable[[str, int], tuple[Made, Read, Path]]


@pytest.fixture
def make(
    app: Flask, client_of: ClientOf, template: Path, worker_folder: Path, tmp_path: Path
) -> Iterator[MakeOf]:
    """Return a function: a case and a seed → the district, what its pages say, its workbook."""

    def one(case: str, seed: int) -> tuple[Made, Read, Path]:
        with app.app_context():
            db.engine.dispose()
        databases.copy(template, worker_folder)
        made = by_chance(case, seed)
        enter(app, made)
        path = tmp_path / f"{case.replace(' ', '-')}-{seed}.xlsx"
        return made, read(client_of("anna"), made.on.year, query_of(made), path), path

    yield one
    dates.configure(fixed=dates.date.fromisoformat(TODAY))


def query_of(made: Made) -> str:
    return "" if made.on == made.today else f"?on={ru.date_short(made.on)}"


def figures(made: Made, part: Part, year: int = 0) -> list[tuple[int | None, int | None]]:
    """Return plan and fact of each school, counted anew."""
    year = year or made.on.year
    return [
        (plan_of(made, school, year, part), fact(made, school, year, part))
        for school in range(made.schools)
    ]


def plan_of(made: Made, school: int, year: int, part: Part) -> int | None:
    key = (school, year, part)
    return made.plan[key] if key in made.plan else PLAN[key]


PLAN: dict[tuple[int, int, Part], int | None] = {}


@pytest.fixture(autouse=True)
def printed_plan(app: Flask) -> None:
    """Read the plan of the order, which a district of chance is written over."""
    with app.app_context():
        rows = db.session.query(PlanTarget).order_by(PlanTarget.school_id).all()
        schools = sorted({row.school_id for row in rows})
        for row in rows:
            place = schools.index(row.school_id)
            PLAN[place, row.year, Part.MENTEE] = row.mentees
            PLAN[place, row.year, Part.MENTOR] = row.mentors


# --- what is compared -----------------------------------------------------------------------------


def check(made: Made, found: Read, path: Path) -> None:
    """Hold every medium against the plain count and against the others."""
    check_coverage(made, found)
    check_mentees(made, found)
    check_shortfall(made, found)
    check_left_out(found)
    assert found.forms["workbook"] == found.forms["screen"]
    assert found.order["workbook"] == found.order["screen"]
    assert found.stages["workbook"] == found.stages["screen"]
    assert found.stages["overdue"]["Просрочено"][0] == found.stages["screen"]["Просрочено"][1]
    check_years(made, path)


def without_note(cell: str) -> str:
    return cell.split(" (в приказе", maxsplit=1)[0]


def check_coverage(made: Made, found: Read) -> None:
    """Plan, fact, per cent and deviation of both parts, by school and in sum."""
    own = found.coverage
    assert own["screen"] == own["sheet"] == own["workbook"]
    parts = [(Part.MENTEE, 0), (Part.MENTOR, 5)]
    for part, at in parts:
        rows = figures(made, part)
        for name, row in zip(NAMES, rows, strict=False):
            shown = own["screen"][f"СОШ №{name}"][at : at + 4]
            assert (without_note(shown[0]), *shown[1:]) == cells(*row), (name, part)
        sums = making.total(rows)
        assert own["screen"][TOTAL][at : at + 4] == sums, part
        lacking = sum(max(0, (plan or 0) - (actual or 0)) for plan, actual in rows)
        is_planned = any(plan is not None for plan, _ in rows)
        assert own["screen"][TOTAL][at + 4] == (number(lacking) if is_planned else "—")
        summary = own["summary"][f"Охвачено {WHO[part]}"]
        if is_planned:
            assert summary == (sums[0], sums[1].replace("—", NO_DATA), *sums[2:])


WHO = {Part.MENTEE: "наставляемых", Part.MENTOR: "наставников (обучающихся)"}


def check_mentees(made: Made, found: Read) -> None:
    """The справка's table, three times: the same rows as the table of coverage."""
    assert found.mentees["справка"] == found.mentees["docx"] == found.mentees["txt"]
    rows = figures(made, Part.MENTEE)
    expected = {f"СОШ №{name}": cells(*row) for name, row in zip(NAMES, rows, strict=False)}
    told = dict(found.mentees["docx"])
    sums = told.pop(TOTAL)
    assert told == expected
    if any(plan is not None for plan, _ in rows):
        assert sums == making.total(rows)


def check_shortfall(made: Made, found: Read) -> None:
    """«289 из 473 · не хватает 184» of each school, and the same columns of the workbook."""
    rows = figures(made, Part.MENTEE)
    for name, (plan, actual) in zip(NAMES, rows, strict=False):
        sheet = found.shortfall["workbook"][f"СОШ №{name}"]
        lacking = max(0, (plan or 0) - (actual or 0))
        assert sheet[:2] == cells(plan, actual)[:2]
        assert sheet[4] == number(lacking)
        said = found.shortfall["screen"][f"СОШ №{name}"]
        if plan is not None and actual is not None and actual < plan:
            assert said[-2:] == (
                f"{number(actual)} из {number(plan)}",
                f"не хватает {number(lacking)}",
            )


def check_left_out(found: Read) -> None:
    """The table of the page against the sums of the workbook, reason by reason."""
    shown = [
        row[0]
        for name, row in found.left_out["screen"].items()
        if "внесены" not in name and "в базе" not in name
    ]
    assert [people for (people,) in found.left_out["workbook"].values()] == shown


def check_years(made: Made, path: Path) -> None:
    """Every year of the plan, side by side: 31 December, or the day asked for."""
    book = Book(path)
    for part, name in ((Part.MENTEE, "План, наставляемые"), (Part.MENTOR, "План, наставники")):
        rows = {row[0]: row[1:] for row in book.table(name)}
        for place, year in enumerate(range(2020, made.on.year + 1)):
            by_year = Made(**{**vars(made), "on": min(made.on, dates.date(year, 12, 31))})
            for school, row in zip(NAMES, figures(by_year, part, year), strict=False):
                shown = rows[f"СОШ №{school}"][2 * place : 2 * place + 2]
                assert [without_note(shown[0]), shown[1]] == list(cells(*row)[:2]), (school, year)


# --- the tests ------------------------------------------------------------------------------------


def hold(make: MakeOf, wanted: list[tuple[str, int]], out: Path) -> None:
    """Make districts, and hold them as they were written and as LibreOffice counts them."""
    found: dict[Path, tuple[Made, Read]] = {}
    for case, seed in wanted:
        made, told, path = make(case, seed)
        check(made, read_book(told, path), path)
        found[path] = made, told
    counted = office.recalculate(list(found), out)
    for path, (made, told) in found.items():
        assert office.wrong_results(path, counted[path]) == []
        check(made, read_book(told, counted[path]), counted[path])


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_the_same_numbers_stand_everywhere(make: MakeOf, tmp_path: Path) -> None:
    hold(make, [(case, 1) for case in CASES], tmp_path / "out")


# --- planted faults: each must be seen ------------------------------------------------------------


def one_more(cell: Callable[..., Cell]) -> Callable[..., Cell]:
    """A count of the workbook that is off by one."""

    def wrong(figure: Any) -> Cell:
        found = cell(figure)
        return replace(found, value=found.value + 1) if isinstance(found.value, int) else found

    return wrong


def cut_off(row: Callable[..., dict[str, str]]) -> Callable[..., dict[str, str]]:
    """A per cent that is rounded a second time, in another way."""

    def wrong(school: Any) -> dict[str, str]:
        share = Decimal(school.mentees.actual * 100) / school.mentees.target
        said = f"{share.quantize(Decimal('0.1'), ROUND_DOWN)}".replace(".", ",")
        return {**row(school), "процент": f"{said}{ru.NBSP}%"}

    return wrong


def one_less(total: Callable[..., Any]) -> Callable[..., Any]:
    """A school that is left out of every sum."""
    return lambda figures, **more: total(list(figures)[1:], **more)


def without_a_row(data: Callable[..., Any]) -> Callable[..., Any]:
    """A row of the document's list that is missing."""

    def wrong(*args: Any) -> Any:
        found = data(*args)
        return replace(found, lists={"школы": found.lists["школы"][1:]})

    return wrong


@pytest.mark.parametrize(
    ("module", "name", "spoil"),
    [
        (sheet, "_actual", one_more),
        (spravka, "school_line", cut_off),
        (counted, "total", one_less),
        (spravka, "data", without_a_row),
    ],
    ids=["a count", "a rounding", "a sum", "a row"],
)
def test_a_planted_fault_is_seen(
    make: MakeOf, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, spoil: Any
) -> None:
    monkeypatch.setattr(module, name, spoil(getattr(module, name)))
    made, found, path = make("one school", 1)
    with pytest.raises((AssertionError, KeyError)):
        check(made, read_book(found, path), path)
