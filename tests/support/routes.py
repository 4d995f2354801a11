"""All routes of the site as a list that is agreed on: who may do what, and where.

`python -m tests.support.routes > tests/access.txt` writes it anew; the change shows as a diff.
"""

from collections.abc import Iterator

from flask import Flask

from nastav.access import PERMISSIONS, PUBLIC, Role
from nastav.app import create_app

LETTERS = {Role.CURATOR: "К", Role.HEAD: "Д", Role.COORDINATOR: "М", Role.OBSERVER: "Г"}

# what a school reads of its district; on any other page of the district it is refused
OPEN_TO_SCHOOLS = {"practices:read"}


def doors(app: Flask) -> Iterator[tuple[str, str, str, str]]:
    """Yield (path, method, endpoint, permission) of every route, by path."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        permission = app.view_functions[rule.endpoint].permission  # type: ignore[attr-defined]
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.rule, method, rule.endpoint, permission


def may_enter(role: Role, permission: str, path: str) -> bool:
    """Tell whether a role passes the door of a route in its own school or district."""
    if permission == PUBLIC:
        return True
    at_school = role in (Role.CURATOR, Role.HEAD)
    if at_school and "<int:district_id>" in path and permission not in OPEN_TO_SCHOOLS:
        return False
    return role in PERMISSIONS[permission]


def listing(app: Flask) -> str:
    """Return the agreed list, a line a route and method."""
    lines = []
    for path, method, _endpoint, permission in doors(app):
        who = "".join(
            letter if may_enter(role, permission, path) else "·" for role, letter in LETTERS.items()
        )
        who = "все " if permission == PUBLIC else who
        lines.append(f"{who}  {method:4}  {permission:15}  {path}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(listing(create_app()), end="")  # noqa: T201 - this is what it is for
