"""Papers of stages V–VII in LibreOffice Writer: pages as expected, the PDF says what the document says."""

import re
from pathlib import Path

import pytest
from flask import Flask

from nastav.contents.collectors import COLLECT
from nastav.db import writing
from tests import office
from tests.contents.making import made, printed_of
from tests.contents.schools import many, one_of_each
from tests.contents.test_late_papers import KEYS
from tests.support.cast import Cast
from tests.support.people import add_group

# least and most pages of each paper where there is one of each, and where there are 200 pairs
ONE = {
    "changes": (2, 2),
    "plans": (2, 2),
    "support": (1, 1),
    "answers": (1, 1),
    "rewards": (1, 1),
    "final": (2, 2),
    "note": (2, 2),
    "award": (2, 2),
    "diploma": (3, 3),
}
MANY = {
    "changes": (10, 16),
    "final": (10, 16),
    "award": (5, 12),
    "diploma": (200, 200),
}
EXPECTED = ONE | {f"{key}-200": span for key, span in MANY.items()} | {"plans-6-40": (3, 3)}
SIGNED = ("Директор", "Школьный куратор", "Педагог-психолог", "Секретарь", "Наставник")


def plain(text: str) -> str:
    return re.sub(r"[\s­]+", "", text)


def lone_signatures(pages: list[str]) -> list[str]:
    """Return the pages that hold nothing but a number and signatures."""
    found = []
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        rest = [line for line in lines if not line.isdecimal()]
        if rest and all(line.startswith(SIGNED) for line in rest):
            found.append(page)
    return found


Printed = tuple[Path, list[str]]  # a document, and the values that it must say


def saved(path: Path, school_id: int, key: str) -> Printed:
    """Save a paper of a school as a document (needs an application context)."""
    content, file = made(school_id, key)
    whole = path.with_suffix(".docx")
    whole.write_bytes(file)
    return whole, printed_of(content, key)


def check(name: str, pages: list[str], values: list[str]) -> None:
    """Assert that a printed paper says its values, and leaves no signature alone."""
    assert not lone_signatures(pages), name
    said = plain("".join(pages))
    assert not re.search(r"[{}]|None", said)
    for word in {word for value in values for word in re.split(r"[\s,]+", value)}:
        assert plain(word) in said, (name, word)


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_papers_print_as_they_should(app: Flask, cast: Cast, tmp_path: Path) -> None:
    papers: dict[str, Printed] = {}
    with app.app_context(), writing():
        one_of_each(cast.boris_school)
        many(cast.vera_school, 200, closed=True)
    with app.app_context():
        for key in KEYS:
            papers[key] = saved(tmp_path / key, cast.boris_school, key)
        for key in MANY:
            papers[f"{key}-200"] = saved(tmp_path / f"{key}-200", cast.vera_school, key)
    with app.app_context(), writing():
        for size in (6, 40):
            add_group(cast.vera_school, size)
    with app.app_context():
        papers["plans-6-40"] = saved(tmp_path / "plans-6-40", cast.vera_school, "plans")
    printed = office.to_pdf([path for path, _ in papers.values()], tmp_path / "out")
    pages = {name: office.pdf_text(printed[path]) for name, (path, _) in papers.items()}
    wrong = {
        name: len(found)
        for name, found in pages.items()
        if not EXPECTED[name][0] <= len(found) <= EXPECTED[name][1]
    }
    assert not wrong
    for name, found in pages.items():
        check(name, found, papers[name][1])


def test_papers_are_all_expected() -> None:
    assert ONE.keys() == set(KEYS) <= COLLECT.keys()
