"""reliability.md#r4, on every form: two people open one form and both save: the second loses
nothing of what was typed."""

import re
from html import unescape

from werkzeug.test import TestResponse

from tests.posts.conftest import Scene
from tests.posts.scene import Body, Ready
from tests.posts.test_after_commit import SAVES_NOTHING
from tests.posts.test_fuzz import routes
from tests.posts.variants import changed, is_text

VERSION = re.compile(r"(^|_|-)version(-|$)|^base$|^pair-\d+$|^mark$")


def test_what_the_slower_one_typed_is_on_the_page(scene: Scene) -> None:
    outcomes = {name: rivals(scene.prepare(name)) for name in routes(scene)}
    versioned = {name: lost for name, lost in outcomes.items() if lost is not None}
    assert len(versioned) > 70
    assert not {name: lost for name, lost in versioned.items() if lost}


def rivals(ready: Ready) -> list[str] | None:
    """Change every field in two tabs and save both; return what is wrong, None without a version."""
    if not any(VERSION.search(name) for name in ready.body):
        return None
    quicker, mine = changed(ready, "а"), changed(ready, "б")
    send, body = ready.elsewhere(mine)
    assert ready.send(quicker).status_code < 400, ready.endpoint
    answer = send(body)
    texts = typed(ready, mine)
    if answer.status_code >= 500 or answer.status_code == 400:
        return [str(answer.status_code)]
    if answer.status_code < 400 and ready.endpoint in SAVES_NOTHING:
        return [text for text in texts if not shows(answer, text)]
    if answer.status_code < 400:  # its own row, or the same step again: then all of it is kept
        return [text for text in texts if not ready.scene.holds(text)]
    if texts and answer.status_code not in (404, 409):
        return [str(answer.status_code)]
    return [text for text in texts if not shows(answer, text)]


def typed(ready: Ready, body: Body) -> list[str]:
    """Return the texts, days and numbers of a body that a person typed."""
    names = [name for name in body if is_text(ready.form, name)]
    values = (body[name] for name in names)
    texts = (str(value[0] if isinstance(value, list) else value) for value in values)
    return [text for text in texts if text.strip()]


def shows(answer: TestResponse, text: str) -> bool:
    """Tell whether a text stands on a page, in a field or beside one."""
    return text in unescape(answer.get_data(as_text=True))
