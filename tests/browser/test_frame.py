"""The frame of every page, in a real browser."""

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_an_error_page_is_accessible_and_leaves_nothing_behind(visit: Visit) -> None:
    boris = visit("boris")
    boris.open("/no/such/page")
    assert "Страница не найдена" in boris.text()
    assert "Сайт считает сегодняшним днём 9 декабря 2020 г." in boris.text()
