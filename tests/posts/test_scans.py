"""quality.md#v5: no save reads through a table that grows with other tenants; every form is explained."""

from collections import defaultdict

from tests.posts.conftest import Scene
from tests.posts.test_fuzz import routes
from tests.support.plans import asked_of, read_through

# function that asks: table it reads through → why it still does. The list may only shrink.
TODAYS = {
    "accounts.operations.forget_ended: sign_in": "it deletes what has ended: only living ones are left",
    "accounts.queries.taken_logins: user": "accounts of a whole district at once, a covering index",
    "loads.operations.forget_old: people_load": "a few rows a year of each school, once a load",
}


def test_no_save_reads_through_what_grows_with_other_schools(scene: Scene) -> None:
    found = defaultdict(set)
    for name in routes(scene):
        ready = scene.prepare(name)
        with asked_of() as asked:
            assert ready.send(ready.body).status_code < 400, name
        with scene.app.app_context():
            for what in read_through(asked):
                found[what].add(name)
    assert {what: names for what, names in found.items() if what not in TODAYS} == {}
    assert set(TODAYS) - set(found) == set(), "cured: take them off the list"
