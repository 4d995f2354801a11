"""A template without indents says the same words: none run together, none are lost."""

import re

import jinja2
import pytest

from nastav.indents import Unindented
from tests.support.imports import ROOT

# what stands in these is shown as it is written
AS_WRITTEN = re.compile(r"<(pre|textarea)\b[^>]*>(?:(?!</\1>).)*\n", re.DOTALL)
PAGES = {
    "a tag after a text": "<p>\n  {{ a }}\n  {{ b }}{% if yes %}, да{% endif %}\n  конец\n</p>",
    "a tag around a text": "<p>\n  {% if yes %}Сдан в 09:40.{% endif %}\n  Выполнено 6.\n</p>",
    "a remark after a text": "<p>\n  слово{# о слове #}\n  слово\n</p>",
    "tags alone on lines": "<p>\n  слово\n  {% if yes %}\n    слово\n  {% endif %}\n  слово\n</p>",
}


@pytest.mark.parametrize("source", PAGES.values(), ids=PAGES.keys())
def test_words_stay_apart_without_indents(source: str) -> None:
    said = [_said(source, extensions) for extensions in ([], [Unindented])]

    assert said[0] == said[1]


def test_what_orders_a_template_does_not_travel() -> None:
    source = "<ul>\n  {% for a in 'xy' %}\n    <li>{{ a }}</li>\n  {% endfor %}\n</ul>"

    assert _page(source, [Unindented]) == "<ul>\n<li>x</li>\n<li>y</li>\n</ul>"


def test_what_is_no_page_keeps_them() -> None:
    assert "  слово" in _page("текст\n  слово", [Unindented], "letter.txt")


def test_no_template_shows_its_indent() -> None:
    seen = [
        f"{path.name}: {found[0]}"
        for path in (ROOT / "templates").rglob("*.html")
        if (found := AS_WRITTEN.search(path.read_text(encoding="utf-8")))
    ]
    assert seen == []
    assert AS_WRITTEN.search("<pre>\n  a\n</pre>")


def _said(source: str, extensions: list[type]) -> list[str]:
    return _page(source, extensions).split()


def _page(source: str, extensions: list[type], name: str = "page.html") -> str:
    loader = jinja2.DictLoader({name: source})
    site = jinja2.Environment(
        loader=loader, extensions=extensions, trim_blocks=True, lstrip_blocks=True, autoescape=True
    )
    return site.get_template(name).render(a="раз", b="два", yes=True)
