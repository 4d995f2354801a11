"""Something done by another worker of the server while a request of this test is under way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


def elsewhere(act: Callable[[], Answer]) -> Answer:
    """Do it in a thread of its own: in this one it would share the request's transaction."""
    with ThreadPoolExecutor(1) as worker:
        return worker.submit(act).result()
