"""The small form of one document, and the choice of last year's documents."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, StringField
from wtforms.validators import ValidationError

from nastav import uploads
from nastav.forms import Filled, RussianDate, VersionField, not_in_future, short
from nastav.stages.documents import Document
from nastav.stages.evidence.operations import Details
from nastav.stages.forms import SchoolYearForm
from nastav.uploads import Upload


class DocumentForm(SchoolYearForm):
    """Details of a document, with or without a file; `room` is set by the route before validating."""

    version = VersionField()
    kind = StringField(
        "Вид документа",
        [Filled("Укажите вид документа, например «Приказ»."), short(100)],
        description="Приказ, положение, план, протокол… Без имён детей",
    )
    number = StringField("Номер", [short(60)])
    dated = RussianDate("Дата", [not_in_future], description="ДД.ММ.ГГГГ, например 12.10.2020")
    file = FileField(
        "Файл",
        description="Не обязательно. До 10 МБ: "
        + uploads.ACCEPTED.replace("JPG", "JPG (фото)")
        + ". Из фото сайт удаляет координаты места съёмки",
    )
    no_names = BooleanField("В файле нет имён детей")

    room: int = 0  # bytes the school may still fill with files
    upload: Upload | None = None

    def validate_file(self, field: Any) -> None:
        """Judge the file by its content and by the room that is left."""
        sent = field.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            return
        try:
            self.upload = uploads.accept(sent.filename, sent.stream.read())
        except uploads.BadFile as refusal:
            raise ValidationError(str(refusal)) from refusal
        if len(self.upload.content) > self.room:
            raise ValidationError(
                "Место для файлов школы закончилось. Удалите ненужные файлы или обратитесь к "
                "координатору; вид, номер и дату документа можно сохранить без файла."
            )

    @property
    def notes(self) -> str:
        """Return what was done to the file, to stand behind the message of success."""
        return self.upload.notes if self.upload else ""

    @property
    def details(self) -> Details:
        return Details(
            self.kind.data or "", self.number.data or "", self.dated.data, bool(self.no_names.data)
        )


def chosen(documents: Sequence[Document], ids: Sequence[str]) -> list[Document]:
    """Return those of last year's documents that were ticked; foreign ids choose nothing."""
    return [document for document in documents if str(document.id) in ids]
