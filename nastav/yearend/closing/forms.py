"""Forms of the end of a school year and of opening a closed pair again."""

from typing import Any

from wtforms import RadioField, StringField

from nastav.forms import BaseForm, Filled, VersionField, not_in_future, options, short
from nastav.pairs.forms import DECISIONS, CycleDate
from nastav.pairs.models import Decision

OUTCOME = 1000  # letters; the column's length


class TogetherForm(BaseForm):
    """What is the same for all the pairs that are closed together."""

    ended = CycleDate(
        "Последний день", [Filled("Укажите дату завершения, например 25.05.2021."), not_in_future]
    )
    reason = StringField(
        "Причина",
        [Filled("Укажите причину, например «окончание учебного года»."), short(300)],
        description="Одна на все отмеченные. Например: окончание учебного года.",
    )
    decision = RadioField(
        "Решение по п. 2.3 приказа",
        [Filled("Выберите решение: продолжить или завершить.")],
        choices=options((decision.value, text) for decision, text in DECISIONS.items()),
        description="Для пар, где в строке стоит «как у всех».",
        validate_choice=False,
    )

    def common(self) -> Decision | None:
        """Return the decision for all, or None where it is neither."""
        return read_decision(self.decision.data)


class ReopenForm(BaseForm):
    """Why a closed pair is opened again."""

    reason = StringField(
        "Почему",
        [Filled("Укажите причину, например «завершена по ошибке»."), short(300)],
        description="Например: завершена по ошибке, работа продолжается. Видна только в вашей школе.",
    )
    version = VersionField()


def read_decision(value: Any) -> Decision | None:
    """Return the decision that a text names, or None."""
    return Decision(value) if value in set(Decision) else None
