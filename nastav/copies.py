"""The daily copies beside the database: made, kept, and what became of the last one.

The keeper writes what happened into a small file among them, so that every process can tell.
"""

import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from nastav import backup

FOLDER = "backups"  # in the instance folder
RECORD = "state.json"
_WORKING = (".backup-", ".compact-", ".restore-")  # of backup, vacuum and restoring


@dataclass(frozen=True)
class Copies:
    """What is known of the daily copies."""

    last_good: datetime | None  # when the newest verified copy was made, aware
    last_failure: str | None  # why the last attempt came to nothing, a Russian sentence
    failed_at: datetime | None = None


@dataclass(frozen=True)
class _Record:
    checked: list[str]  # names of copies that were whole when they were written
    failure: str | None = None
    failed_at: datetime | None = None


def state(folder: Path) -> Copies:
    """Return what became of the daily copies; reads small files only, fit for every page."""
    record = _read(folder) or _Record([])
    made = [_made_at(folder / name) for name in record.checked]
    soon = datetime.now(UTC) + timedelta(
        days=1
    )  # later ones were made under a clock that was ahead
    return Copies(
        max((at for at in made if at and at < soon), default=None), record.failure, record.failed_at
    )


def daily(database: Path, folder: Path, today: date, keep: int) -> Path | None:
    """Make today's copy unless it is there; then keep only the newest ones. Return the new file.

    An attempt that fails deletes nothing and is written down. Copies dated after today, left by a
    clock that was ahead, are not counted and not deleted.

    Raises:
        NoBackup: it cannot be made.
    """
    if not database.exists():
        return None
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"nastav-{today.isoformat()}.zip"
    record = _read(folder) or _Record(_newest_good(folder))
    if target.exists() and target.name in record.checked:
        return None
    try:
        backup.write(database, target)
    except backup.NoBackup as mistake:
        _write(folder, _Record(record.checked, str(mistake), datetime.now(UTC)))
        raise
    up_to_today = [path for path in _copies(folder) if path.name <= target.name]
    for old in up_to_today[: -max(keep, 1)]:
        old.unlink()
    checked = {*record.checked, target.name}
    _write(folder, _Record([path.name for path in _copies(folder) if path.name in checked]))
    return target


def sweep(instance: Path) -> list[Path]:
    """Delete the working folders a kill left behind over a day ago: they hold copies of the database.

    Returns:
        what was deleted.
    """
    yesterday = (datetime.now(UTC) - timedelta(days=1)).timestamp()
    found = [
        path
        for place in (instance, instance / FOLDER)
        for name in _WORKING
        for path in place.glob(f"{name}*")
        if path.stat().st_mtime < yesterday
    ]
    for path in found:
        shutil.rmtree(path)
    return found


def newest_checked(folder: Path) -> Path | None:
    """Return the newest copy that was whole when it was written."""
    record = _read(folder)
    found = [path for path in _copies(folder) if record and path.name in record.checked]
    return found[-1] if found else None


def fault(copy: Path) -> str:
    """Return a sentence on what is wrong with a copy, "" when it can be restored from."""
    try:
        with tempfile.TemporaryDirectory(dir=copy.parent, prefix=".backup-") as own:
            backup.unpack(copy, Path(own))
    except backup.BadBackup as mistake:
        return str(mistake)
    except OSError as error:
        return f"Копию {copy.name} не удалось проверить: {error.strerror}."
    return ""


def _newest_good(folder: Path) -> list[str]:
    """Return the newest copy that is whole: those of an older program were never looked at."""
    whole = (path.name for path in reversed(_copies(folder)) if not fault(path))
    return list(islice(whole, 1))


def _copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("nastav-????-??-??.zip"))


def _made_at(path: Path) -> datetime | None:
    manifest = backup.manifest_of(path)
    return datetime.fromisoformat(manifest.made_at) if manifest else None


def _read(folder: Path) -> _Record | None:
    """Return what was written down, None when nothing readable was."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        failed_at = found["failed_at"] and datetime.fromisoformat(found["failed_at"])
        return _Record([str(name) for name in found["checked"]], found["failure"], failed_at)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(folder: Path, record: _Record) -> None:
    handle, name = tempfile.mkstemp(dir=folder, prefix=".state-")  # 0600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(record), file, ensure_ascii=False, default=str)
    Path(name).replace(folder / RECORD)
