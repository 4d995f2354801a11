"""Choosing which blank questionnaires to print, and how many."""

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from nastav.forms import BaseForm, WholeNumber

MOST = 100  # sheets at once
COPIES, EACH = "copies", "each"


class PaperForm(BaseForm):
    """Which questionnaire, and whether so many copies or one for each participant."""

    questionnaire = SelectField("Анкета", choices=[], validate_choice=False)
    for_whom = RadioField(
        "Сколько листов",
        choices=[
            SelectChoice(COPIES, "столько, сколько указано ниже, без номеров в базе"),
            SelectChoice(EACH, "по одному на каждого участника из базы, с его номером"),
        ],
        default=COPIES,
    )
    copies = WholeNumber("Листов", most=MOST, default=25)

    def validate_copies(self, field: WholeNumber) -> None:
        """Ask for at least one sheet.

        Raises:
            ValidationError: none or nothing was typed.
        """
        if self.for_whom.data == COPIES and not field.data:
            raise ValidationError(f"Укажите число листов от 1 до {MOST}.")
