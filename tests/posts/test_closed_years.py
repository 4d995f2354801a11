"""rules.md#a-closed-school-year, on every form: what lies in a closed year is changed by no POST."""

import re
from collections.abc import Collection
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text, update

from nastav import schema, unit
from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.people.models import Part, Participation, Person
from tests.posts.conftest import Scene
from tests.posts.scene import Ready
from tests.support.pages import text_of
from tests.support.people import add_pair, add_person
from tests.support.routes import doors

# routes with a school year in their address that go on in a closed one; why
GOES_ON = {
    "classes.move": "the school's registers: the next year counts by its classes, too",
    "classes.undo": "as above",
    "meetings.erase": "personal data are erased at any time; what the meeting was stays",
    "years.close": "it is where a year is closed",
    "years.reopen": "it is where a year is opened again",
}
# what is said to one who can mend it
MENDS = {"coordinator": "откройте его снова: «Настройки», «Учебные годы»"}
# what is kept of a school year; of a pair and its members the days
KEPT = {
    "pair": "id, started, ended, counts_until, state, decision",
    "pair_member": "id, joined, left",
    "cycle": "id, closed_on",
    **dict.fromkeys(
        (
            "activity answer award ballot evidence link link_set meeting meeting_presence occasion "
            "occasion_part pair_plan pair_plan_line remark response sample sample_item "
            "school_activity school_stage school_texts stage swot training training_attendance transition"
        ).split(),
        "*",
    ),
}
# routes without a year in their address that change rows of these all the same; why
CHANGES = {"cycles.open_next": "it adds the next year, with activities and stages of its own"}


def close_all(scene: Scene) -> None:
    """Close every school year of the scene."""
    with scene.app.app_context(), writing():
        values = {"closed_on": date(2021, 9, 1), "closed_by": "тест"}
        db.session.execute(update(Cycle).values(values))


def content(scene: Scene, tables: Collection[str], columns: dict[str, str]) -> dict[str, list[Any]]:
    """Return the rows of these tables, as they lie: to put them in order takes longer than to read."""
    with scene.app.app_context():
        rows = {
            name: list(db.session.execute(text(f'SELECT {columns.get(name, "*")} FROM "{name}"')))
            for name in tables
        }
        db.session.remove()
    return rows


def posts(scene: Scene, *, of_year: bool) -> list[str]:
    """Return the routes that take a POST, with a school year in their address or without."""
    found = {
        name for path, method, name, _ in doors(scene.app)
        if method == "POST" and ("<int:cycle>" in path) is of_year
    }  # fmt: skip
    return sorted(found)


def what_changed(
    ready: Ready, tables: Collection[str], columns: dict[str, str]
) -> tuple[int, str, list[str]]:
    """Post what the open year takes once every year is closed: status, answer, the tables changed."""
    close_all(ready.scene)
    before = content(ready.scene, tables, columns)
    answer = ready.send(ready.body)
    after = content(ready.scene, tables, columns)
    ready.again()
    return (
        answer.status_code,
        text_of(answer),
        [name for name in tables if before[name] != after[name]],
    )


def test_only_these_go_on(scene: Scene) -> None:
    views = scene.app.view_functions
    assert {name for name, view in views.items() if hasattr(view, "goes_on")} == {
        *GOES_ON, "classes.board", "years.ask_close", "years.ask_reopen",
    }  # fmt: skip


def test_a_closed_year_takes_no_post_under_its_address(scene: Scene) -> None:
    everything = {table.name for table in schema.METADATA.sorted_tables} - {"sign_in"}
    wrong, refused = {}, 0
    for name in posts(scene, of_year=True):
        if name in GOES_ON or unit.only_reads(scene.app.view_functions[name]):
            continue
        ready = scene.prepare(name)
        status, said, changed = what_changed(ready, everything, {})
        refused += 1
        mend = MENDS.get(ready.role, "попросите координатора открыть его")
        is_told = "учебный год закрыт" in said and mend in said
        if status != 422 or changed or not is_told:
            wrong[name] = (status, changed, said[:80])
    assert not wrong
    assert refused > 60


def test_what_goes_on_goes_on(scene: Scene) -> None:
    for name in sorted(GOES_ON.keys() - {"years.close", "years.reopen"}):
        status, _, changed = what_changed(scene.prepare(name), KEPT, KEPT)
        assert status < 400, name
        assert not changed, name


@pytest.mark.soak  # a sweep of some hundred posts for three rows of a list
def test_no_other_post_changes_what_is_kept_of_a_closed_year(scene: Scene) -> None:
    found = {}
    for name in posts(scene, of_year=False):
        _, _, changed = what_changed(scene.prepare(name), KEPT, KEPT)
        if changed:
            found[name] = changed
    assert found.keys() == CHANGES.keys(), found


def test_a_member_leaves_no_pair_on_a_day_of_a_closed_year(scene: Scene) -> None:
    """The address names no year: the day does."""
    ready = scene.prepare("person_leaving.leave")
    entry = re.findall(r"/(\d+)/leave", str(ready.form["action"]))[0]
    with scene.app.app_context(), writing():
        row = db.session.get_one(Participation, int(entry))
        mentor = add_person(row.school_id, part=Part.MENTOR, grade=10)
        add_pair(row.school_id, mentor, [db.session.get_one(Person, row.person_id)])
    close_all(scene)
    answer = ready.send(ready.body)
    assert answer.status_code == 422
    assert "2020/21 учебный год закрыт" in text_of(answer)
    with scene.app.app_context():
        assert db.session.scalars(select(Cycle.closed_on)).first()
