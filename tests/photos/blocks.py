"""What cameras write beside a picture: EXIF directories and packets of XMP, with a place in them."""

import struct
from collections.abc import Sequence

# 45° 29' 13.57", 38° 40' 27.11": rationals and texts that are looked for in what is left
LATITUDE, LONGITUDE = ((45, 1), (29, 1), (1357, 100)), ((38, 1), (40, 1), (2711, 100))
WORDS = (b"45.48710", b"38.67419", b"45,29.2262N", b"38,40.4518E")
DATE, MAKE, ORIENTATION = b"2020:10:12 09:30:00\0", b"Telefon\0", 6
ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7
_SIZES = {1: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, UNDEFINED: 1}

Entry = tuple[int, int, object]  # tag, kind, value


def traces(mark: str) -> list[bytes]:
    """Return the bytes that must be nowhere: the rationals in one byte order, and the words."""
    both = [struct.pack(f"{mark}6I", *sum(each, ())) for each in (LATITUDE, LONGITUDE)]
    return [*both, *WORDS]


def gps(*more: Entry) -> list[Entry]:
    """Return the entries of a GPS directory as phones fill it."""
    return [
        (0, 1, bytes((2, 3, 0, 0))),
        (1, ASCII, b"N\0"),
        (2, RATIONAL, LATITUDE),
        (3, ASCII, b"E\0"),
        (4, RATIONAL, LONGITUDE),
        *more,
    ]


class Tiff:
    """A TIFF structure that grows; directories are written one behind the other."""

    def __init__(self, mark: str = "<") -> None:
        self.mark = mark
        head = b"II*\0" if mark == "<" else b"MM\0*"
        self.data = bytearray(head + bytes(4))

    def pack(self, form: str, *values: int) -> bytes:
        return struct.pack(self.mark + form, *values)

    def directory(self, entries: Sequence[Entry], following: int = 0, *, ends: bool = True) -> int:
        """Write a directory, then the values that do not fit into it; return where it stands."""
        at = len(self.data)
        after = at + 2 + 12 * len(entries) + (4 if ends else 0)
        lines, values = b"", b""
        for tag, kind, value in sorted(entries, key=lambda entry: entry[0]):
            raw = self._raw(kind, value)
            place = raw.ljust(4, b"\0") if len(raw) <= 4 else self.pack("I", after + len(values))
            lines += self.pack("HHI", tag, kind, len(raw) // _SIZES[kind]) + place
            values += raw if len(raw) > 4 else b""
        end = self.pack("I", following) if ends else b""
        self.data += self.pack("H", len(entries)) + lines + end + values
        return at

    def first(self, at: int) -> bytes:
        """Say which directory is the first one; return the whole."""
        self.data[4:8] = self.pack("I", at)
        return bytes(self.data)

    def _raw(self, kind: int, value: object) -> bytes:
        if isinstance(value, bytes):
            return value
        if isinstance(value, int):
            return self.pack("H" if kind == SHORT else "I", value)
        assert isinstance(value, tuple)
        return b"".join(self.pack("II", *pair) for pair in value)


def exif(
    mark: str = "<",
    place: Sequence[Entry] | None = None,
    more: Sequence[Entry] = (),
    maker: bytes = b"",
    thumbnail: bytes = b"",
    following: int = 0,
    ends: bool = True,
) -> bytes:
    """Return EXIF with orientation, make and date, and a GPS directory where a place is given."""
    tiff = Tiff(mark)
    notes: list[Entry] = [(0x927C, UNDEFINED, maker)] if maker else []
    own = tiff.directory([(0x9003, ASCII, DATE), *notes])
    entries: list[Entry] = [
        (0x010F, ASCII, MAKE),
        (0x0112, SHORT, ORIENTATION),
        (0x8769, LONG, own),
    ]
    if place is not None:
        entries.append((0x8825, LONG, tiff.directory(place)))
    if thumbnail:
        at = len(tiff.data)
        tiff.data += thumbnail
        size = len(thumbnail)
        following = tiff.directory([(0x0103, SHORT, 6), (0x0201, LONG, at), (0x0202, LONG, size)])
    return tiff.first(tiff.directory([*entries, *more], following, ends=ends))


def xmp(inside: str = "", attributes: str = "", encoding: str = "utf-8") -> bytes:
    """Return a packet of XMP that says when and how, and what else is given."""
    text = (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        f'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmp:CreateDate="2020-10-12T09:30:00" {attributes}>'
        f"{inside}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    )
    return text.encode(encoding)


ATTRIBUTES = 'exif:GPSLatitude="45,29.2262N" exif:GPSLongitude="38,40.4518E"'
ELEMENTS = (
    "<exif:GPSLatitude>45,29.2262N</exif:GPSLatitude>"
    "<exif:GPSLongitude>38,40.4518E</exif:GPSLongitude>"
)
