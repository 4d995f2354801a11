"""The form of finishing school."""

from wtforms import StringField

from nastav.forms import BaseForm, Filled, not_in_future, short
from nastav.pairs.forms import LONGEST_REASON, CycleDate

REASON = "окончание школы"


class GraduatesForm(BaseForm):
    """What is the same for all who leave."""

    left = CycleDate(
        "Последний день",
        [Filled("Укажите дату выбытия, например 25.06.2021."), not_in_future],
        description="Этот день ещё считается.",
    )
    reason = StringField(
        "Причина", [Filled("Укажите причину, например «окончание школы»."), short(LONGEST_REASON)]
    )
