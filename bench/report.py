"""`python -m bench.report`: what the district's pages and the report's book cost beside a bare page.

Districts of 13 and 130 schools with a whole year in them are filled and asked in one process, in turns with
a bare Flask page, so that a busy machine slows both. Prints CPU milliseconds (the least of the turns), the
ratio to the bare page, the ratio to 13 schools, the kilobytes. The book of 13 schools has a goal.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient

from bench.fill import LATE, MUCH, fill
from bench.serve import bare
from nastav.accounts.routes import COOKIE
from nastav.app import create_app
from nastav.db import db

GOAL = 1500.0  # ms of the book, 13 schools
YEAR = LATE[:4]
PAGES = (  # name, address
    ("охват с диаграммами", f"/districts/1/coverage/{YEAR}"),
    ("охват, только таблица", f"/districts/1/coverage/{YEAR}?view=table"),
    ("сводка с решениями", "/districts/1/2020/stages"),
    ("исполнение приказа", "/districts/1/execution"),
    ("справка, страница", "/districts/1/execution/spravka"),
    ("отчёт на дату, книга", "/districts/1/reports/book.xlsx"),
)


def cost(ask: Callable[[], int], turns: int) -> tuple[float, int]:
    """Return the least CPU time of some turns in milliseconds, and the bytes of the last answer."""
    times, size = [], 0
    for _ in range(turns):
        gc.collect()
        begun = time.process_time()
        size = ask()
        times.append(time.process_time() - begun)
    return 1000 * min(times), size


def asking(client: FlaskClient, path: str) -> Callable[[], int]:
    """Return how to ask for a page; an answer that is not good ends the run."""

    def ask() -> int:
        with client.get(path) as answer:
            if answer.status_code != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            return len(answer.get_data())

    return ask


def run(schools: int, turns: int, first: dict[str, float]) -> None:
    """Fill and measure a district of so many schools; `first` keeps what the smallest cost."""
    empty = asking(bare().test_client(), "/")
    with tempfile.TemporaryDirectory() as folder:
        coordinator, _ = fill(Path(folder), schools, size=MUCH, today=LATE)
        app = create_app(Path(folder), TODAY=LATE)
        client = app.test_client()
        client.set_cookie(COOKIE, coordinator)
        print(f"\n{schools} школ{'':18} CPU, мс  к пустой  к первой      кБ")
        for name, path in PAGES:
            ask = asking(client, path)
            ask()  # statements and templates are made once
            nothing = min(cost(empty, 50)[0], cost(empty, 50)[0])
            spent, size = cost(ask, turns)
            grown = spent / first.setdefault(name, spent)
            is_late = name.endswith("книга") and schools == 13 and spent > GOAL
            mark = "  больше цели" if is_late else ""
            line = f"{name:24} {spent:9.1f} {spent / nothing:9.0f} {grown:9.1f} {size / 1024:7.1f}"
            print(f"{line}{mark}", flush=True)
        with app.app_context():
            db.engine.dispose()


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="bench.report")
    parser.add_argument("--schools", type=int, nargs="*", default=[13, 130])
    parser.add_argument("--turns", type=int, default=5)
    asked = parser.parse_args()
    first: dict[str, float] = {}
    for schools in asked.schools:
        run(schools, asked.turns, first)


if __name__ == "__main__":
    main()
