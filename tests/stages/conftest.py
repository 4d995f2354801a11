"""The stand of the stages' tests."""

import pytest
from flask import Flask

from tests.stages.stand import Stand
from tests.support.cast import Cast


@pytest.fixture
def stand(app: Flask, cast: Cast) -> Stand:
    """Return the school year 2020/21 of Boris's school."""
    return Stand(app, cast)
