"""Which tests the quick loop runs: the guards, and those that reach what changed since main.

`python -m tests.support.changed` prints them on one line. A module's tests are those that import it, those
of its room, and those that import what imports it, the nearest first; a template's are those of its room;
what every page has (the frame, styles, scripts) has the cheap sweeps. No more than `MOST` tests of them,
so that it stays under a minute; the slow ones (`slow.py`) and the whole house are for `make test`.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.imports import ROOT, graph, module_of
from tests.support.slow import is_slow

GUARDS = (
    "tests/test_sizes.py",
    "tests/test_templates.py",
    "tests/test_privacy.py",
    "tests/test_house.py",
    "tests/test_rooms.py",
    "tests/test_references.py",
    "tests/test_headers.py",
    "tests/test_ru.py",
    "tests/test_dates.py",
    "tests/test_access.py::test_rights_are_the_ones_agreed_on",
    "tests/test_access.py::test_a_route_without_a_permission_stops_the_application",
)
EVERY_PAGE = (
    "tests/test_weight.py",
    "tests/home/test_navigation.py",
    "tests/home/test_pages.py",
    "tests/registers/test_people.py",
    "tests/stages/test_pages.py",
    "tests/rollup/test_matrix.py",
)
FRAME = re.compile(r"static/|templates/(parts/|[^/]+$)")
MOST = 160  # tests beside the guards and the changed ones
Ranked = tuple[int, int, str]  # how far from the change, how much else it imports, its file


def changed_files() -> set[str]:
    """Return the files that differ from the last commit, and from main on another branch."""
    found = _git("diff", "--name-only", "HEAD") + _git("ls-files", "--others", "--exclude-standard")
    if _git("branch", "--show-current") != ["main"]:
        found += _git("diff", "--name-only", "main...HEAD")
    return set(found)


def tests_of(files: set[str]) -> list[str]:
    """Return the guards, the tests among these files, and those of the other files, nearest first."""
    own = [name for name in sorted(files) if is_test(name) and (ROOT / name).exists()]
    best: dict[str, Ranked] = {}
    for ranked in (test for name in sorted(files) for test in reaching(name)):
        best[ranked[2]] = min(ranked, best.get(ranked[2], ranked))
    chosen, left = [name for name in own if not is_slow(name)], MOST
    for _far, _else, name in sorted(best.values()):
        if name not in chosen and name not in GUARDS and (left := left - size(name)) >= 0:
            chosen.append(name)
    return [*GUARDS, *(name for name in chosen if name not in GUARDS)]


def reaching(name: str) -> list[Ranked]:
    """Return the tests that one file concerns; the cheap sweeps where only the application uses it."""
    sweeps: list[Ranked] = [(1, place, test) for place, test in enumerate(EVERY_PAGE)]
    found = sweeps if FRAME.match(name) else list(_reaching(name))
    return found or (sweeps if name.startswith("nastav/") else [])


def _reaching(name: str) -> Iterator[Ranked]:
    parts = Path(name).parts
    if len(parts) > 2 and parts[0] in ("templates", "tests"):
        yield from ((1, 0, test) for test in of_room(parts[1]))
    if name.endswith(".py") and parts[0] in ("nastav", "tests") and not is_test(name):
        yield from of_module(module_of(name), parts[1] if len(parts) > 2 else "")


def of_module(module: str, room: str) -> Iterator[Ranked]:
    """Yield the tests of a module: its namesake's, importers', its room's, and of what imports it."""
    last, inside = module.rsplit(".", 1)[-1], of_room(room) if room else set()
    for near in (inside, of_room("")):
        yield from ((0, 0, test) for test in near if Path(test).stem == f"test_{last}")
    direct = _importers(module)
    yield from ((0 if test in inside else 1, _breadth(test), test) for test in tests() & direct)
    yield from ((1, 99, test) for test in inside)
    package = f"{module.rpartition('.')[0].replace('.', '/')}.py"  # it may hand the module on
    users = direct | (_importers(package) if package in direct else set())
    users = {
        path
        for path in users
        if path.startswith("nastav/") and path not in ("nastav/app.py", "nastav/features.py")
    }
    for test in tests() & set().union(*(_importers(path) for path in users)):
        yield 2, _breadth(test), test
    for other in {Path(path).parts[1] for path in users} - {room}:  # the first test of each, then …
        yield from ((3, place, test) for place, test in enumerate(sorted(of_room(other))))


def of_room(room: str) -> set[str]:
    """Return the tests of a room, of the first level for an empty name."""
    if not room:
        return {test for test in tests() if test.count("/") == 1}
    return {test for test in tests() if test.startswith(f"tests/{room}/")}


@cache
def tests() -> set[str]:
    """Return every file of tests that is quick."""
    found = (path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/**/test_*.py"))
    return {name for name in found if not is_slow(name)}


def is_test(name: str) -> bool:
    """Tell whether a file holds tests."""
    return name.startswith("tests/") and Path(name).name.startswith("test_")


@cache
def size(test: str) -> int:
    """Return how many tests a file has, as it is written."""
    return len(re.findall(r"^def test_", (ROOT / test).read_text("utf-8"), re.MULTILINE))


@cache
def _importers(module: str) -> set[str]:
    """The files, or the names of modules of the program, that import a module directly."""
    name = module if "/" not in module else module_of(module)
    if name not in graph().modules:
        return set()
    found = graph().find_modules_that_directly_import(name)
    return {f"{module.replace('.', '/')}.py" for module in found}


@cache
def _breadth(test: str) -> int:
    """How many modules of the program a test imports: one that imports few is about them."""
    return sum(
        module.startswith("nastav.")
        for module in graph().find_modules_directly_imported_by(module_of(test))
    )


def _git(*arguments: str) -> list[str]:
    result = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return result.stdout.split()


if __name__ == "__main__":
    print(*tests_of(set(sys.argv[1:]) or changed_files()))  # noqa: T201 - this is what it is for
