"""Papers made of a school as tests ask for them, and what each must say."""

import re

from nastav.contents.collectors import COLLECT
from nastav.contents.scope import Content
from nastav.papers import builder
from nastav.papers.catalogue import KINDS
from nastav.papers.filler import fill_each
from tests.contents.schools import DAY
from tests.contents.scopes import scope


def made(school_id: int, key: str) -> tuple[Content, bytes]:
    """Return a paper of a school: its content and its file (needs an application context)."""
    content = COLLECT[key](scope(school_id))
    kind = KINDS[key]
    return content, fill_each(
        builder.template(kind.text), content.sheets, title=kind.name, made_on=DAY
    )


def used_by(key: str) -> set[str]:
    """Return the fields and the fields of lists that a paper's text names."""
    text = (builder.TEXTS / f"{KINDS[key].text}.txt").read_text("utf-8")
    return set(re.findall(r"\{([^{}]*)\}", text))


def printed_of(content: Content, key: str) -> list[str]:
    """Return each value that a paper must say, its spaces made one."""
    used = used_by(key)
    values = [
        value
        for sheet in content.sheets
        for named in [
            sheet.fields,
            *(
                {f"{name}.{field}": value for field, value in item.items()}  # type: ignore[union-attr]
                for name, items in sheet.lists.items()
                for item in items
            ),
        ]
        for name, value in named.items()
        if name in used
    ]
    return [re.sub(r"\s+", " ", value).strip() for value in values]
