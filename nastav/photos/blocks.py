"""One block of what a photo says of itself (a segment of JPG, a chunk of PNG), without the place."""

import re
from enum import StrEnum

from nastav.photos import tiff, xmp
from nastav.photos.tiff import Unreadable

EXIF = (b"Exif\0\0", b"Exif\0\xff")
_HEADER = re.compile(rb"II\*\x00|MM\x00\*")
_MOST_HEADERS = 16  # in one block
_TAIL_KEPT = 4096  # bytes; a maker's short marks after the picture
_TELLING = re.compile(rb"ftyp|moov|loci|\xa9xyz|Exif|<x:xmp|http://ns\.|\xff\xd8\xff")


class Removed(StrEnum):
    """What was taken out of a photo."""

    PLACE = "place"  # coordinates that were read
    DESCRIPTION = "description"  # a block that cannot be read, or where coordinates may be written
    TAIL = "tail"  # what follows the picture: the clip of a «live photo», a maker's data


class Found(set[Removed]):
    """What was taken out of one photo so far, and how much of it may still be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.budget = tiff.Budget()


class Damaged(Exception):
    """The picture's file is broken: what it holds cannot be told apart."""


def clear_block(data: bytearray, found: Found) -> bool:
    """Clear the place out of a block in its own length; False if it is to be dropped as a whole.

    Looks for EXIF at the start, for any TIFF structure and for XMP anywhere within.
    """
    try:
        if bytes(data[:6]) in EXIF:
            _note(found, tiff.clear_place(data, found.budget, 6))
        _clear_within(data, found)
    except Unreadable:
        found.add(Removed.DESCRIPTION)
        return False
    _note(found, xmp.clear_place(data))
    if xmp.names_place(data):
        found.add(Removed.DESCRIPTION)
        return False
    return True


def clear_exif(data: bytearray, found: Found) -> bool:
    """Clear the place out of a bare TIFF structure, as PNG keeps EXIF; False if it is to be dropped."""
    try:
        _note(found, tiff.clear_place(data, found.budget))
    except Unreadable:
        found.add(Removed.DESCRIPTION)
        return False
    return clear_block(data, found)


def kept_tail(data: bytes | bytearray, found: Found) -> bytes | bytearray:
    """Return what may stay of the bytes after the picture's end."""
    is_short = len(data) <= _TAIL_KEPT
    if not data.strip(b"\0"):
        return data
    if is_short and not (_TELLING.search(data) or _HEADER.search(data) or xmp.names_place(data)):
        return data
    found.add(Removed.TAIL)
    return b""


def _clear_within(data: bytearray, found: Found) -> None:
    """Clear TIFF structures inside others: makers' notes, thumbnails, Photoshop's resources."""
    headers = [match.start() for match in _HEADER.finditer(data)]
    if len(headers) > _MOST_HEADERS:
        raise Unreadable
    for at in headers:
        kept = bytes(data)
        try:
            _note(found, tiff.clear_place(data, found.budget, at))
        except Unreadable:  # most often no structure at all, four bytes that look like one
            data[:] = kept


def _note(found: Found, has_place: bool) -> None:
    if has_place:
        found.add(Removed.PLACE)
