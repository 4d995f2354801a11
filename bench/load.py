"""A bounded load from this machine to itself: some clients, each with one connection kept open."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

CLIENTS = 4
Ask = Callable[[http.client.HTTPConnection, int], http.client.HTTPResponse]


@dataclass(frozen=True)
class Measured:
    """What one form of load gave: answers a second, the slowest of 20 and of 100 in milliseconds."""

    rate: float
    p95: float
    p99: float
    answers: int
    size: int  # bytes of the last answer's body, as they came


def measure(
    port: int,
    ask: Ask,
    seconds: float,
    *,
    good: tuple[int, ...] = (200,),
    clients: int = CLIENTS,
) -> Measured:
    """Send requests for so many seconds; an answer that is not good ends the run with an error.

    Raises:
        RuntimeError: an answer had another status.
    """
    times: list[float] = []
    wrong: list[str] = []
    sizes = [0]
    end = time.perf_counter() + seconds
    begun = time.perf_counter()

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        turn = 0
        while time.perf_counter() < end and not wrong:
            start = time.perf_counter()
            answer = ask(connection, number * 1_000_000 + turn)
            body = answer.read()
            times.append(time.perf_counter() - start)
            turn += 1
            if answer.status not in good:
                wrong.append(f"{answer.status}: {body[:300]!r}")
            sizes[0] = len(body)
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong or not times:
        raise RuntimeError(wrong[0] if wrong else "nothing was answered")
    took = time.perf_counter() - begun
    times.sort()
    p95, p99 = (times[int(len(times) * share)] * 1000 for share in (0.95, 0.99))
    return Measured(len(times) / took, p95, p99, len(times), sizes[0])
