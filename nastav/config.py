"""Every setting of the site, its default and its meaning.

A setting is read from the environment as ``NASTAV_<NAME>``; ``NASTAV_INSTANCE`` moves the folder that
holds all data, ``NASTAV_TODAY=2020-12-09`` fixes the date the site takes for today.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from nastav import closed, soundness

ROOT = Path(__file__).resolve().parent.parent

DEMO_MARK = "demo"  # a file, not a folder, beside the database: all in it is invented

_KEY_DIGITS = 64  # hexadecimal: 32 bytes

DEFAULTS: dict[str, Any] = {
    "TODAY": None,  # ISO date: the calendar date of deadlines and counting; sign-in keeps the real clock
    "ZONE": "Europe/Moscow",  # where «today» is
    "SECURE_COOKIES": False,  # True behind HTTPS; over plain HTTP a browser drops Secure cookies
    "IDLE_MINUTES": 120,  # a sign-in ends after this long without a request
    "SIGN_IN_HOURS": 12,  # and after this long in any case
    "KEPT_ANSWERS_MB": 64,  # memory for pages made once and not changed since; 0: each is made anew
    "SCHOOL_FILES_MB": 500,  # quota of evidence files, one school
    "DAILY_BACKUPS": 14,  # how many daily copies are kept in instance/backups
    "TRUSTED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],  # names the site answers to
    "TRUSTED_PROXIES": [],  # addresses, networks of nginx …: X-Forwarded-For of theirs only
    "MAX_CONTENT_LENGTH": 11 * 1024 * 1024,  # one evidence file of 10 MB and its form
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,  # a pasted register
    "MAX_FORM_PARTS": 2000,
}


class BadSetting(Exception):
    """A setting cannot be used; the message is Russian and names the setting."""


def instance_folder() -> Path:
    """Return the folder of the database, the key and the backups, made if it is missing.

    Raises:
        ForeignUser: it belongs to another user.
    """
    folder = Path(os.environ.get("NASTAV_INSTANCE") or ROOT / "instance").resolve()
    closed.refuse_others(folder)
    folder.mkdir(mode=closed.FOLDER, parents=True, exist_ok=True)
    return folder


def is_demo(instance: Path) -> bool:
    """Tell whether everybody in this folder's database is invented.

    A real site's folder holds the folder `demo` once somebody has looked at the demo: no mark.
    """
    return (instance / DEMO_MARK).is_file()


def secret_key(instance: Path) -> str:
    """Return the site's secret key, made at first use and readable by its owner only.

    Raises:
        BadSetting: the file holds no key of ours (a full disk leaves such), or none can be written.
    """
    path = instance / "secret_key"
    if not path.exists():
        _write_key(path)
    key = path.read_bytes().strip()
    if len(key) < _KEY_DIGITS or not key.isalnum():
        raise BadSetting(
            f"Файл {path} пуст или повреждён: секретного ключа в нём нет. Удалите его и повторите: "
            "ключ создастся заново, всем нужно будет войти ещё раз."
        )
    return key.decode("ascii")


def _write_key(path: Path) -> None:
    """Write a new key whole or not at all; of two processes that begin at once, one wins."""
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".secret_key-")  # 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_KEY_DIGITS // 2))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            _put(Path(made), path)
    except OSError as error:
        why = "Нет места на диске" if soundness.is_full(error) else error.strerror
        raise BadSetting(
            f"{why}: секретный ключ не записан в {path.parent}. Исправьте и повторите."
        ) from error
    finally:
        Path(made).unlink(missing_ok=True)


def _put(made: Path, path: Path) -> None:
    """Give the key its name unless another process was first."""
    if os.name == "nt":
        made.rename(path)  # refuses there what exists
    else:
        os.link(made, path)


def fixed_today(value: str | date | None) -> date | None:
    """Return the date that stands for today, or None for the real one.

    Raises:
        BadSetting: the text is not a date like 2020-12-09.
    """
    if value is None or isinstance(value, date):
        return value
    if not str(value).strip():
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise BadSetting(
            f"NASTAV_TODAY: «{value}» — не дата. Нужно ГГГГ-ММ-ДД, например 2020-12-09."
        ) from None
