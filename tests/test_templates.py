"""What no template may hold: each of these fails open, or breaks the page's policy."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BANNED = {
    r"\shx-on[:=-]": "hx-on is script in an attribute",
    r"hx-vals=['\"]?js:": "hx-vals js: is evaluated",
    r"hx-vals=['\"]?javascript:": "hx-vals javascript: is evaluated",
    r"hx-trigger=['\"][^'\"]*\[": "a filter in hx-trigger fails open without eval",
    r"hx-boost": "links and forms are real",
    r"\son[a-z]+\s*=\s*['\"]": "an inline handler",
    r"<style\b|\sstyle\s*=": "inline style is refused by the policy",
    r"<script(?![^>]*\ssrc=)": "inline script is refused by the policy",
    r"\|\s*safe\b": "escaping is switched off",
    r"autoescape\s+false": "escaping is switched off",
    r"(?:href|src|action)=['\"](?:https?:)?//": "an address outside the site",
    r"\smaxlength\s*=": "a paste would be cut without a word (rules.md#text-that-does-not-fit)",
    r"hx-headers": "the token belongs in a form field",
    r"\b(?:менти|ментор\b|дедлайн|чек-лист|валидаци|статус-репорт)": "a banned word",
}


def templates() -> list[Path]:
    return sorted(ROOT.glob("templates/**/*.html"))


@pytest.mark.parametrize("pattern", BANNED, ids=list(BANNED.values()))
def test_no_template_holds(pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in templates()
        for match in re.finditer(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert len(templates()) > 5
    assert not found


def test_a_page_that_draws_a_paper_has_its_looks() -> None:
    drawn = [path for path in templates() if "papers/_blocks.html" in path.read_text("utf-8")]
    dressed = ("papers.css", 'extends "print.html"')  # a printed sheet brings them
    bare = [p.name for p in drawn if not any(look in p.read_text("utf-8") for look in dressed)]
    assert len(drawn) > 3
    assert bare == []


LATIN = {
    "Excel",
    "Word",
    "PDF",
    "JPG",
    "PNG",
    "DOC",
    "DOCX",
    "XLS",
    "XLSX",
    "ODT",
    "ODS",
    "RTF",
    "HEIC",
    "Enter",
    "SWOT",
}


def visible(template: str) -> str:
    """Return what stands between the tags of a template, without Jinja's own text."""
    for markup in (
        r"\{#.*?#\}",
        r"\{% block (?:sheet_class|quoted) %\}.*?\{% endblock %\}",
        r"\{%.*?%\}",
        r"\{\{.*?\}\}",
        r"<[^>]*>",
        r"class=\"[^\"]*\"",
        r"&[a-z]+;",
    ):
        template = re.sub(markup, " ", template, flags=re.DOTALL)
    return template


def test_visible_text_of_templates_is_russian() -> None:
    """English words between tags are a label somebody forgot to translate."""
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in templates()
        for word in re.findall(r"[A-Za-z]{3,}", visible(path.read_text(encoding="utf-8")))
        if word not in LATIN and not re.fullmatch(r"[IVX]+", word)
    ]
    assert not found
