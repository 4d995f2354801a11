"""The form of the columns that somebody has to name."""

from collections.abc import Sequence
from typing import Any, cast

from wtforms import SelectField

from nastav.columns.column import SKIPPED, Asked
from nastav.forms import BaseForm, options

NOTHING = (SKIPPED, "не загружать")


class ColumnsForm(BaseForm):
    """What stands in each column asked for."""

    asked: Sequence[Asked] = ()

    @property
    def chosen(self) -> dict[str, str]:
        """Return the key of the column chosen, by the key it is asked under."""
        return {asked.key: self[f"column_{asked.place}"].data for asked in self.asked}


def columns_form(asked: Sequence[Asked], offered: Sequence[tuple[str, str]]) -> type[ColumnsForm]:
    """Return the form with a list of choices for each column asked for."""
    fields: dict[str, Any] = {
        f"column_{column.place}": SelectField(
            f"Столбец {column.title}",
            choices=options([NOTHING, *offered]),
            default=SKIPPED,
            description=f"В нём: {', '.join(sample[:40] for sample in column.samples)}.",
        )
        for column in asked
    }
    return cast(type[ColumnsForm], type("AskedForm", (ColumnsForm,), {"asked": asked, **fields}))
