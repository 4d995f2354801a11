"""Reads a table that somebody sent (security.md#s13): judged by its content before anything opens it.

A process of its own reads it (`child`), so that a file nobody thought of costs a sentence and not the site.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nastav import signs
from nastav.intake.inspection import BadWorkbook, inspect

SECONDS = 20  # of waiting for the child, which gives up by itself after 8 of work

# of the server's eight threads at most four have to do with workbooks: the others serve pages
AT_ONCE = 2
WAITING = 2
PATIENCE = 20.0  # seconds of waiting for one's turn
_turns = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE + WAITING)
_ROOT = str(Path(__file__).resolve().parents[2])
_CHILD = f"import sys; sys.path.insert(0, {_ROOT!r}); from nastav.intake.child import main; main()"


@dataclass(frozen=True)
class Sheet:
    """A sheet as text: rows that hold anything, by their number in Excel; `is_cut`: more was there."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    is_cut: bool = False
    is_hidden: bool = False
    hidden: frozenset[int] = frozenset()  # rows, by hand or by a filter


@dataclass(frozen=True)
class File:
    """What was read of a file, and what its kind leaves open."""

    sheets: tuple[Sheet, ...]
    is_text: bool = False  # shows neither what is hidden nor what is merged
    is_guessed: bool = False  # its letters were taken for Windows-1251


def read(content: bytes) -> File:
    """Return the sheets of a table. To be called outside a transaction: it takes a moment.

    Raises:
        BadWorkbook: the file is no table, too large, damaged, or dangerous to open; or others' files
            are being read.
    """
    with _turn():
        kind = inspect(content)
        return as_file(kind, _answer(kind, content))


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for one's turn; where too many wait already, say so at once: a waiting thread serves nobody."""
    if not _places.acquire(blocking=False):
        raise BadWorkbook("busy")
    try:
        if not _turns.acquire(timeout=PATIENCE):
            raise BadWorkbook("busy")
        try:
            yield
        finally:
            _turns.release()
    finally:
        _places.release()


def as_file(kind: str, answer: Any) -> File:
    """Return what the child said of a file of that kind.

    Raises:
        BadWorkbook: it could not read the file.
    """
    if reason := answer.get("error"):
        raise BadWorkbook({"large": "bomb"}.get(reason, reason))
    sheets = tuple(map(_sheet, answer["sheets"]))
    return File(sheets, is_text=kind == "text", is_guessed=answer.get("is_guessed", False))


def _sheet(answer: Any) -> Sheet:
    return Sheet(
        signs.readable(answer["name"]),
        tuple((number, tuple(map(signs.readable, cells))) for number, cells in answer["rows"]),
        answer["is_cut"],
        answer["is_hidden"],
        frozenset(answer["hidden"]),
    )


def _answer(kind: str, content: bytes) -> Any:
    command = [sys.executable, "-I", "-c", _CHILD, kind]
    # nothing of the site's settings; Windows starts no process without its folder
    env = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=True, env=env
        )
        return json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"error": "busy"}  # it had no 8 seconds of the processor in all that time
    except (subprocess.SubprocessError, ValueError):
        return {"error": "large"}  # ended by its limits
