"""A file that came with a refused form is asked for again, on whatever form, whoever refused it."""

from io import BytesIO

import pytest
from bs4 import Tag
from werkzeug.test import TestResponse

from tests.posts.conftest import Scene
from tests.posts.scene import Body, Ready
from tests.posts.test_fuzz import routes
from tests.posts.variants import changed, is_text
from tests.support.pages import soup

ASKED = "Выберите файл ещё раз"
FILE = b"%PDF-1.4\n%%EOF"


def with_files(scene: Scene) -> list[Ready]:
    """Return the form of every route that has a field of files, and others beside it."""
    forms = (scene.prepare(name) for name in routes(scene))
    return [
        post
        for post in forms
        if file_field(post.form) and any(is_text(post.form, name) for name in post.body)
    ]


def file_field(form: Tag) -> str:
    found = form.select_one("input[type=file]")
    return str(found["name"]) if found else ""


def refused(ready: Ready) -> TestResponse | None:
    """Send the form with a file, in place of a pasted text, and another field spoilt."""
    ready = ready.scene.prepare(ready.endpoint)  # another form's place may lie there
    for name in [key for key in ready.body if is_text(ready.form, key) and key != "text"]:
        for wrong in ("", "99.99.9999"):
            file = (BytesIO(FILE), "приказ.pdf")
            body: Body = {**ready.body, "text": "", name: wrong, file_field(ready.form): file}
            answer = ready.send(body)
            ready.again()
            if answer.status_code == 422:
                return answer
    return None


def test_every_form_with_a_file_asks_for_it_again(scene: Scene) -> None:
    forms = with_files(scene)
    assert len(forms) >= 3, "документ новый и прежний, загрузка"
    for post in forms:
        answer = refused(post)
        assert answer, post.endpoint
        assert asks_again(answer), post.endpoint


def asks_again(answer: TestResponse) -> bool:
    """Tell whether the summary says it and the field is the one place that takes the focus."""
    page = soup(answer)
    summary, focus = page.select_one(".error-summary"), page.select("[data-focus]")
    is_asked = summary is not None and ASKED in summary.get_text()
    return (
        is_asked
        and [field.get("type") for field in focus] == ["file"]
        and focus[0].has_attr("autofocus")
    )


@pytest.mark.parametrize("endpoint", ["stages.evidence.change"])
def test_a_conflict_asks_for_it_too(scene: Scene, endpoint: str) -> None:
    ready = scene.prepare(endpoint)
    quicker, mine = changed(ready, "а"), changed(ready, "б")
    send, body = ready.elsewhere(mine)
    assert ready.send(quicker).status_code == 303
    answer = send({**body, file_field(ready.form): (BytesIO(FILE), "приказ.pdf")})
    assert answer.status_code == 409
    assert asks_again(answer)
