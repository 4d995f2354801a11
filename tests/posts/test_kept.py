"""Kept answers are never stale, whatever was posted: by rows that changed, by pages, by what pages read."""

from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from nastav import kept, schema, sqlite, versions
from nastav.db import db, writing
from nastav.people.models import Part, Participation, Person
from tests.posts.conftest import Scene
from tests.posts.test_fuzz import routes
from tests.posts.typing import typed_into
from tests.posts.variants import is_text
from tests.support.crawl import Walk
from tests.support.kept import (
    changed_places,
    changed_rows,
    layer_of,
    owner,
    said,
    stale,
    stamps,
)
from tests.support.pages import form_values
from tests.support.people import add_pair, add_person, enter
from tests.support.posts import posts_on

FILE = "nastav.sqlite3"


def unraised(before: Path, after: Path, district: int) -> list[str]:
    """Return the changed rows whose place kept its stamp."""
    raised = changed_places(before, after)
    every = {versions.SITE, versions.of_district(district)} & raised
    found = []
    for table, how, row in changed_rows(before, after):
        if table == versions.JOURNAL:
            place = versions.of_schools(district, "journal")
            enough = place in raised or row["event"].startswith(("access:", "sign_in:"))
        elif table in versions.own_tables() or (table, how) == ("person", "added"):
            school, part = owner(after, before, table, row), versions.part_of(table)
            places = {versions.of_schools(district, part)}
            if school is not None:
                places.add(versions.of_school(school, part))
            enough = places <= raised
        else:
            enough = False
        if not (every or enough):
            found.append(f"{table} {how}: {sorted(raised)}")
    return found


def test_every_post_raises_the_place_of_each_row_it_changes(scene: Scene) -> None:
    folder = Path(scene.app.instance_path)
    narrow, lost = set(), {}
    for name in routes(scene):
        ready = scene.prepare(name)
        ready.send(ready.body)
        scene.keep("after")
        before, after = folder / "ready", folder / "after"
        if found := unraised(before, after, scene.place.district):
            lost[name] = found
        raised = changed_places(before, after)
        if raised and not raised & {versions.SITE, versions.of_district(scene.place.district)}:
            narrow.add(name)
    assert lost == {}
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
    """Every row of schools that know none of its people is taken away: no kept page may differ."""
    scene.put_back("start")
    known = to_know_the_same_child(scene)
    kept.forget()
    before = kept_pages(scene, "curator", walks["curator"])
    with scene.app.app_context():
        scene.keep("whole")
    with closing(sqlite.connect(Path(scene.app.instance_path) / FILE)) as connection:
        gone = leave_only(connection, {scene.place.school, *known})
    kept.forget()
    after = kept_pages(scene, "curator", walks["curator"])
    scene.put_back("start")
    narrow = [address for address in before if not address.startswith("/districts/")]
    assert gone > 1000
    assert len(narrow) > 60
    differing = [address for address in narrow if before[address] != after.get(address)]
    assert differing == [], str(differing)


def to_know_the_same_child(scene: Scene) -> set[int]:
    """Enter a mentee of the school in a second register and pair; return whoever knows its people."""
    with scene.app.app_context(), writing():
        lines = select(Participation).filter_by(school_id=scene.place.school, part=Part.MENTEE)
        line = db.session.scalars(lines.order_by(Participation.id)).first()
        assert line
        other = scene.place.school + 1
        child = db.session.get_one(Person, line.person_id)
        enter(child, other)
        add_pair(other, add_person(other, part=Part.MENTOR), [child], date(2021, 3, 1))
        places = {versions.of_school(scene.place.school, versions.PEOPLE)}
        found = versions._of_neighbours(db.session.connection(), places)
    assert versions.of_school(other, versions.PEOPLE) in found
    return {int(place.split(":")[1]) for place in found}


def leave_only(connection: sqlite.Connection, schools: set[int]) -> int:
    """Delete the rows of all schools but some; return how many."""
    start = connection.total_changes
    own = versions.own_tables()
    kept_schools = ", ".join(map(str, schools))
    for name in own:
        if "school_id" in schema.METADATA.tables[name].columns:
            connection.execute(f'DELETE FROM "{name}" WHERE school_id NOT IN ({kept_schools})')
    while loose := [
        row for row in connection.execute("PRAGMA foreign_key_check").fetchall() if row[0] in own
    ]:
        for table, row_id, *_ in loose:
            connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row_id,))
    connection.commit()
    return int(connection.total_changes - start)


ROLES = ("curator", "curator at work", "head", "coordinator", "observer")
Seen = tuple[str, str]  # role, address


def test_after_any_history_a_kept_answer_is_what_flask_would_say(
    scene: Scene, walks: dict[str, Walk]
) -> None:
    differing, saved, hits = history(scene, walks, "a history", 40)
    assert differing == []
    assert saved > 6
    assert hits > 60


@pytest.mark.soak
def test_many_histories(scene: Scene, walks: dict[str, Walk]) -> None:
    found = [history(scene, walks, f"history {number}", 300) for number in range(10)]
    print(f"steps: 3000, saves: {sum(each[1] for each in found)}, kept answers compared: ", end="")  # noqa: T201
    print(sum(each[2] for each in found))  # noqa: T201
    assert [each for differing, _, _ in found for each in differing] == []


def history(
    scene: Scene, walks: dict[str, Walk], name: str, steps: int
) -> tuple[list[str], int, int]:
    """Post what people find on their pages, one after another, and look at pages of others meanwhile.

    Returns:
        what was stale; how many posts saved something; how many kept answers were compared.
    """
    chance, differing, saved, hits = Random(name), [], 0, layer_of(scene.app).shelf.hits
    pages = [(role, each) for role in ROLES for each in walks[role].addresses]
    forms = [(role, *form) for role in ROLES for form in sorted(walks[role].forms.items())]
    scene.put_back("start")
    watched: list[Seen] = []
    for _ in range(steps):
        watched = [*chance.sample(pages, 3), *watched[:3]]
        for role, address in watched:
            stale(scene.app, scene.clients[role], address)
        saved += posted(scene, *chance.choice(forms), chance)
        for role, address in watched:
            found = stale(scene.app, scene.clients[role], address)
            differing += [f"{role}: {each}" for each in found]
    scene.put_back("start")
    return differing, saved, layer_of(scene.app).shelf.hits - hits


def posted(scene: Scene, role: str, endpoint: str, page: str, chance: Random) -> bool:
    """Send a form of a page as somebody else with the same rights, a text in it changed."""
    client = scene.clients[f"{role} too"]
    client._cookies = dict(scene.cookies[f"{role} too"])
    answer = client.get(page)
    if answer.mimetype != "text/html":
        return False
    found = next((post for post in posts_on(scene.app, answer) if post.endpoint == endpoint), None)
    if found is None or found.has_file:
        return False
    body = {**form_values(found.form), **typed_into(found.form, {})}
    texts = [name for name in body if is_text(found.form, name)]
    if texts and chance.random() < 0.5:
        body[chance.choice(texts)] = chance.choice(("Сирень", "3", "10.03.2021"))
    before = stamps(Path(scene.app.instance_path) / FILE)
    client.post(found.target, data=body)
    return stamps(Path(scene.app.instance_path) / FILE) != before
