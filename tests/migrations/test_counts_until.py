"""0029: until when the pairs count that people have (rules.md#until-when-a-pair-counts)."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from nastav import revisions, sqlite
from tests.migrations.databases import DUMPS, close, restore, site_on

BEFORE = [revision for revision in DUMPS if revision < "0029"]
# started, ended → the last day it counts
PAIRS = {
    ("2020-09-01", None): "2021-08-31",
    ("2020-10-05", "2021-05-25"): "2021-05-25",
    ("2020-10-05", "2021-08-31"): "2021-08-31",
    ("2020-10-05", "2022-03-01"): "2021-08-31",  # nobody decided in summer: the rest does not count
    ("2021-05-31", None): "2021-08-31",
    ("2021-06-01", None): "2022-08-31",  # begun in summer and open: the next school year
    ("2021-08-31", None): "2022-08-31",
    ("2021-07-10", "2021-08-31"): "2021-08-31",
    ("2021-07-10", "2021-09-01"): "2021-09-01",  # ended after that summer: the next one
    ("2021-07-10", "2022-12-31"): "2022-08-31",
}


def put_pairs_in(database: Path) -> None:
    with closing(sqlite.connect(database)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(pair)")]
        copied = [name for name in columns if name not in {"id", "started", "ended"}]
        for place, (started, ended) in enumerate(PAIRS, start=9000):
            connection.execute(
                f"INSERT INTO pair (id, started, ended, {', '.join(copied)}) "
                f"SELECT ?, ?, ?, {', '.join(copied)} FROM pair ORDER BY id LIMIT 1",
                (place, started, ended),
            )
        connection.commit()


def ends(database: Path) -> list[tuple[str, str | None, int, str]]:
    with closing(sqlite.connect(database)) as connection:
        found = connection.execute(
            "SELECT started, ended, last_cycle, counts_until FROM pair ORDER BY id"
        )
        return [tuple(row) for row in found]


@pytest.mark.parametrize("revision", BEFORE)
def test_each_pair_counts_to_the_end_of_its_school_year(revision: str, tmp_path: Path) -> None:
    database = restore(revision, tmp_path)
    put_pairs_in(database)
    with site_on(tmp_path).app_context():
        revisions.upgrade()
        close()
    found = ends(database)
    assert {row[:2]: row[3] for row in found if row[:2] in PAIRS} == PAIRS
    for started, ended, cycle, until in found:  # those the dump has, too
        august = date(cycle + 1, 8, 31).isoformat()
        assert until == min(august, ended or august)
        assert started <= august
