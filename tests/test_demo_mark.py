"""That people are invented is said only where the demo's own mark stands beside the database."""

from pathlib import Path

import pytest

from nastav import backup, config
from nastav.app import create_app
from tests.test_commands import run

INVENTED = "вымышлены"
TODAY = "2020-12-09"


def banner(instance: Path) -> str:
    """Return what the sign-in page of the site on this folder says above everything."""
    app = create_app(instance, TODAY=TODAY)
    return app.test_client().get("/login").get_data(as_text=True)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in whose folder `demo` the demo was made."""
    folder = tmp_path_factory.mktemp("site")
    assert run(folder, "demo").exit_code == 0
    return folder


def test_the_demo_says_that_its_people_are_invented(demo: Path) -> None:
    assert INVENTED in banner(demo / "demo")


def test_a_real_site_beside_the_demo_does_not(demo: Path) -> None:
    assert run(demo, "init").exit_code == 0
    assert (demo / config.DEMO_MARK).is_dir()
    shown = banner(demo)
    assert INVENTED not in shown
    assert "Сайт считает сегодняшним днём" in shown


def test_the_demo_does_not_claim_a_database_it_did_not_fill(tmp_path: Path) -> None:
    assert run(tmp_path / "demo", "init").exit_code == 0
    before = (tmp_path / "demo" / backup.DATABASE).read_bytes()
    result = run(tmp_path, "demo")
    assert result.exit_code == 1
    assert "которую эта команда не заполняла" in result.output
    assert INVENTED not in banner(tmp_path / "demo")
    assert (tmp_path / "demo" / backup.DATABASE).read_bytes() == before


def test_a_real_copy_restored_into_the_demo_loses_the_mark(demo: Path, instance: Path) -> None:
    copy = demo / "copy.zip"
    assert run(instance, "backup", copy).exit_code == 0
    assert run(demo / "demo", "restore", copy).exit_code == 0
    assert INVENTED not in banner(demo / "demo")
