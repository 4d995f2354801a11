"""The form of a kind of meeting."""

from collections.abc import Iterable
from typing import Self

from wtforms import BooleanField, SelectField, StringField

from nastav.forms import BaseForm, Filled, VersionField, options, row_id, short
from nastav.meetings.models import MeetingKind


class KindForm(BaseForm):
    """A kind of meeting as the coordinator names it."""

    version = VersionField(default="0")
    name = StringField("Название", [Filled("Укажите название, например «экскурсия»."), short(60)])
    after = SelectField("Место в списке", coerce=row_id, validate_choice=False, default=0)
    is_hidden = BooleanField(
        "Не предлагать в списках",
        description="Встречи, у которых этот тип уже стоит, его сохранят.",
    )

    def place(self, kind: MeetingKind, rows: Iterable[MeetingKind]) -> Self:
        """Put in where the kind can stand; returns the form."""
        others = [one for one in rows if one.id != kind.id]
        told = [(one.id, f"после «{one.name}»") for one in others]
        self.after.choices = options([(0, "первым"), *told])
        return self


def saved_form(kind: MeetingKind, rows: Iterable[MeetingKind]) -> KindForm:
    """Return the form of a kind as it is saved among the district's others, in their order."""
    every = list(rows)
    before = [one.id for one in every[: every.index(kind)]]
    form = KindForm(obj=kind, data={"after": before[-1] if before else 0})
    return form.place(kind, every)
