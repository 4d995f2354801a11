"""PNG: chunks, each with its length and a checksum; only those that describe are looked into."""

import binascii
import re
import zlib
from collections.abc import Iterator

from nastav.photos import xmp
from nastav.photos.blocks import Damaged, Found, Removed, clear_block, clear_exif, kept_tail

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PICTURE = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"iCCP", b"acTL", b"fcTL", b"fdAT", b"tRNS"}
_TEXT = {b"tEXt", b"zTXt", b"iTXt"}
_LARGEST_TEXT = 512 * 1024  # bytes, unpacked
_MOST_TEXTS = 32  # no camera writes so many, and each may unpack to much
_MOST_BLOCKS = 1000
_HEX_LINE = 36  # bytes in a line of hexadecimal


def clear(content: bytes, found: Found) -> bytes:
    """Return the photo without the place; the chunks of the picture are the same, byte for byte.

    Raises:
        Damaged: the file is no PNG as far as its last chunk.
    """
    kept = [_SIGNATURE]
    end, texts, blocks = len(_SIGNATURE), 0, 0
    for kind, start, stop in _chunks(content):
        end = stop + 4
        body = content[start:stop]
        texts += kind in _TEXT
        blocks += kind not in _PICTURE
        if texts > _MOST_TEXTS or blocks > _MOST_BLOCKS:
            raise Damaged
        cleared = body if kind in _PICTURE else _clear(kind, body, found)
        if cleared is not None:
            same = cleared == body
            kept.append(content[start - 8 : end] if same else _chunk(kind, cleared))
    return b"".join((*kept, kept_tail(content[end:], found)))


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start and end of each chunk's body, up to the last."""
    at, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        start = at + 8
        stop = start + int.from_bytes(content[at : at + 4], "big")
        kind, before = content[at + 4 : start], kind
        if stop + 4 > len(content) or (not before and kind != b"IHDR"):
            raise Damaged
        yield kind, start, stop
        at = stop + 4


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return len(body).to_bytes(4, "big") + kind + body + checksum.to_bytes(4, "big")


def _clear(kind: bytes, body: bytes, found: Found) -> bytes | None:
    """Return a describing chunk's body without the place, None if the chunk is to be dropped."""
    if kind in _TEXT:
        return _clear_text(kind, body, found)
    data = bytearray(body)
    is_kept = clear_exif(data, found) if kind == b"eXIf" else clear_block(data, found)
    return bytes(data) if is_kept else None


def _clear_text(kind: bytes, body: bytes, found: Found) -> bytes | None:
    head, text, is_packed = _text(kind, body)
    if xmp.names_place(head):  # as ImageMagick writes: exif:GPSLatitude
        found.add(Removed.PLACE)
        return None
    plain = _unpacked(text) if is_packed else text
    if plain is None:
        found.add(Removed.DESCRIPTION)
        return None
    cleared = _clear_profile(plain, found) if head.startswith(b"Raw profile") else bytearray(plain)
    if cleared is None or not clear_block(cleared, found):
        return None
    if cleared == plain:
        return body
    return head + (zlib.compress(cleared) if is_packed else bytes(cleared))


def _text(kind: bytes, body: bytes) -> tuple[bytes, bytes, bool]:
    """Return what stands before a chunk's text, the text, and whether it is packed."""
    end = body.find(b"\0") + 1
    if kind == b"zTXt":
        end += 1  # the method of packing
    is_packed = kind == b"zTXt" or (kind == b"iTXt" and body[end : end + 1] == b"\1")
    if kind == b"iTXt":
        end = body.find(b"\0", body.find(b"\0", end + 2) + 1) + 1  # language, translated keyword
    return body[:end], body[end:], is_packed


def _unpacked(text: bytes) -> bytes | None:
    """Return a packed text, None where it is broken or too long."""
    reader = zlib.decompressobj()
    try:
        plain = reader.decompress(text, _LARGEST_TEXT)
    except zlib.error:
        return None
    return plain if reader.eof else None


def _clear_profile(plain: bytes, found: Found) -> bytearray | None:
    """Clear a block that is written in hexadecimal, as ImageMagick does («Raw profile type exif»)."""
    head = re.match(rb"\s*\w+\s+\d+\s", plain)
    begin = head.end() if head else 0
    try:
        data = bytearray(binascii.unhexlify(b"".join(plain[begin:].split())))
    except binascii.Error:
        found.add(Removed.DESCRIPTION)
        return None
    before = bytes(data)
    if not clear_block(data, found):
        return None
    if data == before:
        return bytearray(plain)
    lines = [data[at : at + _HEX_LINE].hex() for at in range(0, len(data), _HEX_LINE)]
    return bytearray(plain[:begin] + "\n".join(lines).encode() + b"\n")
