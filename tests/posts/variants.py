"""Every field of a form changed, to something that its route accepts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from bs4 import Tag

from tests.posts.recipes import RECIPES, Recipe
from tests.posts.scene import Body, Ready
from tests.posts.typing import choices
from tests.support.pages import having

DAYS = ("%d.%m.%Y",)


def changed(ready: Ready, tab: str) -> Body:
    """Return a body in which every field is another than it was, as far as the route takes it.

    All at once if it can be; else one half and the other, and what is refused whatever it is stays as it
    was: a form of some hundred numbers is asked a dozen times, not some hundred.
    """
    kept = RECIPES.get(ready.endpoint, Recipe()).kept
    names = [name for name in ready.body if is_visible(ready.form, name) and not _fits(name, kept)]
    wishes = {name: list(_others(ready.form, name, ready.body[name], tab)) for name in names}
    body = dict(ready.body)
    _change(ready, body, {name: found for name, found in wishes.items() if found})
    return body


def _change(ready: Ready, body: Body, wishes: dict[str, list[Any]]) -> None:
    """Change a body by these wishes, of each field the first that is accepted."""
    first = {name: found[0] for name, found in wishes.items()}
    if not wishes or accepted(ready, {**body, **first}):
        body |= first
        return
    if len(wishes) > 1:
        half = list(wishes)[: len(wishes) // 2]
        _change(ready, body, {name: wishes[name] for name in half})
        _change(ready, body, {name: wishes[name] for name in wishes if name not in half})
        return
    name, found = next(iter(wishes.items()))
    for value in found[1:]:
        if accepted(ready, {**body, name: value}):
            body[name] = value
            return


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def accepted(ready: Ready, body: Body) -> bool:
    """Tell whether the route takes a body; nothing is changed by asking."""
    status = ready.send(body).status_code
    ready.again()
    return status < 400


def is_visible(form: Tag, name: str) -> bool:
    """Tell whether a field is one that a person fills in."""
    fields = having(form, "name", name)
    return any(field.get("type") not in ("hidden", "submit") for field in fields) and not any(
        field.name == "button" for field in fields
    )


def is_text(form: Tag, name: str) -> bool:
    """Tell whether a field is typed into; a file is chosen."""
    is_file = any(field.get("type") == "file" for field in having(form, "name", name))
    return not is_file and not choices(form, name) and is_visible(form, name)


def _others(form: Tag, name: str, value: Any, tab: str) -> Iterator[Any]:
    now = value if isinstance(value, list) else [value]
    found = choices(form, name)
    if found:
        rest = [name for name in found if name not in now]
        yield from rest if tab == "а" else reversed(rest)
        if any(field.get("type") == "checkbox" for field in having(form, "name", name)):
            yield [*now, *rest]
            yield now[1:] if tab == "а" else now[:-1]
        return
    text = str(now[0]) if now else ""
    step = 1 if tab == "а" else 2
    day = _day(text)
    if day:
        yield from ((day + timedelta(by)).strftime("%d.%m.%Y") for by in (-step, step))
    elif text.isdecimal():
        yield from (str(int(text) + by) for by in (step, -step) if int(text) + by >= 0)
    else:
        yield f"{text} {tab}-{name}".strip()
        yield f"{step + 1}.12.2020"
        yield str(step + 1)
        yield f"{step + 6}{tab.upper()}"


def _day(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%d.%m.%Y")  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
