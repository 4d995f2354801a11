"""Backups that went wrong: twenty bad in a way of their own, two hundred mutated by chance."""

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nastav import backup, sqlite
from tests.support.damage import damages

MANIFEST = "nastav.json"
Copy = tuple[str, bytes]
ONE_MORE = "CREATE TABLE strangers (id INTEGER)"


def taken_apart(good: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the manifest and the database of a backup."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        return json.loads(archive.read(MANIFEST)), archive.read(backup.DATABASE)


def put_together(manifest: object, database: bytes, **names: str) -> bytes:
    """Return a zip; the manifest may be text, or anything that JSON knows."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(names.get("database", backup.DATABASE), database)
        text = manifest if isinstance(manifest, str | bytes) else json.dumps(manifest)
        archive.writestr(names.get("text", MANIFEST), text)
    return content.getvalue()


def with_database(good: bytes, spoil: Callable[[Path], object]) -> bytes:
    """Return a backup with a spoiled database and the right sum of it."""
    manifest, database = taken_apart(good)
    with TemporaryDirectory() as folder:
        path = Path(folder) / backup.DATABASE
        path.write_bytes(database)
        spoil(path)
        database = path.read_bytes()
    return put_together({**manifest, "sha256": hashlib.sha256(database).hexdigest()}, database)


def saying(*statements: str) -> Callable[[Path], None]:
    """Return what changes a database by statements."""

    def spoil(path: Path) -> None:
        with closing(sqlite.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return spoil


def bad_copies(good: bytes) -> list[tuple[str, bytes, str]]:
    """Return twenty copies no site may be restored from: a name, the file, what a person is told."""
    manifest, database = taken_apart(good)
    spoil = dict(damages())
    other = {**manifest, "schema": "0024"}
    in_database = [
        ("a zeroed page", spoil["a page of zeros (1)"], "База в копии повреждена"),
        ("half a letter", spoil["half a letter (1)"], "нечитаемый текст"),
        ("a loose row", spoil["a row that points nowhere"], "оборванной связью"),
        ("no schema", saying("DROP TABLE alembic_version"), "Схема базы в копии — неизвестна"),
        ("a stranger", saying(ONE_MORE), "чужая таблица «strangers»"),
        ("a table less", saying("DROP TABLE failed_sign_in"), "Таблица «failed_sign_in»"),
        ("a column more", saying("ALTER TABLE pair ADD x"), "Таблица «pair» в копии не такая"),
        ("a view", saying("CREATE VIEW v AS SELECT 1"), "есть чужое: «v»"),
        ("a virtual table", saying("CREATE VIRTUAL TABLE f USING fts5(x)"), "есть чужое: «f»"),
        (
            "a trigger",
            saying("CREATE TRIGGER t AFTER INSERT ON pair BEGIN DELETE FROM pair; END"),
            "есть чужое: «t»",
        ),
    ]
    return [
        ("an empty file", b"", "не резервная копия"),
        ("a text", "Это не копия".encode() * 99, "не резервная копия"),
        ("a zip cut short", good[:-200], "не резервная копия"),
        ("a zip of other things", put_together({}, b"", text="x"), "не резервная копия"),
        ("another sum", put_together({**manifest, "sha256": "0"}, database), "Контрольная сумма"),
        ("a nested manifest", put_together("[" * 9000, database), "Описание копии"),
        ("a manifest of numbers", put_together({**manifest, "schema": 7}, database), "Описание"),
        ("a manifest too short", put_together({"program": "0.2.0"}, database), "Описание копии"),
        (
            "a newer program",
            put_together({**manifest, "schema": "9000"}, database),
            "более новой программой",
        ),
        ("another schema", put_together(other, database), "а в описании 0024"),
        *((name, with_database(good, spoil), sentence) for name, spoil, sentence in in_database),
    ]


def mutated(good: bytes, seed: int = 0) -> Iterator[Copy]:
    """Yield two hundred copies changed by chance; some of them are still good."""
    chance = random.Random(seed)
    tail = good.rindex(b"PK\x05\x06") - 200
    for number in range(50):
        yield f"a byte flipped anywhere {number}", _flipped(good, chance.randrange(len(good)))
    for number in range(50):
        at = chance.choice([chance.randrange(60), chance.randrange(tail, len(good))])
        yield f"a byte flipped in the zip's own {number}", _flipped(good, at)
    for number in range(25):
        yield f"cut {number}", good[: chance.randrange(len(good))]
    for number in range(15):
        at = chance.randrange(len(good))
        yield f"noise {number}", good[:at] + chance.randbytes(64) + good[at + 64 :]
    manifest, database = taken_apart(good)
    for number in range(40):
        yield f"a manifest {number}", put_together(_odd(manifest, chance), database)
    for name, spoil in chance.sample(damages(), 20):
        yield f"a database with {name}", with_database(good, spoil)


def _flipped(good: bytes, at: int) -> bytes:
    return good[:at] + bytes([good[at] ^ (1 << at % 8)]) + good[at + 1 :]


def _odd(manifest: dict[str, Any], chance: random.Random) -> object:
    """Return a manifest with something odd in the place of one of its values, or of all of it."""
    values: list[Any] = [
        None,
        5,
        [],
        {},
        "",
        "\x00",
        "ё" * 5000,
        [[[]]],
        {"a": {"b": {}}},
        "9" * 400,
    ]
    if chance.random() < 0.3:
        texts: list[Any] = [
            "",
            "{",
            "[" * 9999,
            '{"a":' * 1500,
            "null",
            b"\xff\xfe",
            "1e999",
            "{}" * 9,
        ]
        return chance.choice(texts)
    return {**manifest, chance.choice(list(manifest)): chance.choice(values)}
