"""Looks and behaviour no page asks for: classes of the style sheets, attributes that scripts wait for."""

import re
from pathlib import Path

import pytest

from tests.support.unused import unused

ROOT = Path(__file__).resolve().parent.parent
SHEETS = sorted((ROOT / "static/css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
PAGES = sorted((ROOT / "templates").rglob("*.html"))
CODE = [path for path in sorted((ROOT / "nastav").rglob("*.py")) if "migrations" not in path.parts]
OF_HTMX = {"htmx-request"}  # set by the library


def read(files: list[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


MARKUP = read(PAGES) + read(CODE)
ASKED = MARKUP + read(SCRIPTS)
# `state-{{ row.state }}`, `u{{ score }}`
MADE = set(re.findall(r"([a-z][\w-]*-|\bu)(?:\{\{|\{|' ~)", MARKUP))


def is_asked(word: str, text: str) -> bool:
    stands = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    return bool(stands) or any(word.startswith(prefix) for prefix in MADE)


def classes() -> set[str]:
    text = re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", "", read(SHEETS), flags=re.DOTALL)
    return set(re.findall(r"\.([a-z][\w-]*)", text)) - OF_HTMX


def awaited() -> set[str]:
    return set(re.findall(r"[\[\"](data-[a-z-]+)", read(SCRIPTS)))


def test_the_files_are_read() -> None:
    assert len(classes()) > 100
    assert len(awaited()) > 5


@pytest.mark.parametrize("word", sorted(classes()))
def test_every_class_of_the_style_sheets_is_on_some_page(word: str) -> None:
    assert is_asked(word, ASKED), f".{word}: no template, script or code gives it"


@pytest.mark.parametrize("word", sorted(awaited()))
def test_every_attribute_a_script_waits_for_is_on_some_page(word: str) -> None:
    assert is_asked(word, MARKUP), f"{word}: no template or code gives it"


def test_a_name_that_neither_code_nor_a_template_uses_is_found(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.vulture]\npaths = ['nastav']\nexclude = []\nignore_names = []\nignore_decorators = []\n"
    )
    for folder in ("nastav", "templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "nastav/a.py").write_text("def shown(): ...\n\n\ndef dead(): ...\n")
    (tmp_path / "templates/a.html").write_text("<p>dead</p>{% if not row.shown() %}{% endif %}")
    assert unused(tmp_path) == ["nastav/a.py:4: function dead"]
