"""Every paper of stages I–IV: what it says is known, opens in Writer, and is the same everywhere."""

import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from flask import Flask

from nastav.contents.collectors import COLLECT
from nastav.contents.scope import Content
from nastav.db import writing
from nastav.district.models import School
from nastav.papers import builder, drawer
from nastav.papers.catalogue import KINDS
from nastav.papers.filler import Data, Heading, fill
from nastav.papers.kinds import COMMON, Kind
from tests import office
from tests.contents.places import fill_school
from tests.contents.scopes import scope
from tests.support.cast import Cast
from tests.support.demo import TODAY as DEMO_TODAY

DAY = date(2020, 12, 9)
MINE = sorted(key for key in COLLECT if KINDS[key].stage <= 4)
WRITTEN = sorted(key for key in KINDS if (builder.TEXTS / f"{key}.txt").exists())
ALWAYS = {"start", "rules", "plan", "programme", "roadmap", "meeting1", "forms"}
# what a district's own template may hold, and ours does without
OFFERED = {"diploma": {"поощрение"}, "final": {"пары.период"}}
FIELD = re.compile(r"\{([^{}]+)\}")
PLACES = ("empty", "one", "two hundred", "demo")


@dataclass(frozen=True)
class Made:
    """A paper of a place: its first or last sheet."""

    place: str
    key: str
    content: bytes


def document(kind: Kind, data: Data, on: date = DAY) -> bytes:
    return fill(builder.template(kind.text), data, title=kind.name, made_on=on)


def examples(kind: Kind, items: int = 1) -> Data:
    lists = {name: [fields] * items for name, fields in kind.lists.items()}
    return Data({**COMMON, **kind.fields}, lists)


def collected(app: Flask, school_id: int, on: date = DAY) -> dict[str, Content]:
    with app.app_context():
        return {key: COLLECT[key](scope(school_id, on)) for key in MINE}


def of_place(app: Flask, cast: Cast, demo: Flask, place: str) -> dict[str, Content]:
    """What a place's papers hold; the school of Вера is empty."""
    if place == "demo":
        with demo.app_context():
            school = School.query.filter_by(name="СОШ №5").one().id
        return collected(demo, school, date.fromisoformat(DEMO_TODAY))
    if place != "empty":
        with app.app_context(), writing():
            fill_school(cast.boris_school, 1 if place == "one" else 160)
    return collected(app, cast.vera_school if place == "empty" else cast.boris_school)


# --- what stands in them ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", WRITTEN)
def test_a_text_asks_for_nothing_unknown_and_holds_what_is_required(key: str) -> None:
    kind = KINDS.get(key)
    if kind is None:
        assert key == "spravka"
        return
    asked = set(FIELD.findall((builder.TEXTS / f"{key}.txt").read_text("utf-8")))
    listed = {f"{name}.{part}" for name, parts in kind.lists.items() for part in parts}
    known = {*COMMON, *kind.fields, *listed}
    assert asked <= known
    left = {*kind.fields, *listed} - asked
    assert left == OFFERED.get(key, set()), "what the kind has of its own stands in its text"
    owners = {name.partition(".")[0] for name in asked}
    assert set(kind.required) <= owners
    assert drawer.draw(document(kind, examples(kind)))
    assert "None" not in drawer.plain(drawer.draw(document(kind, examples(kind))))


@pytest.mark.parametrize("place", PLACES)
def test_collectors_return_exactly_what_the_catalogue_names(
    app: Flask, cast: Cast, demo: Flask, place: str
) -> None:
    found = of_place(app, cast, demo, place)
    made = {key for key, content in found.items() if content.sheets}
    agreed = {"consents", "taking_part", "mentor_consents"} if place == "demo" else set()
    assert made == (ALWAYS if place == "empty" else set(MINE) - agreed)
    for key, content in found.items():
        assert bool(content.nothing) is not bool(content.sheets)
        for data in content.sheets:
            kind = KINDS[key]
            assert data.fields.keys() == COMMON.keys() | kind.fields.keys()
            assert data.lists.keys() == kind.lists.keys()
            for name, items in data.lists.items():
                assert items
                rows = [item for item in items if not isinstance(item, Heading)]
                assert all(item.keys() == kind.lists[name].keys() for item in rows)
                assert all(isinstance(text, str) for item in rows for text in item.values())


@pytest.mark.parametrize("place", PLACES)
def test_no_remark_names_anybody(app: Flask, cast: Cast, demo: Flask, place: str) -> None:
    for content in of_place(app, cast, demo, place).values():
        said = " ".join((*content.remarks, content.nothing))
        for data in content.sheets:
            for items in data.lists.values():
                names = [item.get("имя", "") for item in items if not isinstance(item, Heading)]
                assert not [name for name in names if name and name.split()[0] in said]


def test_the_same_data_gives_the_same_bytes_and_no_trace(app: Flask, cast: Cast) -> None:
    with app.app_context(), writing():
        fill_school(cast.boris_school, 3)
    first, second = (collected(app, cast.boris_school) for _ in range(2))
    for key in MINE:
        kind = KINDS[key]
        made = [document(kind, found[key].sheets[0]) for found in (first, second)]
        assert made[0] == made[1]
        own = docx.Document(BytesIO(made[0])).core_properties
        assert (own.author, own.last_modified_by, own.title) == ("", "", kind.name)


# --- on paper ---------------------------------------------------------------------------------------

# pages of a paper of one and of two hundred people; the list of a table grows, all else does not
PAGES = {"start": 1, "rules": 2, "programme": 1, "team": 2, "criteria": 1, "meeting1": 1}
SHEETS = {"consents": 1, "taking_part": 1, "mentor_consents": 1}


@pytest.fixture(params=("one", pytest.param("two hundred", marks=pytest.mark.soak)))
def printed(
    request: pytest.FixtureRequest, app: Flask, cast: Cast, demo: Flask, tmp_path: Path
) -> dict[Made, Path]:
    """Print every paper of a place, and those of the demo and of the empty school beside the small one."""
    more = ("demo", "empty") if request.param == "one" else ()
    made = []
    for place in (*more, request.param):
        for key, content in of_place(app, cast, demo, place).items():
            for at, data in enumerate((*content.sheets[:1], *content.sheets[1:][-1:])):
                made.append(Made(f"{place}-{at}", key, document(KINDS[key], data)))
    files = {}
    for each in made:
        path = tmp_path / f"{each.place}-{each.key}.docx"
        path.write_bytes(each.content)
        files[each] = path
    pdfs = office.to_pdf(list(files.values()), tmp_path)
    return {each: pdfs[path] for each, path in files.items()}


def words(text: str) -> str:
    """A text without what a line's end and a page add: spaces, hyphens at ends, ruled lines."""
    return re.sub(r"[\s_\f]+", "", text)


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_every_paper_prints_whole(printed: dict[Made, Path]) -> None:
    assert len(printed) > 15
    for made, pdf in printed.items():
        pages = office.pdf_text(pdf)
        whole = "\n".join(pages)
        assert "{" not in whole
        assert "None" not in whole
        expected = PAGES | SHEETS
        if made.key in expected:
            assert len(pages) == expected[made.key], made.key
        assert_page_is_paper(made, pages)
        assert_signature_is_not_alone(made, pages)


def assert_page_is_paper(made: Made, pages: list[str]) -> None:
    """Everything that the page says stands in the PDF, word by word: cells are wrapped there."""
    printed = words("\n".join(pages))
    for block in drawer.draw(made.content):
        texts = [block.text, block.name, *block.head]
        texts += [cell for row in (*block.rows, block.total) for cell in row]
        for text in texts:
            for word in text.split():
                assert words(word) in printed or is_broken(word, printed), (made.key, word)


def is_broken(word: str, printed: str) -> bool:
    """A word too long for its column is printed in parts."""
    return len(word) > 12 and words(word)[:4] in printed


def assert_signature_is_not_alone(made: Made, pages: list[str]) -> None:
    """On the page where the last one signs stands more than signatures and the page's number."""
    signers = [b for b in drawer.draw(made.content) if b.kind in ("signed", "read", "seen")]
    if not signers:
        return
    last = words(f"{signers[-1].text}{signers[-1].name}")
    its = [page for page in pages if any(words(line) == last for line in page.splitlines())]
    assert its, made.key
    lines = [line for line in its[-1].splitlines() if line.strip()]
    alone = 1 if len(pages) > 1 else 0
    assert len(lines) > len(signers) + alone, made.key
