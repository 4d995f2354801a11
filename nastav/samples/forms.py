"""The form of the marks: a verdict and what did not match, for each pair drawn."""

from collections.abc import Iterable
from typing import Any

from wtforms import Field, SelectField, StringField

from nastav.forms import BaseForm, VersionField, options, short
from nastav.samples.models import VERDICTS, SampleItem, Verdict
from nastav.samples.operations import Mark

_CHOICES = options([("", "не проверено"), *((each.value, said) for each, said in VERDICTS.items())])


class MarksForm(BaseForm):
    """The marks of a sample; `of` gives the class with two fields for each pair."""

    version = VersionField()
    item_ids: tuple[int, ...] = ()

    @classmethod
    def of(cls, items: Iterable[SampleItem]) -> type["MarksForm"]:
        """Return the form class for these pairs."""
        fields: dict[str, Any] = {}
        for item in items:
            numbered = f"№\N{NO-BREAK SPACE}{item.number}"
            label, why = f"Отметка, {numbered}", f"Чем не совпало, {numbered}"
            fields[f"verdict_{item.id}"] = SelectField(label, choices=_CHOICES, default="")
            fields[f"difference_{item.id}"] = StringField(why, [short(300)])
        fields["item_ids"] = tuple(item.id for item in items)
        return type("SampleMarksForm", (cls,), fields)

    @staticmethod
    def filled(items: Iterable[SampleItem]) -> dict[str, Any]:
        """Return the fields' values as they are kept."""
        values: dict[str, Any] = {}
        for item in items:
            values[f"verdict_{item.id}"] = item.verdict.value if item.verdict else ""
            values[f"difference_{item.id}"] = item.difference
        return values

    def fields_of(self, item_id: int) -> tuple[Field, Field]:
        """Return the fields of a pair: the verdict, and what did not match."""
        return self[f"verdict_{item_id}"], self[f"difference_{item_id}"]

    def check(self) -> bool:
        """Tell whether every mark can be kept: «нет» says what, and nothing is said of a match."""
        is_valid = self.validate()
        for item_id in self.item_ids:
            verdict, difference = self.fields_of(item_id)
            if verdict.data == Verdict.DIFFERS and not difference.data:
                difference.errors = [*difference.errors, "Напишите, чем не совпало."]
                is_valid = False
            elif verdict.data in ("", Verdict.MATCHES) and difference.data:
                text = "Отметьте «нет» или «не показано» либо уберите пояснение."
                difference.errors = [*difference.errors, text]
                is_valid = False
        return is_valid

    def marks(self) -> dict[int, Mark]:
        """Return what was found, by item."""
        found = {}
        for item_id in self.item_ids:
            verdict, difference = self.fields_of(item_id)
            said = Verdict(verdict.data) if verdict.data else None
            found[item_id] = Mark(said, difference.data or "")
        return found
