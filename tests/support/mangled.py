"""Tables with something wrong in them: cut, flipped, repacked with parts that are missing or strange."""

import io
import zipfile
from random import Random

STRANGE = (
    b"",
    b"<a/>",
    b"<?xml version='1.0'?><worksheet><sheetData><row r='x'><c r='??'/></row></sheetData></worksheet>",
    b"\xff\xfe\x00",
    b"not xml at all",
)
WORDS = (
    ('r="A2"', 'r="ZZZZZ2"'),
    ('r="2"', 'r="-5"'),
    ('r="3"', 'r="1048577000"'),
    ('t="s"', 't="d"'),
    ('t="s"', 't="zzz"'),
    ("<v>", "<v>9999999999999999999999"),
    ("<v>", "<v>nan"),
    ("<t>", '<t xml:space="preserve">\u202e"=\t'),
    ("Класс", "Класс\nс буквой"),
    ("7А", "#REF!"),
    ('s="0"', 's="99999"'),
    ("sheetId", "sheetid"),
    ("xmlns", "xmlnz"),
    ("</row>", ""),
    ("rId1", "rId9"),
    ("number-rows-repeated", "number-rows-spanned"),
    ('-repeated="16000"', '-repeated="-7"'),
    ("1048000", "99999999999"),
    ('value-type="string"', 'value-type="float"'),
    ('date-value="', 'date-value="x'),
    ("<text:p>", "<text:p><text:s text:c='99999999'/>"),
    ("</table:table-row>", ""),
    ("table:table-cell", "table:covered-table-cell"),
    (";", "\t"),
    (";", ';"'),
    ("\r\n", "\r"),
    ("Птицын", "\x00Птицын"),
)


def mangled(content: bytes, chance: Random) -> bytes:
    """Return the workbook with one to three faults, the same for the same chance."""
    for _ in range(chance.randint(1, 3)):
        content = chance.choice((_cut, _flipped, _reworded, _reworded, _without, _strange))(
            content, chance
        )
    return content


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _flipped(content: bytes, chance: Random) -> bytes:
    some = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        if some:
            some[chance.randrange(len(some))] = chance.randrange(256)
    return bytes(some)


def _reworded(content: bytes, chance: Random) -> bytes:
    old, new = chance.choice(WORDS)
    count = chance.choice((1, -1))
    if not content.startswith(b"PK"):
        return content.replace(old.encode("cp1251"), new.encode("cp1251", "replace"), count)
    return _repacked(
        content, lambda _, part: part.replace(old.encode(), new.encode(), count) if part else part
    )


def _without(content: bytes, chance: Random) -> bytes:
    place = chance.random()
    return _repacked(content, lambda at, part: None if abs(at - place) < 0.06 else part)


def _strange(content: bytes, chance: Random) -> bytes:
    place, other = chance.random(), chance.choice(STRANGE)
    return _repacked(content, lambda at, part: other if abs(at - place) < 0.06 else part)


def _repacked(content: bytes, change) -> bytes:  # type: ignore[no-untyped-def]
    """Give each part, by its place from 0 to 1, to a function; None leaves it out."""
    file = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as source,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            names = source.namelist()
            for number, name in enumerate(names):
                part = change(number / len(names), source.read(name))
                if part is not None:
                    target.writestr(name, part)
    except Exception:
        return content  # already too broken to be taken apart
    return file.getvalue()
