"""The form of a stage's wording: its names, the text of each activity, the reason."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import ValidationError

from nastav import forms, terms
from nastav.cycles.wording.operations import Wording
from nastav.forms import BaseForm, Filled, VersionField
from nastav.stages.models import Activity, Stage

BEGUN = "Школы уже начали этот этап: добавить или убрать мероприятие нельзя, можно изменить слова."


class AppendixForm(BaseForm):
    """The table of appendix 2 as it was pasted; `versions` are those of the stages, by commas."""

    versions = HiddenField()
    pasted = TextAreaField(
        "Таблица приложения 2",
        description="Скопируйте таблицу в Word целиком: этап, мероприятия, срок — и вставьте сюда.",
    )
    with_dues = BooleanField(
        "Взять из таблицы и сроки",
        description="Иначе меняются только слова; слова срока печатаются рядом со сроком.",
    )
    reason = StringField(
        "Причина",
        [Filled("Укажите причину: она останется в журнале."), forms.short(300)],
        default="Слова приложения 2 к приказу",
        description="Останется в журнале. Без имён детей",
    )

    def seen(self, count: int) -> list[int]:
        """Return the versions of so many stages as the page had them; what is no number is stale."""
        typed = (self.versions.data or "").split(",")
        known = [int(each) if each.isdecimal() and len(each) < 10 else -1 for each in typed]
        return known if len(known) == count else [-1] * count


class WordingForm(BaseForm):
    """The words of a stage; `for_stage` gives the class with a field for each activity."""

    version = VersionField()
    title = StringField("Название этапа", [Filled("Укажите название этапа."), forms.short(300)])
    short = StringField(
        terms.STAGE["short"],
        [Filled("Укажите короткое название: оно стоит в сводке района."), forms.short(100)],
        description="Для сводки и списков, одно-два слова",
    )
    added = TextAreaField("Новое мероприятие", [forms.short(500)], description="Встанет последним")
    reason = StringField(
        "Причина",
        [Filled("Укажите причину: она останется в журнале."), forms.short(300)],
        description="Останется в журнале. Без имён детей",
    )

    activities: Sequence[Activity] = ()
    may_compose: bool = False  # no school has begun the stage

    @classmethod
    def for_stage(cls, activities: Sequence[Activity], *, may_compose: bool) -> type["WordingForm"]:
        """Return the form class for a stage with these activities."""
        fields: dict[str, Any] = {"activities": activities, "may_compose": may_compose}
        for activity in activities:
            filled = Filled("Напишите, что нужно сделать.")
            fields[f"title_{activity.id}"] = TextAreaField(
                f"Мероприятие {activity.ordinal}",
                [filled, forms.short(500)],
                default=activity.title,
            )
            fields[f"remove_{activity.id}"] = BooleanField(f"Убрать мероприятие {activity.ordinal}")
        return type("StageWordingForm", (cls,), fields)

    def fields_of(self, activity: Activity) -> tuple[Field, Field]:
        """Return the fields of an activity: its text, and whether it is removed."""
        return self[f"title_{activity.id}"], self[f"remove_{activity.id}"]

    def validate_added(self, field: Any) -> None:
        """Refuse to change what a stage consists of once a school has begun it."""
        removed = self.wording.removed
        if (field.data or removed) and not self.may_compose:
            raise ValidationError(BEGUN)
        if len(removed) == len(self.activities) and not field.data:
            raise ValidationError("В этапе должно остаться хотя бы одно мероприятие.")

    @property
    def wording(self) -> Wording:
        fields = {activity.id: self.fields_of(activity) for activity in self.activities}
        return Wording(
            title=self.title.data or "",
            short=self.short.data or "",
            activities={key: text.data or "" for key, (text, _) in fields.items()},
            removed=frozenset(key for key, (_, remove) in fields.items() if remove.data),
            added=self.added.data or "",
        )

    def differences(self, stage: Stage) -> list[tuple[str, str, str]]:
        """Return (label, what is saved, what was typed) of the texts that differ."""
        pairs: list[tuple[Any, str]] = [(self.title, stage.title), (self.short, stage.short)]
        pairs += [(self.fields_of(activity)[0], activity.title) for activity in self.activities]
        return [
            (field.label.text, saved, field.data or "")
            for field, saved in pairs
            if saved != (field.data or "")
        ]
