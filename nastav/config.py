"""Every setting of the site, its default and its meaning.

A setting is read from the environment as ``NASTAV_<NAME>``; ``NASTAV_INSTANCE`` moves the folder that
holds all data, ``NASTAV_TODAY=2020-12-09`` fixes the date the site takes for today.
"""

import os
import secrets
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

DEMO_MARK = "demo"  # a file, not a folder, beside the database: all in it is invented

DEFAULTS: dict[str, Any] = {
    "TODAY": None,  # ISO date: the calendar date of deadlines and counting; sign-in keeps the real clock
    "ZONE": "Europe/Moscow",  # where «today» is
    "SECURE_COOKIES": False,  # True behind HTTPS; over plain HTTP a browser drops Secure cookies
    "IDLE_MINUTES": 120,  # a sign-in ends after this long without a request
    "SIGN_IN_HOURS": 12,  # and after this long in any case
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
    """Return the folder of the database, the key and the backups, made if it is missing."""
    folder = Path(os.environ.get("NASTAV_INSTANCE") or ROOT / "instance").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_demo(instance: Path) -> bool:
    """Tell whether everybody in this folder's database is invented.

    A real site's folder holds the folder `demo` once somebody has looked at the demo: no mark.
    """
    return (instance / DEMO_MARK).is_file()


def secret_key(instance: Path) -> str:
    """Return the site's secret key, made at first use and readable by its owner only."""
    path = instance / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


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
