"""What becomes of a pair: steps, members, the end. What follows it is in `closing/`."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.pairs.models import Decision, Pair, PairState
from nastav.pairs.rules import STEPS, Step
from nastav.people.models import Part
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers
from tests.support.school import School

Saved = Callable[[int], Pair]
END = {"ended": "08.12.2020", "reason": "цель достигнута", "decision": "finish"}


def take(client: PageClient, school: School, step: str) -> int:
    data = {**form_values(find_form(client.get(school.card), "/step")), "step": step}
    return client.post(f"{school.card}/step", data=data).status_code


def test_a_pair_is_paused_resumed_and_turned_into_a_draft(
    boris: PageClient, school: School, saved: Saved
) -> None:
    for step, state in (
        ("pause", PairState.PAUSED),
        ("resume", PairState.ACTIVE),
        ("withdraw", PairState.DRAFT),
        ("activate", PairState.ACTIVE),
    ):
        assert take(boris, school, step) == 303
        assert saved(school.pair).state is state


def test_a_step_from_another_state_is_a_conflict(
    boris: PageClient, school: School, saved: Saved
) -> None:
    assert take(boris, school, "resume") == 303  # it acts already: nothing to do
    assert take(boris, school, "withdraw") == 303
    assert take(boris, school, "pause") == 409
    assert saved(school.pair).state is PairState.DRAFT
    assert take(boris, school, "fly") == 400


def test_every_state_has_a_way_on() -> None:
    for state in set(PairState) - {PairState.CLOSED}:  # opened again with a reason: closing/
        assert any(state in before for before, _ in STEPS.values())
    assert set(STEPS) == set(Step)


def test_a_stale_step_is_a_conflict(boris: PageClient, school: School, saved: Saved) -> None:
    page = boris.get(school.card)
    boris.fill(f"{school.card}/edit", goal="Новая цель")
    data = {**form_values(find_form(page, "/step")), "step": "pause"}
    assert boris.post(f"{school.card}/step", data=data).status_code == 409
    assert saved(school.pair).state is PairState.ACTIVE


def test_a_draft_of_a_later_day_cannot_act_yet(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    values = {"mentor_id": school.pupil.person_id, "mentee_ids": [school.free.person_id]}
    made = boris.fill(
        f"{school.pairs}/new", "/new", **values, started="11.01.2021", state="draft"
    ).location
    data = {**form_values(find_form(boris.get(made), "/step")), "step": "activate"}
    answer = boris.post(f"{made}/step", data=data)
    assert answer.status_code == 422
    assert "Дата начала ещё не наступила" in text_of(answer)


def test_a_pair_is_closed_with_reason_outcome_and_decision(
    app: Flask, boris: PageClient, school: School, saved: Saved
) -> None:
    answer = boris.fill(f"{school.card}/close", **END, outcome="сдан проект")
    assert answer.location == school.card
    pair = saved(school.pair)
    assert (pair.state, pair.ended) == (PairState.CLOSED, date(2020, 12, 8))
    assert pair.decision is Decision.FINISH
    page = text_of(boris.get(school.card))
    assert "цель достигнута" in page
    assert "сдан проект" in page
    assert "завершить работу" in page
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="pair:closed").one()
        assert entry.changes == {"state": ["active", "closed"]}


def test_where_several_are_led_the_pages_speak_of_a_group(
    boris: PageClient, school: School
) -> None:
    close = f"{school.card}/close"
    assert "Завершить пару" in text_of(boris.get(close))
    joined = {"person_id": school.free.person_id, "joined": "01.12.2020"}
    assert boris.fill(school.card, "/members", **joined).status_code == 303
    card = text_of(boris.get(school.card))
    assert "Группа: Громова А." in card
    assert "Добавить в группу" in card
    assert "О группе" in card
    assert "Изменить группу" in text_of(boris.get(f"{school.card}/edit"))
    form = boris.get(close)
    assert soup(form).select("main form .btn")[0].get_text() == "Завершить группу"
    ended = boris.fill(form, **END)
    assert "Группа завершена." in text_of(boris.get(ended.location))
    assert "Открыть группу снова" in text_of(boris.get(f"{school.card}/reopen"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ended": "10.12.2020"}, "Дата ещё не наступила"),
        ({"ended": "04.10.2020"}, "Пара начата 05.10.2020"),
        ({"reason": ""}, "Укажите причину"),
        ({"decision": []}, "Выберите решение"),
        ({"decision": "perhaps"}, "Выберите решение"),
    ],
)
def test_an_end_that_cannot_be_is_refused_and_kept_on_the_page(
    boris: PageClient, school: School, saved: Saved, fields: dict[str, str], sentence: str
) -> None:
    answer = boris.fill(f"{school.card}/close", **{**END, "outcome": "сдан проект", **fields})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert soup(answer).select_one("[name=outcome]").get_text().strip() == "сдан проект"
    assert saved(school.pair).state is PairState.ACTIVE


def test_closing_twice_is_closing_once(app: Flask, boris: PageClient, school: School) -> None:
    form = boris.get(f"{school.card}/close")
    assert [boris.fill(form, **END).status_code for _ in range(2)] == [303, 303]
    assert boris.fill(form, **{**END, "reason": "другая"}).status_code == 409
    assert boris.get(f"{school.card}/close").status_code == 409
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(event="pair:closed").count() == 1


def test_a_mentee_joins_and_leaves_within_the_pairs_dates(
    boris: PageClient, school: School, saved: Saved
) -> None:
    add = {"person_id": school.free.person_id}
    early = boris.fill(school.card, "/members", **add, joined="04.10.2020")
    assert "Пара начата 05.10.2020" in text_of(early)
    assert boris.fill(early, "/members", joined="01.12.2020").status_code == 303
    twice = boris.send(f"{school.card}/members", {**add, "joined": "02.12.2020"})
    assert "Этот человек уже в группе" in text_of(twice)
    member = next(
        member for member in saved(school.pair).members if member.person_id == add["person_id"]
    )
    leave = f"{school.card}/members/{member.id}/leave"
    refused = boris.fill(leave, left="30.11.2020", reason="переезд")
    assert "В группе с 01.12.2020: укажите не раньше." in text_of(refused)
    for _ in range(2):  # a second click
        assert boris.fill(refused, left="08.12.2020").status_code == 303
    assert boris.fill(leave, left="07.12.2020", reason="переезд").status_code == 409
    card = text_of(boris.get(school.card))
    assert "с 01.12.2020 по 08.12.2020 (переезд)" in card


def test_a_second_click_adds_one_mentee(boris: PageClient, school: School, saved: Saved) -> None:
    page = boris.get(school.card)
    for _ in range(2):
        answer = boris.fill(page, "/members", person_id=school.free.person_id)
        assert (answer.status_code, answer.location) == (303, school.card)
    mentees = [member for member in saved(school.pair).members if member.part is Part.MENTEE]
    assert len(mentees) == 2


def test_a_pair_whose_mentor_left_asks_to_be_closed(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    mentor = f"{school.url}/mentors/{school.teacher.participation_id}"
    boris.fill(f"{mentor}/leave", left="08.12.2020", reason="увольнение")
    assert "Наставник выбыл" in text_of(boris.get(school.card))
    board = text_of(boris.get(f"{school.pairs}?show=lacking"))
    assert "Неполные пары и группы: 1" in board
    assert "наставник выбыл" in board
    assert "Громова А." in board
    with registers(app, cast):
        assert db.session.get_one(Pair, school.pair).state is PairState.ACTIVE
