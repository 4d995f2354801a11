"""A hundred ways a disk, a person or a program spoils the file of a database. The same at each run."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from nastav import sqlite

PAGE = 4096
Damage = tuple[str, Callable[[Path], None]]


def damages() -> list[Damage]:
    """Return the hundred, each by its name."""
    return [
        *_header(),
        *(_cut(part) for part in range(5, 100, 5)),
        *(_zeros(seed) for seed in range(20)),
        *(_noise(seed) for seed in range(20)),
        *(_torn_text(seed) for seed in range(15)),
        *(_swapped(seed) for seed in range(5)),
        *_others(),
    ]


def _edit(change: Callable[[bytearray], object]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        content = bytearray(path.read_bytes())
        change(content)
        path.write_bytes(content)

    return spoil


def _flip(at: int) -> Callable[[Path], None]:
    def change(content: bytearray) -> None:
        content[at] ^= 0xFF

    return _edit(change)


def _header() -> Iterator[Damage]:
    """The magic words, the page's size, the format, payload fractions, the text's encoding."""
    for at in (0, 7, 15, 16, 17, 19, 21, 22, 23, 47, 59, 100, 101, 103):
        yield f"header's byte {at} flipped", _flip(at)


def _cut(part: int) -> Damage:
    return f"cut at {part} %", _edit(lambda content: _shorten(content, len(content) * part // 100))


def _shorten(content: bytearray, size: int) -> None:
    del content[size:]


def _page_in_use(path: Path, chance: random.Random) -> int:
    """Return the offset of a page that holds something; a free one may hold anything."""
    with closing(sqlite.connect(path)) as connection:
        roots = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE rootpage > 1"
        ).fetchall()
    return (chance.choice(sorted(root for (root,) in roots)) - 1) * PAGE


def _over(seed: int, piece: Callable[[random.Random], bytes]) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        chance = random.Random(seed)
        at = _page_in_use(path, chance)
        content, written = bytearray(path.read_bytes()), piece(chance)
        content[at : at + len(written)] = written
        path.write_bytes(content)

    return spoil


def _zeros(seed: int) -> Damage:
    return f"a page of zeros ({seed})", _over(seed, lambda _: bytes(PAGE))


def _noise(seed: int) -> Damage:
    return f"a sector of noise ({seed})", _over(1000 + seed, lambda chance: chance.randbytes(512))


def _torn_text(seed: int) -> Damage:
    """Half a letter in the text of a row: SQLite's own check does not see it."""

    def change(content: bytearray) -> None:
        letters = [at for at in range(len(content)) if content.startswith("наставн".encode(), at)]
        content[random.Random(seed).choice(letters) + 1] = 0xFF

    return f"half a letter ({seed})", _edit(change)


def _swapped(seed: int) -> Damage:
    def spoil(path: Path) -> None:
        chance = random.Random(2000 + seed)
        content = bytearray(path.read_bytes())
        first = second = _page_in_use(path, chance)
        # the pages of two empty tables are alike: changed places they are no damage
        while content[first : first + PAGE] == content[second : second + PAGE]:
            second = _page_in_use(path, chance)
        content[first : first + PAGE], content[second : second + PAGE] = (
            content[second : second + PAGE],
            content[first : first + PAGE],
        )
        path.write_bytes(content)

    return f"two pages changed places ({seed})", spoil


def _others() -> Iterator[Damage]:
    yield "noise of its size", _edit(lambda c: c.__setitem__(slice(None), bytes(b ^ 90 for b in c)))
    yield "zeros of its size", _edit(lambda c: c.__setitem__(slice(None), bytes(len(c))))
    yield "its first page gone", _edit(lambda content: content.__delitem__(slice(PAGE)))
    yield "another file's text", lambda path: path.write_text("Это не база. " * 999)
    yield "a lone header", _edit(lambda content: _shorten(content, 100))
    yield "a row that points nowhere", _say("UPDATE user SET school_id = 9999 WHERE id = 2")
    yield (
        "an index without its rows",
        _say("PRAGMA writable_schema=1", "DELETE FROM sqlite_master WHERE name = 'school'"),
    )


def _say(*statements: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with closing(sqlite.connect(path)) as connection, connection:
            for statement in statements:
                connection.execute(statement)

    return spoil
