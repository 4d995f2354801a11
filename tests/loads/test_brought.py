"""Tables as schools bring them: the check shows what was written down by hand before it could."""

import re
from pathlib import Path

import pytest

from tests.loads.brought.cases import CASES
from tests.loads.loading import sent
from tests.support.cast import Cast
from tests.support.pages import PageClient, TestResponse, soup

EXPECTED = Path(__file__).parent / "brought" / "expected"


def folded(element) -> str:  # type: ignore[no-untyped-def]
    return " ".join(element.get_text(" ").replace("\xa0", " ").split()) if element else ""


def shown(page: TestResponse) -> str:
    """Return what a check says, offers and would load, a line each."""
    found = soup(page)
    lines = [f"Отказ\n  {folded(item)}" for item in found.select(".error-summary li")]
    if said := found.select("ul.said li"):
        lines += ["Сказано", *(f"  {folded(text)}" for text in said)]
    if offered := found.select("fieldset.offer label"):
        lines.append("Что взять из файла")
        for label in offered:
            box = found.find(id=label["for"])
            lines.append(f"  [{'x' if box.has_attr('checked') else ' '}] {folded(label)}")
    for table in found.select("table"):
        heading = folded(table.find_previous("h2"))
        lines += [heading, *(row_of(row, heading) for row in table.select("tbody tr"))]
    return "\n".join(lines) + "\n"


def row_of(row, heading: str) -> str:  # type: ignore[no-untyped-def]
    cells = [folded(row.select_one("th"))]
    names = ("ФИО", "Кто это будет")
    cells += [folded(row.select_one(f"td[data-label='{name}']")) for name in names]
    cells[2] = cells[2].removeprefix("ученик ").replace("—", "")
    if heading == "Исправить":
        cells.append(folded(row.select_one("td")))
    joined = re.search(
        r"дата вхождения: (\S+)", folded(row.select_one("td[data-label='Остальное']"))
    )
    if heading != "Исправить" and joined and joined[1] != "09.12.2020":
        cells.append(joined[1])
    return "  " + " | ".join(cells).replace("|  |", "| |")


def test_each_table_has_its_expected_check() -> None:
    assert sorted(CASES) == sorted(path.stem for path in EXPECTED.glob("*.txt"))
    assert len(CASES) >= 20


@pytest.mark.parametrize("name", CASES)
def test_a_table_is_shown_as_expected(cast: Cast, boris: PageClient, name: str) -> None:
    book, made = CASES[name]
    answer = sent(boris, cast, made(), book)
    page = boris.get(answer.location) if answer.status_code == 303 else answer
    assert shown(page) == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")
