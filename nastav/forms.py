"""The base of all forms, the field types of this site, and messages in Russian that say how to mend."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self

from flask import g, request
from markupsafe import escape
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import (
    Field,
    FileField,
    Form,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, Select

from nastav import dates, ru


class PlainSelect(Select):
    """A list of choices as WTForms draws it, in a fifth of the time: a filter has dozens of options."""

    @classmethod
    def render_option(cls, choice: SelectChoice) -> str:  # type: ignore[override]
        """Return one option; a choice with attributes of its own is left to WTForms."""
        if choice.render_kw:
            return str(super().render_option(choice))  # type: ignore[call-arg]
        selected = " selected" if choice.selected else ""
        label = escape(choice.label or choice.value)
        return f'<option{selected} value="{escape(str(choice.value))}">{label}</option>'


PLAIN_SELECT = PlainSelect()


class CheckboxesField(SelectMultipleField):
    """Several of a few, as boxes to tick; `parts/forms.html` knows it by this name."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class BaseForm(Form):
    """A form of this site: filled from the request, spaces trimmed, version of the edited row carried."""

    class Meta:
        """Messages of WTForms itself in Russian."""

        locales = ("ru",)

        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Trim what was typed into every text field."""
            filters = unbound_field.kwargs.get("filters", [])
            if issubclass(unbound_field.field_class, StringField) and _trim not in filters:
                options["filters"] = [_trim, *filters]
            if unbound_field.field_class is SelectField:
                options["widget"] = PLAIN_SELECT
            return unbound_field.bind(form=form, **options)

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            """Tell the page's script how much fits. No `maxlength`: it cuts a paste without a word."""
            if field.flags.limit:
                render_kw.setdefault("data-limit", field.flags.limit)
            return super().render_field(field, render_kw)  # type: ignore[misc]

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """Leave files to the fields that ask for one: any other field is made for text."""
            if not isinstance(formdata, CombinedMultiDict):
                return super().wrap_formdata(form, formdata)  # type: ignore[misc]
            texts, files = formdata.dicts
            asked = {field.name for field in form if isinstance(field, FileField)}
            wanted = [pair for pair in files.items(multi=True) if pair[0] in asked]
            return CombinedMultiDict([texts, MultiDict(wanted)])

    @classmethod
    def posted(cls, **kwargs: Any) -> Self:
        """Return the form as it was sent, files included.

        It is kept in `g.sent`: a page that refuses it without showing it gives back what was typed.
        """
        form = g.sent = cls(CombinedMultiDict([request.form, request.files]), **kwargs)
        return form

    lost_file = False  # a refused form came with a file that has to be chosen again

    def refused(self) -> None:
        """Ask for the files again that came with the form: no page can give a file back.

        Called by `htmx.page` for every answer that refuses a form, whoever refused it and why.
        """
        for field in self:
            sent = field.data if isinstance(field, FileField) else None
            if isinstance(sent, FileStorage) and sent.filename and not field.errors:
                field.errors = ["Выберите файл ещё раз: страница его не сохраняет."]
                self.lost_file = True

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return (field id, sentence) of everything to mend, in the order of the fields."""
        return [(field.id, str(text)) for field in self for text in _flat(field.errors)]


def _flat(errors: Any) -> list[Any]:
    if isinstance(errors, dict):
        return [text for part in errors.values() for text in _flat(part)]
    if isinstance(errors, str):
        return [errors]
    return [text for part in errors for text in (_flat(part) if isinstance(part, list) else [part])]


def _trim(value: Any) -> Any:
    """A browser sends two signs for a line's end, and counts one."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def options(labels: Iterable[tuple[Any, str]]) -> list[Any]:
    """Return (value, label) pairs as choices of a field."""
    return [SelectChoice(value, label) for value, label in labels]


def row_id(value: Any) -> int:
    """Return a row's id; 0 for anything else, which no row has."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class Filled:
    """The field must be filled; the sentence says with what."""

    field_flags = {"required": True}

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Form, field: Field) -> None:
        """Stop the chain when nothing was typed or chosen.

        Raises:
            StopValidation: with the sentence.
        """
        raw = field.raw_data or []
        if not isinstance(field, SelectMultipleField):
            raw = raw[:1]  # what the field itself reads, however often it is sent
        if not any(str(value).strip() for value in raw):
            field.errors = []
            raise StopValidation(self.sentence)


class Limit:
    """A text has at most so many characters. A longer one is refused and comes back whole."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"limit": most}

    def __call__(self, form: Form, field: Field) -> None:
        """Refuse a text that does not fit.

        Raises:
            ValidationError: with the text's length and the limit.
        """
        if field.data and len(field.data) > self.most:
            raise ValidationError(ru.too_long(len(field.data), self.most))


def short(limit: int = 200) -> Limit:
    """Return a validator of a text's length, in characters."""
    return Limit(limit)


class VersionField(HiddenField):
    """The version of the row a form was made from; 0 for a row that does not exist yet."""

    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read a whole number; anything else counts as stale, never as an error of the person."""
        text = valuelist[0] if valuelist else ""
        self.data = int(text) if str(text).isdecimal() and len(str(text)) < 10 else -1


class RussianDate(StringField):
    """A date as people here type it; without a year it is read in the form's school year."""

    data: Any

    def __init__(self, label: str = "", validators: Any = None, **kwargs: Any) -> None:
        self.school_year: int | None = kwargs.pop("school_year", None)
        super().__init__(label, validators, **kwargs)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Turn the text into a date.

        Raises:
            ValueError: with the sentence of `ru.parse_date`.
        """
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if text:
            year = self.school_year
            self.data = ru.parse_date(text, school_year=year, today=dates.today())

    def _value(self) -> str:
        if self.raw_data and self.errors:
            return str(self.raw_data[0])
        return ru.date_short(self.data) if isinstance(self.data, date) else ""


class WholeNumber(StringField):
    """A whole number from 0 up, or nothing (None)."""

    data: Any

    def __init__(self, label: str = "", validators: Any = None, **kwargs: Any) -> None:
        self.most: int = kwargs.pop("most", 99_999)
        super().__init__(label, validators, **kwargs)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Turn the text into a number.

        Raises:
            ValueError: not a whole number from 0 to the most allowed.
        """
        text = "".join(str(valuelist[0]).split()) if valuelist else ""
        self.data = None
        if not text:
            return
        is_number = text.isascii() and text.isdecimal() and len(text) < 10
        if not is_number or int(text) > self.most:
            example = min(44, self.most)
            raise ValueError(f"Укажите целое число от 0 до {self.most}, например {example}.")
        self.data = int(text)

    def _value(self) -> str:
        if self.raw_data and self.errors:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)


class YearForm(BaseForm):
    """A form on a page of a school year: a date typed without a year is read in it.

    See rules.md#dates-without-a-year.
    """

    def __init__(self, *args: Any, first_year: int, **kwargs: Any) -> None:
        self.first_year = first_year
        super().__init__(*args, **kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Tell the dates the school year before they are read."""
        for field in self:
            if isinstance(field, RussianDate):
                field.school_year = self.first_year
        super().process(*args, **kwargs)


def in_school_year(form: YearForm, field: Field) -> None:
    """Refuse a day outside the form's school year, where the year's list would not show it.

    Raises:
        ValidationError: names the bounds of the school year.
    """
    first, last = dates.cycle_bounds(form.first_year)
    if isinstance(field.data, date) and not first <= field.data <= last:
        raise ValidationError(
            f"Дата должна приходиться на {ru.school_year(form.first_year)} учебный год: "
            f"с {ru.date_short(first)} по {ru.date_short(last)}."
        )


def not_in_future(form: Form, field: Field) -> None:
    """Refuse a date later than today.

    Raises:
        ValidationError: names today's date.
    """
    if isinstance(field.data, date) and field.data > dates.today():
        today = ru.date_short(dates.today())
        raise ValidationError(f"Дата ещё не наступила: укажите {today} или раньше.")


def posted_block() -> str | None:
    """Return the block of cells pasted beside a grid, or None: then the form was sent to be saved."""
    text = request.form.get("pasted", "")
    return text if text.strip() or "spread" in request.form else None


def posted_version() -> int:
    """Return the version that a form without fields of its own carries; -1 when it carries none."""
    return request.form.get("version", -1, type=int)
