"""What the forms of gatherings share: the day, who took part and as what."""

from collections.abc import Mapping
from typing import Any, Self

from flask import request
from wtforms import SelectMultipleField

from nastav.forms import (
    Filled,
    RussianDate,
    VersionField,
    YearForm,
    in_school_year,
    not_in_future,
    row_id,
)

UNLIKE_COLUMNS = {"version", "present"}  # all other fields are columns of the gathering


def day_held(what: str) -> RussianDate:
    """Return the field of the day: «дату занятия»."""
    asked = Filled(f"Укажите дату {what}, например 15.12.2020.")
    return RussianDate("Дата", [asked, not_in_future, in_school_year])


def who_took_part() -> SelectMultipleField:
    """Return the field of those ticked."""
    return SelectMultipleField("Кто участвовал", coerce=row_id, validate_choice=False)


class GatheringForm(YearForm):
    """What was held, and who took part; `as_what` holds as what, by person's id, as typed."""

    version = VersionField(default="0")
    present: SelectMultipleField  # the last field of every such form

    def __init__(self, *args: Any, as_what: Mapping[int, str] | None = None, **kwargs: Any) -> None:
        self.as_what = dict(as_what or {})
        super().__init__(*args, **kwargs)

    @classmethod
    def sent(cls, first_year: int, saved: Mapping[int, str] | None = None) -> Self:
        """Return the form as it was sent, with the field «role-12» of each person.

        Of a long list the page held a part, told in the field «listed»: the others stay as they are saved.
        """
        as_what = {
            int(key.removeprefix("role-")): value.strip()
            for key, value in request.form.items()
            if key.startswith("role-") and row_id(key.removeprefix("role-"))
        }
        listed = request.form.get("listed", "")
        ids = {row_id(text) for text in listed.split()}
        others = {
            person_id: role
            for person_id, role in (saved or {}).items()
            if listed and person_id not in ids
        }
        form = cls.posted(first_year=first_year, as_what={**as_what, **others})
        form.present.data = [*(form.present.data or ()), *others]
        return form

    def values(self) -> dict[str, Any]:
        """Return what was typed of the gathering, by its columns."""
        return {name: self[name].data or "" for name in self._fields if name not in UNLIKE_COLUMNS}

    @property
    def ticked(self) -> frozenset[int]:
        """Return the ids of those ticked."""
        return frozenset(person_id for person_id in self.present.data or () if person_id)

    def roles(self) -> dict[int, str]:
        """Return who is ticked, and as what."""
        return {person_id: self.as_what.get(person_id, "") for person_id in self.ticked}
