"""Many clicks on one button at the same moment."""

import threading
from typing import Any

from flask import Flask

from tests.support.pages import PageClient


def ten_at_once(app: Flask, client: PageClient, path: str, data: dict[str, Any]) -> list[int]:
    """Post the same form from ten threads of the same person; return the statuses."""
    cookie = client.get_cookie("nastav_session")
    assert cookie
    statuses = []

    def send() -> None:
        client = app.test_client()
        client.set_cookie("nastav_session", cookie.value)
        statuses.append(client.post(path, data=data).status_code)

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
