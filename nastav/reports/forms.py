"""What a report is asked for: its day, and a part alone."""

from collections.abc import Mapping
from datetime import date

from wtforms import StringField

from nastav.archive.models import LONGEST_TITLE
from nastav.coverage.forms import AskedDay
from nastav.execution import forms
from nastav.forms import BaseForm, Filled, short
from nastav.reports.parts import BY_KEY, Part


class KeepForm(BaseForm):
    """What a kept report is called, and its day."""

    title = StringField(
        "Название",
        [Filled("Назовите отчёт, например «Итоги IV квартала»."), short(LONGEST_TITLE)],
    )
    on = StringField("На дату")


def asked_day(query: Mapping[str, str], order_date: date) -> AskedDay:
    """Return the day of `?on=`, by default today; before the order and in the future is an error."""
    return forms.asked_day(query, order_date)


def asked_part(query: Mapping[str, str]) -> Part | None:
    """Return the part that `?sheet=` names; None for the whole book.

    Raises:
        KeyError: there is no such part.
    """
    key = query.get("sheet", "")
    return BY_KEY[key] if key else None
