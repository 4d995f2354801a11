"""Databases people have: each frozen schema, with rows in every table, comes to the newest one.

See `dump.py` for how a schema is frozen.
"""

from contextlib import closing
from pathlib import Path

import pytest

from nastav import revisions, sqlite
from nastav.backup import schema_of
from tests.migrations.databases import DUMPS, Rows, close, restore, rows, sign_in, site_on
from tests.support.walk import open_every_page

LOGINS = ("coordinator", "observer", "school5", "head5")
# what a migration changes in old rows on purpose: (table, column), or (table, "") for a whole table
ON_PURPOSE = {
    ("transfer", "offered_at"),  # 0028: nobody read it
    ("data_version", ""),  # every migration raises them
}
# where a migration adds rows of its own after the old ones (0004: the curator's questionnaire)
ADDED_TO = {"question", "questionnaire"}


def expected(before: Rows, after: Rows) -> Rows:
    """Return the old rows without what newer schemas changed on purpose."""
    return {
        table: [
            {name: value for name, value in row.items() if (table, name) not in ON_PURPOSE}
            for row in old
        ]
        for table, old in before.items()
        if (table, "") not in ON_PURPOSE
    }


def entering(revision: str) -> tuple[str, ...]:
    """Return who enters an old database: everybody the first and the last, one in turn those between."""
    place = DUMPS.index(revision)
    is_end = place in (0, len(DUMPS) - 1)
    return LOGINS if is_end else (LOGINS[place % len(LOGINS)],)


def only(columns: list[str], found: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{name: row[name] for name in columns} for row in found]


def test_there_are_dumps() -> None:
    assert "0001" in DUMPS


@pytest.mark.parametrize("revision", DUMPS)
def test_a_dump_has_a_row_in_every_table(revision: str, tmp_path: Path) -> None:
    found = rows(restore(revision, tmp_path))
    assert len(found) > 25
    assert [table for table, own in found.items() if not own] == []


@pytest.mark.parametrize("revision", DUMPS)
def test_every_row_survives_the_way_to_the_newest_schema(revision: str, tmp_path: Path) -> None:
    database = restore(revision, tmp_path)
    before = rows(database)
    with site_on(tmp_path).app_context():
        revisions.upgrade()
        assert schema_of(database) == revisions.newest()
        close()
    after = rows(database)
    for table, old in expected(before, after).items():
        found = only(list(old[0]), after[table])
        assert (found[: len(old)] if table in ADDED_TO else found) == old, table
    with closing(sqlite.connect(database)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("revision", DUMPS)
def test_the_site_opens_on_an_old_database(revision: str, tmp_path: Path) -> None:
    restore(revision, tmp_path)
    app = site_on(tmp_path)  # one for all who enter: most of the time goes into its first pages
    with app.app_context():
        revisions.upgrade()
    seen = {login: open_every_page(sign_in(app, login)) for login in entering(revision)}
    with app.app_context():
        close()
    assert min(len(pages) for pages in seen.values()) > 20, seen
    failed = {
        login: {page for page in pages if pages[page] >= 400} for login, pages in seen.items()
    }
    assert {login: pages for login, pages in failed.items() if pages} == {}
