"""Files of children's names are their owner's alone: 0600, folders 0700, and no other user's commands."""

import os
import stat
import sys
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
OTHERS = 0o077  # what group and others may do
WINDOWS = os.name == "nt"


class ForeignUser(Exception):
    """A command was run by another user than the owner of the site's folder; a Russian sentence."""


def refuse_others(folder: Path) -> None:
    """Let only the folder's owner go on: files made by root would lock the service out.

    Raises:
        ForeignUser: names the command to type instead.
    """
    if WINDOWS or not folder.exists():
        return
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        words = " ".join(["nastav", *sys.argv[1:]])
        raise ForeignUser(
            f"Папка {folder} принадлежит пользователю {_name(owner)}, а команду дал {_name(os.geteuid())}: "
            f"сайт не смог бы потом открыть свои файлы. Выполните: sudo -u {_name(owner)} {words}"
        )


def _name(uid: int) -> str:
    import pwd  # noqa: PLC0415 - there is no such module on Windows

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # an account that was deleted, or of another container
        return f"#{uid}"


def open_to_others(folder: Path) -> list[Path]:
    """Return what below a folder, itself included, others than its owner may read or write."""
    if WINDOWS:
        return []
    found = [path for path in (folder, *sorted(folder.rglob("*"))) if not path.is_symlink()]
    return [path for path in found if _mode(path) & OTHERS]


def close(folder: Path) -> tuple[list[Path], list[Path]]:
    """Close what is open to others; return what was closed, and what could not be."""
    done, left = [], []
    for path in open_to_others(folder):
        try:
            path.chmod(FOLDER if path.is_dir() else FILE)
            done.append(path)
        except FileNotFoundError:  # SQLite's own, gone in the meantime
            continue
        except OSError:
            left.append(path)
    return done, left


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return 0
