"""The form of a training."""

from typing import Any

from wtforms import SelectMultipleField, StringField
from wtforms.validators import ValidationError

from nastav.forms import (
    BaseForm,
    Filled,
    RussianDate,
    VersionField,
    WholeNumber,
    check_school_year,
    not_in_future,
    short,
)
from nastav.people.forms import row_id
from nastav.people.training.operations import TrainingData


class TrainingForm(BaseForm):
    """What was held, and who took part."""

    version = VersionField(default="0")
    held_on = RussianDate(
        "Дата", [Filled("Укажите дату занятия, например 15.12.2020."), not_in_future]
    )
    hours = WholeNumber(
        "Академических часов", [Filled("Укажите, сколько часов, например 2.")], most=500
    )
    programme = StringField(
        "Программа",
        [Filled("Укажите программу или тему, например «Школа наставника»."), short(300)],
    )
    leader = StringField("Кто проводил", [short(200)], description="Педагог или организация.")
    document = StringField(
        "Документ", [short(200)], description="Например: приказ № 150 от 14.12.2020, ведомость."
    )
    present = SelectMultipleField("Кто участвовал", coerce=row_id, validate_choice=False)

    def __init__(self, *args: Any, first_year: int, **kwargs: Any) -> None:
        self.first_year = first_year
        super().__init__(*args, **kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read a date without a year in the school year of the page (decision 12)."""
        self.held_on.school_year = self.first_year
        super().process(*args, **kwargs)

    def validate_held_on(self, field: RussianDate) -> None:
        """Refuse a day outside the school year, where the list would not show it."""
        check_school_year(field.data, self.first_year)

    def validate_hours(self, field: WholeNumber) -> None:
        """Refuse a training of no hours.

        Raises:
            ValidationError: the number is 0.
        """
        if field.data == 0:
            raise ValidationError("Укажите от 1 часа.")

    def training(self) -> TrainingData:
        """Return what was typed."""
        return TrainingData(
            held_on=self.held_on.data,
            hours=self.hours.data,
            programme=self.programme.data or "",
            leader=self.leader.data or "",
            document=self.document.data or "",
        )
