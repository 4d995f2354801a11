"""The form of a training."""

from wtforms import StringField
from wtforms.validators import ValidationError

from nastav.forms import Filled, WholeNumber, short
from nastav.gatherings.forms import GatheringForm, day_held, who_took_part


class TrainingForm(GatheringForm):
    """What was held, and who took part."""

    held_on = day_held("занятия")
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
    present = who_took_part()

    def validate_hours(self, field: WholeNumber) -> None:
        """Refuse a training of no hours.

        Raises:
            ValidationError: the number is 0.
        """
        if field.data == 0:
            raise ValidationError("Укажите от 1 часа.")
