"""How the C library keeps the memory of a server with many threads; other systems do as they do."""

import ctypes
from contextlib import suppress

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3  # of glibc's malloc.h
_LARGE = 1024 * 1024  # bytes


def bound() -> None:
    """Have glibc keep one heap for all threads, and give large pieces back at once.

    To be called before threads begin. A heap a thread keeps what its largest request took: eight threads
    that had each checked a password (19 MB) held 150 MB from then on. Python's threads take turns anyway.
    """
    with suppress(OSError, AttributeError, TypeError):  # musl, macOS, Windows
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, _LARGE)
