"""A text field of a line in a register stands wherever the guide says (docs/architecture.md)."""

from dataclasses import fields

from nastav.config import ROOT
from nastav.loads.columns import REGISTER
from nastav.people.forms import PersonForm
from nastav.people.models import TEXTS, Participation
from nastav.people.rows import Entry
from nastav.people.rules import NewPerson

FORM = ROOT / "templates" / "registers" / "people" / "_fields.html"


def test_each_text_is_kept_typed_shown_and_loaded() -> None:
    assert set(TEXTS) <= set(Participation.__table__.columns.keys())
    assert set(TEXTS) <= {one.name for one in fields(NewPerson)}
    assert {name for name in TEXTS if not hasattr(PersonForm, name)} == set()
    assert set(TEXTS) <= {column.key for column in REGISTER}
    assert {name for name in TEXTS if f"form.{name}" not in FORM.read_text("utf-8")} == set()


def test_entries_have_the_texts_in_the_order_of_the_table() -> None:
    in_entry = [one.name for one in fields(Entry)]
    first = in_entry.index("post") + 1
    assert in_entry[first : first + len(TEXTS)] == list(TEXTS)
