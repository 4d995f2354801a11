"""reliability.md#r3, reliability.md#r6: a server killed and copied under load loses nothing it
promised and does nothing by halves.

`SOAK_KILLS=200 make soak` for the long form.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from nastav import backup
from tests.soak.ledger import Ledger, half_written, keep_entering, lost, school_of
from tests.soak.site import Site, Visitor, kill, site_on
from tests.support.process import wait_until

KILLS = int(os.environ.get("SOAK_KILLS", "20"))
BACKUPS = 50

Curators = list[tuple[Visitor, int]]


def curators(site: Site) -> Curators:
    """Return six clients, three at each of two schools."""
    return [
        (visitor, school_of(site, login))
        for login in ("boris", "vera")
        for visitor in site.visitors(login, 3)
    ]


@contextmanager
def load(ledger: Ledger, people: Curators) -> Iterator[None]:
    """Have everybody enter children while the block runs."""
    stop = Event()
    threads = [Thread(target=keep_entering, args=(ledger, *person, stop)) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def survive(instance: Path, kills: int) -> str:
    """Kill the server so many times under load and look after each; return the figures."""
    site, ledger, chance = site_on(instance), Ledger(), random.Random(3)
    people = curators(site)
    unanswered = 0
    for _ in range(kills):
        with site.running() as process:
            unanswered += ledger.ask_again()
            goal = len(ledger.kept) + chance.randint(5, 40)
            with load(ledger, people):
                wait_until(lambda goal=goal: len(ledger.kept) >= goal, "nobody was served")
                kill(process)
        assert lost(ledger.kept, site.database) == set()
        assert half_written(site.database) == []
    with site.running():
        unanswered += ledger.ask_again()
    assert not ledger.unknown
    assert lost(ledger.kept, site.database) == set()
    assert half_written(site.database) == []
    assert ledger.refused == []
    return (
        f"{kills} kills under load, {len(ledger.kept)} writes acknowledged, 0 lost, 0 half-written; "
        f"{unanswered} forms without an answer sent again, 0 doubled"
    )


def test_a_kill_loses_nothing(instance: Path) -> None:
    survive(instance, 1)


@pytest.mark.soak
def test_many_kills_lose_nothing(instance: Path) -> None:
    print(f"\nR3: {survive(instance, KILLS)}")


@pytest.mark.soak
def test_copies_of_a_busy_server_are_whole(instance: Path, tmp_path: Path) -> None:
    site, ledger = site_on(instance), Ledger()
    people = curators(site)
    with site.running(), load(ledger, people):
        for number in range(BACKUPS):
            promised = set(ledger.kept)
            goal = len(promised) + 2
            wait_until(lambda goal=goal: len(ledger.kept) >= goal, "nobody was served")
            promised = set(ledger.kept)
            backup.write(site.database, tmp_path / "copy.zip")
            folder = tmp_path / str(number)
            folder.mkdir()
            copy, _ = backup.unpack(tmp_path / "copy.zip", folder)
            assert lost(promised, copy) == set()
            assert half_written(copy) == []
    print(f"\nR6: {BACKUPS} of {BACKUPS} copies whole, {len(ledger.kept)} writes meanwhile")
