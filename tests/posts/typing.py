"""What a person would type into a form: values by field's name, where the name may be a pattern."""

from fnmatch import fnmatchcase
from typing import Any

from bs4 import Tag

from tests.support.pages import controls, having

FIRST = object()  # the first choice there is: an option with a value, a box, a circle


def typed_into(form: Tag, typed: dict[str, Any]) -> dict[str, Any]:
    """Return the values by the names that the form has; a pattern fills every field it fits."""
    values = {}
    for pattern, value in typed.items():
        names = [name for name in _names(form) if fnmatchcase(name, pattern)]
        assert names, f"the form has no field {pattern!r}, only {sorted(set(_names(form)))}"
        for name in names:
            values[name] = first_choice(form, name) if value is FIRST else value
    return values


def _names(form: Tag) -> list[str]:
    return list(dict.fromkeys(str(field["name"]) for field in controls(form)))


def first_choice(form: Tag, name: str) -> str:
    """Return the first value that may be chosen in a field, the empty one left out."""
    found = choices(form, name)
    assert found, f"nothing to choose in {name!r}"
    return found[0]


def choices(form: Tag, name: str) -> list[str]:
    """Return the values that may be chosen in a field."""
    fields = having(form, "name", name)
    lists = [field for field in fields if field.name == "select"]
    options = [option for field in lists for option in field.find_all("option")]
    circles = [field for field in fields if field.get("type") in ("radio", "checkbox")]
    buttons = [field for field in fields if field.name == "button"]
    values = [str(choice.get("value", "on")) for choice in (*options, *circles, *buttons)]
    return [value for value in values if value not in ("", "0")]
