"""Who imports whom, as grimp reads it: for tests about the house, its picture and `make check`."""

from functools import cache
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]


@cache
def graph() -> grimp.ImportGraph:
    """Return the imports of the program and of its tests."""
    return grimp.build_graph("nastav", "tests", cache_dir=None)


def path_of(module: str) -> str:
    """Return a module's file, from the root of the project."""
    base = module.replace(".", "/")
    return f"{base}.py" if (ROOT / f"{base}.py").exists() else f"{base}/__init__.py"


def module_of(path: str) -> str:
    """Return the module of a file of Python, by its path from the root of the project."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def rooms() -> list[str]:
    """Return the packages of the program."""
    return sorted(path.parent.name for path in ROOT.glob("nastav/*/__init__.py"))


def room_of(module: str) -> str:
    """Return the room of a module, or its own name on the first level."""
    return module.split(".")[1] if "." in module else module
