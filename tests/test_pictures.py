"""Pictures of pages: those that texts name, those that `make pictures` takes and the files agree."""

import re

import pytest
from PIL import Image

from nastav.config import ROOT
from tests.support.pictures import DOCS, HELP, PICTURES, Picture

READMES = ("README.md", "README.ru.md")
IN_HELP = re.compile(r'picture\("(\w+)", "[^"]+"(?:, (\d+), (\d+))?\)')


def named_in(readme: str) -> set[str]:
    return set(re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / readme).read_text("utf-8")))


def in_help() -> dict[str, tuple[int, int]]:
    """Return the pictures that the help shows, each with the size its place is kept for."""
    texts = [path.read_text("utf-8") for path in ROOT.glob("templates/home/_help*.html")]
    shown = [found for text in texts for found in IN_HELP.findall(text)]
    return {name: (int(wide or 1100), int(high or 720)) for name, wide, high in shown}


def test_every_picture_is_shown_somewhere_and_every_shown_one_is_taken() -> None:
    taken = {picture.file.as_posix() for picture in PICTURES}
    helped = {(HELP / f"{name}.png").as_posix() for name in in_help()}
    assert helped
    assert all(named_in(readme) for readme in READMES)
    assert set().union(helped, *map(named_in, READMES)) == taken


def test_no_picture_of_a_page_is_left_that_nothing_takes() -> None:
    files = {
        path.relative_to(ROOT) for folder in (HELP, DOCS) for path in (ROOT / folder).glob("*.png")
    }
    assert files == {picture.file for picture in PICTURES}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_small_and_as_wide_as_its_page(picture: Picture) -> None:
    file = ROOT / picture.file
    assert file.stat().st_size <= 60 * 1024
    with Image.open(file) as taken:
        assert taken.size == picture.size
    assert in_help().get(picture.name, picture.size) == picture.size
