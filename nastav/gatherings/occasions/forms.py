"""The form of an occasion, with what each of those ticked did there."""

from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from nastav import ru
from nastav.forms import (
    Filled,
    RussianDate,
    VersionField,
    YearForm,
    in_school_year,
    not_in_future,
    options,
    row_id,
    short,
)
from nastav.gatherings.occasions.models import SPHERES, Sphere
from nastav.gatherings.occasions.operations import OccasionData

LONGEST = 200  # of a role
PHRASES = (
    "участник",
    "победитель",
    "призёр",
    "организатор",
    "волонтёр",
    "ведущий",
    "выступил с докладом",
)


class OccasionForm(YearForm):
    """What was held, and who took part; `roles` holds as what, by person's id, as typed."""

    version = VersionField(default="0")
    held_on = RussianDate(
        "Дата",
        [Filled("Укажите дату мероприятия, например 15.12.2020."), not_in_future, in_school_year],
    )
    sphere = SelectField(
        "Направление",
        choices=options((one.value, text) for one, text in SPHERES.items()),
        default=Sphere.SOCIAL.value,
    )
    name = StringField(
        "Название",
        [Filled("Укажите название, например «Школьная научная конференция»."), short(300)],
        description="Без имён детей.",
    )
    present = SelectMultipleField("Кто участвовал", coerce=row_id, validate_choice=False)

    def __init__(self, *args: Any, roles: Mapping[int, str] | None = None, **kwargs: Any) -> None:
        self.roles = dict(roles or {})
        super().__init__(*args, **kwargs)

    def validate_present(self, field: SelectMultipleField) -> None:
        """Ask for somebody, and for short roles.

        Raises:
            ValidationError: nobody is ticked, or a role is too long.
        """
        if not field.data:
            raise ValidationError("Отметьте хотя бы одного участника.")
        longest = max(len(self.roles.get(one, "")) for one in field.data)
        if longest > LONGEST:
            raise ValidationError(f"Роль или результат. {ru.too_long(longest, LONGEST)}")

    def occasion(self) -> OccasionData:
        """Return what was typed of the event."""
        sphere, name = Sphere(self.sphere.data), self.name.data or ""
        return OccasionData(held_on=self.held_on.data, sphere=sphere, name=name)

    def parts(self) -> dict[int, str]:
        """Return who is ticked, and as what."""
        return {one: self.roles.get(one, "") for one in self.present.data or () if one}


def posted_form(first_year: int, saved: Mapping[int, str] | None = None) -> OccasionForm:
    """Return the form as it was sent, with the field «role-12» of each person.

    Of a long list the page held a part, told in the field «listed»: the others stay as they are saved.
    """
    roles = {
        int(key.removeprefix("role-")): value.strip()
        for key, value in request.form.items()
        if key.startswith("role-") and row_id(key.removeprefix("role-"))
    }
    listed = request.form.get("listed", "")
    ids = {row_id(one) for one in listed.split()}
    others = {one: role for one, role in (saved or {}).items() if listed and one not in ids}
    form = OccasionForm.posted(first_year=first_year, roles={**roles, **others})
    form.present.data = [*(form.present.data or ()), *others]
    return form
