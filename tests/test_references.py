"""What code and pages cite is there: files of docs, their headings and rows; and a row is told once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
TREES = ("nastav", "templates", "tests", "bench", "docs", "orders", "deploy", ".ci")
SINGLE = (
    "README.md",
    "README.ru.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "Makefile",
    "pyproject.toml",
)
KINDS = {".py", ".html", ".md", ".toml", ".txt", ".js", ".css", ".conf", ".service", ""}
NOT_OURS = ("tests/vendor/", "nastav/accounts/common_passwords.txt")
REFERENCE = re.compile(
    r"(?<![\w./])((?:[\w-]+/)*[\w.-]+\.md)(#[\w-]+)?|(?<![\w/])(docs/[\w./-]*\w)"
)
# a number that only another paper explains
BARE = re.compile(r"(?<![\w/#-])(?:[Dd]ecisions?[ \u00a0]\d+|[SRJPV]\d{1,2})(?![\w№-])")
KEYED = ("security.md", "reliability.md", "quality.md")  # whose tables explain the keys of promises


def cited() -> Iterator[tuple[Path, int, str]]:
    """Yield every line of the project's own texts: file, number, text."""
    trees = [path for tree in TREES for path in sorted((ROOT / tree).rglob("*"))]
    for path in [*trees, *(ROOT / name for name in SINGLE)]:
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and path.suffix in KINDS and not name.startswith(NOT_OURS):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                yield path, number, line


def anchors(page: Path) -> set[str]:
    """Return the ids of a page and the slugs of its headings, as GitHub makes them."""
    text = page.read_text("utf-8")
    ids = set(re.findall(r'<a id="([\w-]+)">', text))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return ids | {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def found_page(name: str, citing: Path) -> Path | None:
    places = (citing.parent / name, DOCS / name, ROOT / name)
    return next((place.resolve() for place in places if place.is_file()), None)


def broken(citing: Path, page: str, anchor: str, other: str) -> bool:
    if other and not page:
        return not (ROOT / other).exists()
    found = found_page(page, citing)
    return found is None or bool(anchor and anchor[1:] not in anchors(found))


def test_every_reference_leads_somewhere() -> None:
    seen, lost = 0, []
    for path, number, line in cited():
        for page, anchor, other in REFERENCE.findall(line):
            seen += 1
            if broken(path, page, anchor, other):
                lost.append(f"{path.relative_to(ROOT)}:{number}: {page or other}{anchor}")
    assert seen > 100
    assert lost == []


def test_no_number_stands_without_its_page() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path, number, line in cited()
        if not explained(path, line)
        for match in BARE.finditer(line)
    ]
    assert found == []


def explained(path: Path, line: str) -> bool:
    """Tell whether a line is a row of the table that explains the number."""
    is_row = re.match(r"\| (?:<a id=\"\w+\"></a>)?[A-Z]\d", line)
    return path.parent == DOCS and path.name in KEYED and bool(is_row)


@pytest.mark.parametrize("paper", sorted(DOCS.rglob("*.md")), ids=lambda paper: paper.name)
def test_no_row_of_a_table_stands_twice(paper: Path) -> None:
    twice = []
    for table in re.findall(r"(?:^\|.*\n)+", paper.read_text("utf-8"), re.MULTILINE):
        rows = [[cell.strip() for cell in line[1:].split("|")] for line in table.splitlines()]
        firsts = [key(rows[0][0], row) for row in rows[2:]]
        twice += [name for name in firsts if firsts.count(name) > 1]
    assert twice == []


def key(head: str, row: list[str]) -> tuple[str, ...]:
    """What a row is about: its first cell; a promise's key has several promises, a state several steps."""
    first = re.sub(r"<a id=[^>]*></a>", "", row[0])
    return (first, row[1]) if head == "from" or re.fullmatch(r"[A-Z]\d+", first) else (first,)


def test_files_that_the_pages_name_are_there() -> None:
    pages = [*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "README.ru.md"]
    named = {
        (page.name, name)
        for page in pages
        for name in re.findall(r"\b(?:nastav|tests|bench)/[\w./-]*\w", page.read_text("utf-8"))
    }
    assert len(named) > 40
    assert {(page, name) for page, name in named if not (ROOT / name).exists()} == set()
