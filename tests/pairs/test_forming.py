"""Forming and changing pairs and groups."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Part
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers
from tests.support.school import School

Saved = Callable[[int], Pair]


def form(client: PageClient, school: School, **fields: Any) -> TestResponse:
    values = {"mentor_id": school.pupil.person_id, "mentee_ids": [school.free.person_id], **fields}
    return client.fill(f"{school.pairs}/new", "/new", **values)


def test_a_group_begins_for_all_on_its_first_day(
    boris: PageClient, school: School, saved: Saved
) -> None:
    mentees = [school.free.person_id, school.late.person_id]
    answer = form(boris, school, mentee_ids=mentees, started="8.12", order_number="145")
    pair = saved(int(answer.location.rsplit("/", 1)[1]))
    assert (pair.state, pair.started) == (PairState.ACTIVE, date(2020, 12, 8))
    assert {member.joined for member in pair.members} == {date(2020, 12, 8)}
    assert sorted((member.person_id, member.part) for member in pair.members) == sorted(
        [(school.pupil.person_id, Part.MENTOR), *((mentee, Part.MENTEE) for mentee in mentees)]
    )
    page = text_of(boris.get(answer.location))
    assert "Создано: группа, 2 наставляемых." in page
    assert "Группа: Белкин Ю. — Ёлкин Л., Новак О." in page
    assert "№ 145" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"mentee_ids": []}, "Отметьте хотя бы одного наставляемого"),
        ({"mentor_id": ""}, "Выберите наставника из базы"),
        ({"mentor_id": "987654"}, "Этого человека нет в базе школы"),
        ({"mentee_ids": ["987654"]}, "Этого человека нет в базе школы"),
        ({"kind_id": "987654"}, "Выберите форму наставничества"),
        ({"started": "31.11.2020"}, "31.11.2020 не существует"),
        ({"started": "10.12.2020"}, "Дата начала ещё не наступила"),
        ({"started": "31.08.2020"}, "Пара начата летом: выберите, до какого дня она считается"),
        ({"planned_end": "08.12.2020"}, "срок окончания не может быть раньше"),
        ({"meets": "telepathy"}, "Формат встреч"),
        ({"state": "closed"}, "Состояние"),
    ],
)
def test_a_pair_that_cannot_be_is_refused_and_what_was_typed_kept(
    app: Flask, boris: PageClient, school: School, fields: dict[str, Any], sentence: str
) -> None:
    answer = form(boris, school, **{"goal": "Проект по физике", **fields})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    page = soup(answer)
    assert page.select_one("[name=goal]").get_text().strip() == "Проект по физике"
    ticked = [box["value"] for box in page.select("[name=mentee_ids][checked]")]
    if "mentee_ids" not in fields:
        assert ticked == [str(school.free.person_id)]
        assert page.select_one("#group-size").get_text() == "Это будет пара."
    with app.app_context():
        assert db.session.query(Pair).count() == 1


def test_who_joined_the_register_later_cannot_be_in_the_pair_earlier(
    boris: PageClient, school: School
) -> None:
    answer = form(boris, school, mentee_ids=[school.late.person_id], started="30.11.2020")
    assert answer.status_code == 422
    assert "Новак О. в базе только с 01.12.2020, а в пару входит 30.11.2020" in text_of(answer)


def test_a_draft_may_begin_later(boris: PageClient, school: School, saved: Saved) -> None:
    answer = form(boris, school, started="11.01.2021", state="draft")
    assert answer.status_code == 303
    assert saved(int(answer.location.rsplit("/", 1)[1])).state is PairState.DRAFT


def test_nobody_mentors_themselves(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast) as own:
        own.mentee("Белкин Юрий", grade=10, same_as=school.pupil.person_id)
    answer = form(boris, school, mentee_ids=[school.pupil.person_id])
    assert answer.status_code == 422
    assert "Один человек не может быть в паре и наставником, и наставляемым" in text_of(answer)


def test_a_mentee_of_two_pairs_is_noticed_by_number(boris: PageClient, school: School) -> None:
    answer = form(boris, school, mentee_ids=[school.paired.person_id])
    assert answer.status_code == 303
    notice = soup(boris.get(answer.location)).select_one(".notice").get_text()
    assert f"Уже есть другая пара: №\u00a0{school.paired.number}." in notice
    assert "В охвате считается один раз." in notice


def test_a_second_click_forms_one_pair(app: Flask, boris: PageClient, school: School) -> None:
    page = boris.get(f"{school.pairs}/new")
    data = {
        **form_values(find_form(page)),
        "mentor_id": school.pupil.person_id,
        "mentee_ids": [school.free.person_id],
    }
    assert boris.post(f"{school.pairs}/new", data=data).status_code == 303
    again = boris.post(f"{school.pairs}/new", data=data)
    assert (again.status_code, again.location) == (303, school.pairs)
    with app.app_context():
        assert db.session.query(Pair).count() == 2


def test_people_of_another_school_cannot_be_taken(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    with registers(app, cast, "vera") as other:
        foreign = other.mentee("Чужая Инна")
    answer = form(boris, school, mentee_ids=[foreign.person_id])
    assert answer.status_code == 422
    assert "Чужая" not in text_of(answer)


def test_the_picker_finds_and_never_loses_what_is_ticked(boris: PageClient, school: School) -> None:
    typed = {"q": "елкин", "mentee_ids": [school.late.person_id], "goal": "Проект"}
    page = soup(boris.send(f"{school.pairs}/new/search", typed))
    boxes = [(box["value"], box.has_attr("checked")) for box in page.select("[name=mentee_ids]")]
    assert boxes == [(str(school.free.person_id), False), (str(school.late.person_id), True)]
    assert page.select_one("#goal").get_text().strip() == "Проект"


def test_the_journal_names_numbers_only(app: Flask, boris: PageClient, school: School) -> None:
    form(boris, school, goal="Догнать по физике")
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="pair:created").all()[-1]
        assert entry.subject.endswith(f": № {school.pupil.number}, {school.free.number}")
        assert entry.changes is None


def test_a_changed_start_moves_those_who_began_with_the_pair(
    boris: PageClient, school: School, saved: Saved
) -> None:
    answer = boris.fill(f"{school.card}/edit", started="1.10", goal="Новая цель")
    assert answer.location == school.card
    pair = saved(school.pair)
    assert (pair.started, pair.goal) == (date(2020, 10, 1), "Новая цель")
    assert {member.joined for member in pair.members} == {date(2020, 10, 1)}


def test_of_two_curators_the_second_sees_both_versions(
    boris: PageClient, school: School, saved: Saved
) -> None:
    first, second = boris.get(f"{school.card}/edit"), boris.get(f"{school.card}/edit")
    boris.fill(first, goal="Раз")
    stale = boris.fill(second, goal="Два")
    assert stale.status_code == 409
    assert soup(stale).select_one("#conflict tbody tr").get_text(" ", strip=True) == "Цель Раз Два"
    assert boris.fill(stale).status_code == 303
    assert saved(school.pair).goal == "Два"


def test_a_start_before_the_register_is_refused(boris: PageClient, school: School) -> None:
    asked = boris.fill(f"{school.card}/edit", started="31.08.2020")
    assert form_values(find_form(asked))["lasts"] == ["next"]
    answer = boris.fill(asked)
    assert answer.status_code == 422
    assert "в базе только с 01.09.2020" in text_of(answer)


def test_a_group_of_forty_is_formed_and_refused_whole(
    app: Flask, cast: Cast, boris: PageClient, school: School, saved: Saved
) -> None:
    with registers(app, cast) as own:
        many = [own.mentee(f"Лапкин Пётр{at}").person_id for at in range(40)]
    refused = form(boris, school, mentee_ids=many, started="31.11.2020")
    assert refused.status_code == 422
    assert len(soup(refused).select("[name=mentee_ids][checked]")) == 40  # nobody is lost
    answer = form(boris, school, mentee_ids=many)
    assert "Создано: группа, 40 наставляемых." in text_of(boris.get(answer.location))
    assert len(saved(int(answer.location.rsplit("/", 1)[1])).members) == 41
