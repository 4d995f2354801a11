"""The tables of promises: in the order of their keys, each with a figure and a command that exists."""

import re
from pathlib import Path

import pytest

from nastav.config import ROOT

ROW = re.compile(
    r"^\| (?:<a id=\"\w+\"></a>)?([A-Z]\d+) \| (.*?) \| (.*?) \| (.*?) \|$", re.MULTILINE
)


def rows(page: Path) -> list[tuple[str, str, str, str]]:
    return ROW.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["security.md", "reliability.md"])
def test_each_promise_has_a_figure_and_a_command_that_exists(name: str) -> None:
    found = rows(ROOT / "docs" / name)
    assert len(found) > 5
    for key, promise, figure, command in found:
        assert promise, key
        assert re.search(r"\d", figure), f"{key} names no figure"
        named = re.findall(r"(?:tests|bench)/[\w./]*", command)
        assert named or "make " in command, f"{key} names no command"
        assert [path for path in named if not (ROOT / path).exists()] == [], key


@pytest.mark.parametrize("name", ["security.md", "reliability.md"])
def test_the_rows_stand_in_the_order_of_their_keys(name: str) -> None:
    keys = [(key[0], int(key[1:])) for key, *_ in rows(ROOT / "docs" / name)]
    assert keys == sorted(keys)


def test_the_policy_names_the_version_that_is_newest() -> None:
    newest = re.search(r"^## (\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest
    assert f"| {newest[1]} (the newest) | yes |" in (ROOT / "SECURITY.md").read_text("utf-8")
