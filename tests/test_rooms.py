"""Rooms of the house: how large they may grow, whose routes stay their own, that the guide names each."""

import re

from tests.support.imports import ROOT, graph, path_of, room_of, rooms
from tests.support.picture import PICTURE, drawn

CAP = 3800
# lines when last looked at; a room that outgrows its number by a tenth is asking to be cut by noun
LARGE = {
    "stages": 3500,
    "loads": 3600,
    "demo": 3700,
    "coverage": 2900,
    "feedback": 2600,
    "migrations": 2500,
    "papers": 2400,
    "people": 2400,
}
ROUTES_OF_ALL = ("nastav.app", "nastav.features")  # who is signed in; the list of pages


def lines(room: str) -> int:
    files = (ROOT / "nastav" / room).rglob("*.py")
    return sum(len(path.read_text("utf-8").splitlines()) for path in files)


def test_no_room_is_larger_than_a_house() -> None:
    sizes = {room: lines(room) for room in rooms()}
    assert len(sizes) > 25
    assert {room: size for room, size in sizes.items() if size > CAP} == {}


def test_a_large_room_grows_slowly() -> None:
    large = {room: lines(room) for room in rooms() if lines(room) > 2400}
    assert large.keys() == LARGE.keys()
    assert {room: size for room, size in large.items() if size > LARGE[room] * 1.1} == {}


def test_nobody_imports_the_routes_of_another_room() -> None:
    own = {
        module for module in graph().modules if module.startswith("nastav.") and has_routes(module)
    }
    assert len(own) > 40
    found = [
        f"{importer} → {module}"
        for module in sorted(own)
        for importer in sorted(graph().find_modules_that_directly_import(module))
        if importer.startswith("nastav.") and importer not in ROUTES_OF_ALL
        if room_of(importer) != room_of(module) or importer not in own
    ]
    assert found == []


def has_routes(module: str) -> bool:
    return " = Blueprint(" in (ROOT / path_of(module)).read_text("utf-8")


def guide() -> str:
    return (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_the_guide_names_each_room_once() -> None:
    table = guide().split("## Rooms")[1].split("\n## ")[0]
    firsts = re.findall(r"^\| (`[^|]*`) \|", table, re.MULTILINE)
    named = sorted(name for cell in firsts for name in re.findall(r"`(\w+)`", cell))
    assert named == rooms()


def test_the_guide_names_each_tool_once() -> None:
    part = guide().split("## Tools of the first level")[1].split("\n## ")[0]
    cells = re.findall(r"^\| [^|]+ \| (.*) \|$", part, re.MULTILINE)
    named = sorted(name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell))
    assert named == sorted(p.stem for p in ROOT.glob("nastav/*.py") if "__" not in p.name)


def test_the_picture_is_the_one_the_imports_draw() -> None:
    assert PICTURE.read_text("utf-8") == drawn(), "python -m tests.support.picture"
