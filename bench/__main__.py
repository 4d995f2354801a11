"""`make bench`: a district with a whole year in it, each page beside a bare Flask page and the limits.

Server and load have a core each. Before each page the bare one is read, in turn by 1, 8 and 64, so that a
busy machine slows both; what holds on any machine is the processor's time of an answer as a multiple of
the bare page's. The last line says how noisy the machine was (docs/performance.md).
"""

import argparse
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench import limits, load, machine, saving
from bench.fill import LATE, MUCH, fill
from bench.inside import least, visitor
from bench.load import Measured, Page
from bench.serve import Served, served
from nastav.app import create_app
from nastav.db import db

MANY = (1, 8, 64)  # connections
FEW = (1, 8)  # for what takes long: of 64 most would still wait when the time is over
BOOK = "/districts/1/exports/coverage-2020.xlsx"
PAGES = (  # name, address, who asks
    ("начальная школы", "/schools/1", "curator"),
    ("сводка, начальная", "/districts/1/2020/stages", "coordinator"),  # of the district
    ("охват и план", "/districts/1/coverage/2020", "coordinator"),
    ("этап школы", "/schools/1/2020/stages/1", "curator"),
    ("база наставляемых", "/schools/1/mentees", "curator"),
    ("обратная связь", "/schools/1/2020/feedback", "curator"),
    ("моя учётная запись", "/account", "curator"),  # next to nothing: what the frame alone costs
    ("выгрузка «Охват»", BOOK, "coordinator"),
)
HEADING = "CPU, мс  к пустой      кБ" + "".join(f"{each:7} соед.  p99, мс" for each in MANY)


@dataclass
class Line:
    """What was measured of a page, by connections."""

    name: str
    size: int = 0
    found: dict[int, Measured] = field(default_factory=dict)
    spent: list[float] = field(default_factory=list)  # CPU milliseconds an answer

    def row(self, bare: float) -> str:
        """Return the line of the table; `bare`: what a bare page takes."""
        own, weight = min(self.spent), f"{self.size / 1024:.1f}" if self.size else "—"
        rates = (self.found.get(each) for each in MANY)
        shown = (f"{one.rate:9.1f}/с {one.p99:9.1f}" if one else f"{'—':>21}" for one in rates)
        return f"{self.name:22} {own:7.2f} {own / bare:9.1f} {weight:>7} {' '.join(shown)}"


@dataclass
class Bench:
    """A bare page, how long each reading takes, and how steady the machine was meanwhile."""

    bare: Served
    seconds: int
    empty: Line = field(default_factory=lambda: Line("пустая страница"))
    rates: dict[int, list[float]] = field(default_factory=lambda: {each: [] for each in MANY})
    others: list[float] = field(default_factory=list)

    def read(self, server: Served, page: Page, name: str) -> Line:
        """Measure a page after a reading of the bare one.

        Raises:
            RuntimeError: there is no such page.
        """
        first = load.once(server, page)
        if first.status != 200:
            raise RuntimeError(f"{page.path}: {first.status}")
        line = Line(name, first.size)
        self.look_at_bare()
        for connections in FEW if page.path.endswith(".xlsx") else MANY:
            self._measure(line, server, connections, _reading(server, page, self.seconds))
        return line

    def save(self, server: Served, rows: Sequence[saving.Row]) -> Line:
        """Measure saves, as `read` does."""
        line = Line("сохранить строку")
        self.look_at_bare()
        for connections in MANY:
            self._measure(
                line,
                server,
                connections,
                lambda count: saving.measure(server.port, rows, self.seconds, count),
            )
        self.look_at_bare()
        return line

    def look_at_bare(self) -> None:
        """Read the bare page at the next number of connections, for the noise and to compare with."""
        count = sum(map(len, self.rates.values()))
        connections = MANY[count % len(MANY)]
        run = _reading(self.bare, Page("/"), self.seconds)
        self.rates[connections].append(self._measure(self.empty, self.bare, connections, run).rate)

    def _measure(
        self, line: Line, server: Served, connections: int, run: Callable[[int], Measured]
    ) -> Measured:
        with machine.watching(server.pid) as watched:
            found = line.found[connections] = run(connections)
        line.spent.append(1000 * watched.spent / (found.answers + found.under_way))
        self.others.append(watched.share_of_others)
        return found

    def noise(self) -> str:
        """Return how steady the machine was, a sentence for each reason to doubt."""
        spread = "; ".join(
            f"{many} соед. {min(rates):.0f}–{max(rates):.0f} в секунду "
            f"({100 * (max(rates) - min(rates)) / median(rates):.0f} % от середины)"
            for many, rates in self.rates.items()
        )
        others = f"{100 * median(self.others):.0f} %, бывало {100 * max(self.others):.0f} %"
        shared = "одно ядро на сервер и нагрузку; " if machine.SERVER == machine.LOAD else ""
        waiting = f"ждали процессора {os.getloadavg()[0]:.1f}"
        return (
            f"Шум: {shared}пустая страница: {spread}; чужие на ядре сервера: {others}; {waiting}."
        )


def _reading(server: Served, page: Page, seconds: int) -> Callable[[int], Measured]:
    return lambda connections: load.measure(server, page, seconds, connections)


def flushes(folder: Path, rows: Sequence[saving.Row], seconds: int) -> str:
    """Return how often the server asks the disk to keep what was written, a save; strace counts."""
    if not shutil.which("strace"):
        return "не измерено: нет strace"
    log = folder / "flushes"
    calls = ("strace", "-f", "--seccomp-bpf", "-e", "trace=fsync,fdatasync", "-o", str(log))
    with served(str(folder), LATE, under=calls) as server:
        saving.measure(server.port, rows, 0.2, 1)  # the first ones also make the journal's file
        before = _calls(log)
        saves = saving.measure(server.port, rows, seconds, 1).answers
        return f"{(_calls(log) - before) / saves:.2f}"


def _calls(log: Path) -> int:
    lines = log.read_text(encoding="utf-8").splitlines()
    return sum("sync(" in line or "sync resumed" in line for line in lines if " = " in line)


def print_limits(folder: Path, token: str, seconds: int) -> None:
    """Print what the machine could do without a site."""
    raw, spent = limits.commits(folder, seconds)
    print(f"{'голая запись':22} {spent:7.2f} {raw.rate:36.1f}/с {raw.p99:9.1f}")
    app = create_app(folder, TODAY=LATE, KEPT_ANSWERS_MB=0)
    client = visitor(app, token)
    least(client, BOOK, 1)  # statements are made once
    ours = least(client, BOOK, 5)
    cells = limits.cells(ours.content)
    with app.app_context():
        db.engine.dispose()
    print(
        f"Выгрузка: {ours.spent:.0f} мс; столько же ячеек ({sum(cells)}, листов {len(cells)}) "
        f"XlsxWriter пишет за {limits.plain_book(cells):.0f} мс."
    )


def run(schools: int, bare: Served, seconds: int) -> None:
    """Fill, serve, measure and print a district of so many schools."""
    with tempfile.TemporaryDirectory() as folder:
        site, copy = Path(folder, "site"), Path(folder, "copy")
        site.mkdir()
        tokens = dict(
            zip(("coordinator", "curator"), fill(site, schools, size=MUCH, today=LATE), strict=True)
        )
        shutil.copytree(site, copy)
        rows = saving.prepare(copy, LATE)
        bench = Bench(bare, seconds)
        print(f"\n{f'{schools} школ':22} {HEADING}")
        lines = []
        with served(str(site), LATE) as server:
            idle, _ = machine.memory(server.pid)
            load.once(server, Page("/login"))
            began = f"{server.began:.1f} с, из них процессора {machine.spent(server.pid):.1f}"
            for name, path, who in PAGES:
                lines.append(bench.read(server, Page(path, tokens[who]), name))
            _, most = machine.memory(server.pid)
        with served(str(copy), LATE) as server:
            lines.append(bench.save(server, rows))
        bench.empty.size = load.once(bare, Page("/")).size
        for line in (*lines, bench.empty):  # beside the least of all bare pages
            print(line.row(min(bench.empty.spent)), flush=True)
        print_limits(copy, tokens["coordinator"], seconds)
        print(f"Сбросов на диск за одно сохранение: {flushes(copy, rows, seconds)}.")
        print(f"Запуск: {began}. Память: {idle:.0f} МБ после запуска, {most:.0f} под нагрузкой.")
        print(bench.noise(), flush=True)


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--schools", type=int, nargs="*", default=[13])
    parser.add_argument("--seconds", type=int, default=3, help="каждое измерение, целых секунд")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {machine.LOAD})
    with served() as bare:
        for schools in asked.schools:
            run(schools, bare, asked.seconds)


if __name__ == "__main__":
    main()
