"""Signs that no person types and no page shows, taken out of all that is sent, at the door.

A NUL in a text column is an error in PostgreSQL and cuts the text short in C; other control signs make
a workbook that Excel refuses. They come with what was copied from a PDF or from another program.
"""

import re
from typing import Any

import flask
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

_BREAKS = re.compile(
    "[\x0b\x0c]"
)  # a soft break of Word, a page's end: words must not grow together
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def readable(text: str) -> str:
    """Return the text without control signs and halves of letters; tabs and line ends stay."""
    return _UNSEEN.sub("", _BREAKS.sub(" ", text))


class Request(flask.Request):
    """A request whose form holds readable text only, names of fields and of files included."""

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        sent: dict[str, Any] = self.__dict__
        sent["form"] = ImmutableMultiDict(
            [(readable(name), readable(text)) for name, text in self.form.items(multi=True)]
        )
        sent["files"] = ImmutableMultiDict(
            [(readable(name), _named(file)) for name, file in self.files.items(multi=True)]
        )


def _named(file: FileStorage) -> FileStorage:
    file.filename = readable(file.filename or "")
    return file
