"""Backups: one zip with the database, its schema's revision and a checksum; never the secret key."""

import hashlib
import json
import os
import tempfile
import zipfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from nastav import __version__, sqlite

DATABASE = "nastav.sqlite3"
_MANIFEST = "nastav.json"
_LARGEST = 4 * 1024**3  # bytes of an unpacked database: more is no backup of ours
_PATIENCE = 60  # seconds to wait for a writer: a copy is worth more than an answer at once


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
    """Copy a database in use into a zip; the file appears whole or not at all.

    Uses SQLite's online backup, so writers are not stopped and the copy is consistent.

    Raises:
        NoBackup: there is no database, it stays locked, or there is no folder to write into.
    """
    try:
        ready = database.exists() and schema_of(database)
    except sqlite.OperationalError as error:
        raise NoBackup(
            f"База {database} занята или не читается ({error}). Повторите через минуту."
        ) from error
    if not ready:
        raise NoBackup(f"Базы {database} нет: копировать нечего. Создайте её: nastav init")
    if not os.access(target.parent, os.W_OK):
        raise NoBackup(f"В папку {target.parent} нельзя записать. Создайте её или укажите другую.")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        with closing(sqlite.connect(database)) as source, closing(sqlite.connect(copy)) as goal:
            source.backup(goal)
            goal.execute("PRAGMA journal_mode=DELETE")
        manifest = Manifest(
            __version__, schema_of(copy), _sha256(copy), datetime.now(UTC).isoformat("T", "seconds")
        )
        packed = Path(folder) / "backup.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, DATABASE)
            archive.writestr(_MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        packed.replace(target)
    return manifest


def unpack(source: Path, folder: Path) -> tuple[Path, Manifest]:
    """Take the database out of a backup and check it; return where it lies now.

    Raises:
        BadBackup: not a zip of ours, damaged, or of a newer program.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = Manifest(**json.loads(archive.read(_MANIFEST)))
            if archive.getinfo(DATABASE).file_size > _LARGEST:
                raise BadBackup("Файл слишком велик для резервной копии.")
            path = Path(archive.extract(DATABASE, folder))
    except FileNotFoundError:
        raise BadBackup(f"Файла {source} нет. Проверьте путь.") from None
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, OSError) as error:
        raise BadBackup(
            f"{source.name} — не резервная копия этого сайта или она повреждена."
        ) from error
    if _sha256(path) != manifest.sha256:
        raise BadBackup("Контрольная сумма не сошлась: копия повреждена. Возьмите другую.")
    with closing(sqlite.connect(path)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BadBackup("База в копии повреждена. Возьмите другую копию.")
    return path, manifest


def put_in_place(database: Path, new: Path) -> Path | None:
    """Make a checked database the site's own; return where the old one was put aside."""
    aside = None
    if database.exists():
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        aside = database.with_name(f"{database.stem}-before-restore-{stamp}{database.suffix}")
        database.replace(aside)
        for tail in ("-journal", "-wal"):  # of a killed site: part of what it saved stands there
            if (beside := database.with_name(database.name + tail)).exists():
                beside.replace(aside.with_name(aside.name + tail))
        database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    new.replace(database)
    return aside


def daily(database: Path, folder: Path, today: date, keep: int) -> Path | None:
    """Make today's copy unless it is there; keep only the newest ones. Return the new file."""
    folder.mkdir(exist_ok=True)
    target = folder / f"nastav-{today.isoformat()}.zip"
    if target.exists() or not database.exists():
        return None
    write(database, target)
    for old in sorted(folder.glob("nastav-????-??-??.zip"))[:-keep]:
        old.unlink()
    return target


def schema_of(database: Path) -> str:
    """Return the revision of a database's schema, "" for a database without one.

    Raises:
        sqlite.OperationalError: somebody holds the database for longer than a minute, or it
            cannot be read; that is not the same as a database without a schema.
    """
    with closing(sqlite.connect(database, timeout=_PATIENCE)) as connection:
        tables = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
        if not connection.execute(tables).fetchone():
            return ""
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
