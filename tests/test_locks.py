"""The lock files: what gets installed is exactly what was looked at, from wherever pip is told to look."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = PROJECT["project"]["dependencies"]
DEV = PROJECT["dependency-groups"]["dev"]
SQLITE = PROJECT["dependency-groups"]["sqlite"]
FILES = {
    "requirements.txt": RUN,
    "requirements-dev.txt": [*RUN, *DEV],
    "requirements-sqlite.txt": SQLITE,
}
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def locked(name: str) -> list[tuple[Requirement, list[str]]]:
    """Return each requirement of a lock file with its options; anything else in it is an error."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            requirement, *options = re.split(r"\s+(?=--)", line.strip())
            found.append((Requirement(requirement), options))
    assert len(found) >= len(FILES[name]), f"{name} was not read"
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_lock_file_names_no_place(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    places = re.findall(r".*(?:://|file:|@ |--(?:extra-)?index|--find|\.whl|-e ).*", text)
    assert not places
    assert not re.findall(r"^[./~].*|^[A-Z]:\\.*", text, re.MULTILINE)


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_one_version_with_its_hashes(name: str) -> None:
    for requirement, options in locked(name):
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert options, f"{requirement} has no hash"
        assert all(HASH.fullmatch(option) for option in options), requirement


@pytest.mark.parametrize("name", FILES)
def test_every_dependency_is_locked_at_a_version_it_allows(name: str) -> None:
    versions = {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement, _ in locked(name)
    }
    for text in FILES[name]:
        wanted = Requirement(text)
        assert canonicalize_name(wanted.name) in versions, f"{wanted}: run `make lock`"
        assert versions[canonicalize_name(wanted.name)] in wanted.specifier, (
            f"{wanted}: `make lock`"
        )


def test_what_runs_is_what_was_tested() -> None:
    tested = {str(requirement) for requirement, _ in locked("requirements-dev.txt")}
    assert {str(requirement) for requirement, _ in locked("requirements.txt")} <= tested


def test_what_has_no_wheel_for_some_machines_is_installed_apart() -> None:
    """One wheel missing would stop pip before anything is installed."""
    apart = {requirement.name for requirement, _ in locked("requirements-sqlite.txt")}
    assert apart == {"pysqlite3"}
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert not apart & {requirement.name for requirement, _ in locked(name)}


def test_a_machine_without_the_wheel_is_told_and_goes_on(tmp_path: Path) -> None:
    """The rule of the Makefile, with an interpreter whose pip finds no wheel of pysqlite3."""
    fake = tmp_path / ".venv" / "bin" / "python"
    fake.parent.mkdir(parents=True)
    fake.write_text(
        '#!/bin/sh\necho "$*" >> calls\ncase "$*" in *requirements-sqlite*) exit 1;; esac\n'
    )
    fake.chmod(0o755)
    for name in ("Makefile", "requirements.txt", "requirements-sqlite.txt", "pyproject.toml"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    result = subprocess.run(
        ["make", "-s", "setup", "PYTHON=true"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "pysqlite3" in result.stdout
    assert "Всё работает" in result.stdout
    assert "-e ." in (tmp_path / "calls").read_text().splitlines()[-1], "the program was installed"
