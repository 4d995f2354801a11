"""CI goes red when a test was left out (`support/strict.py`)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nastav.config import ROOT

PASSES = "def test_good(): pass\n"
SKIPPED = "import pytest\n@pytest.mark.skip\ndef test_left_out(): pass\n"
EXPECTED_TO_FAIL = "import pytest\n@pytest.mark.xfail\ndef test_left_out(): assert 0\n"
LACKING = "import pytest\npytest.importorskip('nothing_of_this_name')\n"


def run(folder: Path, content: str, *options: str, ci: str = "true") -> subprocess.CompletedProcess:
    (folder / "test_probe.py").write_text(content, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]", encoding="utf-8")
    plain = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    for name in [
        name for name in plain if name.startswith("PYTEST_XDIST") or name == "PYTEST_ADDOPTS"
    ]:
        del plain[name]
    command = [sys.executable, "-m", "pytest", "-p", "tests.support.strict", *options]
    return subprocess.run(
        command, cwd=folder, env=plain, text=True, capture_output=True, check=False
    )


@pytest.mark.parametrize("content", [SKIPPED, EXPECTED_TO_FAIL, LACKING])
def test_a_test_left_out_fails_the_run_in_ci(content: str, tmp_path: Path) -> None:
    result = run(tmp_path, PASSES + content)
    assert result.returncode == 1
    assert "CI runs every test" in result.stdout


def test_it_is_seen_from_the_workers_of_xdist(tmp_path: Path) -> None:
    result = run(tmp_path, PASSES + SKIPPED, "-p", "xdist", "-n", "1")
    assert result.returncode == 1
    assert "CI runs every test. skipped: test_probe.py" in result.stdout


def test_a_run_without_a_test_fails(tmp_path: Path) -> None:
    assert run(tmp_path, "").returncode == 1


def test_a_run_of_every_test_passes(tmp_path: Path) -> None:
    assert run(tmp_path, PASSES).returncode == 0


def test_at_a_desk_a_test_may_be_left_out(tmp_path: Path) -> None:
    assert run(tmp_path, PASSES + SKIPPED, ci="").returncode == 0
