"""The place is cut out of fifty photos of fifty; picture, date and orientation stay."""

import io
import random
import re
import warnings
import zlib

import pytest
from PIL import Image

from nastav.photos.cleaning import Damaged, Removed, without_place
from tests.photos.blocks import exif, traces, xmp
from tests.photos.shots import CLIP, SHOTS, chunk, jpg, picture, png, segment, shot, words

BROKEN = {  # whose EXIF cannot be read or is dropped whole
    "EXIF split in two",
    "cut in the values",
    "cut in the first directory",
    "the directory of GPS is cut off",
    "no header",
    "too many entries",
    "PNG, EXIF cut off",
}
DATED, ORIENTED, MADE = 0x9003, 0x0112, 0x010F


def media_type(content: bytes) -> str:
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"


def cleared(content: bytes) -> tuple[bytes, list[Removed]]:
    return without_place(content, media_type(content))


def laid_open(content: bytes) -> bytes:
    """Return the bytes with every packed text and every profile in hexadecimal read out."""
    found = [content, content.replace(b"\0", b"")]
    for at in (match.start() for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content)):
        try:
            found.append(zlib.decompressobj().decompress(content[at:]))
        except zlib.error:
            continue
    for text in tuple(found):
        digits = b"".join(re.findall(rb"^[0-9a-f]{2,72}$", text, re.MULTILINE))
        found.append(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()))
    return b"|".join(found)


def places_in(content: bytes) -> list[bytes]:
    shown = laid_open(content)
    return [trace for mark in "<>" for trace in traces(mark) if trace in shown]


def read(content: bytes) -> tuple[bytes, dict[int, object]]:
    """Return the picture's points, and what Pillow reads: GPS, date, orientation, make."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of broken EXIF, of a second picture without its list
        image = Image.open(io.BytesIO(content))
        said = image.getexif()
        own = said.get_ifd(0x8769)
        values = {DATED: own.get(DATED), ORIENTED: said.get(ORIENTED), MADE: said.get(MADE)}
        return image.tobytes(), {**values, 0x8825: dict(said.get_ifd(0x8825))}


def scans(content: bytes) -> list[bytes]:
    """Return the picture's own data: from the start of a scan on, or the chunks of data."""
    if media_type(content) == "image/png":
        starts = [match.start() for match in re.finditer(b"IDAT", content)]
        sizes = [int.from_bytes(content[start - 4 : start], "big") for start in starts]
        return [content[at : at + size] for at, size in zip(starts, sizes, strict=True)]
    return re.findall(rb"\xff\xda\x00.*?(?:\xff\xd9|\Z)", content, re.DOTALL)


def test_there_are_fifty_and_each_holds_a_place() -> None:
    assert len(SHOTS) == 50
    assert [name for name, make in SHOTS.items() if not places_in(make())] == []


@pytest.fixture(autouse=True)
def a_picture_that_did_not_arrive_may_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)


@pytest.mark.parametrize("name", SHOTS)
def test_the_place_goes_and_the_picture_stays(name: str) -> None:
    before = SHOTS[name]()
    after, removed = cleared(before)
    assert places_in(after) == []
    assert removed, "a person is not told"
    was, now = read(before), read(after)
    assert now[0] == was[0]
    assert now[1][0x8825] == {}
    assert set(scans(after)) <= set(scans(before))
    assert scans(after)
    assert cleared(after) == (after, []), "a second time there is nothing to take out"


@pytest.mark.parametrize("name", sorted(set(SHOTS) - BROKEN))
def test_date_make_and_orientation_stay(name: str) -> None:
    before = SHOTS[name]()
    (_, was), (_, now) = read(before), read(cleared(before)[0])
    assert {**now, 0x8825: None} == {**was, 0x8825: None}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_what_cannot_be_read_goes_as_a_whole(name: str) -> None:
    assert Removed.DESCRIPTION in cleared(SHOTS[name]())[1]


@pytest.mark.parametrize(
    "content",
    [
        picture("JPEG"),
        picture("PNG"),
        picture("PNG", "P"),
        shot(exif("<")),
        shot(exif(">", thumbnail=picture("JPEG", "L"), maker=b"Note" + bytes(40))),
        words(xmp("<xmp:Label>Школа, вид со двора</xmp:Label>")),
        png(chunk(b"eXIf", exif(">"))),
        png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(xmp()))),
        png(chunk(b"tEXt", b"Comment\0latex and longing")),
        jpg(segment(b"ICC_PROFILE\0\1\1" + b"gps latitude" * 9, 0xE2)),
        jpg(tail=b"\0\0SEFH" + bytes(40) + b"SEFT"),
        jpg(tail=bytes(9000)),
    ],
)
def test_a_photo_without_a_place_is_kept_as_it_is(content: bytes) -> None:
    assert cleared(content) == (content, [])


def test_a_directory_of_gps_without_coordinates_is_not_called_a_place() -> None:
    after, removed = cleared(
        shot(exif("<", [(0, 1, bytes((2, 3, 0, 0))), (29, 2, b"2020:10:12\0")]))
    )
    assert removed == []
    assert read(after)[1] == {**read(shot(exif("<")))[1], 0x8825: {}}


def test_the_words_say_what_was_taken_out() -> None:
    assert cleared(SHOTS["little end first"]())[1] == [Removed.PLACE]
    assert cleared(SHOTS["attributes"]())[1] == [Removed.PLACE]
    assert cleared(SHOTS["PNG, a profile packed"]())[1] == [Removed.PLACE]
    assert cleared(jpg(tail=CLIP))[1] == [Removed.TAIL]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0" + bytes(32),
        b"\xff\xd8\xff\xd9",
        SHOTS["little end first"]()[:60],
        SHOTS["big end first"]()[:-900],
        picture("JPEG").replace(b"\xff\xda", b"\xfe\xda"),
        b"\xff\xd8\xff\xe1\xff\xff" + picture("JPEG"),
        b"\x89PNG\r\n\x1a\n" + bytes(32),
        picture("PNG")[:-4],
        picture("PNG")[:60],
        png(chunk(b"eXIf", exif())[:-30]),
        png(*(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(500_000))) for _ in range(33))),
    ],
)
def test_a_broken_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Damaged):
        cleared(content)


@pytest.mark.parametrize("name", SHOTS)
def test_a_photo_mangled_at_random_is_cleared_or_refused(name: str) -> None:
    chance = random.Random(name)
    whole = SHOTS[name]()
    outcomes = set()
    for _ in range(40):
        mangled = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            mangled[chance.randrange(8, len(mangled))] = chance.randrange(256)
        try:
            after, _ = cleared(bytes(mangled))
        except Damaged:
            outcomes.add("refused")
        else:
            outcomes.add("cleared")
            assert cleared(after)[0] == after
    assert "cleared" in outcomes
