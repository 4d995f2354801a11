"""Demos of several days, each made once for all workers."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from nastav import config, dates
from nastav.app import create_app
from nastav.db import db
from tests.support.demo import make_demo
from tests.support.locked import made_once

DemoOf = Callable[[str], Flask]


@pytest.fixture(scope="session")
def only_demo_of(tmp_path_factory: pytest.TempPathFactory) -> DemoOf:
    """Return a function: a day → this worker's application of it, on a fresh copy of the demo."""
    made: dict[str, Flask] = {}

    def fresh(today: str) -> Flask:
        kept: Path = made_once(tmp_path_factory, f"demo-{today}", partial(make_demo, today=today))
        folder = Path(made[today].instance_path) if today in made else None
        folder = folder or tmp_path_factory.mktemp("of") / "demo"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(kept, folder)  # whoever signs in writes
        if today not in made:
            made[today] = create_app(folder, TODAY=today, TESTING=True)
        dates.configure(made[today].config["ZONE"], config.fixed_today(today))
        return made[today]

    return fresh


@pytest.fixture
def demo_of(only_demo_of: DemoOf) -> Iterator[DemoOf]:
    """Return a function: a day → the application on a copy of the demo of that day."""
    used: list[Flask] = []

    def take(today: str) -> Flask:
        used.append(only_demo_of(today))
        return used[-1]

    yield take
    for app in used:
        with app.app_context():
            db.engine.dispose()
