"""Who keeps a connection open shuts the door to nobody (reliability.md#r12), and what the server
itself refuses."""

import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from flask import Flask, request

from nastav import server
from nastav.config import ROOT
from tests.support.process import wait_until
from tests.support.served import Guests, connect, is_closed, served

HALF = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
WHOLE = HALF + b"\r\n"


def an_app(**settings: object) -> Flask:
    app = Flask("nastav")
    app.config.update(settings)

    @app.route("/", methods=["GET", "POST"])
    def page() -> str:
        return f"взято {len(request.get_data())}"

    return app


@pytest.fixture
def port() -> Iterator[int]:
    with served(an_app()) as found:
        yield found


def asked(port: int, address: str = "127.0.0.1") -> int:
    with closing(connect(port, address)) as client:
        client.request("GET", "/")
        return client.getresponse().status


@pytest.mark.parametrize("sent", [b"", HALF, WHOLE], ids=["silent", "half a request", "kept alive"])
def test_a_newcomer_is_served_beside_hundreds_who_stay(port: int, sent: bytes) -> None:
    with Guests(port) as guests:
        staying = [guests.come(100, sent, address=f"127.0.0.{n}") for n in range(2, 6)]
        assert asked(port, "127.0.0.9") == 200
        assert not any(is_closed(guest) for some in staying for guest in some)


def test_one_connection_too_many_ends_the_longest_idle_of_its_address(port: int) -> None:
    with Guests(port) as guests:
        neighbours = guests.come(5, address="127.0.0.3")
        first, *others = guests.come(300, address="127.0.0.2")
        assert asked(port, "127.0.0.2") == 200
        wait_until(lambda: is_closed(first), "the longest idle stayed")
        assert not any(is_closed(guest) for guest in [*others, *neighbours])


def test_a_trusted_proxy_may_open_any_number() -> None:
    with (
        served(an_app(TRUSTED_PROXIES=["127.0.0.2"])) as port,
        Guests(port) as guests,
    ):
        through = guests.come(320, address="127.0.0.2")
        assert asked(port, "127.0.0.2") == 200
        assert not any(is_closed(guest) for guest in through)


def test_a_slow_upload_outlasts_the_idle_of_its_address(port: int) -> None:
    with Guests(port) as guests, closing(connect(port, "127.0.0.2")) as client:
        client.putrequest("POST", "/")
        client.putheader("Content-Length", "60")
        client.endheaders()
        for _ in range(60):
            client.send(b"x")
            guests.come(10, HALF, address="127.0.0.2")
        assert client.getresponse().read().decode() == "взято 60"


def test_the_whole_server_never_fills_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "most_connections", lambda: 50)
    with served(an_app()) as port, Guests(port) as guests:
        for address in ("127.0.0.2", "127.0.0.3"):
            guests.come(150, address=address)
        assert asked(port, "127.0.0.4") == 200


def test_the_idle_are_sent_away_and_a_slow_upload_is_not(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_IDLE", 0.5)
    with Guests(port) as guests:
        (sending,) = guests.come(1, post_of(2) + b"x")
        others = [guests.come(1, sent)[0] for sent in (b"", HALF, WHOLE)]
        wait_until(lambda: all(is_closed(guest) for guest in others), "the idle stayed")
        sending.sendall(b"x")
        assert sending.recv(65536).startswith(b"HTTP/1.1 200 ")


# --- refusals of the server itself ----------------------------------------------------------------


def post_of(size: int) -> bytes:
    return b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size


def all_of(connection: socket.socket) -> str:
    """Read until the server ends its side."""
    return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


REFUSED = {
    "a broken header": (b"GET / HTTP/1.1\r\nno header\r\n\r\n", 400, "Сервер не понял запрос"),
    "a long address": (b"GET /" + b"a" * 70_000, 431, "Слишком длинный адрес"),
    "an odd encoding": (
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        501,
        "непонятным серверу способом",
    ),
    "a body of 13 MB": (post_of(13 * 2**20) + b"x" * 13 * 2**20, 413, "не больше 12 МБ"),
    "13 MB in pieces": (
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        + (b"100000\r\n" + b"x" * 2**20 + b"\r\n") * 13,
        413,
        "не больше 12 МБ",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_the_server_refuses_in_russian_with_a_number(
    port: int, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    sent, status, sentence = REFUSED[case]
    with Guests(port) as guests:
        (guest,) = guests.come(1, sent)
        answer = all_of(guest)
    assert answer.split()[1] == str(status)
    assert '<html lang="ru">' in answer
    assert sentence in answer
    number = re.search(r"Номер обращения: (\w{8})", answer)
    assert number
    assert f"{status}, number {number[1]}" in caplog.text
    assert "no header" not in caplog.text


def test_a_refusal_for_htmx_is_a_fragment(port: int) -> None:
    head = post_of(13 * 2**20).replace(b"Host: x", b"Host: x\r\nHX-Request: true")
    with Guests(port) as guests:
        (guest,) = guests.come(1, head)
        answer = all_of(guest)
    assert answer.startswith("HTTP/1.1 413 ")
    assert answer.partition("\r\n\r\n")[2].startswith('<div class="notice notice-error"')


# --- the end --------------------------------------------------------------------------------------

LOADED = """
import json, os, signal, time
from flask import Flask
from nastav import server
app = Flask("loaded")
told = []
@app.get("/")
def page():
    told.append(1)
    if len(told) == 50:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.5)
    return "answer"
bound = server.bind(app, "127.0.0.1", 0)
print(bound.effective_port, flush=True)
server.serve(bound)
print(json.dumps(len(told)), flush=True)
"""


def keep_asking(port: int, last: list[str | None]) -> None:
    """Ask again and again on one connection, until it is closed; remember what the last answer said."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as client:
        said = None
        try:
            while True:
                client.request("GET", "/")
                answer = client.getresponse()
                answer.read()
                said = answer.getheader("Connection")
                if said == "close":
                    break
        except (OSError, ValueError) as end:
            said = type(end).__name__
        last.append(said)


def test_after_sigterm_a_kept_connection_gets_no_new_request_served() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LOADED], cwd=ROOT, text=True, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        port, last = int(process.stdout.readline()), list[str | None]()
        clients = [threading.Thread(target=keep_asking, args=(port, last)) for _ in range(6)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        served_in_all = json.loads(process.stdout.readline())
    # the one that slept, and of the others what was under way when the signal came
    assert served_in_all <= 50 + 2 * len(clients)
    assert "close" in last
    assert process.returncode == 0
