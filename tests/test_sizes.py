"""Sizes (docs/architecture.md): smoke alarms; what reaches one is asking to be cut by noun."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CAPS = {"file": 400, "template": 120, "function": 40, "route": 30, "test": 30}


def python_files() -> list[Path]:
    found = [*ROOT.glob("nastav/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("bench/*.py")]
    return [path for path in found if "migrations/versions" not in path.as_posix()]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """Yield each function's name, its lines without the docstring, and its cap."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            first, last = node.body[0], node.end_lineno or 0
            length = last - node.lineno + 1
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                length -= (first.end_lineno or 0) - first.lineno + 1
            is_test = node.name.startswith("test_")
            kind = "test" if is_test else "route" if path.name == "routes.py" else "function"
            yield f"{path.relative_to(ROOT)}::{node.name}", length, CAPS[kind]


def test_files_stay_small() -> None:
    files = python_files()
    assert len(files) > 50
    too_long = {str(p.relative_to(ROOT)): lines(p) for p in files if lines(p) > CAPS["file"]}
    assert not too_long


def test_templates_stay_small() -> None:
    templates = list(ROOT.glob("templates/**/*.html"))
    assert len(templates) > 5
    too_long = {p.name: lines(p) for p in templates if lines(p) > CAPS["template"]}
    assert not too_long


def test_functions_stay_small() -> None:
    found = [each for path in python_files() for each in functions(path)]
    assert len(found) > 200
    too_long = {name: length for name, length, cap in found if length > cap}
    assert not too_long
