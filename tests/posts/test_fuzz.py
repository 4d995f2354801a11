"""A body that no form sends is refused with a sentence, whatever is wrong with it: never a 500."""

from random import Random

import pytest

from tests.posts.conftest import Scene
from tests.posts.mutations import mutated
from tests.posts.recipes import RECIPES
from tests.posts.scene import Ready
from tests.posts.variants import changed
from tests.support.pages import HTMX
from tests.support.routes import doors

MANY = 20  # posts of a route from which on every field is filled in, too
Failure = tuple[str, str, int]  # route, what was done to which field, status


def routes(scene: Scene) -> list[str]:
    """Return every route that takes a POST; one without a form that succeeds fails the test."""
    return sorted({name for _, method, name, _ in doors(scene.app) if method == "POST"})


def test_no_recipe_is_left_of_a_route_that_is_gone(scene: Scene) -> None:
    assert set(RECIPES) <= set(routes(scene))


def test_a_spoilt_field_is_no_error_of_the_server(scene: Scene) -> None:
    failures = [failure for name in routes(scene) for failure in spoilt(scene.prepare(name), 2)]
    assert not failures


@pytest.mark.soak
def test_ten_thousand_spoilt_posts(scene: Scene) -> None:
    names = routes(scene)
    each = max(20, -(-10_000 // len(names)))
    failures = [failure for name in names for failure in spoilt(scene.prepare(name), each)]
    print(f"spoilt posts: {each * len(names)}, routes: {len(names)}, 500s: {len(failures)}")  # noqa: T201
    assert not failures


def spoilt(ready: Ready, times: int) -> list[Failure]:
    """Post the body as it is, which must succeed, then with a field spoilt each time."""
    first = ready.send(ready.body)
    assert first.status_code < 400, f"{ready.endpoint} refuses its own form: {first.status_code}"
    ready.again()
    failures = []
    bodies = [ready.body] if times < MANY else [ready.body, changed(ready, "а")]
    for turn in range(times):
        chance = Random(f"{ready.endpoint} {turn}")
        how, body = mutated(bodies[turn % len(bodies)], chance)
        headers = HTMX if chance.random() < 0.3 else {}
        status = ready.send(body, headers=headers).status_code
        if status >= 500:
            failures.append((ready.endpoint, f"{turn}: {how}", status))
        if status < 400 or status >= 500:
            ready.again()
    return failures


def test_a_choice_by_number_that_is_nobodys_is_refused(scene: Scene) -> None:
    """A zero is no choice that was left empty: it came to a foreign key that nothing answers."""
    assert zero_chosen(scene.prepare("meetings.change")) == 422
    # of a pair it is a choice: the form of mentoring that fits its people
    assert zero_chosen(scene.prepare("pairs.create")) == 303


def zero_chosen(ready: Ready) -> int:
    answer = ready.send({**ready.body, "kind_id": "0"})
    ready.again()
    return answer.status_code
