"""A mentor's load limit, and what is told of a mentor where a pair is formed."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from nastav.db import writing
from nastav.mentors.profiles import operations as profiles
from nastav.mentors.profiles.operations import ProfileData
from nastav.pairs import queries
from tests.conftest import ClientOf
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, text_of
from tests.support.school import School


@pytest.fixture
def limited(app: Flask, cast: Cast, school: School) -> School:
    """Громова leads Птицына already and takes no more than two."""
    with app.app_context(), writing():
        profiles.save_profile(
            cast.actor("boris"),
            cast.boris_school,
            school.teacher.person_id,
            ProfileData(most_mentees=2),
            version=0,
        )
    return school


def led(app: Flask, cast: Cast, school: School) -> set[int]:
    with app.app_context():
        return queries.led_by(cast.boris_school, school.teacher.person_id)


def new_pair(school: School, *mentees: int) -> dict[str, Any]:
    return {
        "mentor_id": str(school.teacher.person_id),
        "mentee_ids": [str(mentee) for mentee in mentees],
        "started": "01.12.2020",
    }


def test_a_pair_over_the_limit_is_refused_and_kept(
    app: Flask, cast: Cast, boris: PageClient, limited: School
) -> None:
    both = (limited.free.person_id, limited.late.person_id)
    answer = boris.fill(f"{limited.pairs}/new", **new_pair(limited, *both))
    assert answer.status_code == 422
    assert "не больше 2 наставляемых, сейчас 1, а станет 3" in text_of(answer)
    assert form_values(find_form(answer))["mentee_ids"] == [str(mentee) for mentee in both]
    assert len(led(app, cast, limited)) == 1


def test_a_pair_within_the_limit_is_formed(
    app: Flask, cast: Cast, boris: PageClient, limited: School
) -> None:
    fields = new_pair(limited, limited.free.person_id)
    assert boris.fill(f"{limited.pairs}/new", **fields).status_code == 303
    assert len(led(app, cast, limited)) == 2


def test_a_draft_may_wait_over_the_limit_but_not_begin(
    app: Flask, cast: Cast, boris: PageClient, limited: School
) -> None:
    fields = new_pair(limited, limited.free.person_id, limited.late.person_id)
    answer = boris.fill(f"{limited.pairs}/new", **fields, state="draft")
    assert answer.status_code == 303
    card = boris.get(answer.location)
    step = boris.fill(card, "/step", step="activate")
    assert step.status_code == 422
    assert "не больше 2 наставляемых" in text_of(step)
    assert len(led(app, cast, limited)) == 1


def test_a_group_does_not_grow_over_the_limit(
    app: Flask, cast: Cast, boris: PageClient, limited: School
) -> None:
    for person, status in ((limited.free, 303), (limited.late, 422)):
        fields = {"person_id": str(person.person_id), "joined": "01.12.2020"}
        assert boris.fill(limited.card, "/members", **fields).status_code == status
    assert len(led(app, cast, limited)) == 2


def test_two_clicks_at_once_do_not_pass_the_limit_together(
    app: Flask, cast: Cast, client_of: ClientOf, limited: School
) -> None:
    people = (limited.free.person_id, limited.late.person_id)
    ready = []
    for person in people:
        client = client_of("boris")
        page = client.get(f"{limited.pairs}/new")
        ready.append((client, page, new_pair(limited, person)))
    with ThreadPoolExecutor(2) as at_once:
        answers = list(
            at_once.map(lambda call: call[0].fill(call[1], **call[2]).status_code, ready)
        )
    assert sorted(answers) == [303, 422]
    assert len(led(app, cast, limited)) == 2


def test_the_list_of_mentors_says_who_is_not_trained(boris: PageClient, school: School) -> None:
    page = boris.get(f"{school.pairs}/new")
    assert "Белкин Ю., 10 «А», № 2 (обучение не пройдено)" in text_of(page).replace("\xa0", " ")
    training = f"{school.url}/2020/training/new"
    boris.fill(
        training,
        held_on="1.12",
        hours="2",
        programme="Школа наставника",
        present=[str(school.pupil.person_id)],
    )
    page = text_of(boris.get(f"{school.pairs}/new")).replace("\xa0", " ")
    assert "Белкин Ю., 10 «А», № 2 (" not in page


def test_a_limit_below_what_the_mentor_leads_is_said(
    boris: PageClient, galina: PageClient, limited: School
) -> None:
    assert boris.fill(f"{limited.pairs}/new", **new_pair(limited, limited.free.person_id)).location
    card = f"{limited.url}/mentors/{limited.teacher.participation_id}"
    assert "больше предела" not in text_of(boris.get(card))
    saved = boris.fill(f"{card}/profile", most_mentees="1")
    assert saved.location == card
    said = "Сейчас ведёт 2 наставляемых, больше предела в анкете: 1."
    page = text_of(boris.get(card))
    assert said in page
    assert "измените его в анкете" in page
    assert said in text_of(galina.get(card))
    assert "измените его в анкете" not in text_of(galina.get(card))
