"""Forms of the plan."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField, StringField

from nastav.forms import BaseForm, Filled, VersionField, WholeNumber, short
from nastav.plan.grid import BASES, Grid, Key
from nastav.plan.operations import NewYear

MOST = 99_999  # pupils in one cell


class Percent(StringField):
    """A percentage from 0 to 100 with up to two decimals, as people type it; empty gives None."""

    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Turn the text into a Decimal.

        Raises:
            ValueError: not a percentage.
        """
        text = "".join(str(valuelist[0]).split()).rstrip("%") if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            value = Decimal(text.replace(",", "."))
        except InvalidOperation:
            value = Decimal(-1)
        if not (value.is_finite() and 0 <= value <= 100 and value == round(value, 2)):
            raise ValueError("Укажите процент от 0 до 100, например 70 или 12,5.")
        self.data = value

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data).replace(".", ",")


class PlanYearNumber(WholeNumber):
    """A calendar year the site can have a plan for."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Turn the text into a year.

        Raises:
            ValueError: not a year from 2020 to 2099.
        """
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not (text.isascii() and text.isdecimal() and 2020 <= int(text[:5]) <= 2099):
            raise ValueError("Укажите год от 2020 до 2099, например 2026.")
        self.data = int(text)


class OpenYearForm(BaseForm):
    """Opening a plan year."""

    year = PlanYearNumber("Год плана", [Filled("Укажите год плана, например 2026.")])
    mentee_percent = Percent("Наставляемые, % обучающихся")
    mentor_percent = Percent("Наставники, % обучающихся")
    once_token = HiddenField()

    def new_year(self) -> NewYear:
        """Return what was asked for."""
        return NewYear(self.year.data, self.mentee_percent.data, self.mentor_percent.data)


class CellField(WholeNumber):
    """A cell of the plan; one that was not sent, of a school that came meanwhile, stays as it is."""

    def __init__(self, label: str = "", validators: Any = None, **kwargs: Any) -> None:
        self.wants: str = kwargs.pop("wants", "")
        super().__init__(label, validators, most=MOST, **kwargs)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Turn the text into a number.

        Raises:
            ValueError: no whole number, or nothing where something is known.
        """
        if not valuelist:
            return
        super().process_formdata(valuelist)
        if self.wants and self.data is None:
            raise ValueError(self.wants)


class PlanForm(BaseForm):
    """The cells of a few years, with the reason of the change; `form_of` gives it a field for each."""

    reason = StringField(
        "Причина изменения",
        [
            Filled("Укажите причину изменения, например «Приказ № 12 от 15.01.2026»."),
            short(300),
        ],
        description="Останется в журнале: документ или обстоятельство, без имён детей",
    )

    def wanted(self, grid: Grid) -> dict[Key, int | None]:
        """Return what the cells are to say; one whose text is no number is left out."""
        fields = {key: self[field_name(key)] for key in grid.keys}
        return {key: cell.data for key, cell in fields.items() if not cell.process_errors}

    def check_cells(self) -> None:
        """Look at the cells alone: nobody is asked for a reason before he saves."""
        self.validate()
        self.reason.errors = []

    def is_stale(self, grid: Grid) -> bool:
        """Tell whether somebody saved one of the years since the form was opened."""
        return any(self[_version(plan.year)].data != plan.version for plan in grid.plans)

    def renew(self, grid: Grid) -> None:
        """Take the years as they are now: what is sent next is sent knowingly."""
        for plan in grid.plans:
            self[_version(plan.year)].data = plan.version

    @property
    def versions(self) -> list[Any]:
        """Return the hidden fields that tell of which save the form was made."""
        return [field for field in self if isinstance(field, VersionField)]


def field_name(key: Key) -> str:
    """Return «mentees_2022_7»."""
    return f"{key[1]}_{key[0]}"


def _version(year: int) -> str:
    return f"version-{year}"


def form_of(grid: Grid) -> type[PlanForm]:
    """Return the form of a grid; a number of pupils that is known may not be taken away."""
    fields: dict[str, Any] = {_version(plan.year): VersionField() for plan in grid.plans}
    for key in grid.keys:
        is_known = key[1] in BASES.values() and grid.cells.get(key) is not None
        wants = "Укажите, сколько обучающихся, например 436." if is_known else ""
        fields[field_name(key)] = CellField(grid.label(key), wants=wants)
    return type("PlanForm", (PlanForm,), fields)


def saved_values(grid: Grid) -> dict[str, int | None]:
    """Return the cells and the versions of the years by field name."""
    versions = {_version(plan.year): plan.version for plan in grid.plans}
    return versions | {field_name(key): grid.cells.get(key) for key in grid.keys}


class FileForm(BaseForm):
    """The workbook of a plan on its way back."""

    file = FileField(
        "Файл с планом",
        description="Таблица по форме приложения 1: .xlsx, .xls, .ods, .csv, до 5 МБ.",
    )

    @property
    def upload(self) -> FileStorage | None:
        """Return the file that was sent, if one was chosen."""
        sent = self.file.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None
