"""Making a set of links; moving its last day; the questionnaire behind a link."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field, Form, SelectField
from wtforms.validators import ValidationError

from nastav import dates
from nastav.ballots.rules import LEAST, MOST
from nastav.feedback.forms import QuestionnaireForm, questionnaire_form
from nastav.feedback.models import Question
from nastav.forms import BaseForm, Filled, RussianDate, VersionField, WholeNumber


def _enough(form: Form, field: Field) -> None:
    if not LEAST <= (field.data or 0) <= MOST:
        field.errors = []  # «от 0 до 999» says less
        raise ValidationError(f"Укажите число ссылок от {LEAST} до {MOST}.")


def _not_past(form: Form, field: Field) -> None:
    if isinstance(field.data, date) and field.data < dates.today():
        raise ValidationError("Этот день уже прошёл: укажите сегодняшний или более поздний.")


_LAST_DAY = "Работают до (включительно)"


class SetForm(BaseForm):
    """Which questionnaire, how many links, until when."""

    questionnaire = SelectField("Анкета", choices=[], validate_choice=False)
    size = WholeNumber("Сколько ссылок", [_enough], most=999)
    expires_on = RussianDate(_LAST_DAY, [Filled("Укажите последний день."), _not_past])


class EndForm(BaseForm):
    """The last day of a set."""

    version = VersionField()
    expires_on = RussianDate(_LAST_DAY, [Filled("Укажите последний день."), _not_past])


def anonymous_form(questions: Sequence[Question], first_year: int) -> type[QuestionnaireForm]:
    """Return the form of a questionnaire that asks for no date, person or pair."""
    base = questionnaire_form(questions, first_year, None, is_anonymous=True)
    nothing: dict[str, Any] = {"answered_on": None}
    return type("AnonymousForm", (base,), nothing)
