"""Fifty photos with a place in them, of the kinds phones, cameras and their programs make."""

import io
import zlib
from collections.abc import Callable
from functools import cache

from PIL import Image

from tests.photos.blocks import (
    ASCII,
    ATTRIBUTES,
    DATE,
    ELEMENTS,
    LATITUDE,
    LONG,
    LONGITUDE,
    RATIONAL,
    UNDEFINED,
    Tiff,
    exif,
    gps,
    xmp,
)

XMP = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32


@cache
def picture(form: str, mode: str = "RGB", **options: object) -> bytes:
    """Return a small picture without a word about itself."""
    made = Image.new("RGB", (32, 24))
    made.putdata([(x * 8, y * 10, (x * y) % 256) for y in range(24) for x in range(32)])
    buffer = io.BytesIO()
    made.convert(mode).save(buffer, form, **options)
    return buffer.getvalue()


def segment(body: bytes, marker: int = 0xE1) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def jpg(*segments: bytes, base: bytes = b"", tail: bytes = b"") -> bytes:
    base = base or picture("JPEG")
    return base[:2] + b"".join(segments) + base[2:] + tail


def shot(tiff: bytes, head: bytes = b"Exif\0\0") -> bytes:
    return jpg(segment(head + tiff))


def words(packet: bytes) -> bytes:
    return jpg(segment(XMP + packet))


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def png(*chunks: bytes, at_end: bool = False, tail: bytes = b"", base: bytes = b"") -> bytes:
    base = base or picture("PNG")
    at = len(base) - 12 if at_end else 33  # before IEND, or behind IHDR
    return base[:at] + b"".join(chunks) + base[at:] + tail


def profile(name: str, body: bytes) -> bytes:
    """Return how ImageMagick writes a block into a text."""
    digits = body.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    return f"\n{name}\n{len(body):8}\n{lines}\n".encode()


def full() -> bytes:
    more = (
        (5, 1, b"\0"),
        (6, RATIONAL, ((27, 1),)),
        (7, RATIONAL, ((9, 1), (30, 1), (0, 1))),
        (17, RATIONAL, ((180, 1),)),
        (27, UNDEFINED, b"ASCII\0\0\0fused"),
        (29, ASCII, b"2020:10:12\0"),
    )
    return exif("<", gps(*more))


def only_destination() -> bytes:
    return exif("<", [(19, ASCII, b"N\0"), (20, RATIONAL, LATITUDE), (22, RATIONAL, LONGITUDE)])


def in_second_directory(tag: int) -> bytes:
    """Return EXIF whose place hangs from the second directory, or from one inside the first."""
    tiff = Tiff(">")
    place = tiff.directory(gps())
    second = tiff.directory([(0x0103, 3, 6), (0x8825, LONG, place)])
    own = tiff.directory([(0x9003, ASCII, DATE)])
    entries = [(0x0112, 3, 6), (0x8769, LONG, own), (0x010F, ASCII, b"Telefon\0")]
    if tag:
        return tiff.first(tiff.directory([*entries, (tag, LONG, second)]))
    return tiff.first(tiff.directory(entries, second))


def first_half_only() -> bytes:
    """Return EXIF whose GPS directory is past the cut while its values stand before it."""
    tiff = Tiff()
    values = len(tiff.data)
    tiff.data += b"".join(tiff.pack("II", *pair) for pair in (*LATITUDE, *LONGITUDE))
    return tiff.first(tiff.directory([(0x0112, 3, 6), (0x8825, LONG, values + 4096)]))


def split_exif() -> bytes:
    whole = exif("<", gps(), maker=bytes(600))
    return jpg(segment(b"Exif\0\0" + whole[:400]), segment(b"Exif\0\0" + whole[400:]))


def extended() -> bytes:
    """Return XMP of two segments, cut in the middle of a name."""
    packet = xmp("<exif:Long>" + "x" * 900 + "</exif:Long>" + ELEMENTS)
    middle = packet.index(b"GPSLatitude") + 5
    length = len(packet).to_bytes(4, "big")
    parts = ((0, packet[:middle]), (middle, packet[middle:]))
    heads = [(EXTENDED + length + at.to_bytes(4, "big"), part) for at, part in parts]
    return jpg(segment(XMP + xmp()), *(segment(head + part) for head, part in heads))


def two_pictures(padding: int = 0) -> bytes:
    """Return a photo with a second one behind it, as MPF keeps it."""
    second = shot(exif(">", gps()))
    mpf = segment(b"MPF\0" + Tiff().first(8) + bytes(2), 0xE2)
    return jpg(segment(b"Exif\0\0" + exif()), mpf, tail=bytes(padding) + second)


def resource(number: int, body: bytes) -> bytes:
    return b"8BIM" + number.to_bytes(2, "big") + b"\0\0" + len(body).to_bytes(4, "big") + body


CLIP = b"\0\0\0\x18ftypmp42" + bytes(5000) + b"\xa9xyz+45.48710+038.67419/" + bytes(100)
JSON = b'{"exif:GPSLatitude": "45.48710", "exif:GPSLongitude": "38.67419"}'
LE, BE = exif("<", gps()), exif(">", gps())
THUMB = jpg(segment(b"Exif\0\0" + BE), base=picture("JPEG", "L"))

SHOTS: dict[str, Callable[[], bytes]] = {
    # EXIF of a JPG
    "little end first": lambda: shot(LE),
    "big end first": lambda: shot(BE),
    "all that GPS can say": lambda: shot(full()),
    "only the destination": lambda: shot(only_destination()),
    "the name of the area": lambda: shot(exif("<", [(28, UNDEFINED, b"ASCII\0\0\x0045.48710")])),
    "GPS behind the thumbnail's directory": lambda: shot(in_second_directory(0)),
    "GPS in a directory inside": lambda: shot(in_second_directory(0x014A)),
    "GPS in the directory of interoperability": lambda: shot(in_second_directory(0xA005)),
    "a thumbnail beside": lambda: shot(exif("<", gps(), thumbnail=picture("JPEG", "L"))),
    "a thumbnail with its own EXIF": lambda: shot(exif("<", gps(), thumbnail=THUMB)),
    "a maker's note with its own EXIF": lambda: shot(exif("<", gps(), maker=b"Nikon\0" + BE)),
    "GPS in the maker's note only": lambda: shot(exif("<", maker=b"Nikon\0" + BE)),
    "no next directory": lambda: shot(exif("<", gps(), ends=False)),
    "a next directory that is not there": lambda: shot(exif("<", gps(), following=0xFFFFFF)),
    "XMP inside EXIF": lambda: shot(exif("<", gps(), more=[(0x02BC, 1, xmp(ELEMENTS))])),
    "another ending of the mark": lambda: shot(LE, b"Exif\0\xff"),
    "two blocks of EXIF": lambda: jpg(*(segment(b"Exif\0\0" + order) for order in (LE, BE))),
    "EXIF behind XMP": lambda: jpg(segment(XMP + xmp()), segment(b"Exif\0\0" + LE)),
    "EXIF split in two": split_exif,
    # EXIF that is broken
    "cut in the values": lambda: shot(LE[: LE.index(b"\x2d\0\0\0\x01") + 24]),
    "cut in the first directory": lambda: shot(LE[: int.from_bytes(LE[4:8], "little") + 6]),
    "the directory of GPS is cut off": lambda: shot(first_half_only()),
    "no header": lambda: shot(LE[8:]),
    "too many entries": lambda: shot(b"II*\0\x08\0\0\0\xff\xff" + LE[10:]),
    # XMP of a JPG
    "attributes": lambda: words(xmp(attributes=ATTRIBUTES)),
    "single quotes": lambda: words(xmp(attributes=ATTRIBUTES.replace('"', "'"))),
    "elements": lambda: words(xmp(ELEMENTS)),
    "another prefix": lambda: words(xmp(ELEMENTS.replace("exif:", "e:"))),
    "a drone": lambda: words(
        xmp(attributes='d:GpsLatitude="+45.48710" d:GpsLongtitude="38.67419"')
    ),
    "geo": lambda: words(xmp("<geo:lat>45.48710</geo:lat><geo:long>38.67419</geo:long>")),
    "XMP in UTF-16": lambda: words(xmp(ELEMENTS, encoding="utf-16-le")),
    "an element that is not closed": lambda: words(xmp("<exif:GPSLatitude>45,29.2262N")),
    "XMP of two segments": extended,
    # others that keep it
    "Photoshop's EXIF": lambda: jpg(
        segment(b"Photoshop 3.0\0" + resource(0x0422, BE) + resource(0x0424, xmp(ELEMENTS)), 0xED)
    ),
    "a comment": lambda: jpg(segment(b"GPSLatitude=45.48710, GPSLongitude=38.67419", 0xFE)),
    "marks of origin": lambda: jpg(segment(b"JP\0\1" + JSON, 0xEB)),
    # several pictures, other pictures, a tail
    "a second picture": two_pictures,
    "a second picture further on": lambda: two_pictures(16),
    "a progressive picture": lambda: jpg(
        segment(b"Exif\0\0" + LE), base=picture("JPEG", progressive=True)
    ),
    "a picture that did not arrive whole": lambda: shot(LE)[:-40],
    "a clip behind the picture": lambda: jpg(tail=CLIP),
    # PNG
    "PNG, little end first": lambda: png(chunk(b"eXIf", LE)),
    "PNG, big end first, at the end": lambda: png(chunk(b"eXIf", BE), at_end=True),
    "PNG, EXIF cut off": lambda: png(chunk(b"eXIf", first_half_only())),
    "PNG, XMP": lambda: png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(ELEMENTS))),
    "PNG, XMP packed": lambda: png(
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(xmp(ELEMENTS)))
    ),
    "PNG, a profile": lambda: png(
        chunk(b"tEXt", b"Raw profile type exif\0" + profile("exif", b"Exif\0\0" + LE))
    ),
    "PNG, a profile packed": lambda: png(
        chunk(
            b"zTXt",
            b"Raw profile type APP1\0\0" + zlib.compress(profile("generic", XMP + xmp(ELEMENTS))),
        )
    ),
    "PNG, a text": lambda: png(chunk(b"tEXt", b"exif:GPSLatitude\x0045.48710")),
    "PNG, marks of origin and a tail": lambda: png(chunk(b"caBX", JSON), tail=shot(LE)),
}
