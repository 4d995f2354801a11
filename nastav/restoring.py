"""Bringing a backup back: everything is tried on the copy, and only then does it take the place.

A copy that is refused costs nothing: the site's own database is not even opened.
"""

import tempfile
from contextlib import closing
from pathlib import Path

from flask import Flask

from nastav import backup, revisions, schema, soundness, sqlite
from nastav.app import create_app
from nastav.backup import BadBackup, Manifest
from nastav.db import db

_OURS = {*schema.METADATA.tables, "alembic_version"}
_UNTOUCHED = "Прежняя база не тронута."


def restore(source: Path, instance: Path) -> tuple[Manifest, Path | None]:
    """Replace an instance's database by the one of a backup, brought up to date.

    Nobody may use the database meanwhile.

    Returns:
        what the backup says of itself, and where the former database lies now.

    Raises:
        BadBackup: it cannot be restored from, or there is no room to try; nothing was changed.
    """
    try:
        with tempfile.TemporaryDirectory(dir=instance, prefix=".restore-") as folder:
            new, manifest = backup.unpack(source, Path(folder))
            _try_out(new, manifest)
            return manifest, backup.put_in_place(instance / backup.DATABASE, new)
    except BadBackup as mistake:
        raise BadBackup(f"{mistake} {_UNTOUCHED}") from mistake
    except (OSError, *soundness.DAMAGE) as error:
        if not soundness.is_full(error):
            raise
        raise BadBackup(
            f"Нет места на диске, чтобы проверить копию. Освободите место и повторите. {_UNTOUCHED}"
        ) from error


def _try_out(new: Path, manifest: Manifest) -> None:
    """Bring an unpacked database up to date where it lies, and look whether it is one of ours."""
    if manifest.schema not in revisions.known():
        raise BadBackup("Копия сделана более новой программой. Сначала обновите программу.")
    found = backup.schema_of(new)
    if found != manifest.schema:
        raise BadBackup(
            f"Схема базы в копии — {found or 'неизвестна'}, а в описании {manifest.schema}: файл "
            "изменён. Возьмите другую копию."
        )
    _refuse_programs(new)
    _migrate(create_app(new.parent))
    _refuse_strangers(new)
    if fault := soundness.fault(new):
        raise BadBackup(f"База в копии повреждена ({fault}). Возьмите другую копию.")
    with closing(sqlite.connect(new)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, whatever drivers were used


def _refuse_programs(new: Path) -> None:
    """Refuse what would run by itself: this site's databases hold tables and indexes only."""
    with closing(soundness.look_into(new)) as connection:
        found = connection.execute(
            "SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index')"
            " OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL%')"
        ).fetchone()
    if found:
        raise BadBackup(f"В базе копии есть чужое: «{found[0]}». Возьмите другую копию.")


def _migrate(app: Flask) -> None:
    try:
        with app.app_context():
            revisions.upgrade()
    except Exception as error:  # whatever a migration meets in rows that nobody knows
        cause = getattr(error, "orig", error)
        if soundness.is_full(cause):
            raise cause from error
        raise BadBackup(
            f"Базу в копии не удалось обновить ({cause}). Возьмите другую копию."
        ) from error
    finally:
        with app.app_context():
            db.engine.dispose()


def _refuse_strangers(new: Path) -> None:
    """Refuse tables that are not ours, lack columns or lack altogether."""
    with closing(soundness.look_into(new)) as connection:
        names = {name for name in soundness.tables(connection) if not name.startswith("sqlite_")}
        columns = {
            name: {row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')}
            for name in names
        }
    if strange := sorted(names - _OURS):
        raise BadBackup(f"В базе копии чужая таблица «{strange[0]}». Возьмите другую копию.")
    for name, table in schema.METADATA.tables.items():
        if columns.get(name) != set(table.columns.keys()):
            raise BadBackup(f"Таблица «{name}» в копии не такая, как нужно. Возьмите другую копию.")
