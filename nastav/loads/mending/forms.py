"""The form of a row's cells; its fields are the table's columns."""

from collections.abc import Sequence
from typing import Any, cast

from wtforms import HiddenField, StringField

from nastav.columns.column import Column
from nastav.forms import BaseForm, short

LONGEST = 1000  # of a cell that is typed: no column of a table takes more


class RowForm(BaseForm):
    """The cells of a row, as they are typed; the check judges them, not this form."""

    made_from = HiddenField()
    keys: Sequence[str] = ()

    @property
    def typed(self) -> dict[str, str]:
        """Return what was typed, by the column's key."""
        return {key: self[f"cell_{key}"].data or "" for key in self.keys}

    @property
    def cells(self) -> dict[str, str]:
        """Return the cells that hold anything."""
        return {key: text for key, text in self.typed.items() if text}


def row_form(columns: Sequence[Column], number: int) -> type[RowForm]:
    """Return the form of a row, by its number in Excel, with a field for each column."""
    fields: dict[str, Any] = {
        f"cell_{column.key}": StringField(
            column.title, [short(LONGEST)], id=f"row-{number}-{column.key}", description=column.hint
        )
        for column in columns
    }
    keys = [column.key for column in columns]
    return cast(type[RowForm], type("CellsForm", (RowForm,), {"keys": keys, **fields}))
