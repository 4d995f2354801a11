"""The server as a process: busy ports, an end that cuts nobody off, writes that survive a kill."""

import json
import os
import pty
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

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
        wait_until(
            lambda: ask(port) == (200, '{"status":"ok"}\n'), "the database was not looked at"
        )
        assert ask(port, "/login", host="evil.example")[0] == 400
        wait_until(lambda: list((instance / "backups").glob("nastav-*.zip")), "no daily copy")
        process.send_signal(stop)
        said = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert f"Сайт открыт: http://127.0.0.1:{port}" in said
    assert "Сегодня на сайте: 09.12.2020" in said
    assert "Сайт остановлен, начатые действия завершены." in said


def said_by(instance: Path, output: IO[bytes]) -> None:
    """Run the site until it has answered a page, its words going to a file or a terminal."""
    port = free_port()
    with nastav_run(instance, port, output) as process:
        wait_for(port)
        assert ask(port, "/login")[0] == 200
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def test_to_a_terminal_the_site_speaks_in_words(instance: Path) -> None:
    ours, theirs = pty.openpty()
    with open(theirs, "wb") as terminal:
        said_by(instance, terminal)
        said = os.read(ours, 65536).decode()
    os.close(ours)
    assert "Сайт открыт" in said
    assert re.search(r"^\d\d:\d\d:\d\d GET /login 200 \[\w{8}\]", said, re.M)
    assert "{" not in said
    assert "Context impl" not in said


def test_to_a_file_the_log_is_json(instance: Path, tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as file:
        said_by(instance, file)
    said = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    messages = [json.loads(line)["message"] for line in said if line.startswith("{")]
    assert "GET /login 200" in messages
    assert "Сайт остановлен, начатые действия завершены." in said


def test_every_wsgi_server_finds_the_application(instance: Path) -> None:
    find = "import wsgi; assert wsgi.application is wsgi.app; print(wsgi.application.name)"
    env = {**os.environ, "NASTAV_INSTANCE": str(instance)}
    found = subprocess.run(
        [sys.executable, "-c", find], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE
    )
    assert found.stdout == b"nastav\n"


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
