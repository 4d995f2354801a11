"""Templates with something wrong in them: bytes flipped, cut, parts changed, braces typed anywhere."""

import io
import random
import re
import zipfile
from datetime import date

from nastav.papers import child, example
from nastav.papers.catalogue import KINDS
from nastav.papers.filler import fill
from tests.support.blanks import good, repacked

BODY = "word/document.xml"
MANGLED = (
    BODY,
    "word/settings.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
    "word/styles.xml",
    "word/header1.xml",
)


def mangled(content: bytes, chance: random.Random) -> bytes:
    """Return a file with something of it changed: bytes, its end, or a part inside a sound archive."""
    way = chance.randrange(6)
    if way == 0:
        spoiled = bytearray(content)
        for _ in range(chance.randint(1, 30)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        return bytes(spoiled)
    if way == 1:
        return content[: chance.randrange(len(content))]
    if way > 2:
        return repacked(content, lambda name, part: in_text(part, chance) if name == BODY else part)
    braces = ("{", "}", "{а}", "{группа.имя}", "<w:p>", "</w:tr>", "", "&", "\0", "{срок_1")

    def change(name: str, part: bytes) -> bytes:
        if name not in MANGLED:
            return part
        if chance.random() < 0.4:
            return part
        at = chance.randrange(len(part))
        gone = chance.choice((0, 0, 1, 7, 60))
        return part[:at] + chance.choice(braces).encode() + part[at + gone :]

    return repacked(content, change)


def in_text(part: bytes, chance: random.Random) -> bytes:
    """Return a part with something typed at some places of its text, or the text there cut."""
    pieces = (
        "{",
        "}",
        "{школа}",
        "{ школа }",
        "{диpектор}",
        "{}",
        "{{",
        "}{",
        "",
        "{группа.имя}",
        "а.",
    )
    for _ in range(chance.randint(1, 3)):
        ends = [hit.start() for hit in re.finditer(rb"</w:t>", part)]
        at = chance.choice(ends)
        gone = chance.choice((0, 0, 0, 1, 2))
        kept = part[: at - gone] if part[at - 1 : at] in b"}.: " else part[:at]
        part = kept + chance.choice(pieces).encode() + part[at:]
    return part


def braces_in(content: bytes) -> list[str]:
    """Return the texts of a document with a brace in them, read without the program's own reader."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    found = (re.sub(rb"<[^>]*>", b"", part).decode("utf-8", "replace") for part in parts)
    return [text for text in found if re.search(r"[{}]", text)]


def taken_with_a_leftover(times: int, seed: int) -> tuple[int, list[int]]:
    """Return how many of so many mangled templates were taken, and which of those leave a brace."""
    chance, whole = random.Random(seed), good()
    taken, wrong = 0, []
    for number in range(times):
        content = mangled(whole, chance)
        if child.answer("team", content)["faults"]:
            continue
        taken += 1
        made = fill(content, example.data(KINDS["team"]), title="", made_on=date(2020, 12, 9))
        if braces_in(made):
            wrong.append(number)
    return taken, wrong
