"""A child of `intake.apart` that does what a hostile file might make one do, in its own process."""

import os
import resource
import sys
import time

from nastav.intake import child, grid

RIGHT = '{"faults": []}'  # what takes a template, were it not for the limits


def main() -> None:
    """Misbehave as the first argument says."""
    if sys.argv[1] == "early":
        os._exit(0)  # before it reads anything, and says nothing
    if sys.argv[1] == "deaf":
        _hang()  # never reads
    sys.stdin.buffer.read()
    if sys.argv[1] == "spins":
        grid.SECONDS = 1  # type: ignore[misc]
    child.limit()
    {
        "hangs": _hang,
        "dies": lambda: os.kill(os.getpid(), 9),
        "spins": _spin,
        "eats": _eat,
        "talks": _talk,
        "leaves a core": _tell_limit,
        "says what is no JSON": lambda: sys.stdout.write("{"),
        "says another thing": lambda: sys.stdout.write("[1]"),
    }[sys.argv[1]]()


def _hang() -> None:
    time.sleep(8)
    sys.stdout.write(RIGHT)


def _spin() -> None:
    while time.process_time() < 5:
        pass
    sys.stdout.write(RIGHT)


def _eat() -> None:
    bytearray(child.MEMORY)  # beside what it has already
    sys.stdout.write(RIGHT)


def _tell_limit() -> None:
    said = f"core {resource.getrlimit(resource.RLIMIT_CORE)}"
    sys.stdout.write(f'{{"faults": ["{said}"]}}')


def _talk() -> None:
    sys.stdout.write(" " * 5_000_000)
    sys.stdout.write(RIGHT)
