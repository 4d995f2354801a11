"""Forms of the plan."""

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import HiddenField, StringField

from nastav.forms import BaseForm, Filled, VersionField, WholeNumber, short
from nastav.plan.operations import Cells, NewYear
from nastav.plan.queries import Base, SchoolTarget

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


class ReasonedForm(BaseForm):
    """A change of figures that the journal keeps with its reason."""

    version = VersionField()
    reason = StringField(
        "Причина изменения",
        [
            Filled("Укажите причину изменения, например «Приказ № 12 от 15.01.2026»."),
            short(300),
        ],
        description="Останется в журнале: документ или обстоятельство, без имён детей",
    )


class PlanForm(ReasonedForm):
    """The cells of a plan year; `form_of` gives it two fields for each school."""

    def cells(self, school_id: int) -> Iterator[Any]:
        """Return the two fields of a school."""
        yield self[f"mentees_{school_id}"]
        yield self[f"mentors_{school_id}"]

    def wanted(self, plan: Sequence[SchoolTarget]) -> dict[int, Cells]:
        """Return what was typed, by school."""
        return {
            row.school_id: Cells(*(field.data for field in self.cells(row.school_id)))
            for row in plan
        }


def form_of(plan: Sequence[SchoolTarget]) -> type[PlanForm]:
    """Return the form of a year's plan: a pair of number fields for each school."""
    fields: dict[str, Any] = {}
    for row in plan:
        fields[f"mentees_{row.school_id}"] = WholeNumber(f"{row.name}: наставляемые", most=MOST)
        fields[f"mentors_{row.school_id}"] = WholeNumber(f"{row.name}: наставники", most=MOST)
    return type("PlanForm", (PlanForm,), fields)


def saved_values(plan: Sequence[SchoolTarget]) -> dict[str, int | None]:
    """Return the saved cells by field name."""
    values: dict[str, int | None] = {}
    for row in plan:
        values[f"mentees_{row.school_id}"] = row.mentees
        values[f"mentors_{row.school_id}"] = row.mentors
    return values


class BasesForm(ReasonedForm):
    """How many pupils each school has; `bases_form_of` gives it a field for each."""

    def field_of(self, school_id: int) -> Any:
        """Return the field of a school."""
        return self[f"pupils_{school_id}"]

    def wanted(self, bases: Sequence[Base]) -> dict[int, int | None]:
        """Return what was typed, by school."""
        return {row.school_id: self.field_of(row.school_id).data for row in bases}


def bases_form_of(bases: Sequence[Base]) -> type[BasesForm]:
    """Return the form of the schools' pupils; a number that is known may not be taken away."""
    known = Filled("Укажите, сколько обучающихся в школе, например 436.")
    fields: dict[str, Any] = {
        f"pupils_{row.school_id}": WholeNumber(
            f"{row.name}: обучающихся", [known] if row.pupils is not None else [], most=MOST
        )
        for row in bases
    }
    return type("BasesForm", (BasesForm,), fields)
