"""What takes long for all the house: the sweeps and the long examples, left out of `make check`.

A sweep opens every page or posts to every route, most on the demo's district; `make test` runs them all.
"""

import pytest

# files, folders and single tests; `tests/test_changed.py` looks whether each is there
SLOW = (
    "tests/browser/",
    "tests/migrations/",
    "tests/posts/",
    "tests/soak/",
    "tests/coverage/test_slow_count.py",
    "tests/loads/test_clicks.py",
    "tests/test_access.py::test_nobody_enters_without_signing_in",
    "tests/test_access.py::test_each_role_enters_its_own_place_only_where_it_may",
    "tests/test_access.py::test_a_foreign_place_looks_like_a_missing_one",
    "tests/test_access.py::test_nothing_is_changed_without_this_sessions_token",
    "tests/test_bodies.py",
    "tests/test_canary.py",
    "tests/test_clicks.py",
    "tests/test_clock.py",
    "tests/test_condition.py",
    "tests/test_connections.py",
    "tests/test_damage.py",
    "tests/demo/test_contradictions.py",
    "tests/demo/test_states.py",
    "tests/demo/test_time.py",
    "tests/test_demo_mark.py",
    "tests/test_deploy.py",
    "tests/test_every_page.py",
    "tests/test_exports.py",
    "tests/test_extra_fields.py",
    "tests/test_fields.py",
    "tests/test_long_texts.py",
    "tests/test_only_what_you_may.py",
    "tests/test_restoring.py",
    "tests/test_scans.py",
    "tests/test_sqlite.py",
    "tests/test_strict.py",
    "tests/test_vacuum.py",
)


def is_slow(test: str) -> bool:
    """Tell whether a file, or a test by its id, is one of them."""
    return any(
        test.startswith(place)
        if place.endswith("/")
        else test.split("[", maxsplit=1)[0] == place or _inside(test, place)
        for place in SLOW
    )


def _inside(test: str, place: str) -> bool:
    return "::" not in place and test.startswith(f"{place}::")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow ones, before pytest picks by marker."""
    for item in items:
        if is_slow(item.nodeid):
            item.add_marker(pytest.mark.slow)
