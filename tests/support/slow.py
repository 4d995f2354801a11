"""What takes long for all the house: the sweeps and the long examples, left out of `make check`.

A sweep opens every page or posts to every route, most on the demo's district; `make test` runs them all.
It begins with the longest: one that begins last keeps a worker busy while the other has nothing to do.
"""

from collections.abc import Iterator

import pytest

# files, folders and single tests; `tests/test_changed.py` looks whether each is there
SLOW = (
    "tests/browser/",
    "tests/migrations/",
    "tests/posts/",
    "tests/soak/",
    "tests/contents/test_papers.py::test_every_paper_prints_whole",
    "tests/coverage/test_slow_count.py",
    "tests/loads/test_clicks.py",
    "tests/reports/test_one_number.py",
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

# what takes longest alone; the first needs nothing of what the second makes for all the others
LONGEST = (
    "tests/contents/test_papers.py::test_every_paper_prints_whole",
    "tests/test_sqlite.py::test_the_rules_hold_with_the_other_driver_too",
    "tests/browser/test_every_page.py",
    "tests/posts/",
    "tests/test_every_page.py",
    "tests/loads/test_written_is_read.py",
    "tests/loads/test_clicks.py",
    "tests/coverage/test_slow_count.py",
    "tests/reports/test_one_number.py",
)


def is_slow(test: str) -> bool:
    """Tell whether a file, or a test by its id, is one of them."""
    return any(_is_of(test, place) for place in SLOW)


def turn(test: str) -> tuple[int, bool]:
    """Return what tests are sorted by: the longest, then the slow ones, then the many short ones."""
    longest = (number for number, place in enumerate(LONGEST) if _is_of(test, place))
    return next(longest, len(LONGEST)), not is_slow(test)


def _is_of(test: str, place: str) -> bool:
    return (
        test.startswith(place)
        if place.endswith("/")
        else test.split("[", maxsplit=1)[0] == place or _inside(test, place)
    )


def _inside(test: str, place: str) -> bool:
    return "::" not in place and test.startswith(f"{place}::")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark the slow ones before pytest picks by marker; put the longest first when it has."""
    for item in items:
        if is_slow(item.nodeid):
            item.add_marker(pytest.mark.slow)
    yield
    items.sort(key=lambda item: turn(item.nodeid))
