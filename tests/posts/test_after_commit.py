"""reliability.md#r13: after a commit no answer says «не сохранено», whatever breaks; every POST is
broken as a page or as a fragment, each in turn; both ways in `make soak`.

Each form is sent with a body that its route accepts, and what comes right after the commit fails.
"""

from collections.abc import Sequence

import pytest
from werkzeug.test import TestResponse

from nastav import db, unit
from tests.posts.conftest import Scene
from tests.posts.scene import Body, Ready
from tests.posts.test_fuzz import routes
from tests.posts.variants import changed
from tests.support.pages import HTMX, soup, text_of

FALSE = ("не сохранен", "Ошибка на сервере", "Повторите", "сохраните снова")
# a form of these is posted and nothing is saved; why
SAVES_NOTHING = {
    "codes.check": "shows what codes would replace; the form on its answer replaces it",
    "many.ask": "asks what the action needs; the form on its answer carries it out",
    "plan.load": "shows what a file would change; the grid it fills saves it",
    "plan.preview": "sums what is typed, or fills the grid with a block",
    "search.find": "reads only",
    "register.search": "reads only",
    "pair_list.search": "reads only",
    "pairs.search": "reads only",
}


class Broken(Exception):
    """What is injected."""


def saved_and_broken(ready: Ready, headers: dict[str, str]) -> TestResponse:
    """Send the form, with every field changed where it saves nothing as it stands."""
    answer = sent_and_broken(ready, ready.body, headers)
    if "X-Saved" not in answer.headers:
        ready.again()
        answer = sent_and_broken(ready, changed(ready, "а"), headers)
    return answer


def sent_and_broken(ready: Ready, body: Body, headers: dict[str, str]) -> TestResponse:
    """Send a body while everything that follows a commit fails at once."""
    real = db.settle

    def settle() -> None:
        real()
        if unit.current().kept:
            raise Broken

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "settle", settle)
        return ready.send(body, headers=headers)


def lies(ready: Ready, answer: TestResponse) -> list[str]:
    """Return what is false in the answer, and the way on where it leads nowhere."""
    way = answer.headers["X-Saved"]
    text = text_of(answer)
    found = [word for word in FALSE if word in text]
    if soup(answer).select_one(f"a[href='{way}']") is None:
        found.append(f"no link to {way}")
    role = ready.scene.clients[ready.role]
    if role.get(way).status_code >= 400:
        found.append(f"{way} cannot be opened")
    return found


@pytest.mark.parametrize(("kind", "first"), [({}, 0), (HTMX, 1)], ids=["page", "fragment"])
def test_no_answer_after_a_commit_says_that_nothing_is_saved(
    scene: Scene, kind: dict[str, str], first: int
) -> None:
    check(scene, kind, routes(scene)[first::2])


@pytest.mark.soak
@pytest.mark.parametrize("kind", [{}, HTMX], ids=["page", "fragment"])
def test_no_answer_of_any_form_says_so_either_way(scene: Scene, kind: dict[str, str]) -> None:
    check(scene, kind, routes(scene))


def check(scene: Scene, kind: dict[str, str], names: Sequence[str]) -> None:
    """Break each form after its commit; only those that save nothing may go through unbroken."""
    false, unbroken = {}, set()
    for name in names:
        ready = scene.prepare(name)
        headers = {"Referer": f"http://localhost{ready.page}", **kind}
        answer = saved_and_broken(ready, headers)
        if "X-Saved" not in answer.headers:
            unbroken.add(name)
        elif found := lies(ready, answer):
            false[name] = found
    assert len(names) > 50
    assert false == {}
    assert unbroken == set(SAVES_NOTHING) & set(names)
