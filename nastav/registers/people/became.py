"""What is asked when somebody's category changes: since when, or that it was a mistake."""

from typing import Any

from wtforms import RadioField
from wtforms.validators import ValidationError

from nastav.forms import BaseForm, Filled, RussianDate, not_in_future, options
from nastav.people import kinds
from nastav.people.models import Kind, Participation

MISTAKE = "mistake"
SINCE = "since"


class BecameForm(BaseForm):
    """Why a category changes; counting takes what somebody was on the day."""

    became = RadioField(
        "Почему меняется категория",
        [Filled("Категория изменена: выберите, стал ли человек другим или это исправление.")],
        choices=options(
            [
                (SINCE, "стал другим с указанного дня"),
                (MISTAKE, "исправить ошибку: так было всегда"),
            ]
        ),
        validate_choice=False,
    )
    since = RussianDate(
        "С какого дня",
        [not_in_future],
        description="До этого дня человек считается прежним, например учеником.",
    )

    def validate_since(self, field: Any) -> None:
        """Ask the day of whoever became something else.

        Raises:
            ValidationError: none was typed.
        """
        if self.became.data == SINCE and not field.data and not field.errors:
            raise ValidationError("Укажите день, например 01.09.2021.")

    def keep(self, row: Participation, before: Kind) -> None:
        """Keep what was answered; the person's `kind` is changed already.

        Raises:
            NotAllowed: as `people.kinds.become`.
        """
        if self.became.data == SINCE:
            kinds.become(row, before, self.since.data)
        else:
            kinds.put_right(row)
