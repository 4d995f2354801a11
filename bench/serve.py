"""Serves the site, or a bare Flask page for comparison, with the site's own server.

python -m bench.serve --core 0 FOLDER DAY    python -m bench.serve --core 0
"""

import argparse
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from bench import machine
from nastav import server
from nastav.app import create_app

READY = "<!DOCTYPE html>" + "<p>Готовая строка, как у страницы сводки.</p>" * 300  # about 20 kB


@dataclass(frozen=True)
class Served:
    """A server in a process of its own."""

    port: int
    pid: int
    began: float  # seconds from the start of its process until it listened


def bare() -> Flask:
    """Return an application that answers one ready string."""
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: READY)
    return app


@contextmanager
def served(*site: str, under: Sequence[str] = (), **settings: str) -> Iterator[Served]:
    """Start a server on the server's core; end it by its own number.

    Args:
        site: folder and day of the site; the bare page where there is none.
        under: a command that starts it and looks on.
        settings: of the server's environment; unless they say otherwise, each page is made anew.
    """
    command = [*under, sys.executable, "-m", "bench.serve", "--core", str(machine.SERVER), *site]
    begun = time.perf_counter()
    env = {**os.environ, "NASTAV_KEPT_ANSWERS_MB": "0", **settings}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout
        port, pid = map(int, process.stdout.readline().split())
        try:
            yield Served(port, pid, time.perf_counter() - begun)
        finally:
            os.kill(pid, signal.SIGTERM)


def main() -> None:
    """Serve on a free port of this machine; print it and the number of the process."""
    parser = argparse.ArgumentParser(prog="bench.serve")
    parser.add_argument("--core", type=int, required=True)
    parser.add_argument("site", nargs="*")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {asked.core})
    app = create_app(Path(asked.site[0]), TODAY=asked.site[1]) if asked.site else bare()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # 64 at once are asked for
    bound = server.bind(app, "127.0.0.1", 0)
    print(bound.effective_port, os.getpid(), flush=True)
    server.serve(bound)


if __name__ == "__main__":
    main()
