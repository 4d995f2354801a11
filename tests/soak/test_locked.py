"""reliability.md#r7: how long a real server lets people wait for a database that another program holds."""

import time
from contextlib import closing
from pathlib import Path

import pytest

from nastav import sqlite
from tests.soak.ledger import Ledger, school_of
from tests.soak.site import site_on


@pytest.mark.soak
def test_a_locked_database_is_refused_after_eight_seconds(instance: Path) -> None:
    site, ledger = site_on(instance), Ledger()
    path = f"/schools/{school_of(site, 'boris')}/mentees/new"
    (visitor,) = site.visitors("boris")
    with site.running():
        token = visitor.token()
        time.sleep(3)  # the first look at the database and the first copy are over
        with closing(sqlite.connect(site.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            start = time.monotonic()
            answer = visitor.post(path, ledger.child(token))
            waited = time.monotonic() - start
            other.execute("ROLLBACK")
        assert answer.status == 503
        assert waited < 10
        assert visitor.post(path, ledger.child(token)).status == 303, "no restart needed"
    print(f"\nR7: a save into a locked database was refused after {waited:.1f} s (8 promised)")
