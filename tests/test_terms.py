"""What people read stands once in `nastav.terms`: states with their colours, the names of fields."""

import ast
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from wtforms.fields.core import UnboundField

from nastav import terms
from nastav.audit.labels import FIELDS
from nastav.columns.column import Room
from nastav.columns.register import COLUMNS
from nastav.forms import BaseForm

ROOT = Path(__file__).parents[1]
FIELD_TABLES = {
    name: table
    for name, table in vars(terms).items()
    if isinstance(table, dict) and name.isupper() and name != "COLOURS"
}
# what the journal calls things that no single field of a form asks for
ROLES = {"is_curator", "coordinator"}  # a person's title too
JOURNALS_OWN = {"closed_on", "number_and_date", "place", "reason", "state", "title"}


def forms_labels() -> dict[str, set[str]]:
    """Return what the program's forms call each field, by the field's name, as within a sentence."""
    found = defaultdict(set)
    for form in _below(BaseForm):
        for name, field in vars(form).items():
            if isinstance(field, UnboundField) and field.args:
                found[name].add(terms.inside(str(field.args[0])))
    return found


def _below(form: type[Any]) -> list[type[Any]]:
    return [each for sub in form.__subclasses__() for each in (sub, *_below(sub))]


def test_the_journal_calls_a_field_as_its_form_does(app: Any) -> None:
    known = forms_labels()
    astray = {
        name: (label, known[name])
        for name, label in FIELDS.items()
        if name not in JOURNALS_OWN and label not in known[name]
    }
    assert not astray


def test_a_column_of_a_table_is_called_as_the_field_of_its_form(app: Any) -> None:
    """A column that holds what no one field holds is not asked: the whole name, classes from and to."""
    known = forms_labels()
    astray = {
        column.key: (column.title, known[column.key])
        for column in COLUMNS
        if column.room in set(Room) and column.key in known and column.key not in ("name", "number")
        if terms.inside(column.title) not in known[column.key]
    }
    assert not astray


def test_a_term_of_several_words_is_written_nowhere_else() -> None:
    """Single words («Класс», «Имя», «Цель») mean many things; a term of several words is a field's name."""
    general = {"нет данных"}  # what any figure says that nobody entered, beside a point's state
    several = {
        term: f"terms.{name}.{key}"
        for name, table in FIELD_TABLES.items()
        for key, term in table.items()
        if " " in term and key not in ROLES and term not in general
    }
    written = []
    for path in sorted((ROOT / "nastav").rglob("*.py")):
        if path.name == "terms.py" or "migrations" in path.parts or "demo" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in several:
                written.append(f"{path.relative_to(ROOT)}:{node.lineno}: {several[node.value]}")
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for quoted in re.findall(
            r""">([^<>{}]+)<|"([^"{}]+)"|'([^'{}]+)'""", path.read_text("utf-8")
        ):
            word = "".join(quoted).strip()
            if word in several:
                written.append(f"{path.relative_to(ROOT)}: {several[word]}")
    assert not written, "\n".join(written)


def test_states_have_the_same_colours_on_the_screen_and_in_workbooks() -> None:
    sheet = (ROOT / "static/css/base.css").read_text(encoding="utf-8")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", sheet))
    for state, (fill, ink) in terms.COLOURS.items():
        name = state.replace("_", "-")
        assert _full(found[name]) == (fill or "#FFFFFF"), state
        assert _full(found[f"{name}-ink"]) == ink, state


def _full(colour: str) -> str:
    """Return «#FFFFFF» of «#fff»."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return f"#{digits.upper()}"
