"""Run by `reader` as a process of its own: a file in, its sheets as plain text out, as JSON.

It knows nothing of the site, and limits its own time and memory before any library sees the file.
"""

import json
import os
import sys
import warnings
from typing import Any

from nastav.intake import grid

MEMORY = 768 * 1024 * 1024  # bytes of addresses, where the system keeps such a limit


def limit() -> None:
    """Come after pages, and end after some seconds of work or at some memory."""
    if hasattr(os, "nice"):
        os.nice(10)  # pages come first
    try:
        import resource  # noqa: PLC0415 - Windows has none; there `reader` ends us by the clock
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (grid.SECONDS, grid.SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # ended, it leaves no names on the disk


def answer(kind: str, content: bytes) -> dict[str, Any]:
    """Return {"sheets": …, "is_guessed": …}, or {"error": "large", "protected" or "broken"}.

    Args:
        kind: of the file, as `inspection.inspect` says.
        content: the file.
    """
    warnings.simplefilter("ignore")
    try:
        return _read(kind, content)
    except (grid.TooLarge, MemoryError, OverflowError):
        return {"error": "large"}
    except grid.Protected:
        return {"error": "protected"}
    except Exception:
        return {"error": "broken"}


def _read(kind: str, content: bytes) -> dict[str, Any]:
    """Read with the one library that is needed, imported only now that the limits hold."""
    budget = grid.Budget()
    if kind == "xlsx":
        from nastav.intake import xlsx  # noqa: PLC0415

        return {"sheets": xlsx.sheets(content, budget)}
    if kind == "xls":
        from nastav.intake import xls  # noqa: PLC0415

        return {"sheets": xls.sheets(content, budget)}
    if kind == "ods":
        from nastav.intake import ods  # noqa: PLC0415

        return {"sheets": ods.sheets(content, budget)}
    from nastav.intake import separated  # noqa: PLC0415

    return separated.answer(content, budget)


def main() -> None:
    """Read the standard input; answer on the standard output, in ASCII."""
    content = sys.stdin.buffer.read()
    limit()
    sys.stdout.write(json.dumps(answer(sys.argv[1], content)))
