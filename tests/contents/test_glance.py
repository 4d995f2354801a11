"""The page «Бумаги» asks papers at a glance, with shared reads: they say what they say in full."""

from dataclasses import replace
from random import Random

import pytest
from flask import Flask

from nastav.contents.collectors import COLLECT
from nastav.db import writing
from tests.contents.places import fill_school
from tests.contents.schools import anything, many, one_of_each
from tests.contents.scopes import scope
from tests.support.cast import Cast
from tests.support.queries import statements


@pytest.mark.parametrize("seed", [None, *range(3)])
def test_a_glance_says_what_the_paper_says(app: Flask, cast: Cast, seed: int | None) -> None:
    with app.app_context(), writing():
        fill_school(cast.boris_school, 5)
        if seed is None:
            one_of_each(cast.boris_school)
        else:
            anything(cast.boris_school, Random(seed))
    with app.app_context():
        glance = replace(scope(cast.boris_school), is_glance=True)
        for key, collect in COLLECT.items():
            whole, seen = collect(scope(cast.boris_school)), collect(glance)
            assert (seen.nothing, list(seen.remarks)) == (whole.nothing, list(whole.remarks)), key


def test_a_glance_costs_the_same_whatever_the_number_of_pairs(app: Flask, cast: Cast) -> None:
    costs = []
    with app.app_context(), writing():
        one_of_each(cast.boris_school)
    for more in (1, 30):
        with app.app_context(), writing():
            many(cast.boris_school, more)
        with app.app_context():
            glance = replace(scope(cast.boris_school), is_glance=True)
            with statements() as asked:
                for collect in COLLECT.values():
                    collect(glance)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 30
