"""decisions/0016: a view names what it uses of its address, and asks `g` for the rest of the place."""

import ast
from collections.abc import Iterator
from inspect import signature
from pathlib import Path

from flask import Flask

from nastav.addresses import PLACE
from tests.support.cast import Cast
from tests.support.pages import PageClient

ROOT = Path(__file__).resolve().parent.parent
AGAIN = {"school_id": "g.school.id", "district_id": "g.district.id", "cycle": "g.cycle.first_year"}


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in sorted(ROOT.glob("nastav/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path.relative_to(ROOT), node


def is_view(function: ast.FunctionDef) -> bool:
    return any("requires(" in ast.unparse(each) for each in function.decorator_list)


def asked_again(function: ast.FunctionDef) -> Iterator[str]:
    """Yield what a function asks `g` for though its address says it: in a view, or beside an argument."""
    arguments = {each.arg for each in function.args.args}
    said = {ast.unparse(node) for node in ast.walk(function) if isinstance(node, ast.Attribute)}
    for name, again in AGAIN.items():
        if again in said and (is_view(function) or name in arguments):
            yield f"{again} ← {name}"


def test_an_id_of_the_address_is_not_asked_of_g_again() -> None:
    views = [function for _, function in functions() if is_view(function)]
    assert len(views) > 190, "the views were not read"
    found = [
        f"{path} {function.name}: {again}"
        for path, function in functions()
        for again in asked_again(function)
    ]
    assert found == []


def test_only_the_place_may_stay_unnamed(app: Flask) -> None:
    """A view that forgot the id of an object would show another one; here it cannot be asked at all."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if hasattr(view, "permission") and rule.endpoint.rpartition(".")[2] != "static":
            named = signature(view).parameters.keys()
            assert rule.arguments - set(PLACE) <= named <= rule.arguments, rule.endpoint


def test_a_view_that_names_no_school_is_guarded_all_the_same(
    app: Flask, boris: PageClient, cast: Cast
) -> None:
    assert not signature(app.view_functions["consents.missing"]).parameters
    assert boris.get(f"/schools/{cast.boris_school}/consents").status_code == 200
    assert boris.get(f"/schools/{cast.vera_school}/consents").status_code == 404
