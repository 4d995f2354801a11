"""Backups: one zip with the database, its schema's revision and a checksum; never the secret key.

Each is opened again after it was written; one that is not whole is never called a backup.
"""

import hashlib
import json
import lzma
import os
import struct
import tempfile
import zipfile
import zlib
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from nastav import __version__, soundness, sqlite

DATABASE = "nastav.sqlite3"
_MANIFEST = "nastav.json"
_LARGEST = 4 * 1024**3  # bytes of an unpacked database: more is no backup of ours
_NUMBERS = ("", *(f"-{number}" for number in range(2, 1000)))
_LARGEST_MANIFEST = 10_000
_BAD_MANIFEST = (
    f"Описание копии ({_MANIFEST}) не читается: файл изменён или сделан не этим сайтом. "
    "Возьмите другую копию."
)


class NoBackup(Exception):
    """A backup cannot be made; the message is a Russian sentence."""


class BadBackup(Exception):
    """A file that cannot be restored from; the message is a Russian sentence."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    program: str
    schema: str  # Alembic revision
    sha256: str
    made_at: str  # ISO, UTC


def write(database: Path, target: Path) -> Manifest:
    """Copy a database in use into a zip; the file appears whole and verified or not at all.

    Uses SQLite's online backup, so writers are not stopped and the copy is consistent.

    Raises:
        NoBackup: there is no database, it is damaged or stays locked, or the zip cannot be written.
    """
    if not os.access(target.parent, os.W_OK):
        raise NoBackup(f"В папку {target.parent} нельзя записать. Создайте её или укажите другую.")
    if not database.exists():
        raise NoBackup(f"Базы {database} нет: копировать нечего. Создайте её: nastav init")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
            return _write(database, target, Path(folder))
    except soundness.Busy as error:
        raise NoBackup(
            f"База {database} занята или не читается ({error}). Повторите через минуту."
        ) from error
    except (OSError, *soundness.DAMAGE, BadBackup) as error:
        raise NoBackup(_why_not(error)) from error


def _why_not(error: Exception) -> str:
    if soundness.is_full(error):
        return "Копия не записана: нет места на диске. Освободите место и повторите."
    if isinstance(error, OSError):
        return f"Копия не записана: {error.strerror}. Проверьте папку и повторите."
    if isinstance(error, BadBackup):
        return "Копия не записана: прочлась иначе, чем писалась. Проверьте диск и повторите."
    return _damaged(soundness.reason(error))


def _damaged(how: str) -> str:
    return (
        f"База повреждена ({how}), копия не записана. Прежние копии остались: "
        "восстановите базу из последней, nastav restore ФАЙЛ"
    )


def _write(database: Path, target: Path, folder: Path) -> Manifest:
    copy, packed = folder / DATABASE, folder / "backup.zip"
    counts = _copy(database, copy)
    revision = schema_of(copy)
    if not revision:
        raise NoBackup(f"База {database} пуста: копировать нечего. Создайте её: nastav init")
    now = datetime.now(UTC).isoformat("T", "seconds")
    manifest = Manifest(__version__, revision, _sha256(copy), now)
    with _private(packed) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, DATABASE)
            archive.writestr(_MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())
    copy.unlink()
    again, _ = _unzip(packed, folder)
    if fault := soundness.fault(again):
        raise NoBackup(_damaged(fault))
    with closing(soundness.look_into(again)) as connection:
        if soundness.row_counts(connection) != counts:
            raise BadBackup("other rows than were copied")
    packed.replace(target)
    return manifest


def _copy(database: Path, copy: Path) -> dict[str, int]:
    """Copy a database page by page into a new file; return the rows each table had meanwhile."""
    _private(copy).close()
    with closing(soundness.look_into(database)) as source, closing(sqlite.connect(copy)) as goal:
        try:
            source.execute("BEGIN")  # the counts are of what is copied, whoever writes
            counts = soundness.row_counts(source)
            source.backup(goal)
        except soundness.DAMAGE as error:
            soundness.raise_if_busy(error)
            raise
        goal.execute("PRAGMA journal_mode=DELETE")
    return counts


def unpack(source: Path, folder: Path) -> tuple[Path, Manifest]:
    """Take the database out of a backup and check it; return where it lies now.

    Raises:
        BadBackup: not a zip of ours, or damaged.
        OSError: there is no room to unpack it.
    """
    path, manifest = _unzip(source, folder)
    if fault := soundness.fault(path):
        raise BadBackup(f"База в копии повреждена ({fault}). Возьмите другую копию.")
    return path, manifest


def _unzip(source: Path, folder: Path) -> tuple[Path, Manifest]:
    path = folder / DATABASE
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive)
            _take_out(archive, path)
    except FileNotFoundError:
        raise BadBackup(f"Файла {source} нет. Проверьте путь.") from None
    except (OSError, *_TORN) as error:
        if soundness.is_full(error):
            raise
        raise BadBackup(
            f"Файл {source.name} повреждён или это не резервная копия этого сайта. Возьмите другую."
        ) from error
    if _sha256(path) != manifest.sha256:
        raise BadBackup("Контрольная сумма не сошлась: копия повреждена. Возьмите другую.")
    return path, manifest


# what zipfile says of torn bytes: they also look like methods and passwords that were never there
_TORN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError, TypeError,
    ValueError, NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip


def manifest_of(source: Path) -> Manifest | None:
    """Return what a zip says of itself, None when it is no backup; the database is not looked at."""
    try:
        with zipfile.ZipFile(source) as archive:
            return _manifest(archive)
    except (OSError, BadBackup, *_TORN):
        return None


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    """Read what a backup says of itself: four texts, and nothing made to trouble a reader."""
    if archive.getinfo(_MANIFEST).file_size > _LARGEST_MANIFEST:
        raise BadBackup(_BAD_MANIFEST)
    packed = archive.read(_MANIFEST)
    try:
        found = json.loads(packed)
        manifest = Manifest(*(found[name] for name in Manifest.__dataclass_fields__))
        texts = {type(value) for value in asdict(manifest).values()} == {str}
        if texts and datetime.fromisoformat(manifest.made_at).tzinfo:
            return manifest
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadBackup(_BAD_MANIFEST) from error
    raise BadBackup(_BAD_MANIFEST)


def _take_out(archive: zipfile.ZipFile, path: Path) -> None:
    size = archive.getinfo(DATABASE).file_size
    if size > _LARGEST:
        raise BadBackup("Файл слишком велик для резервной копии.")
    with archive.open(DATABASE) as packed, _private(path) as file:
        while piece := packed.read(1024**2):
            file.write(piece)


def _private(path: Path) -> IO[Any]:
    """Make a new file that its owner alone may read."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


def put_in_place(database: Path, new: Path) -> Path | None:
    """Make a checked database the site's own; return where the old one was put aside.

    A kill at any moment leaves the old one or the new one in the place.
    """
    with new.open("r+b") as file:
        os.fsync(file.fileno())
    aside = _free_name(database) if database.exists() else None
    if aside:
        try:
            os.link(database, aside)
        except OSError:  # a file system without links: for a moment nothing is in the place
            database.replace(aside)
        for tail in ("-journal", "-wal"):  # of a killed site: part of what it saved stands there
            if (journal := database.with_name(database.name + tail)).exists():
                journal.replace(aside.with_name(aside.name + tail))
        database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    new.replace(database)
    return aside


def _free_name(database: Path) -> Path:
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    names = (f"{database.stem}-before-restore-{stamp}{n}{database.suffix}" for n in _NUMBERS)
    return next(path for name in names if not (path := database.with_name(name)).exists())


def schema_of(database: Path) -> str:
    """Return the revision of a database's schema, "" for a database without one.

    Raises:
        sqlite.DatabaseError: it is held, damaged or cannot be read; that is not the same as a
            database without a schema.
    """
    with closing(soundness.look_into(database)) as connection:
        tables = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
        if not connection.execute(tables).fetchone():
            return ""
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
