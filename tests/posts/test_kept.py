"""Kept answers are never stale, whatever was posted: by rows that changed, by pages, by what pages read."""

from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from nastav import kept, schema, sqlite, versions
from tests.posts.conftest import Scene
from tests.posts.scene import Ready
from tests.posts.test_fuzz import routes
from tests.support.crawl import Walk
from tests.support.kept import changed_places, changed_rows, layer_of, owner, said, stale

FILE = "nastav.sqlite3"


def unraised(before: Path, after: Path, district: int) -> list[str]:
    """Return the changed rows whose place kept its stamp."""
    raised = changed_places(before, after)
    every = {versions.SITE, versions.of_district(district)} & raised
    found = []
    for table, how, row in changed_rows(before, after):
        if table == versions.JOURNAL:
            enough = versions.of_schools(district) in raised or row["district_id"] is None
        elif table in versions.own_tables() or (table, how) == ("person", "added"):
            school = owner(after, before, table, row)
            places = {versions.of_schools(district)}
            if school is not None:
                places.add(versions.of_school(school))
            enough = places <= raised
        else:
            enough = False
        if not (every or enough):
            found.append(f"{table} {how}: {sorted(raised)}")
    return found


def test_every_post_raises_the_place_of_each_row_it_changes(scene: Scene) -> None:
    folder = Path(scene.app.instance_path)
    silent, narrow, lost = set(), set(), {}
    for name in routes(scene):
        ready = scene.prepare(name)
        ready.send(ready.body)
        scene.keep("after")
        before, after = folder / "ready", folder / "after"
        if found := unraised(before, after, scene.place.district):
            lost[name] = found
        raised = changed_places(before, after)
        if not raised:
            silent.add(name)
        elif not raised & {versions.SITE, versions.of_district(scene.place.district)}:
            narrow.add(name)
    assert lost == {}
    print(len(silent), len(narrow), sorted(silent))
    assert len(narrow) > 60


def kept_pages(scene: Scene, role: str, walk: Walk) -> dict[str, object]:
    """Return what a role's pages say, by their address: of those that are kept."""
    client = scene.clients[role]
    client._cookies = dict(scene.cookies[role])
    shelf = layer_of(scene.app).shelf
    found = {}
    for address in {*walk.addresses, *scene.place.pages.values()}:
        client.get(address)
        before = shelf.hits
        answer = client.get(address)
        if shelf.hits > before:
            found[address] = said(answer)
    return found


def test_a_page_under_a_schools_stamps_reads_no_row_of_another_school(
    scene: Scene, walks: dict[str, Walk]
) -> None:
    """Every row that belongs to another school is taken away: none of its kept pages may differ."""
    scene.put_back("start")
    kept.forget()
    before = kept_pages(scene, "curator", walks["curator"])
    with scene.app.app_context():
        scene.keep("whole")
    with closing(sqlite.connect(Path(scene.app.instance_path) / FILE)) as connection:
        gone = leave_only(connection, scene.place.school)
    kept.forget()
    after = kept_pages(scene, "curator", walks["curator"])
    scene.put_back("start")
    narrow = [address for address in before if not address.startswith("/districts/")]
    assert gone > 1000
    assert len(narrow) > 60
    differing = [address for address in narrow if before[address] != after.get(address)]
    assert differing == [], str(differing)


def leave_only(connection: sqlite.Connection, school: int) -> int:
    """Delete the rows of all other schools; return how many."""
    start = connection.total_changes
    own = versions.own_tables()
    for name in own:
        if "school_id" in schema.METADATA.tables[name].columns:
            connection.execute(f'DELETE FROM "{name}" WHERE school_id <> ?', (school,))
    while loose := [
        row for row in connection.execute("PRAGMA foreign_key_check").fetchall() if row[0] in own
    ]:
        for table, row_id, *_ in loose:
            connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row_id,))
    connection.commit()
    return int(connection.total_changes - start)
