"""Forms of loading: a table pasted or as a file; one value for several of its rows."""

from collections.abc import Sequence
from typing import Any, Self

from werkzeug.datastructures import FileStorage
from wtforms import FileField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from nastav import terms
from nastav.columns.column import Column
from nastav.forms import BaseForm, Filled, RussianDate, not_in_future, options, row_id, short


class LoadForm(BaseForm):
    """A pasted table or a workbook, and the day its people joined unless their row has one."""

    text = TextAreaField("Таблица из Excel")
    file = FileField(
        "Или файл", description="Excel (.xlsx, .xls), LibreOffice (.ods), .csv или .txt, до 5 МБ."
    )
    joined = RussianDate(
        terms.PERSON["joined"],
        [Filled("Укажите дату вхождения, например 01.09.2020."), not_in_future],
        description="Для строк без даты вхождения, например 01.09.2020.",
    )

    @property
    def upload(self) -> FileStorage | None:
        """Return the file that was sent, if one was chosen."""
        sent = self.file.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None

    def validate_text(self, field: Any) -> None:
        """Ask for one of the two ways in.

        Raises:
            ValidationError: neither was taken, or both.
        """
        if self.upload and field.data:
            raise ValidationError("Выберите одно: вставленный текст или файл. Другое уберите.")
        if not self.upload and not field.data:
            raise ValidationError("Вставьте строки из Excel или выберите файл.")


class ManyForm(BaseForm):
    """One value for the rows ticked."""

    column = SelectField("Столбец")
    value = StringField(
        "Что поставить", [Filled("Впишите, что поставить, например 5 «А»."), short(1000)]
    )
    pick = SelectMultipleField("Строки", coerce=row_id, validate_choice=False)

    def validate_pick(self, field: Any) -> None:
        """Ask for at least one row.

        Raises:
            ValidationError: none was ticked.
        """
        if not field.data:
            raise ValidationError("Отметьте строки, в которые это поставить.")

    def offer(self, columns: Sequence[Column]) -> Self:
        """Offer these columns, the class first: it is what lacks most often."""
        named = sorted(columns, key=lambda column: column.key != "class")
        self.column.choices = options((column.key, column.title) for column in named)
        return self
