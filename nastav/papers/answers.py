"""A paper as an answer to be saved by the browser."""

from typing import Final
from urllib.parse import quote

from werkzeug.wrappers import Response

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT: Final = "text/plain; charset=utf-8"


def saved(content: bytes, name: str, russian_name: str, media_type: str) -> Response:
    """Return a file as a download.

    Args:
        content: the file.
        name: its name in ASCII, for a browser that knows no other.
        russian_name: what people see; a slash in it would be cut off.
        media_type: of the content.
    """
    shown = quote(russian_name.replace("/", "-"))
    disposition = f"attachment; filename=\"{name}\"; filename*=UTF-8''{shown}"
    return Response(content, content_type=media_type, headers={"Content-Disposition": disposition})
