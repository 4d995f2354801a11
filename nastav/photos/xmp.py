"""XMP, the XML that photos carry: what names a place is overwritten by spaces, in its own length."""

import re

_PLACE = rb"(?i:gps[\w.-]*|latitude|longitude|lat|long|lon|lng|lat_long)"
_COORDINATE = re.compile(rb"(?i)lat|lon|lng")
_ATTRIBUTE = re.compile(rb"\s[\w.-]+:(" + _PLACE + rb")\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")
_ELEMENT = re.compile(rb"<([\w.-]+:(" + _PLACE + rb"))(?:\s[^<>]*)?>")
# what is left where the XML is not as expected: UTF-16, JSON, a prefix we do not read
_WORDS = (b"latitude", b"longitude", b"georss")
_TRACE = re.compile(rb"gps[^a-z]{0,9}(?:lat|lon|pos|coord)|geo:l(?:at|on)")


def clear_place(data: bytearray) -> bool:
    """Overwrite every attribute and element that names a place; tell whether one was a coordinate.

    An element that is not closed is left; `names_place` then finds it.
    """
    found = False
    for attribute in list(_ATTRIBUTE.finditer(data)):
        found |= _blank(data, attribute.start(), attribute.end(), attribute[1])
    at = 0
    while element := _ELEMENT.search(data, at):
        at = element.end()
        if not element[0].endswith(b"/>"):
            closing = data.find(b"</" + element[1], at)
            at = data.find(b">", closing) + 1
            if closing < 0 or not at:
                break
        found |= _blank(data, element.start(), at, element[2])
    return found


def names_place(data: bytes | bytearray) -> bool:
    """Tell whether words that stand beside coordinates are still there."""
    small = bytes(data).lower()
    return _names_place(small) or (b"\0" in small and _names_place(small.replace(b"\0", b"")))


def _names_place(small: bytes) -> bool:
    return any(word in small for word in _WORDS) or bool(_TRACE.search(small))


def _blank(data: bytearray, start: int, end: int, name: bytes) -> bool:
    data[start:end] = b" " * (end - start)
    return bool(_COORDINATE.search(name))
