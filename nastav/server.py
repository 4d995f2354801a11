"""Serving the site with waitress: addresses a person can type, and an end that cuts nobody off."""

import gc
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

THREADS = 8
_PATIENCE = 20.0  # seconds given to requests under way after a signal to stop


class BusyPort(Exception):
    """Something else listens on the port; the message is a Russian sentence."""


class AlreadyRunning(Exception):
    """Another process serves this instance; the message is a Russian sentence."""


def bind(app: Flask, host: str, port: int) -> Any:
    """Take the port and return waitress's server, to be given to `serve`.

    Raises:
        BusyPort: the port is taken.
    """
    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            clear_untrusted_proxy_headers=False,  # `proxies` decides whose X-Forwarded-For counts
        )
    except OSError as error:
        raise BusyPort(
            f"Порт {port} занят другой программой. Остановите её или выберите другой порт: "
            f"make run PORT={port + 1}"
        ) from error


def serve(server: Any) -> None:
    """Serve until SIGTERM or SIGINT; then take no new requests and finish those under way."""
    # What was made up to now stays: walking it again and again, the collector held up every tenth page
    # of a school of a thousand by 100 ms (bench/crowded.py).
    gc.collect()
    gc.freeze()
    stop = _Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stop.asked:
        _turn(server, 0.5)
    _drain(server)


class _Stop:
    """Remembers that a signal came."""

    asked = False

    def __call__(self, *_: Any) -> None:
        self.asked = True


def _turn(server: Any, timeout: float) -> None:
    """Let waitress do what is ready, waiting for something at most so many seconds."""
    wasyncore.loop(timeout=timeout, map=server._map, use_poll=True, count=1)


def _drain(server: Any) -> None:
    server.del_channel()
    server.socket.close()
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and _is_busy(server):
        _turn(server, 0.05)
    server.task_dispatcher.shutdown(timeout=1)


def _is_busy(server: Any) -> bool:
    channels = list(server.active_channels.values())
    return any(channel.requests or channel.total_outbufs_len for channel in channels)


@contextmanager
def only_one(instance: Path) -> Iterator[None]:
    """Hold the instance for this process: a second server, or a restore, is refused.

    Raises:
        AlreadyRunning: somebody holds it.
    """
    with (instance / "server.lock").open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise AlreadyRunning(
                "Сайт с этой базой уже работает. Остановите его (Ctrl+C в его окне) и повторите."
            ) from None
        yield


def _lock(handle: int) -> None:
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415 - there is no such module elsewhere

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl  # noqa: PLC0415 - nor this one on Windows

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def own_names() -> list[str]:
    """Return the names and addresses neighbours may type to reach this machine, best first."""
    name = socket.gethostname()
    found = [*_addresses(name), name, f"{name.split('.')[0]}.local"]
    return list(dict.fromkeys(found))


def _addresses(name: str) -> list[str]:
    """Return this machine's IPv4 addresses; what cannot be found out is left out."""
    addresses = []
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: it only picks the outgoing address
        addresses.append(str(probe.getsockname()[0]))
    with suppress(OSError):
        addresses += [str(info[4][0]) for info in socket.getaddrinfo(name, None, socket.AF_INET)]
    return [address for address in addresses if not address.startswith("127.")]
