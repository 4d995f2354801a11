"""Which tests the quick loop runs: the guards, and the rooms touched since the last commit or main.

`python -m tests.support.changed` prints them on one line. The whole house is for `make test`.
"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUARDS = (
    "tests/test_sizes.py",
    "tests/test_templates.py",
    "tests/test_privacy.py",
    "tests/test_house.py",
    "tests/test_headers.py",
    "tests/test_ru.py",
    "tests/test_dates.py",
    "tests/test_access.py::test_rights_are_the_ones_agreed_on",
    "tests/test_access.py::test_a_route_without_a_permission_stops_the_application",
)


def changed_files() -> set[str]:
    """Return the files that differ from the last commit, and from main on another branch."""
    found = _git("diff", "--name-only", "HEAD") + _git("ls-files", "--others", "--exclude-standard")
    if _git("branch", "--show-current") != ["main"]:
        found += _git("diff", "--name-only", "main...HEAD")
    return set(found)


def tests_of(files: set[str]) -> list[str]:
    """Return the guards and the tests of the rooms that hold these files."""
    rooms = set()
    for name in files:
        parts = Path(name).parts
        if len(parts) > 2 and parts[0] in ("nastav", "templates", "tests"):
            rooms.add(f"tests/{parts[1]}")
        elif parts[0] == "tests" and parts[-1].startswith("test_"):
            rooms.add(name)
    own = sorted(room for room in rooms if (ROOT / room).exists())
    return [*GUARDS, *(room for room in own if room not in ("tests/browser", "tests/support"))]


def _git(*arguments: str) -> list[str]:
    told = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.split()


if __name__ == "__main__":
    print(*tests_of(changed_files()))  # noqa: T201 - this is what it is for
