"""How large a form may be (security.md#s11): measured before anything parses it, whatever its encoding.

Werkzeug's own limits do not hold for `application/x-www-form-urlencoded`: 10.8 MB of «a&a&…» took 565 MB.
"""

import re
from binascii import a2b_qp
from collections.abc import Callable
from typing import IO, Any, TypeVar

from flask import Request, current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

KB = 1024
MB = 1024 * KB
_MULTIPART = "multipart/form-data"
_BARE = re.compile(rb"%(?![0-9a-fA-F]{2})")  # a percent sign that begins no escape

OF_ANYBODY = 16 * KB  # where nobody has to sign in: a login and a password

View = TypeVar("View", bound=Callable[..., Any])


def takes(size: int) -> Callable[[View], View]:
    """Declare how many bytes a route's form may have, where it is fewer than usual."""

    def decorate(view: View) -> View:
        view.largest_form = size  # type: ignore[attr-defined]
        return view

    return decorate


def takes_files(view: View) -> View:
    """Declare a route that takes files: their size has a limit of its own."""
    view.has_files = True  # type: ignore[attr-defined]
    return view


def largest(*, multipart: bool) -> int:
    """Return how many bytes the body of this request may have."""
    view = current_app.view_functions.get(request.endpoint or "")
    if multipart and getattr(view, "has_files", False):
        return int(current_app.config["MAX_CONTENT_LENGTH"])
    usual = int(current_app.config["MAX_FORM_MEMORY_SIZE"])
    return int(getattr(view, "largest_form", usual))


def advice() -> str:
    """Return what to do about a body that was refused, with the limits of this page."""
    view = current_app.view_functions.get(request.endpoint or "")
    size = largest(multipart=False)
    text = f"{size // MB} МБ" if size >= MB else f"{size // KB} кБ"
    if getattr(view, "has_files", False):
        return (
            f"Ничего не сохранено. Файл должен быть не больше 10 МБ, а текст — не больше {text}: "
            "уменьшите и отправьте снова."
        )
    fields = current_app.config["MAX_FORM_PARTS"]
    return (
        f"Ничего не сохранено. За один раз эта страница принимает не больше {text} текста и не "
        f"больше {fields} полей. Вернитесь назад, сократите или разделите введённое и отправьте снова."
    )


class _Parser(FormDataParser):
    """Counts the fields before it makes anything of them."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> tuple[IO[bytes], MultiDict[str, Any], MultiDict[str, Any]]:
        """Return what Werkzeug's parser returns.

        Raises:
            RequestEntityTooLarge: too many bytes or fields.
        """
        if mimetype == _MULTIPART:
            boundary = b"--" + (options or {}).get("boundary", "").encode("utf-8", "replace")
            if not self._has_parts(request.environ["wsgi.input"], boundary):
                return stream, self.cls(), self.cls()
        return super().parse(stream, mimetype, content_length, options)

    def _has_parts(self, source: Any, boundary: bytes) -> bool:
        """Count the parts of a body that can be read twice; of another the parser stops by itself."""
        if not hasattr(source, "seek"):
            return True
        count = _count(source, boundary)
        source.seek(0)
        if count > (self.max_form_parts or 0) + 1:
            raise RequestEntityTooLarge
        return count > 0

    def _parse_urlencoded(
        self, stream: IO[bytes], _mimetype: str, _length: int | None, _options: dict[str, str]
    ) -> tuple[IO[bytes], MultiDict[str, Any], MultiDict[str, Any]]:
        """Do what Werkzeug does; the standard library's `unquote` takes 90 MB for 2 MB of Russian."""
        body = stream.read()
        if body.count(b"&") >= (self.max_form_parts or 0):
            raise RequestEntityTooLarge
        body.decode()  # no UTF-8, no form: the ValueError is the caller's
        fields = (part.partition(b"=") for part in body.split(b"&") if part)
        return (
            stream,
            self.cls([(_text(name), _text(text)) for name, _, text in fields]),
            self.cls(),
        )


def _count(source: Any, what: bytes) -> int:
    """Count a text in what is left of a file, a piece at a time."""
    count, kept = 0, b""
    while piece := source.read(64 * KB):
        piece = kept + piece
        count += piece.count(what)
        kept = piece[len(piece) - len(what) + 1 :]
    return count


def _text(quoted: bytes) -> str:
    """Take the escapes out, all of it in C: as quoted-printable, whose escapes are «=D1» for «%D1»."""
    plain = _BARE.sub(b"%25", quoted.replace(b"+", b" "))
    return a2b_qp(plain.replace(b"=", b"%3D").replace(b"%", b"=")).decode(errors="replace")


class BoundedRequest(Request):
    """A request whose body is limited by its route; a larger one is refused unread (413)."""

    form_data_parser_class = _Parser

    @property  # type: ignore[misc]
    def max_content_length(self) -> int:  # type: ignore[override]
        """The most bytes of this body."""
        return largest(multipart=self.mimetype == _MULTIPART)

    @property  # type: ignore[misc]
    def max_form_memory_size(self) -> int:  # type: ignore[override]
        """The most bytes of the texts in it."""
        return largest(multipart=False)
