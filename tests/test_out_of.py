"""After «из» stands a genitive that agrees with the number: «из 1 наставника», «из 21 наставника»."""

import re
from pathlib import Path

import pytest

from nastav import ru
from nastav.config import ROOT

WORD = r"(?:[\s\u00a0]|\{ru\.NBSP\})+[а-яё{]"
BY_HAND = {
    "*.html": re.compile(
        r"\bиз\s*\{\{(?:(?!\s*ru\.out_of)[^}]*\}\}" + WORD + r"|\s*ru\.(?:counted|plural))"
    ),
    "*.py": re.compile(r"\bиз (?:\{(?!ru\.out_of)[^}]*\}" + WORD + r"|\{ru\.(?:counted|plural))"),
}


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 наставников"),
        (1, "1 наставника"),
        (2, "2 наставников"),
        (5, "5 наставников"),
        (11, "11 наставников"),
        (21, "21 наставника"),
        (111, "111 наставников"),
        (1001, "1 001 наставника"),
    ],
)
def test_the_word_is_genitive_and_agrees(count: int, said: str) -> None:
    text = ru.out_of(count, "наставника", "наставников")
    assert text.replace(ru.NBSP, " ") == said


@pytest.mark.parametrize(("files", "pattern"), BY_HAND.items(), ids=list(BY_HAND))
def test_nothing_agrees_it_by_hand(files: str, pattern: re.Pattern[str]) -> None:
    folder = ROOT / ("templates" if files == "*.html" else "nastav")
    sources = list(folder.rglob(files))
    assert len(sources) > 100
    found = [f"{path.relative_to(ROOT)}: {hit}" for path in sources for hit in _hits(path, pattern)]
    assert not found


def _hits(path: Path, pattern: re.Pattern[str]) -> list[str]:
    return [hit.group() for hit in pattern.finditer(path.read_text(encoding="utf-8"))]


def test_the_search_knows_what_it_looks_for() -> None:
    by_hand = "Обучено 0 из {{ mentors | length }} наставников"
    assert BY_HAND["*.html"].search(by_hand)
    assert BY_HAND["*.py"].search("f\"из {figures.get('mentors', 0)} наставников\"")
    assert BY_HAND["*.py"].search('f"{said} из {ru.counted(every, *words)}"')
    assert not BY_HAND["*.html"].search("из {{ ru.out_of(n, 'школы', 'школ') }} района")
    assert not BY_HAND["*.html"].search("{{ line.ready }} из {{ line.total }}</td>")
