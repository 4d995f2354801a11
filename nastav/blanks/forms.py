"""Forms of a district's templates."""

from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import FileField
from wtforms.validators import ValidationError

from nastav.forms import BaseForm


class BlankForm(BaseForm):
    """A template, as a file of Word."""

    file = FileField(
        "Ваш бланк",
        description="Документ Word (.docx) до 1 МБ; сохранённый в LibreOffice или МойОфис тоже годится.",
    )

    @property
    def upload(self) -> FileStorage | None:
        """Return the file that was sent, if one was chosen."""
        sent = self.file.data
        return sent if isinstance(sent, FileStorage) and sent.filename else None

    def validate_file(self, field: Any) -> None:
        """Ask for a file.

        Raises:
            ValidationError: none was chosen.
        """
        if self.upload is None:
            raise ValidationError("Выберите файл бланка.")
