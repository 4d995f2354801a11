"""The questionnaires that come with the site: one TOML file for each role and moment.

The files are ours, so a mistake in them is a programmer's, and is told in English. A district
replaces the wording by replacing a file and raising its `version`.
"""

import re
import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path

ROLES = ("mentee", "mentor")
MOMENTS = ("start", "interim", "final")
KINDS = ("scale", "yes_no", "text")
SCALE = (1, 10)  # the least and the greatest mark
SATISFIED = "satisfied"  # the question of the share of satisfied people

_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_HEAD = {"title", "role", "moment", "version", "questions"}


class CatalogueError(ValueError):
    """A questionnaire file breaks the format; the message names the file."""


@dataclass(frozen=True, slots=True)
class QuestionText:
    """One question; `low` and `high` say what 1 and 10 mean and are "" but on a scale."""

    key: str
    kind: str
    text: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class QuestionnaireText:
    """The questions to one role (of ROLES) at one moment (of MOMENTS), in the order asked."""

    role: str
    moment: str
    version: int
    title: str
    questions: tuple[QuestionText, ...]


def load_all(folder: Path | None = None) -> list[QuestionnaireText]:
    """Six questionnaires by role, then moment; `folder` is that of the site if not given.

    Raises CatalogueError if a file is wrong, or a role and moment has no file or two.
    """
    paths = sorted((folder or Path(__file__).with_name("questionnaires")).glob("*.toml"))
    found: dict[tuple[str, str], QuestionnaireText] = {}
    for path in paths:
        each = _questionnaire(path)
        _require((each.role, each.moment) not in found, path, "a second file for this moment")
        found[each.role, each.moment] = each
    missing = [pair for pair in product(ROLES, MOMENTS) if pair not in found]
    if missing:
        raise CatalogueError(f"no questionnaire for {missing}")
    ordered = [found[pair] for pair in product(ROLES, MOMENTS)]
    _require_comparable(ordered)
    return ordered


def _questionnaire(path: Path) -> QuestionnaireText:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # not TOML, or not UTF-8
        raise CatalogueError(f"{path.name}: {error}") from error
    _require(data.keys() == _HEAD, path, f"keys must be {sorted(_HEAD)}, not {sorted(data)}")
    _require(data["role"] in ROLES, path, f"role must be one of {ROLES}")
    _require(data["moment"] in MOMENTS, path, f"moment must be one of {MOMENTS}")
    _require(
        type(data["version"]) is int and data["version"] > 0, path, "version must be 1 or more"
    )
    _require(_is_text(data["title"]), path, "title must be a text")
    tables = data["questions"]
    listed = isinstance(tables, list) and tables and all(isinstance(t, dict) for t in tables)
    _require(listed, path, "questions must be [[questions]]")
    questions = tuple(_question(path, table) for table in tables)
    keys = [question.key for question in questions]
    _require(len(keys) == len(set(keys)), path, f"a key is used twice: {keys}")
    scales = {question.key for question in questions if question.kind == "scale"}
    final = data["moment"] == "final"
    _require(not final or SATISFIED in scales, path, f"the scale {SATISFIED!r} is missing")
    return QuestionnaireText(
        data["role"], data["moment"], data["version"], data["title"], questions
    )


def _question(path: Path, table: dict[str, str]) -> QuestionText:
    kind = table.get("kind")
    _require(kind in KINDS, path, f"kind must be one of {KINDS}, not {kind!r}")
    wanted = {"key", "kind", "text"} | ({"low", "high"} if kind == "scale" else set())
    _require(table.keys() == wanted, path, f"keys must be {sorted(wanted)}, not {sorted(table)}")
    for name in wanted:
        _require(_is_text(table[name]), path, f"{name} must be a text, not {table[name]!r}")
    _require(_KEY.fullmatch(table["key"]), path, f"key {table['key']!r} is not snake_case")
    return QuestionText(
        table["key"], table["kind"], table["text"], table.get("low", ""), table.get("high", "")
    )


def _require_comparable(questionnaires: list[QuestionnaireText]) -> None:
    """The same key must be asked the same way at every moment, or nothing can be compared."""
    kinds: dict[tuple[str, str], str] = {}
    for each in questionnaires:
        for question in each.questions:
            kind = kinds.setdefault((each.role, question.key), question.kind)
            if kind != question.kind:
                raise CatalogueError(f"{each.role} {question.key!r}: {kind} and {question.kind}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and value == value.strip()


def _require(holds: object, path: Path, complaint: str) -> None:
    if not holds:
        raise CatalogueError(f"{path.name}: {complaint}")
