"""The server as a process: busy ports, an end that cuts nobody off, writes that survive a kill."""

import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nastav import server
from nastav.config import ROOT
from tests.support.process import ask, free_port, nastav_run, wait_for, wait_until

SLOW = """
import gc
import time
from nastav import server
from flask import Flask
app = Flask("slow")
@app.get("/")
def page():
    print("begun", flush=True)
    time.sleep(1)
    return "whole answer"
@app.get("/frozen")
def frozen():
    return str(gc.get_freeze_count())
bound = server.bind(app, "127.0.0.1", 0)
print(bound.effective_port, flush=True)
server.serve(bound)
print("ended", flush=True)
"""


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


def test_the_collector_leaves_alone_what_was_there_at_the_start() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW], cwd=ROOT, text=True, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        status, frozen = ask(int(process.stdout.readline()), "/frozen")
        process.terminate()
    assert status == 200
    assert int(frozen) > 10_000


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
