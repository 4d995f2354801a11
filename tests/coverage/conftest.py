"""Fixtures of coverage: one application for many examples, and places to put people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from nastav.app import create_app
from nastav.db import db
from tests.conftest import TODAY
from tests.support import databases


@pytest.fixture(scope="module")
def module_app(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application whose database many examples use in turn, each rolled back."""
    folder = tmp_path_factory.mktemp("module") / "instance"
    databases.copy(template, folder)
    app = create_app(folder, TODAY=TODAY, TESTING=True, **databases.settings(folder))
    yield app
    with app.app_context():
        db.engine.dispose()
