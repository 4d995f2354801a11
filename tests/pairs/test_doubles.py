"""One child is with one mentor once, in one form of mentoring, wherever a pair comes from."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from nastav.db import db
from nastav.district.kinds.models import PairKind
from nastav.pairs.models import Pair, PairState
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, text_of
from tests.support.registers import registers
from tests.support.school import School

SAID = "Птицына О. уже с этим наставником"


@pytest.fixture
def count(app: Flask) -> Callable[[], int]:
    """Return a function: how many pairs there are."""

    def read() -> int:
        with app.app_context():
            return db.session.query(Pair).count()

    return read


def typed(school: School, **more: str) -> dict[str, object]:
    sides = {
        "mentor_id": str(school.teacher.person_id),
        "mentee_ids": [str(school.paired.person_id)],
    }
    # the form of the school's pair: another form would be another pair
    return {**sides, "kind_id": "1", "started": "01.12.2020", **more}


def test_a_second_pair_of_the_same_two_is_refused_and_kept(
    boris: PageClient, school: School, count: Callable[[], int]
) -> None:
    for state in ("active", "draft"):
        answer = boris.fill(f"{school.pairs}/new", "/new", **typed(school, state=state))
        assert answer.status_code == 422
        assert f"{SAID}: есть пара или группа с 05.10.2020." in text_of(answer)
        assert form_values(find_form(answer, "/new"))["mentee_ids"] == [
            str(school.paired.person_id)
        ]
    assert count() == 1


def test_two_drafts_of_the_same_two_are_refused(
    app: Flask, cast: Cast, boris: PageClient, school: School, count: Callable[[], int]
) -> None:
    with registers(app, cast) as own:
        own.pair(school.pupil, school.free, state=PairState.DRAFT)
    sides = {
        "mentor_id": str(school.pupil.person_id),
        "mentee_ids": [str(school.free.person_id)],
    }
    answer = boris.fill(
        f"{school.pairs}/new", "/new", **{**typed(school), **sides, "state": "draft"}
    )
    assert answer.status_code == 422
    assert "есть черновик с 05.10.2020" in text_of(answer)
    assert count() == 2


def test_a_group_takes_nobody_its_mentor_leads_elsewhere(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        group = own.pair(school.teacher, school.free).id
    card = f"{school.pairs}/{group}"
    answer = boris.fill(card, "/members", person_id=str(school.paired.person_id))
    assert answer.status_code == 422
    assert SAID in text_of(answer)


def test_another_form_another_mentor_or_a_later_draft_is_no_double(
    app: Flask, cast: Cast, school: School
) -> None:
    with registers(app, cast) as own:
        own.pair(school.pupil, school.paired)
        later = {"state": PairState.DRAFT, "started": date(2021, 9, 1)}
        draft = own.pair(school.teacher, school.paired, **later)
        kinds = db.session.query(PairKind.id).order_by(PairKind.ordinal).all()
        other = next(kind_id for (kind_id,) in kinds if kind_id != draft.kind_id)
        own.pair(school.teacher, school.paired, kind_id=other)


def test_a_draft_does_not_begin_beside_the_pair_it_repeats(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        later = {"state": PairState.DRAFT, "started": date(2021, 9, 1)}
        draft = own.pair(school.teacher, school.paired, **later).id
    boris.fill(f"{school.pairs}/{draft}/edit", started="02.12.2020")
    answer = boris.fill(f"{school.pairs}/{draft}", "/step", step="activate")
    assert answer.status_code == 422
    assert SAID in text_of(answer)
    answer = boris.fill(f"{school.pairs}/drafts", "/drafts", pick=str(draft))
    assert answer.status_code == 422
    assert SAID in text_of(answer)
    with app.app_context():
        assert db.session.get_one(Pair, draft).state is PairState.DRAFT


def test_two_cards_made_one_say_that_a_pair_is_there_twice(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        twin = own.mentee("Птицына Оля")
        own.pair(school.teacher, twin, started=date(2020, 11, 2))
    card = f"{school.url}/mentees/{school.paired.participation_id}"
    page = f"{card}/merge?with={twin.person_id}"
    answer = boris.fill(page, "/merge", keep=str(school.paired.person_id))
    assert answer.status_code == 303
    assert "с одним и тем же человеком теперь две" in text_of(boris.get(answer.location))
