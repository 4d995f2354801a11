"""What the order prints in a cell of the plan, found for databases that kept only the present value."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from nastav import revisions, sqlite
from tests.migrations.databases import DUMPS, close, restore, rows, site_on

YEAR = "План 2021 года"
JOURNAL = (  # moment in UTC, event, subject, changes
    ("2021-03-12 20:59:00", "plan:changed", YEAR, {"СОШ №5: наставляемые": [109, 120]}),
    ("2021-04-15 21:01:00", "plan:changed", YEAR, {"СОШ №5: наставляемые": [120, None]}),
    ("2021-05-02 08:00:00", "plan:changed", YEAR, {"СОШ №2: наставники": [5, 6]}),
    ("2021-05-03 08:00:00", "plan:changed", YEAR, {"СОШ №2: наставники": [6, 5]}),
    ("2021-06-01 08:00:00", "plan:opened", "План 2025 года", None),
    ("2021-06-02 08:00:00", "plan:changed", "План 2025 года", {"СОШ №5: наставляемые": [300, 301]}),
)


def edit_the_plan(database: Path) -> None:
    with closing(sqlite.connect(database)) as connection, connection:
        for at, event, subject, changes in JOURNAL:
            connection.execute(
                "INSERT INTO audit_entry (at, event, actor_name, district_id, subject, changes)"
                " VALUES (?, ?, 'Анна Андреева', 1, ?, ?)",
                (at, event, subject, json.dumps(changes)),
            )
        connection.execute(
            "UPDATE plan_target SET mentees = NULL WHERE year = 2021 AND school_id = 4"
        )
        connection.execute(
            "INSERT INTO plan_target (school_id, year, mentees, mentors, version)"
            " VALUES (4, 2025, 301, NULL, 1)"
        )


@pytest.mark.parametrize("revision", [revision for revision in DUMPS if revision < "0030"])
def test_the_journals_earliest_value_is_what_was_printed(revision: str, tmp_path: Path) -> None:
    database = restore(revision, tmp_path)
    edit_the_plan(database)
    with site_on(tmp_path).app_context():
        revisions.upgrade()
        close()
    cells = {(row["school_id"], row["year"]): row for row in rows(database)["plan_target"]}
    found = {
        key: [row[name] for name in ("printed_mentees", "mentees_changed_on")]
        + [row[name] for name in ("printed_mentors", "mentors_changed_on")]
        for key, row in cells.items()
    }
    assert found[4, 2021] == [109, "2021-04-16", 5, None]  # in Moscow it was the next day
    assert found[2, 2021] == [88, None, 5, "2021-05-03"]  # put back: as printed again
    assert found[4, 2020] == [44, None, 2, None]
    assert found[4, 2025] == [None, None, None, None]  # no order has a plan for that year
