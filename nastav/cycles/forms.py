"""Forms of school years: a stage's deadline."""

from wtforms import StringField
from wtforms.validators import ValidationError

from nastav import dates, ru, terms
from nastav.forms import Filled, RussianDate, VersionField, YearForm, short


class DeadlineForm(YearForm):
    """The deadline of a stage, with the reason why it is moved."""

    version = VersionField()
    due = RussianDate(
        terms.STAGE["due"],
        [Filled("Укажите срок в формате ДД.ММ.ГГГГ, например 10.12.2020.")],
        description="Этот день входит в срок",
    )
    reason = StringField(
        "Причина",
        [Filled("Укажите причину: её увидят школы и она останется в журнале."), short(300)],
        description="Её увидят школы рядом со сроком. Без имён детей.",
    )

    def validate_due(self, field: RussianDate) -> None:
        """Refuse a day outside the school year.

        Raises:
            ValidationError: names the bounds of the school year.
        """
        first, last = dates.cycle_bounds(self.first_year)
        if field.data is not None and not first <= field.data <= last:
            raise ValidationError(
                f"Срок этапа должен приходиться на {ru.school_year(self.first_year)} учебный год: "
                f"с {ru.date_short(first)} по {ru.date_short(last)}."
            )
