"""reliability.md#r12: a thousand open connections to a real site, and somebody new at the door;
the end under load."""

import signal
import threading
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from tests.soak.site import site_on
from tests.support.process import wait_until
from tests.support.served import Guests, connect, is_closed

ADDRESSES = [f"127.0.0.{number}" for number in range(2, 10)]
HALF = b"GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\n"
WHOLE = HALF + b"\r\n"
KINDS = {"молчащих": b"", "на половине запроса": HALF, "оставленных открытыми": WHOLE}


def seconds_of(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def visit(port: int, path: str = "/login") -> None:
    with closing(connect(port)) as client:
        client.request("GET", path)
        answer = client.getresponse()
        assert answer.status == 200
        answer.read()


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_a_newcomer_beside_a_thousand(instance: Path, kind: str) -> None:
    site = site_on(instance)
    with site.running(), Guests(site.port) as guests:
        visit(site.port)
        staying = [
            guest
            for address in ADDRESSES
            for guest in guests.come(125, KINDS[kind], address=address)
        ]
        if KINDS[kind] == WHOLE:
            assert all(guest.recv(4096) for guest in staying), "somebody got no answer"
        slowest = max(seconds_of(lambda: visit(site.port)) for _ in range(20))
        # those who came first may have had their time
        open_now = sum(not is_closed(guest) for guest in staying)
        print(f"\nR12: {open_now} из 1000 {kind}; новичок, худший из 20: {slowest * 1000:.0f} мс")
        gone = seconds_of(lambda: wait_until(lambda: all(map(is_closed, staying)), "they stay"))
        print(f"{kind}: все закрыты через {gone:.0f} с")
        assert slowest < 1


@pytest.mark.soak
def test_three_hundred_of_an_address(instance: Path) -> None:
    site = site_on(instance)
    with site.running(), Guests(site.port) as guests:
        for address in ADDRESSES:
            many = guests.come(350, HALF, address=address)
            wait_until(lambda many=many: sum(map(is_closed, many[:50])) == 50, "they stay")
            left = sum(not is_closed(guest) for guest in many[50:])
            print(f"\nR12: с {address} 350 соединений, открыты {left} последних")
            assert left == 300


@pytest.mark.soak
def test_a_slow_upload_takes_a_minute(instance: Path) -> None:
    site = site_on(instance)
    with site.running(), Guests(site.port) as guests, closing(connect(site.port)) as client:
        client.putrequest("POST", "/login")
        client.putheader("Content-Type", "application/x-www-form-urlencoded")
        client.putheader("Content-Length", "1200")
        client.endheaders()
        for _ in range(60):
            client.send(b"login=1234567890&ab=")
            guests.come(50, HALF, address="127.0.0.1")
            time.sleep(1)
        status = client.getresponse().status
    print(f"\nR12: отправка длиной 60 с рядом с 3000 половинами запроса: ответ {status}")
    assert status in (400, 422)


def keep_asking(port: int, last: list[float]) -> None:
    """Ask on one connection until the server ends it; remember when the last answer came."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as client:
        try:
            while True:
                client.request("GET", "/login")
                client.getresponse().read()
                last.append(time.perf_counter())
        except (OSError, HTTPException):
            return  # refused, reset, cut short: all of it is the end


@pytest.mark.soak
@pytest.mark.parametrize("clients", [8, 64, 200])
def test_the_end_under_load(instance: Path, clients: int) -> None:
    site, last = site_on(instance), list[float]()
    with site.running() as process, Guests(site.port) as guests:
        guests.come(200, HALF, address="127.0.0.2")
        asking = [
            threading.Thread(target=keep_asking, args=(site.port, last)) for _ in range(clients)
        ]
        for thread in asking:
            thread.start()
        time.sleep(4)
        asked = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        ended = time.perf_counter()
        for thread in asking:
            thread.join()
    print(
        f"\nR12: SIGTERM при {clients} клиентах: остановлен через {ended - asked:.1f} с, "
        f"после последнего ответа {ended - max(last):.1f} с"
    )
    assert process.returncode == 0
    assert ended - max(last) < 5
