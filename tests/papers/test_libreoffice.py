"""A template that LibreOffice has opened and saved is still ours: taken, and filled the same."""

from datetime import date
from pathlib import Path

import pytest

from nastav.papers import example, inspection
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
