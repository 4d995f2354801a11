"""The scene of these tests: a copy of the demo with what no walk meets made in it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import select

from nastav import config, dates
from nastav.accounts.models import User
from nastav.app import create_app
from nastav.db import db, writing
from tests.posts.recipes import Place
from tests.posts.scene import Scene
from tests.support.crawl import Walk
from tests.support.demo import TODAY, client_of
from tests.support.pages import PageClient
from tests.support.posts import posts_on
from tests.support.unlinked import unlinked


@pytest.fixture(scope="session")
def made_scene(
    tmp_path_factory: pytest.TempPathFactory, demo_template: Path, walks: dict[str, Walk]
) -> Iterator[Scene]:
    """Make it once: the walks take long."""
    folder = tmp_path_factory.mktemp("posts") / "demo"
    copytree(demo_template, folder)
    app = create_app(folder, TODAY=TODAY, TESTING=True)
    app.test_client_class = PageClient
    with app.app_context(), writing():
        user = db.session.scalars(select(User).filter_by(login="school5")).one()
        pages = unlinked(user.school_id or 0, 3)
        place = Place(user.school_id or 0, user.district_id or 0, pages)
    client = client_of(app, "curator")
    forms = dict(walks["curator"].forms)
    for page in pages.values():
        answer = client.get(page)
        if answer.mimetype == "text/html":
            forms = {post.endpoint: page for post in posts_on(app, answer)} | forms
    yield Scene(app, {**walks, "curator": Walk(forms=forms)}, place)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def scene(made_scene: Scene) -> Scene:
    """Return the demo in which every form can be found, on its own day whatever was tested before."""
    dates.configure(made_scene.app.config["ZONE"], config.fixed_today(TODAY))
    return made_scene
