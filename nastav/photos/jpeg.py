"""JPG: segments up to the picture's data, then perhaps further pictures (MPF) and a tail."""

import re

from nastav.photos.blocks import Damaged, Found, clear_block, kept_tail

_START, _END, _SCAN, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_DESCRIBING = {*range(0xE0, 0xF0), _COMMENT}
_COLOURS = b"ICC_PROFILE\0"
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
_EXTENDED_HEAD = len(_EXTENDED) + 40  # the packet's mark, its length, the part's offset
_AFTER_DATA = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # `_marker` passes over those before it
_PICTURE = re.compile(rb"\x00*\xff\xd8\xff")
_MOST_MARKERS = 2000  # of one picture; a packet of 10 MB takes 160
_MOST_PICTURES = 16  # beside the first: previews, the map of a bright screen, depth


def clear(content: bytes, found: Found) -> bytes:
    """Return the photo without the place; every picture's own data is the same, byte for byte.

    Raises:
        Damaged: the file is no JPG as far as its picture.
    """
    data = bytearray(content)
    end = _picture(data, 0, found)
    for _ in range(_MOST_PICTURES):
        following = _PICTURE.match(data, end)
        if not following:
            break
        try:
            end = _picture(data, following.end() - 3, found)
        except Damaged:
            break
    data[end:] = kept_tail(data[end:], found)
    return bytes(data)


def _picture(data: bytearray, at: int, found: Found) -> int:
    """Clear the picture that begins at `at`; return where it ends."""
    extended: list[tuple[int, int]] = []
    has_data = False
    at += 2
    for _ in range(_MOST_MARKERS):
        if at == len(data):
            break
        marker, at = _marker(data, at)
        if marker == _END:
            break
        if marker in _ALONE:
            continue
        end = at + int.from_bytes(data[at : at + 2], "big")
        if end < at + 2 or end > len(data):
            raise Damaged
        if marker in _DESCRIBING:
            _segment(data, at + 2, end, extended, found)
        at = end
        if marker == _SCAN:
            has_data = True
            after = _AFTER_DATA.search(data, at)
            at = after.start() if after else len(data)  # a last part that did not arrive
    else:
        raise Damaged
    if not has_data:
        raise Damaged
    _clear_extended(data, extended, found)
    return at


def _marker(data: bytearray, at: int) -> tuple[int, int]:
    """Return the marker at `at` and where it ends; any number of 0xFF may stand before it."""
    start = at
    while at < len(data) and data[at] == 0xFF:
        at += 1
    if at == start or at == len(data) or data[at] in (0x00, _START):
        raise Damaged
    return data[at], at + 1


def _segment(
    data: bytearray, start: int, end: int, extended: list[tuple[int, int]], found: Found
) -> None:
    block = data[start:end]
    if block.startswith(_COLOURS):
        return
    if block.startswith(_EXTENDED):
        extended.append((start + _EXTENDED_HEAD, end))
        return
    # a dropped one is zeroed and not cut out: others are found by how far they stand from each other
    data[start:end] = block if clear_block(block, found) else bytes(end - start)


def _clear_extended(data: bytearray, parts: list[tuple[int, int]], found: Found) -> None:
    """Clear a packet of XMP that is too long for one segment: a name may lie across two."""
    whole = bytearray().join(data[start:end] for start, end in parts)
    if not clear_block(whole, found):
        whole = bytearray(len(whole))
    at = 0
    for start, end in parts:
        data[start:end] = whole[at : at + end - start]
        at += end - start
