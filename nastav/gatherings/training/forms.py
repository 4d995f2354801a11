"""The form of a training."""

from wtforms import SelectMultipleField, StringField
from wtforms.validators import ValidationError

from nastav.forms import (
    Filled,
    RussianDate,
    VersionField,
    WholeNumber,
    YearForm,
    in_school_year,
    not_in_future,
    row_id,
    short,
)
from nastav.gatherings.training.operations import TrainingData


class TrainingForm(YearForm):
    """What was held, and who took part."""

    version = VersionField(default="0")
    held_on = RussianDate(
        "Дата",
        [Filled("Укажите дату занятия, например 15.12.2020."), not_in_future, in_school_year],
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
