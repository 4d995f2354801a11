"""The journal's filter."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from nastav import dates
from nastav.addresses import row_id
from nastav.audit.queries import NOBODY, Wanted
from nastav.forms import BaseForm, RussianDate


class JournalFilter(BaseForm):
    """Which entries to show; what is left open does not narrow."""

    school = SelectField("Школа", default="", validate_choice=False)
    event = SelectField("Событие", default="", validate_choice=False)
    person = SelectField("Кто", default="", validate_choice=False)
    since = RussianDate("С", default=None)
    until = RussianDate("По", default=None)

    def offer(
        self,
        schools: Sequence[tuple[int, str]],
        events: Sequence[tuple[str, str]],
        people: Sequence[tuple[int, str]],
    ) -> None:
        """Fill the lists to choose from with (value, label) pairs."""
        self.school.choices = _choices("все", schools)
        self.event.choices = _choices("все", events)
        nobody = (NOBODY, "без входа и командная строка")
        self.person.choices = _choices("все", [*people, nobody])

    def validate_until(self, field: Field) -> None:
        """Refuse a period that ends before it begins.

        Raises:
            ValidationError: says which date to mend.
        """
        if self.since.data and self.until.data and self.until.data < self.since.data:
            raise ValidationError("Конец раньше начала: укажите дату не раньше «С».")

    def wanted(self) -> Wanted:
        """Return the filter as the query takes it; both days are included, as the clock here has them."""
        last: date | None = self.until.data
        return Wanted(
            school_id=_number(self.school.data),
            event=self.event.data or None,
            actor_id=_number(self.person.data),
            since=_midnight(self.since.data),
            until=_midnight(last + timedelta(days=1)) if last else None,
        )

    def query(self) -> dict[str, str]:
        """Return what the address of this filter holds."""
        typed = {field.name: str((field.raw_data or [""])[0]).strip() for field in self}
        return {name: text for name, text in typed.items() if text}


def _choices(every: str, pairs: Sequence[tuple[Any, str]]) -> Any:
    return [SelectChoice("", every), *(SelectChoice(str(value), label) for value, label in pairs)]


def _number(text: Any) -> int | None:
    """Return the number of a choice; something else finds nothing rather than everything."""
    if not text:
        return None
    try:
        return row_id(str(text))
    except ValueError:
        return -1


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), dates.zone()) if day else None
