"""A text of a register's line is named in few places; each that lacks one is told by its name."""

from dataclasses import fields

import pytest
from sqlalchemy import String

from nastav.columns.register import REGISTER
from nastav.people.changes.models import FIELDS
from nastav.people.forms import PersonForm
from nastav.people.models import TEXTS, Participation
from nastav.people.rows import Entry
from nastav.people.rules import NewPerson


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_stands_wherever_a_line_is_typed_loaded_saved_and_shown(name: str) -> None:
    places = {
        "table": name in Participation.__table__.columns,
        "line": name in {field.name for field in fields(Entry)},
        "typed line": name in {field.name for field in fields(NewPerson)},
        "form": hasattr(PersonForm, name),
        "columns of a load": name
        in {column.key for column in REGISTER if column.read and column.write},
        "history": FIELDS.get(name) == TEXTS[name].lower(),
    }
    assert all(places.values()), places


def test_a_line_is_read_by_place_in_the_order_of_the_texts() -> None:
    named = [field.name for field in fields(Entry)]
    first = named.index(next(iter(TEXTS)))
    assert named[first : first + len(TEXTS)] == list(TEXTS)


def test_every_plain_text_of_the_table_is_a_text_of_the_line() -> None:
    texts = {
        column.name for column in Participation.__table__.columns if type(column.type) is String
    }
    assert texts == {"left_reason", *TEXTS}
