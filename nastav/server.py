"""Serving the site with waitress: room for a newcomer, refusals in Russian, an end that cuts nobody off.

The one file that knows waitress's classes.
"""

import gc
import ipaddress
import logging
import os
import select
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask

from nastav import answers

log = logging.getLogger(__name__)

THREADS = 8
LARGEST_BODY = 12 * 1024 * 1024  # bytes, of any request: a file of 10 MB with the form around it
_LARGEST_HEAD = 64 * 1024  # bytes of the address and the headers

# A browser keeps four or five connections, a school shares one address.
_MOST = 5000  # open connections
_MOST_BY_SELECT = 400  # where there is no poll (Windows): select takes 512 handles in all
_MOST_OF_ADDRESS = 300
_AT_ONCE = 64  # newcomers let in at one turn
_OWN_HANDLES = 256  # files the site keeps open itself
_IDLE = 10.0  # seconds a connection may say nothing between two requests
_STUCK = 60.0  # and in the middle of a body or of an answer: a slow line pauses
_IDLE_OF_PROXY = 150.0  # longer than Caddy keeps one (120): it would send a form into a closed one
_LINGER = 10.0  # a refused body is read and thrown away so long, or the refusal would never be seen

_PATIENCE = 20.0  # seconds given to requests under way after a signal to stop
_STUCK_AT_END = 3.0  # and to a peer that neither sends nor reads then


class BusyPort(Exception):
    """Something else listens on the port; the message is a Russian sentence."""


class AlreadyRunning(Exception):
    """Another process serves this instance; the message is a Russian sentence."""


# --- one connection -------------------------------------------------------------------------------


class _Task(WSGITask):
    """A request; once the server ends, its answer is the last of its connection."""

    def build_response_header(self) -> bytes:
        """Return the head of the answer."""
        if self.channel.server.is_ending:
            self.request.headers["CONNECTION"] = "close"
        return bytes(super().build_response_header())


class _Refusal(ErrorTask):
    """A request that waitress itself refuses: told in Russian, with a number that the log carries."""

    def execute(self) -> None:
        """Write the answer."""
        error = self.request.error
        is_fragment = self.request.headers.get("HX_REQUEST") == "true"
        answer = answers.answer(error.code, is_fragment=is_fragment)
        # not `error.body`: it may quote a header
        log.warning("refused before the site saw it: %s, number %s", error.code, answer.number)
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(answer.headers)
        self.set_close_on_finish()
        self.content_length = len(answer.content)
        self.channel.is_refused = True
        self.write(answer.content)


class _Channel(HTTPChannel):
    """A connection that knows how long it may be silent."""

    task_class = _Task
    error_task_class = _Refusal
    close_when_flushed: bool = False
    is_refused = False
    lingers_until: float | None = None

    @property
    def is_receiving(self) -> bool:
        """A body is on its way."""
        return self.request is not None and self.request.headers_finished

    @property
    def is_waiting_for_peer(self) -> bool:
        """The other side is in the middle of sending or of reading."""
        return bool(self.is_receiving or self.total_outbufs_len)

    def readable(self) -> bool:
        """Tell whether anything more is to be read from here."""
        if self.lingers_until:
            return True
        return bool(super().readable()) and (self.is_receiving or not self.server.is_ending)

    def received(self, data: bytes) -> bool:
        """Take what came; a refused body is thrown away."""
        return False if self.lingers_until else bool(super().received(data))

    def handle_write(self) -> None:
        """Send; after a refusal, end only our side: closed with a body unread, TCP drops the answer too."""
        if not (self.is_refused and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self.close_when_flushed = False
            self.lingers_until = time.time() + _LINGER
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)

    def is_past(self, now: float, *, of_proxy: bool) -> bool:
        """Tell whether it was silent for too long; to be asked while no request of it is served."""
        if self.lingers_until:
            return now > self.lingers_until
        between = _IDLE_OF_PROXY if of_proxy else _IDLE
        return bool(now - self.last_activity > (_STUCK if self.is_waiting_for_peer else between))


class _Listener(TcpWSGIServer):
    """A port; all that wait at it are let in at once, and who stays is for `Bound` to say."""

    channel_class = _Channel
    is_ending = False

    def handle_accept(self) -> None:
        """Let in as many as wait."""
        for _ in range(_AT_ONCE):
            before = len(self._map)
            super().handle_accept()
            if len(self._map) == before:
                return

    def maintenance(self, now: float) -> None:
        """Leave it to `Bound.make_room`: closed in the middle of a poll, a handle may be taken anew."""


# --- all of them ----------------------------------------------------------------------------------


class Bound:
    """The port taken, by one listener or (of a name with several addresses) more; given to `serve`."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        self.most = most_connections()
        self._proxies = _networks(app.config.get("TRUSTED_PROXIES") or ())
        self.is_of_proxy = lru_cache(1000)(self._is_of_proxy)
        self._map: dict[int, Any] = {}
        self._swept = 0.0
        settings = Adjustments(
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            clear_untrusted_proxy_headers=False,  # the application decides whose X-Forwarded-For counts
            # waitress's own limit lets nobody in: it is only for when nobody can be asked to leave
            connection_limit=self.most + 2 * _AT_ONCE,
            max_request_body_size=LARGEST_BODY,
            max_request_header_size=_LARGEST_HEAD,
        )
        self.dispatcher = ThreadedTaskDispatcher()
        self.listeners = [
            _Listener(app, self._map, dispatcher=self.dispatcher, adj=settings, sockinfo=address)
            for address in settings.listen
        ]
        self.dispatcher.set_thread_count(THREADS)

    @property
    def effective_port(self) -> int:
        return int(self.listeners[0].effective_port)

    @property
    def channels(self) -> list[_Channel]:
        return [
            channel for each in self.listeners for channel in list(each.active_channels.values())
        ]

    def turn(self, timeout: float) -> None:
        """Do what is ready, waiting for something at most so many seconds; then make room."""
        before = len(self._map)
        wasyncore.loop(timeout=timeout, map=self._map, use_poll=True, count=1)
        now = time.time()
        if len(self._map) > before or abs(now - self._swept) > 1:
            self._swept = now
            self.make_room(now)

    def make_room(self, now: float) -> None:
        """Close who was silent for too long, and the longest silent of whatever is over its limit."""
        channels = self.channels
        idle = sorted((channel for channel in channels if not channel.requests), key=_last_activity)
        busy = sorted((channel for channel in channels if channel.requests), key=_newest_first)
        total, of_address = len(channels), Counter(channel.addr[0] for channel in channels)
        for channel in [*idle, *busy]:
            address = channel.addr[0]
            of_proxy = self.is_of_proxy(address)
            is_past = not channel.requests and channel.is_past(now, of_proxy=of_proxy)
            is_crowded = of_address[address] > _MOST_OF_ADDRESS and not of_proxy
            if is_past or is_crowded or total > self.most:
                channel.handle_close()
                of_address[address] -= 1
                total -= 1

    def _is_of_proxy(self, address: str) -> bool:
        ip = ipaddress.ip_address(address.partition("%")[0])
        return any(ip in network for network in self._proxies)

    def end(self) -> None:
        """Take nothing new, finish what is under way, close."""
        for listener in self.listeners:
            listener.is_ending = True
            listener.del_channel()
            listener.socket.close()
        end = time.monotonic() + _PATIENCE
        while self._is_under_way() and time.monotonic() < end:
            wasyncore.loop(timeout=0.05, map=self._map, use_poll=True, count=1)
        for channel in self.channels:
            channel.handle_close()
        self.dispatcher.shutdown(timeout=1)
        for listener in self.listeners:
            listener.trigger.close()

    def _is_under_way(self) -> bool:
        """Let go of every connection that nothing comes from any more; tell whether any is left."""
        now = time.time()
        for channel in self.channels:
            is_stuck = abs(now - channel.last_activity) > _STUCK_AT_END
            if not channel.requests and (is_stuck or not channel.is_waiting_for_peer):
                channel.handle_close()
        # a request whose client has gone away still writes into the database
        return bool(self.channels or self.dispatcher.queue or self.dispatcher.active_count)


def _last_activity(channel: _Channel) -> float:
    return float(channel.last_activity)


def _newest_first(channel: _Channel) -> float:
    return -float(channel.creation_time)


def _networks(names: str | Iterable[str]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    listed = names.replace(",", " ").split() if isinstance(names, str) else names
    return [ipaddress.ip_network(str(name).strip(), strict=False) for name in listed]


def most_connections() -> int:
    """Return how many connections may be open; raises the process's limit of handles as far as allowed."""
    if not hasattr(select, "poll"):
        return _MOST_BY_SELECT
    import resource  # noqa: PLC0415 - there is no such module on Windows

    # each may also hold a body in a file of its own
    wanted = 2 * _MOST + _OWN_HANDLES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(ValueError, OSError):  # macOS allows less than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
            soft = allowed
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return _MOST
    return max(50, (soft - _OWN_HANDLES) // 2)


def bind(app: Flask, host: str, port: int) -> Bound:
    """Take the port and return what is to be given to `serve`.

    Raises:
        BusyPort: the port is taken.
    """
    try:
        return Bound(app, host, port)
    except OSError as error:
        raise BusyPort(
            f"Порт {port} занят другой программой. Остановите её или выберите другой порт: "
            f"make run PORT={port + 1}"
        ) from error


def serve(bound: Bound) -> None:
    """Serve until SIGTERM or SIGINT; then take no new requests and finish those under way."""
    # What was made up to now stays: walking it again and again, the collector held up every tenth page
    # of a school of a thousand by 100 ms (bench/crowded.py).
    gc.collect()
    gc.freeze()
    stop = _Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stop.asked:
        bound.turn(0.5)
    bound.end()


class _Stop:
    """Remembers that a signal came."""

    asked = False

    def __call__(self, *_: Any) -> None:
        self.asked = True


# --- the machine -----------------------------------------------------------------------------------


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
