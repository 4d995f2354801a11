"""A state looks the same on the screen and in the workbook (rules.md#colours-of-states)."""

import re

from nastav.config import ROOT
from nastav.rollup.sheet import STYLES

CSS = (ROOT / "static" / "css" / "base.css").read_text("utf-8")


def colour(name: str) -> str:
    found = re.search(rf"--{name.replace('_', '-')}: #([0-9a-f]+);", CSS)
    assert found, name
    letters = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return f"#{letters.upper()}"


def test_fill_and_ink_are_those_of_the_pages() -> None:
    on_screen = {key: (colour(key), colour(f"{key}-ink")) for key in STYLES}
    in_the_workbook = {key: (style.fill or "#FFFFFF", style.ink) for key, style in STYLES.items()}
    assert in_the_workbook == on_screen
