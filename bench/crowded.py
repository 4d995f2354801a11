"""`python -m bench.crowded`: one school of a thousand mentees, each page asked by one client at a time.

Every page of a school is asked, with the addresses of the largest things in it; the slowest come first.
Prints answers a second and p95; the goal is a p95 under 150 ms on the machine of a district.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from flask import Flask
from werkzeug.routing import Rule

from bench import fill as filling
from bench import load, machine
from bench.load import Answer, Measured, Page
from bench.serve import served
from nastav.app import create_app

MENTEES, MENTORS = 1000, 80
GOAL = 150.0  # ms, p95
FILES = (".xlsx", ".docx", ".txt", ".ics", ".zip")
SCHOOL = "/schools/<int:school_id>"
# what stands in an address; a page that asks for anything else is one of a row of its own, and small
PARTS = {
    "school_id": (1,),
    "district_id": (1,),
    "cycle": (2020,),
    "year": (2020,),
    "book": ("mentees", "mentors"),
    "entry_id": (500,),
    "pair_id": (1,),
    "ordinal": (2, 5, 6, 7),
    "number": (1,),
}
SEARCH = f"/schools/1/mentees?q={quote('кедров')}"
COUNTED = "/schools/1/coverage/2020/people?part=mentee&basis=in_pair"


def addresses(app: Flask, prefix: str) -> Iterator[str]:
    """Yield the addresses of the pages below a prefix, without files."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or not rule.rule.startswith(prefix):
            continue
        if rule.rule.endswith(FILES) or not set(rule.arguments) <= set(PARTS):
            continue
        for values in _values(rule):
            yield adapter.build(rule.endpoint, values)


def _values(rule: Rule) -> list[dict[str, int | str]]:
    found: list[dict[str, int | str]] = [{}]
    for name in sorted(rule.arguments):
        found = [{**row, name: value} for row in found for value in PARTS[name]]
    return found


def opens(answer: Answer) -> bool:
    """Tell whether an address shows a page to the curator, and does not lead on or refuse."""
    return answer.status == 200 and answer.kind.startswith("text/html")


def row(name: str, found: Measured, size: int) -> str:
    """Return one line of the table; what misses the goal is marked."""
    mark = "" if found.p95 < GOAL else "  больше цели"
    return f"{name[:48]:48} {found.rate:9.1f} {found.p95:9.1f} {size / 1024:8.1f}{mark}"


def main() -> None:
    """Fill, serve and measure."""
    parser = argparse.ArgumentParser(prog="bench.crowded")
    parser.add_argument("--seconds", type=int, default=1)
    seconds = parser.parse_args().seconds
    os.sched_setaffinity(0, {machine.LOAD})
    with tempfile.TemporaryDirectory() as folder:
        _, curator = filling.fill(Path(folder), 1, mentees=MENTEES, mentors=MENTORS)
        app = create_app(Path(folder), TODAY=filling.TODAY, KEPT_ANSWERS_MB=0)
        pages = sorted({*addresses(app, SCHOOL), SEARCH, COUNTED})
        with served() as bare, served(folder, filling.TODAY) as site:
            # how busy the machine is: on a quiet one a bare page takes a few milliseconds
            empty = row("пустая страница", load.measure(bare, Page("/"), seconds), 0)
            asked = {path: load.once(site, Page(path, curator)) for path in pages}
            found = {
                path: load.measure(site, Page(path, curator), seconds)
                for path, answer in asked.items()
                if opens(answer)
            }
    print(f"{MENTEES} наставляемых, страниц {len(found):<22} в секунду  p95, мс      кБ")
    print(empty)
    for path, result in sorted(found.items(), key=lambda item: -item[1].p95):
        print(row(path, result, asked[path].size))


if __name__ == "__main__":
    main()
