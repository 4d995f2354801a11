"""reliability.md#r5: one form posted ten times at once to a real server has one effect, round after round.

Every form that creates or sends something is tried once in `tests/test_clicks.py`.
"""

from functools import partial
from pathlib import Path

import pytest

from tests.soak.ledger import Ledger, half_written, lost, school_of
from tests.soak.site import Visitor, all_at_once, site_on

ROUNDS = 50


def post(answers: list[int], visitor: Visitor, path: str, form: dict[str, str]) -> None:
    answers.append(visitor.post(path, form).status)


@pytest.mark.soak
def test_ten_clicks_have_one_effect_every_time(instance: Path) -> None:
    site, ledger = site_on(instance), Ledger()
    path = f"/schools/{school_of(site, 'boris')}/mentees/new"
    (visitor,) = site.visitors("boris")
    with site.running():
        token = visitor.token()
        for _ in range(ROUNDS):
            form = ledger.child(token)
            answers: list[int] = []
            send = partial(post, answers, visitor, path, form)
            all_at_once([send] * 10)
            assert answers == [303] * 10
            ledger.kept.add(form["surname"])
    assert lost(ledger.kept, site.database) == set()
    assert half_written(site.database) == [], "somebody was entered twice"
    print(f"\nR5: {ROUNDS} forms sent ten times at once, {len(ledger.kept)} effects")
