"""What the rules refuse, and how a refusal is shown: beside its field, with what was typed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Protocol

from flask import abort
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    Field,
    FileField,
    Form,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
)

from nastav import ru


class NotAllowed(ValueError):
    """A change that the rules refuse: the form's field, and in Russian what is wrong and how to mend it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class SchoolYear(Protocol):
    """A school year of a district, closed since a day or not."""

    @property
    def first_year(self) -> int: ...
    @property
    def closed_on(self) -> date | None: ...


class YearClosed(NotAllowed):
    """A change of what lies in a school year that the coordinator has closed."""

    def __init__(self, year: SchoolYear, field: str = "", *, by_opener: bool = False) -> None:
        super().__init__(field, closed_sentence(year, to_opener=by_opener))


def closed_sentence(year: SchoolYear, *, to_opener: bool = False) -> str:
    """Return why nothing of a closed school year can be changed, and how to mend it.

    Args:
        year: the school year.
        to_opener: it is told to the coordinator, who opens years.
    """
    mend = "попросите координатора открыть его"
    if to_opener:
        mend = "откройте его снова: «Настройки», «Учебные годы»"
    since = f" {ru.date_short(year.closed_on)}" if year.closed_on else ""
    return (
        f"{ru.school_year(year.first_year)} учебный год закрыт{since}, в нём ничего не меняют. "
        f"Если нужно исправить, {mend}."
    )


@contextmanager
def shown_in(form: Form, page: Callable[[], Response]) -> Iterator[None]:
    """Run an operation; what it refuses is put into the form, and the view ends with the form's page.

    Args:
        form: what was typed.
        page: makes the form's page, with status 422.
    """
    try:
        yield
    except NotAllowed as refusal:
        blame(form, refusal.field, refusal.sentence)
        abort(page())


def blame(form: Form, name: str, sentence: str) -> None:
    """Put what an operation refused beside its field, or on top of the form if it has no such field."""
    field = form._fields.get(name)
    if field is None:
        form.form_errors.append(sentence)
    else:
        field.errors = [*field.errors, sentence]


def differences(saved: Form, typed: Form) -> list[tuple[str, str, str]]:
    """Return (label, what is saved, what was typed) of the fields in which two forms differ."""
    return [
        (str(mine.label.text), shown(theirs), shown(mine))
        for theirs, mine in zip(saved, typed, strict=True)
        if not isinstance(mine, HiddenField) and _compared(theirs) != _compared(mine)
    ]


def _compared(field: Field) -> Any:
    return set(field.data or ()) if isinstance(field, SelectMultipleField) else field.data or ""


def typed_into(form: Form) -> list[tuple[str, str]]:
    """Return (label, text) of all a person filled in: for a page on which the form stands no more."""
    fields = (
        field for field in form if not isinstance(field, HiddenField | PasswordField | FileField)
    )
    texts = ((str(field.label.text), _text(field)) for field in fields)
    return [(label, text) for label, text in texts if text]


def _text(field: Field) -> str:
    if isinstance(field, BooleanField):
        return "да" if field.data else ""
    # what could not be read as a day or a number is given back as it was typed
    return shown(field) or ", ".join(str(value) for value in field.raw_data or () if value)


def shown(field: Field) -> str:
    """Return what stands in a field as a person reads it: labels of what was chosen, the text typed."""
    if isinstance(field, SelectMultipleField) and not field.choices:
        return f"отмечено: {len(field.data or ())}"  # too many to name: people of a register
    if isinstance(field, SelectField | SelectMultipleField):
        chosen = [str(label) for _, label, is_chosen, *_ in field.iter_choices() if is_chosen]
        return ", ".join(chosen)
    return str(getattr(field, "_value", str)())
