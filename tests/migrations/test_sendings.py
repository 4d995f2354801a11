"""Sendings of an older database get the date they were judged by, where it can be known."""

from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from nastav import revisions, sqlite
from tests.migrations.databases import close, restore, rows, site_on

SCHOOL_STAGE = 10  # of stage II of 2020/21, due on 06.12.2020
STEP = "INSERT INTO transition VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 'школа', '', ?, ?, NULL, NULL)"
Step = tuple[str, str, str, str | None, bool]  # step, before, day, «исправить до», undone


def upgraded(
    tmp_path: Path, steps: list[Step], *, days_late: int, moves: Sequence[tuple[str, str]] = ()
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the steps and the row of a school's stage after the migration.

    Args:
        tmp_path: where the database is made.
        steps: of the stage.
        days_late: the stamp of the stage.
        moves: of the deadline: the day it was moved, and from which deadline.
    """
    database = restore("0028", tmp_path)
    with closing(sqlite.connect(database)) as connection, connection:
        connection.execute("DELETE FROM transition WHERE school_stage_id = ?", [SCHOOL_STAGE])
        stamp = "UPDATE school_stage SET days_late = ? WHERE id = ?"
        connection.execute(stamp, [days_late, SCHOOL_STAGE])
        for number, (step, before, day, fix_by, undone) in enumerate(steps, start=9000):
            moment = f"{day} 08:00:00.000000"
            values = [number, SCHOOL_STAGE, step, before, "submitted", moment, day, fix_by, undone]
            connection.execute(STEP, values)
        for day, old in moves:
            connection.execute(
                "INSERT INTO audit_entry (at, event, actor_name, district_id, subject, changes) "
                "VALUES (?, 'deadline:moved', 'координатор', 1, '2020/21, этап II', ?)",
                [f"{day} 12:00:00.000000", f'{{"due": ["{old}", "2020-12-06"]}}'],
            )
    with site_on(tmp_path).app_context():
        revisions.upgrade()
        close()
    found = rows(database)
    own = [row for row in found["transition"] if row["school_stage_id"] == SCHOOL_STAGE]
    return own, next(row for row in found["school_stage"] if row["id"] == SCHOOL_STAGE)


def judged(steps: list[dict[str, Any]]) -> list[tuple[str | None, int | None]]:
    return [(row["due"], row["days_late"]) for row in steps if row["step"] == "submitted"]


SENT: Step = ("submitted", "in_progress", "2020-12-08", None, False)
RETURNED: Step = ("returned", "submitted", "2020-12-09", "2020-12-14", False)
MENDED: Step = ("submitted", "returned", "2020-12-17", None, False)


def test_a_deadline_that_never_moved_is_todays(tmp_path: Path) -> None:
    steps, stage = upgraded(tmp_path, [SENT], days_late=2)
    assert judged(steps) == [("2020-12-06", 2)]
    assert (stage["due_then"], stage["fix_late"]) == ("2020-12-06", None)
    assert steps[0]["confirmed"] is None


def test_a_deadline_moved_later_is_the_one_before_the_move(tmp_path: Path) -> None:
    moves = [("2020-12-01", "2020-11-20"), ("2020-12-20", "2020-12-07")]
    steps, stage = upgraded(tmp_path, [SENT], days_late=1, moves=moves)
    assert judged(steps) == [("2020-12-07", 1)]
    assert stage["due_then"] == "2020-12-07"


def test_a_stamp_that_the_journal_does_not_explain_is_kept_without_a_day(tmp_path: Path) -> None:
    steps, stage = upgraded(tmp_path, [SENT], days_late=5)
    assert stage["days_late"] == 5
    assert stage["due_then"] is None
    assert judged(steps) == [("2020-12-06", 2)]


def test_a_journal_that_cannot_be_read_leaves_all_empty(tmp_path: Path) -> None:
    steps, stage = upgraded(tmp_path, [SENT], days_late=2, moves=[("2020-12-20", "скоро")])
    assert judged(steps) == [(None, None)]
    assert stage["due_then"] is None


def test_mending_is_judged_by_the_day_it_was_given(tmp_path: Path) -> None:
    steps, stage = upgraded(tmp_path, [SENT, RETURNED, MENDED], days_late=2)
    assert judged(steps) == [("2020-12-06", 2), ("2020-12-14", 3)]
    assert (stage["due_then"], stage["fix_late"]) == ("2020-12-06", 3)


def test_what_was_taken_back_or_undone_does_not_count(tmp_path: Path) -> None:
    undone: Step = ("returned", "submitted", "2020-12-17", "2020-12-10", True)
    back: Step = ("withdrawn", "submitted", "2020-12-18", None, False)
    again: Step = ("submitted", "returned", "2020-12-15", None, False)
    life = [SENT, RETURNED, MENDED, undone, back, again]
    steps, stage = upgraded(tmp_path, life, days_late=2)
    assert judged(steps)[1:] == [("2020-12-14", 3), ("2020-12-14", 1)]
    assert stage["fix_late"] == 1


def test_a_year_before_the_site_is_never_late(tmp_path: Path) -> None:
    database = restore("0028", tmp_path)
    with closing(sqlite.connect(database)) as connection, connection:
        connection.execute("UPDATE cycle SET before_site = 1")
    with site_on(tmp_path).app_context():
        revisions.upgrade()
        close()
    sent = [row for row in rows(database)["transition"] if row["step"] == "submitted"]
    assert {row["days_late"] for row in sent} == {0}
    assert {type(date.fromisoformat(row["due"])) for row in sent} == {date}
