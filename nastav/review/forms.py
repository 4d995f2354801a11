"""Forms of the review: a remark per activity with ready phrases, «исправить до», a reason to reopen."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import Field, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from nastav import dates, ru
from nastav.forms import BaseForm, Filled, RussianDate, VersionField, YearForm, short

PHRASES = (
    "Укажите номер и дату документа.",
    "Приложите подтверждающий документ.",
    "Дата документа позже даты выполнения: проверьте обе даты.",
    "Укажите ответственного: фамилию и должность.",
    "Документ относится к прошлому учебному году: обновите его.",
    "Объясните подробнее, почему мероприятие не требуется.",
    "Число в отчёте расходится с базой на сайте: проверьте.",
)
NO_PHRASE = "— своими словами —"


def not_in_past(form: BaseForm, field: Field) -> None:
    """Refuse a day that is over: nobody could keep it.

    Raises:
        ValidationError: names today's date.
    """
    if field.data is not None and field.data < dates.today():
        today = ru.date_short(dates.today())
        raise ValidationError(f"Этот день уже прошёл: укажите {today} или позже.")


class _Dated(YearForm):
    """A form with «исправить до»."""

    version = VersionField()
    fix_by = RussianDate("Исправить до, включительно")


class ReviewForm(_Dated):
    """A decision on a stage; `for_activities` gives the class with a remark for each activity."""

    phrases = PHRASES
    activity_ids: tuple[int, ...] = ()
    is_again: bool = False  # filled from a return that was taken back

    @classmethod
    def for_activities(cls, ids: Iterable[int]) -> type["ReviewForm"]:
        """Return the form class for a stage with these activities."""
        fields: dict[str, Any] = {"activity_ids": tuple(ids)}
        for field in fields["activity_ids"]:
            choices = [SelectChoice("", NO_PHRASE), *map(SelectChoice, PHRASES)]
            fields[f"phrase_{field}"] = SelectField("Готовая фраза", choices=choices, default="")
            fields[f"remark_{field}"] = TextAreaField("Замечание", [short(700)])
        return type("StageReviewForm", (cls,), fields)

    def fields_of(self, activity_id: int) -> tuple[Field, Field]:
        """Return the fields of an activity: the ready phrase and the remark in own words."""
        return self[f"phrase_{activity_id}"], self[f"remark_{activity_id}"]

    @staticmethod
    def typed_again(remarks: Mapping[int, str]) -> dict[str, str]:
        """Return the fields' values that make these remarks, by activity."""
        values = {}
        for remark, text in remarks.items():
            phrase = next((phrase for phrase in PHRASES if text.startswith(phrase)), "")
            values[f"phrase_{remark}"] = phrase
            values[f"remark_{remark}"] = text.removeprefix(phrase).strip()
        return values

    def remarks(self) -> dict[int, str]:
        """Return the remarks made, by activity: the ready phrase followed by own words."""
        made = {}
        for row_id in self.activity_ids:
            text = " ".join(
                str(field.data).strip() for field in self.fields_of(row_id) if field.data
            )
            if text:
                made[row_id] = text
        return made

    def check_return(self) -> bool:
        """Tell whether a stage can be returned with this: a remark and a day to come."""
        is_valid = self.validate(extra_validators={"fix_by": [_fix_by_given, not_in_past]})
        if not self.remarks():
            self.form_errors.append(
                "Напишите замечание хотя бы к одному мероприятию: школа должна знать, что исправить."
            )
        return is_valid and not self.form_errors

    def check_acceptance(self) -> bool:
        """Tell whether a stage can be accepted: remarks typed would not reach the school."""
        if self.remarks():
            self.form_errors.append(
                "К принятому этапу замечания не отправляются. Верните этап на доработку "
                "или уберите замечания."
            )
        return not self.form_errors


_fix_by_given = Filled("Укажите, до какого дня исправить, например 16.12.2020.")


class KeepForm(BaseForm):
    """Leaving a stage accepted though something it rested on is gone."""

    version = VersionField()


class DeclineForm(BaseForm):
    """Why an accepted stage stays closed though the school asks to open it."""

    version = VersionField()
    why = TextAreaField(
        "Почему этап не открывают",
        [Filled("Укажите причину: её увидит школа."), short(700)],
        description="Причину увидит школа. Без имён детей.",
    )


class ReopenForm(_Dated):
    """Opening an accepted stage again."""

    fix_by = RussianDate("Исправить до, включительно", [_fix_by_given, not_in_past])
    reason = TextAreaField(
        "Почему этап открывают заново",
        [Filled("Укажите причину: её увидит школа."), short(700)],
        description="Причину увидит школа. Без имён детей.",
    )
