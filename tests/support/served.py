"""The site's own server in a thread of the test, and plain sockets that come to it from 127.0.0.0/8."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from typing import Any

from nastav import server


@contextmanager
def served(app: Any) -> Iterator[int]:
    """Serve an application on a free port of this machine until the block ends; gives the port."""
    bound = server.bind(app, "127.0.0.1", 0)
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            bound.turn(0.05)
        bound.end()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield bound.effective_port
    finally:
        over.set()
        thread.join()


class Guests:
    """Sockets opened and left open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._all = ExitStack()

    def __enter__(self) -> "Guests":
        return self

    def __exit__(self, *_: object) -> None:
        self._all.close()

    def come(self, count: int, sent: bytes = b"", *, address: str = "127.0.0.1") -> list[Any]:
        """Open so many connections from an address and send something on each."""
        found = []
        for _ in range(count):
            connection = socket.create_connection(
                ("127.0.0.1", self._port), timeout=30, source_address=(address, 0)
            )
            self._all.enter_context(connection)
            connection.sendall(sent)
            found.append(connection)
        return found


def is_closed(connection: socket.socket) -> bool:
    """Tell whether the server has ended a connection; an answer that waits unread is thrown away."""
    connection.setblocking(False)
    try:
        while connection.recv(65536):
            pass
    except BlockingIOError:
        return False
    except ConnectionResetError:
        pass
    finally:
        connection.settimeout(30)
    return True


def connect(port: int, address: str = "127.0.0.1") -> HTTPConnection:
    """Return a client that comes from an address; it gives up sooner than the idle are sent away."""
    return HTTPConnection("127.0.0.1", port, timeout=8, source_address=(address, 0))
