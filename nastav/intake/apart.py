"""Reading what somebody sent in a process of its own, so that a file nobody thought of costs a sentence.

Of the server's eight threads at most four have to do with such files: the others serve pages.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

SECONDS = 20  # of waiting for the child, which gives up by itself after 8 of work
AT_ONCE = 2
WAITING = 2
MOST = 64 * 1024 * 1024  # bytes of an answer: more is none that a child of ours gives
PATIENCE = 20.0  # seconds of waiting for one's turn
_turns = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE + WAITING)
_ROOT = str(Path(__file__).resolve().parents[2])


class Busy(Exception):
    """Too many files of others are being read."""


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn; where too many wait already, say so at once: a waiting thread serves nobody.

    Raises:
        Busy: there is no place, or one's turn did not come in time.
    """
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        if not _turns.acquire(timeout=PATIENCE):
            raise Busy
        try:
            yield
        finally:
            _turns.release()
    finally:
        _places.release()


def answer(module: str, arguments: Sequence[str], content: bytes) -> Any:
    """Return what `main` of a module answers to a file, or {"error": "busy" or "large"}.

    Args:
        module: of the site; it knows nothing of the rest of it.
        arguments: of its command line.
        content: the file, on its standard input.
    """
    code = f"import sys; sys.path.insert(0, {_ROOT!r}); from {module} import main; main()"
    command = [sys.executable, "-I", "-c", code, *arguments]
    # nothing of the site's settings; Windows starts no process without its folder
    env = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "env": env}
    is_late = threading.Event()

    def end() -> None:
        is_late.set()
        child.kill()

    with subprocess.Popen(command, stderr=subprocess.DEVNULL, **pipes) as child:
        clock = threading.Timer(SECONDS, end)
        clock.start()
        try:
            said = _exchange(child, content)
            ended = child.wait()
        finally:
            clock.cancel()
            child.kill()
    if is_late.is_set():
        return {"error": "busy"}  # it had no 8 seconds of the processor in all that time
    return _read(said) if ended == 0 else {"error": "large"}  # ended by its limits


def _read(said: bytes) -> Any:
    """Return what a child has said, if it is what ours say."""
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else {"error": "large"}


def _exchange(child: "subprocess.Popen[bytes]", content: bytes) -> bytes:
    """Give a child its file; return its answer, and no more of it than one may be long."""
    assert child.stdin is not None  # noqa: S101  # both are pipes
    assert child.stdout is not None  # noqa: S101
    with suppress(OSError):  # it ended before it had read all
        child.stdin.write(content)
        child.stdin.flush()
    with suppress(OSError):
        child.stdin.close()
    said = child.stdout.read(MOST + 1)
    if len(said) > MOST:
        child.kill()
    return said
