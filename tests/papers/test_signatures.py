"""Whoever signs a list finds a row of it on the same page, however long the list (LibreOffice Writer)."""

import re
from datetime import date
from pathlib import Path

import pytest

from nastav.papers import builder
from nastav.papers.catalogue import KINDS
from nastav.papers.filler import Data, fill
from nastav.papers.kinds import COMMON
from tests import office

FIELD = re.compile(r"\{(\w+(?:\.\w+)?)\}")
ROW = re.compile(r"\d+ +\S")  # a row of a list begins with its number; a page's number stands alone
DAY = date(2020, 12, 9)
# papers that end with a list → lengths that left «Итого» and the signature alone while they stood below it
SIZES: dict[str, tuple[int, ...]] = {
    "plan": (32, 33),
    "roadmap": (49, 51),
    "mentees": (27, 29),
    "mentors": (27, 29),
    "training": (67, 68),
    "pairs": (44, 45),
    "changes": (30, 31),
    "support": (25, 27),
    "answers": (16, 59),
    "final": (44, 45),
    "award": (42, 44),
    "d-results": (34, 35),
}


def long(key: str, rows: int, **fields: str) -> bytes:
    """Return a paper whose lists have so many rows, each of them beginning with its number."""
    text = (builder.TEXTS / f"{key}.txt").read_text("utf-8")
    kind = KINDS.get(key)
    known = {**COMMON, **(kind.fields if kind else {}), **fields}
    lists: dict[str, dict[str, str]] = {}
    for name in FIELD.findall(text):
        owner, _, own = name.partition(".")
        if own:
            example = kind.lists[owner][own] if kind else own
            lists.setdefault(owner, {})[own] = example
        else:
            known.setdefault(name, name)
    numbered = {
        owner: [{**item, next(iter(item)): str(number)} for number in range(1, rows + 1)]
        for owner, item in lists.items()
    }
    return fill(builder.template(key), Data(known, numbered), title=key, made_on=DAY)


def lonely(sizes: dict[str, tuple[int, ...]], place: Path) -> dict[str, list[int]]:
    """Return the lengths of each paper with a page that holds a signature and no row."""
    files = {}
    for key, lengths in sizes.items():
        for rows in lengths:
            files[key, rows] = place / f"{key}-{rows}.docx"
            files[key, rows].write_bytes(long(key, rows))
    printed = office.to_pdf(list(files.values()), place / "out")
    found: dict[str, list[int]] = {}
    for (key, rows), path in files.items():
        pages = office.pdf_text(printed[path])
        assert len(pages) > 1, f"{path.name}: a list of one page shows nothing"
        if not any(ROW.match(line.strip()) for line in pages[-1].splitlines()):
            found.setdefault(key, []).append(rows)
    return found


def test_every_paper_that_ends_with_a_list_is_tried() -> None:
    """A text whose last table is followed by nothing but its total and signatures ends with a list."""
    ends = re.compile(r"\n\|[^\n]*\{\w+\.[^\n]*(\n\|\*[^\n]*)?(\n- [^\n]*)?(\n~[~.] [^\n]*)+\s*$")
    texts = {path.stem: path.read_text("utf-8") for path in builder.TEXTS.glob("*.txt")}
    assert SIZES.keys() == {key for key, text in texts.items() if ends.search(text)}


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_a_signature_has_a_row_of_its_list_beside_it(tmp_path: Path) -> None:
    assert lonely(SIZES, tmp_path) == {}


@pytest.mark.soak
@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("key", SIZES)
def test_no_length_of_a_list_leaves_its_signature_alone(key: str, tmp_path: Path) -> None:
    first = min(SIZES[key])
    assert lonely({key: tuple(range(first, first + 60))}, tmp_path) == {}


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_a_name_of_400_letters_leaves_signatures_where_the_text_is(tmp_path: Path) -> None:
    """Whoever has read an order signs beside who issued it and a point of it; a diploma is one page."""
    school = ("Муниципальное бюджетное общеобразовательное учреждение " * 8)[:400].strip()
    short = "МБОУ СОШ № 5 имени Героя Советского Союза Константина Константинопольского"
    award = {"имя": "Щ" * 60, "за_что": "За терпение и большую помощь " * 3, "приказ": "Приказ № 5"}
    files = {
        key: tmp_path / f"{key}.docx" for key in ("start", "team", "pairs", "award", "diploma")
    }
    for key, path in files.items():
        own = award if key == "diploma" else {}
        path.write_bytes(long(key, 1, школа=school, школа_кратко=short, **own))
    printed = office.to_pdf(list(files.values()), tmp_path / "out")
    pages = {key: office.pdf_text(printed[path]) for key, path in files.items()}
    assert len(pages.pop("diploma")) == 1
    assert [key for key, found in pages.items() if "Приложение" in found[-1]] == [
        *("team", "pairs", "award")
    ]
    for key, found in pages.items():
        (read,) = (page for page in found if "ознакомлен(а):" in page and "СОСТАВ" not in page)
        assert "Контроль за исполнением" in read, key
        assert re.search(r"Директор +_+ +П. И. Гончаренко", read), key
