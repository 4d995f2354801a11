"""A template that LibreOffice has opened and saved is still ours: taken, and filled the same."""

from datetime import date
from pathlib import Path

import pytest

from nastav.papers import builder, drawer, example, inspection
from nastav.papers.catalogue import KINDS
from nastav.papers.filler import fill
from tests.office import to_docx
from tests.support.blanks import good, texts

TEAM = KINDS["team"]
DAY = date(2020, 12, 9)


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_a_template_saved_by_libreoffice_is_taken_and_fills_the_same(tmp_path: Path) -> None:
    ours = tmp_path / "team.docx"
    ours.write_bytes(good())
    theirs = to_docx([ours], tmp_path / "out")[ours].read_bytes()
    assert theirs != good()
    assert inspection.faults(theirs, TEAM) == []
    data = example.data(TEAM)
    made = [fill(each, data, title="", made_on=DAY) for each in (good(), theirs)]
    assert texts(made[0]) == texts(made[1])
    assert len(texts(made[0])) > 20


@pytest.mark.office
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize("key", ["pairs", "plan"])
def test_a_list_with_its_signature_comes_back_from_libreoffice(key: str, tmp_path: Path) -> None:
    ours = tmp_path / "ours.docx"
    ours.write_bytes(builder.template(key))
    theirs = to_docx([ours], tmp_path / "out")[ours].read_bytes()
    assert inspection.faults(theirs, KINDS[key]) == []
    data = example.data(KINDS[key])
    made = [fill(each, data, title="", made_on=DAY) for each in (ours.read_bytes(), theirs)]
    blocks = [drawer.draw(each) for each in made]
    assert drawer.plain(blocks[0]) == drawer.plain(blocks[1])
    pages = [[block.text for block in each if block.is_new_page] for each in blocks]
    assert pages[0] == pages[1] == (["Приложение"] if key == "pairs" else [])
    assert blocks[0][-1].name == "И. С. Мельник"
