"""`make bench`: fills districts of 13 and 130 schools and prints each page beside a bare Flask page.

Everything is measured in one run, against servers on this machine only; only the ratios mean anything.
"""

import argparse
import http.client
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.fill import LATE, MUCH, TODAY, fill
from bench.load import Ask, Measured, measure
from nastav.accounts.routes import COOKIE

PAGES = (  # name, address, who asks
    ("сводка по этапам", "/districts/1/2020/stages", "coordinator"),
    ("охват и план", "/districts/1/coverage/2020", "coordinator"),
    ("этап школы", "/schools/1/2020/stages/1", "curator"),
    ("база наставляемых", "/schools/1/mentees", "curator"),
    ("моя школа", "/schools/1", "curator"),
    ("моя учётная запись", "/account", "curator"),  # next to nothing: what the frame alone costs
    ("выгрузка «Охват»", "/districts/1/exports/coverage-2020.xlsx", "coordinator"),
)
ROUNDS = 4
SAVE = "/schools/1/2020/stages/1/activities/2/edit"


@contextmanager
def served(*arguments: str, **settings: str) -> Iterator[int]:
    """Start a server in a process of its own; give its port; end that process by its own number."""
    command = [sys.executable, "-m", "bench.serve", *arguments]
    env = {**os.environ, **settings}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


def getting(path: str, token: str = "") -> Ask:
    """Return how to ask for a page, signed in where there is a token."""
    headers = {"Accept-Encoding": "gzip", "Cookie": f"{COOKIE}={token}"} if token else {}

    def ask(connection: http.client.HTTPConnection, _turn: int) -> http.client.HTTPResponse:
        connection.request("GET", path, headers=headers)
        return connection.getresponse()

    return ask


def saving(token: str) -> Ask:
    """Return how to save one activity: the form is opened and posted with its version, as a person does.

    Four clients save one row, so some are told that they are late (409): that is an answer too.
    """
    headers = {"Cookie": f"{COOKIE}={token}"}

    def ask(connection: http.client.HTTPConnection, turn: int) -> http.client.HTTPResponse:
        connection.request("GET", SAVE, headers={**headers, "HX-Request": "true"})
        page = connection.getresponse().read().decode()
        fields = dict(
            re.findall(r'name="(csrf_token|once_token|version)"[^>]* value="([^"]*)"', page)
        )
        fields |= {"status": "in_progress", "done_on": "", "responsible": "Завуч"}
        fields["comment"] = f"запись {turn}"
        kind = {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
        connection.request("POST", SAVE, urlencode(fields), {**headers, **kind})
        return connection.getresponse()

    return ask


@dataclass(frozen=True)
class Bench:
    """Two servers and the time for each page."""

    bare_port: int
    site_port: int
    seconds: float

    def line(self, name: str, ask: Ask, good: tuple[int, ...] = (200,)) -> str:
        """Measure a page in slices, each right after one of the bare page: a busy machine slows both."""
        slice_ = self.seconds / ROUNDS
        found: list[Measured] = []
        shares = []
        for _ in range(ROUNDS):
            bare = measure(self.bare_port, getting("/"), slice_ / 2)
            found.append(measure(self.site_port, ask, slice_, good=good))
            shares.append(found[-1].rate / bare.rate)
        rate, p99 = median(run.rate for run in found), median(run.p99 for run in found)
        return row(name, rate, median(shares), p99, found[-1].size)


def row(name: str, rate: float, share: float, p99: float, size: int) -> str:
    """Return one line of the table."""
    return f"{name:24} {rate:9.1f} {share:8.3f} {p99:9.1f} {size / 1024:8.1f}"


def run(schools: int, bare_port: int, seconds: float, *, is_much: bool = False) -> None:
    """Fill, serve and measure a district of so many schools, with much in it or only people and pairs."""
    with tempfile.TemporaryDirectory() as folder:
        day, size = (LATE, MUCH) if is_much else (TODAY, None)
        found = fill(Path(folder), schools, size=size, today=day)
        tokens = dict(zip(("coordinator", "curator"), found, strict=True))
        with served("site", folder, day) as port:
            bench = Bench(bare_port, port, seconds)
            print(f"\n{schools} школ{'':16} в секунду  к пустой  p99, мс      кБ")
            bare = measure(bare_port, getting("/"), seconds)
            print(row("пустая страница", bare.rate, 1, bare.p99, bare.size))
            for name, path, who in PAGES:
                print(bench.line(name, getting(path, tokens[who])), flush=True)
            save = saving(tokens["curator"])
            print(bench.line("открыть и сохранить", save, good=(200, 409)), flush=True)


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--schools", type=int, nargs="*", default=[13, 130])
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--much", action="store_true", help="a whole year, 99 districts beside")
    asked = parser.parse_args()
    with served("bare") as bare_port:
        for schools in asked.schools:
            run(schools, bare_port, asked.seconds, is_much=asked.much)


if __name__ == "__main__":
    main()
