"""The form of the order's own text."""

from typing import Any

from wtforms import TextAreaField
from wtforms.validators import ValidationError

from nastav.district.points import rules
from nastav.forms import BaseForm, VersionField


class TextForm(BaseForm):
    """The text of the order as it was pasted."""

    version = VersionField()
    text = TextAreaField(
        "Текст приказа",
        description="Скопируйте в Word пункты приказа с номерами и вставьте сюда. "
        "Без приложений и без имён детей.",
    )

    found: rules.Found = rules.Found({})

    def validate_text(self, field: Any) -> None:
        """Refuse a text that is no order's: empty, with pictures, too long, without points.

        Raises:
            ValidationError: with what to do about it.
        """
        self.found = rules.cut(field.data or "")
        if self.found.error:
            raise ValidationError(self.found.error)
