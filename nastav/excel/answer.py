"""A workbook as an answer to be saved by the browser."""

from urllib.parse import quote

from werkzeug.wrappers import Response

from nastav.excel.book import MIME_TYPE


def answer(content: bytes, name: str, russian_name: str) -> Response:
    """Return a workbook as a download.

    Args:
        content: the file.
        name: its name in ASCII with «.xlsx», for a browser that knows no other.
        russian_name: what people see, without «.xlsx»; a slash in it would be cut off.
    """
    shown = quote(f"{russian_name.replace('/', '-')}.xlsx")
    disposition = f"attachment; filename=\"{name}\"; filename*=UTF-8''{shown}"
    return Response(content, mimetype=MIME_TYPE, headers={"Content-Disposition": disposition})
