"""`python -m bench.beside`: each page of a school and of a district, alone and beside 99 other districts.

Both databases hold the same first district. Each page is asked in turns, by the processor's time of this
process, so that a busy machine slows both alike; the least of the rounds is taken. A page that takes more
than a tenth longer beside the others is asked again three times as often; if it still does, it reads
what is theirs.
"""

import argparse
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench.crowded import addresses
from bench.fill import LATE, MUCH, fill
from bench.inside import ask, visitor
from nastav.app import create_app

GATE = 1.1
LEAST = 0.6  # ms: a difference below it is the clock's


@dataclass(frozen=True)
class Site:
    """A filled database and who asks it."""

    app: Flask
    tokens: dict[str, str]  # role → its sign-in

    def client(self, role: str) -> FlaskClient:
        return visitor(self.app, self.tokens[role])


@dataclass(frozen=True)
class Found:
    """What a page took, in milliseconds of the processor."""

    path: str
    alone: float
    beside: float

    @property
    def times(self) -> float:
        return self.beside / self.alone

    @property
    def is_over(self) -> bool:
        return self.times > GATE and self.beside - self.alone > LEAST


def filled(folder: Path, districts: int) -> Site:
    """Fill a database with a district of the order's schools and some others."""
    folder.mkdir()
    found = fill(folder, 13, size=replace(MUCH, districts=districts), today=LATE)
    tokens = dict(zip(("coordinator", "curator"), found, strict=True))
    return Site(create_app(folder, TODAY=LATE, KEPT_ANSWERS_MB=0), tokens)


def compare(sites: tuple[Site, Site], prefix: str, role: str, rounds: int) -> list[Found]:
    """Measure every page of a kind of tenant, in turns."""
    clients = [site.client(role) for site in sites]
    found = []
    for path in sorted(set(addresses(sites[0].app, prefix))):
        if any(ask(client, path).status != 200 for client in clients):
            continue
        measured = measure(clients, path, rounds)
        found.append(measure(clients, path, 3 * rounds) if measured.is_over else measured)
    return found


def measure(clients: list[FlaskClient], path: str, rounds: int) -> Found:
    """Measure a page in turns: the least of the rounds is its own, what is above it the machine's."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for place, client in enumerate(clients):
            spent[place].append(ask(client, path).spent)
    return Found(path, min(spent[0]), min(spent[1]))


def main() -> None:
    """Fill, ask, print what grew first; end with 1 if a page is over the gate."""
    parser = argparse.ArgumentParser(prog="bench.beside")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--districts", type=int, default=99)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sites = (filled(Path(folder, "alone"), 0), filled(Path(folder, "beside"), asked.districts))
        found = [
            *compare(sites, "/schools/<int:school_id>", "curator", asked.rounds),
            *compare(sites, "/districts/<int:district_id>", "coordinator", asked.rounds),
        ]
    print(f"страниц {len(found)}{'':44} одни, мс  рядом, мс   раз")
    for each in sorted(found, key=lambda row: -row.times):
        mark = "  растёт" if each.is_over else ""
        print(f"{each.path[:50]:50} {each.alone:9.1f} {each.beside:9.1f} {each.times:6.2f}{mark}")
    if any(each.is_over for each in found):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
