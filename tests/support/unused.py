"""Names of `nastav/` that neither the code nor a template uses: `make lint` prints them and fails.

vulture reads the code; what templates use is told to it here, so that its allow-list in pyproject.toml
holds only names that a library calls. Tests are no use: what only they call is dead.
"""

import sys
import tomllib
from keyword import iskeyword
from pathlib import Path
from typing import Any

from jinja2 import Environment
from vulture import Vulture

ROOT = Path(__file__).resolve().parents[2]


def names_in(template: str) -> set[str]:
    """Return every name that stands in a template's expressions, as variable, attribute or text."""
    lexed = Environment(autoescape=True).lex(template)
    words = {word.strip("'\"") for _, kind, word in lexed if kind in ("name", "string")}
    return {word for word in words if word.isidentifier() and not iskeyword(word)}


def unused(root: Path) -> list[str]:
    """Return a line for each name that nothing under a root uses: file, number, what it is."""
    settings: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    allowed = settings["tool"]["vulture"]
    checked = Vulture(
        ignore_names=allowed["ignore_names"], ignore_decorators=allowed["ignore_decorators"]
    )
    checked.scavenge([str(root / path) for path in allowed["paths"]], exclude=allowed["exclude"])
    used = set[str]()
    for page in sorted((root / "templates").rglob("*.html")):
        used |= names_in(page.read_text(encoding="utf-8"))
    checked.scan("\n".join(f"_.{name}" for name in sorted(used)), filename="templates")
    found = checked.get_unused_code(min_confidence=60)
    return [
        f"{Path(item.filename).relative_to(root)}:{item.first_lineno}: {item.typ} {item.name}"
        for item in found
    ]


if __name__ == "__main__":
    if lines := unused(ROOT):
        sys.exit("\n".join(["Этим никто не пользуется:", *lines]))
