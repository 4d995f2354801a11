"""Files of children's names: 0600 and 0700, mended where they are not, and no other user's commands."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from nastav import closed
from nastav.config import ROOT
from tests.test_commands import run

OPEN = 0o022  # what most machines leave others: reading


def modes(folder: Path) -> dict[str, int]:
    """Return each file and folder that others may touch, with its mode."""
    found = [folder, *folder.rglob("*")]
    return {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in found
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    }


@pytest.fixture
def umask() -> None:
    """Have the machine leave new files open, as most do."""
    os.umask(OPEN)


def test_everything_the_commands_write_is_closed(tmp_path: Path, umask: None) -> None:
    instance = tmp_path / "new"
    assert run(instance, "init").exit_code == 0
    assert run(instance, "demo").exit_code == 0
    assert run(instance, "backup", instance / "copy.zip").exit_code == 0
    assert (instance / "demo" / "nastav.sqlite3").exists()
    assert modes(instance) == {}
    assert os.umask(OPEN) == OPEN, "a command leaves the umask as it was"


def test_what_was_open_is_told_and_mended_on_request(instance: Path) -> None:
    instance.chmod(0o755)
    (instance / "nastav.sqlite3").chmod(0o644)
    (instance / "backups").mkdir(mode=0o755, exist_ok=True)
    (instance / "backups" / "nastav-2020-12-01.zip").touch(mode=0o644)
    result = run(instance, "check")
    assert result.exit_code == 1
    assert "Закройте: nastav check --mend" in result.output
    assert modes(instance), "it only looks"
    mended = run(instance, "check", "--mend")
    assert "Закрыты от других пользователей машины" in mended.output
    assert "Файлы сайта и секретный ключ закрыты от других." in mended.output
    assert modes(instance) == {}


def test_init_mends_what_an_older_program_left(instance: Path) -> None:
    (instance / "nastav.sqlite3").chmod(0o644)
    assert run(instance, "init").exit_code == 0
    assert modes(instance) == {}


@pytest.mark.parametrize(
    "command", ["init", "run", "demo", "backup x.zip", "restore x.zip", "check"]
)
def test_the_command_of_another_user_is_refused(
    instance: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name for path in instance.iterdir()}
    monkeypatch.setattr(os, "geteuid", lambda: os.stat(instance).st_uid + 1)
    monkeypatch.setattr(sys, "argv", ["nastav", *command.split()])
    result = run(instance, *command.split())
    assert result.exit_code == 1
    assert f"sudo -u {closed._name(os.stat(instance).st_uid)} nastav {command}" in result.output
    assert {path.name for path in instance.iterdir()} == before


def test_root_is_refused_in_a_folder_of_the_service(instance: Path) -> None:
    """As root a real folder of another user; as anybody else, a folder of root's."""
    if os.geteuid() == 0:
        os.chown(instance, 65534, -1)
        folder, owner = instance, closed._name(65534)
    else:
        folder, owner = Path("/"), "root"
    answer = subprocess.run(
        [sys.executable, "-m", "nastav", "check"],
        cwd=ROOT,
        env={**os.environ, "NASTAV_INSTANCE": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert f"sudo -u {owner} nastav check" in answer.stderr


def test_on_windows_it_is_said_what_is_not_done(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (instance / "nastav.sqlite3").chmod(0o644)
    monkeypatch.setattr(closed, "WINDOWS", True)
    output = run(instance, "check", "--mend").output
    assert "Права на файлы в Windows сайт не проверяет и не меняет" in output
    assert modes(instance), "nothing is changed there"


def test_the_service_writes_closed_files() -> None:
    unit = (ROOT / "deploy" / "nastav.service").read_text(encoding="utf-8")
    assert "\nUMask=0077\n" in unit
