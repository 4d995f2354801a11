"""Demos of several days, each made once for all workers."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from nastav.app import create_app
from nastav.db import db
from tests.support.demo import make_demo
from tests.support.locked import made_once


@pytest.fixture
def demo_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Flask]]:
    """Return a function: a day → the application on a copy of the demo of that day."""
    made: list[Flask] = []

    def make(today: str) -> Flask:
        kept: Path = made_once(tmp_path_factory, f"demo-{today}", partial(make_demo, today=today))
        folder = tmp_path_factory.mktemp("of") / "demo"  # whoever signs in writes
        shutil.copytree(kept, folder)
        made.append(create_app(folder, TODAY=today, TESTING=True))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()
