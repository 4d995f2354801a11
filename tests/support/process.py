"""The site as a process of its own, on this machine only."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

from nastav.config import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nastav_run(
    instance: Path, port: int, output: int | IO[bytes] = subprocess.PIPE, **settings: str
) -> Iterator[subprocess.Popen[str]]:
    """Run the site as a process of its own until the block ends.

    Under load give DEVNULL as output: a pipe nobody reads fills up and stops the server.

    Args:
        settings: further variables of its environment.
    """
    command = [sys.executable, "-m", "nastav", "run", "--port", str(port)]
    env = {**os.environ, "NASTAV_INSTANCE": str(instance), "NASTAV_TODAY": "2020-12-09"}
    env.update(settings)
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=output, stderr=subprocess.STDOUT
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ask(port: int, path: str = "/healthz", host: str = "127.0.0.1") -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def wait_until(happened: Callable[[], object], otherwise: str) -> None:
    for _ in range(600):
        if happened():
            return
        time.sleep(0.05)
    raise AssertionError(otherwise)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def connect_from(address: str, port: int) -> socket.socket:
    """Return a connection to a port of this machine from another of its loopback addresses."""
    return socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(address, 0))


def wait_for(port: int) -> None:
    wait_until(lambda: is_open(port), "the server did not come up")
