"""Indents of templates: left out of pages, never where they would be seen."""

import re

from jinja2 import DictLoader, Environment

from nastav.indents import Unindented
from tests.support.imports import ROOT

SOURCE = "<ul>\n  {% for x in (1, 2) %}\n\t<li>{{ x }}</li>\n  {% endfor %}\n</ul>\n"
# what stands in these is shown as it is written
AS_WRITTEN = re.compile(r"<(pre|textarea)\b[^>]*>(?:(?!</\1>).)*\n", re.DOTALL)


def drawn(name: str) -> str:
    loader = DictLoader({name: SOURCE})
    made = Environment(loader=loader, extensions=[Unindented], autoescape=True, trim_blocks=True)
    return made.get_template(name).render()


def test_a_page_has_no_indents() -> None:
    assert drawn("page.html") == "<ul>\n<li>1</li>\n<li>2</li>\n</ul>"


def test_what_is_no_page_keeps_them() -> None:
    assert "\t<li>" in drawn("letter.txt")


def test_no_template_shows_its_indent() -> None:
    seen = [
        f"{path.name}: {found[0]}"
        for path in (ROOT / "templates").rglob("*.html")
        if (found := AS_WRITTEN.search(path.read_text(encoding="utf-8")))
    ]
    assert seen == []
    assert AS_WRITTEN.search("<pre>\n  a\n</pre>")
