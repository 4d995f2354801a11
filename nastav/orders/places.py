"""Where each key of a TOML file stands: its path and its line.

`tomllib` gives values without positions, so the line of a key is found by a small scanner over
the same text. It runs only when there is a mistake to report. Keys inside inline tables are not
located: a message without a line is better than one with a wrong line.
"""

import re
import tomllib
from collections.abc import Iterator

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*|[\[\]{}]|\n",
    re.DOTALL,
)
_KEY = re.compile(r"""(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^"'=\n])+""")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def join(path: str, key: str) -> str:
    """The path of `key` in the table at `path`, quoted as TOML wants it."""
    shown = key if _BARE.fullmatch(key) else f'"{key}"'
    return f"{path}.{shown}" if path else shown


def key_lines(text: str) -> dict[str, int]:
    """The path of each table and key in valid TOML, and its line; both count from 1."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}  # tables so far in each array of tables
    table = ""
    for number, statement in _statements(text):
        if statement.startswith("["):
            table = _header_path(statement, number, found, counts)
            found[table] = number
            continue
        path = table
        key = _KEY.match(statement)
        for part in _parts(f"{key[0]}= 0") if key else []:
            path = join(path, part)
            found.setdefault(path, number)
    return found


def _header_path(statement: str, number: int, found: dict[str, int], counts: dict[str, int]) -> str:
    path = ""
    parts = _parts(statement)
    for place, part in enumerate(parts, start=1):
        path = join(path, part)
        found.setdefault(path, number)
        if place == len(parts) and statement.startswith("[["):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def _parts(statement: str) -> list[str]:
    """The names in a dotted key or header, by the parser itself."""
    parts = []
    inner: object = tomllib.loads(statement)
    while isinstance(inner, dict) and inner:
        name, inner = next(iter(inner.items()))
        parts.append(name)
    return parts


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Line and text of each header and each `key = value`, however many lines it takes."""
    start, line, depth = 0, 1, 0
    for token in _TOKEN.finditer(text + "\n"):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth == 0:
            statement = text[start : token.start()]
            if statement.strip() and not statement.lstrip().startswith("#"):
                yield line, statement.strip()
            line += statement.count("\n") + 1
            start = token.end()
