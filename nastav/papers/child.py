"""Run as a process of its own: a district's template in, what is wrong with it out, as JSON.

It knows nothing of the site, and limits its own time and memory before any library sees the file.
"""

import json
import sys

from nastav.intake.child import limit


def answer(key: str, content: bytes) -> dict[str, list[str]]:
    """Return {"faults": […]}: what is wrong with a template of a kind, nothing where it may be taken.

    Args:
        key: of the kind.
        content: the file.
    """
    from nastav.papers import inspection  # noqa: PLC0415 - only now that the limits hold
    from nastav.papers.catalogue import KINDS  # noqa: PLC0415

    try:
        return {"faults": inspection.faults(content, KINDS[key])}
    except (MemoryError, RecursionError):
        return {"faults": [inspection.SENTENCES["bomb"]]}
    except Exception:
        return {"faults": [inspection.SENTENCES["broken"]]}


def main() -> None:
    """Read the standard input; answer on the standard output, in ASCII."""
    content = sys.stdin.buffer.read()
    limit()
    sys.stdout.write(json.dumps(answer(sys.argv[1], content)))
