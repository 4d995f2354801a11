"""Places of the start pages."""

import pytest

from tests.support.cast import Cast


@pytest.fixture
def home(cast: Cast) -> str:
    """Return the address of «Моя школа» of СОШ №5."""
    return f"/schools/{cast.boris_school}"
