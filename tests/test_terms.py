"""What people read stands once in `nastav.terms`."""

import re
from pathlib import Path

from nastav import terms

ROOT = Path(__file__).parents[1]


def test_states_have_the_same_colours_on_the_screen_and_in_workbooks() -> None:
    sheet = (ROOT / "static/css/base.css").read_text(encoding="utf-8")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", sheet))
    for state, (fill, ink) in terms.COLOURS.items():
        name = state.replace("_", "-")
        assert _full(found[name]) == (fill or "#FFFFFF"), state
        assert _full(found[f"{name}-ink"]) == ink, state


def _full(colour: str) -> str:
    """Return «#FFFFFF» of «#fff»."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    return f"#{digits.upper()}"
