"""The server as a process: busy ports, an end that cuts nobody off, writes that survive a kill."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from nastav import server

ROOT = Path(__file__).resolve().parent.parent
SLOW = """
import time
from nastav import server
from flask import Flask
app = Flask("slow")
@app.get("/")
def page():
    print("begun", flush=True)
    time.sleep(1)
    return "whole answer"
bound = server.bind(app, "127.0.0.1", 0)
print(bound.effective_port, flush=True)
server.serve(bound)
print("ended", flush=True)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nastav_run(instance: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Run the site as a process of its own until the block ends."""
    command = [sys.executable, "-m", "nastav", "run", "--port", str(port)]
    env = {**os.environ, "NASTAV_INSTANCE": str(instance), "NASTAV_TODAY": "2020-12-09"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
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


def wait_for(port: int) -> None:
    wait_until(lambda: is_open(port), "the server did not come up")


def test_a_request_under_way_is_finished_after_sigterm() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW], cwd=ROOT, text=True, stdout=subprocess.PIPE
    )
    assert process.stdout
    port = int(process.stdout.readline())
    answers: list[tuple[int, str]] = []
    client = threading.Thread(target=lambda: answers.append(ask(port, "/")))
    client.start()
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGTERM)
    client.join()
    assert answers == [(200, "whole answer")]
    assert process.communicate(timeout=20)[0] == "ended\n"
    assert process.returncode == 0


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_site_says_where_it_is_and_ends_with_a_sentence(
    stop: signal.Signals, instance: Path
) -> None:
    port = free_port()
    with nastav_run(instance, port) as process:
        wait_for(port)
        assert ask(port) == (200, '{"status":"ok"}\n')
        assert ask(port, "/login", host="evil.example")[0] == 400
        wait_until(lambda: list((instance / "backups").glob("nastav-*.zip")), "no daily copy")
        process.send_signal(stop)
        said = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert f"Сайт открыт: http://127.0.0.1:{port}" in said
    assert "Сегодня на сайте: 09.12.2020" in said
    assert "Сайт остановлен, начатые действия завершены." in said


def test_a_busy_port_is_named(instance: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with nastav_run(instance, port) as process:
            said = process.communicate(timeout=20)[0]
    assert process.returncode == 1
    assert f"Порт {port} занят" in said
    assert "Traceback" not in said


def test_a_second_server_on_one_instance_is_refused(instance: Path) -> None:
    with server.only_one(instance), nastav_run(instance, free_port()) as process:
        said = process.communicate(timeout=20)[0]
    assert process.returncode == 1
    assert "уже работает" in said


@pytest.mark.parametrize("name", server.own_names())
def test_names_for_neighbours_are_no_loopback(name: str) -> None:
    assert not name.startswith("127.")
    assert name != "localhost"
