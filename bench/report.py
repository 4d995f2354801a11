"""`python -m bench.report`: what the district's pages and the report's book cost beside a bare page.

Districts of 13 and 130 schools with a whole year in them are filled and asked in one process, in turns with
a bare Flask page, so that a busy machine slows both. Prints CPU milliseconds (the least of the turns), the
ratio to the bare page, the ratio to 13 schools, the kilobytes. The book of 13 schools has a goal.
"""

import argparse
import tempfile
from pathlib import Path

from bench.fill import LATE, MUCH, fill
from bench.inside import least, visitor
from bench.serve import bare
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


def run(schools: int, turns: int, first: dict[str, float]) -> None:
    """Fill and measure a district of so many schools; `first` keeps what the smallest cost."""
    empty = bare().test_client()
    with tempfile.TemporaryDirectory() as folder:
        coordinator, _ = fill(Path(folder), schools, size=MUCH, today=LATE)
        app = create_app(Path(folder), TODAY=LATE, KEPT_ANSWERS_MB=0)
        client = visitor(app, coordinator)
        print(f"\n{schools} школ{'':18} CPU, мс  к пустой  к первой      кБ")
        for name, path in PAGES:
            least(client, path, 1)  # statements and templates are made once
            nothing = least(empty, "/", 100).spent
            asked = least(client, path, turns)
            spent, size = asked.spent, len(asked.content)
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
