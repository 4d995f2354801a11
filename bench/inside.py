"""A page asked inside this process, by the processor's time: without server and load."""

import gc
import time
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from nastav.accounts.routes import COOKIE


@dataclass(frozen=True)
class Asked:
    """One answer and the milliseconds of the processor it took."""

    status: int
    spent: float
    content: bytes


def visitor(app: Flask, token: str) -> FlaskClient:
    """Return a browser that is signed in."""
    client = app.test_client()
    client.set_cookie(COOKIE, token)
    return client


def ask(client: FlaskClient, path: str) -> Asked:
    """Ask once."""
    begun = time.process_time()
    with client.get(path) as answer:
        content = answer.get_data()
    return Asked(answer.status_code, (time.process_time() - begun) * 1000, content)


def least(client: FlaskClient, path: str, turns: int) -> Asked:
    """Ask some times; return the answer that took the least.

    Raises:
        RuntimeError: there is no such page.
    """
    found = []
    for _ in range(turns):
        gc.collect()
        found.append(ask(client, path))
    quickest = min(found, key=lambda each: each.spent)
    if quickest.status != 200:
        raise RuntimeError(f"{path}: {quickest.status}")
    return quickest
