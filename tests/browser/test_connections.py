"""Twenty browsers that only keep a page open, and the twenty-first (reliability.md#r12)."""

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_twenty_idle_browsers_keep_nobody_out(visit: Visit) -> None:
    for _ in range(20):
        visit().page.goto("/login")
    last = visit()
    last.page.set_default_timeout(8000)  # sooner than an idle connection is ended
    last.page.goto("/login")
    assert last.page.get_by_label("Логин").is_visible()
