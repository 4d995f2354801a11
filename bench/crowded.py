"""`python -m bench.crowded`: one school of a thousand mentees, each page asked by one client at a time.

Prints answers a second and p95; the goal is a p95 under 150 ms on the machine of a district.
"""

import argparse
import tempfile
from pathlib import Path
from urllib.parse import quote

from bench import fill as filling
from bench.__main__ import getting, served
from bench.load import Measured, measure

MENTEES, MENTORS = 1000, 80
GOAL = 150.0  # ms, p95
PAGES = (  # name, address
    ("моя школа", "/schools/1"),
    ("реестр, страница 1", "/schools/1/mentees"),
    ("поиск в реестре", f"/schools/1/mentees?q={quote('придуманнов5')}"),
    ("карточка человека", "/schools/1/mentees/500"),
    ("без согласия", "/schools/1/consents"),
    ("пары и группы", "/schools/1/2020/pairs"),
    ("карточка пары", "/schools/1/2020/pairs/1"),
    ("новая пара", "/schools/1/2020/pairs/new"),
    ("подбор", "/schools/1/2020/pairs/matching"),
    ("лист встреч", "/schools/1/2020/meetings"),
    ("обратная связь", "/schools/1/2020/feedback"),
)


def row(name: str, found: Measured) -> str:
    """Return one line of the table; what misses the goal is marked."""
    mark = "" if found.p95 < GOAL else "  больше цели"
    return f"{name:24} {found.rate:9.1f} {found.p95:9.1f} {found.size / 1024:8.1f}{mark}"


def main() -> None:
    """Fill, serve and measure."""
    parser = argparse.ArgumentParser(prog="bench.crowded")
    parser.add_argument("--seconds", type=float, default=3.0)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        _, curator = filling.fill(Path(folder), 1, mentees=MENTEES, mentors=MENTORS)
        with served("bare") as bare, served("site", folder) as port:
            print(f"{MENTEES} наставляемых{'':7} в секунду  p95, мс      кБ")
            # how busy the machine is: on a quiet one a bare page takes a few milliseconds
            print(row("пустая страница", measure(bare, getting("/"), seconds, clients=1)))
            for name, path in PAGES:
                found = measure(port, getting(path, curator), seconds, clients=1)
                print(row(name, found), flush=True)


if __name__ == "__main__":
    main()
