"""Changing people, two curators at once, leaving, coming back, mistakes."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.pairs.models import Pair, PairMember
from nastav.people.models import Participation, Person
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers


@pytest.fixture
def card(app: Flask, cast: Cast) -> str:
    """The address of a mentee's card, whose pair began on 5 October."""
    with registers(app, cast) as school:
        mentee = school.mentee("Птицына Ольга")
        school.pair(school.mentor("Громов Юрий"), mentee)
    return f"/schools/{cast.boris_school}/mentees/{mentee.participation_id}"


def line(app: Flask, card: str) -> Participation:
    with app.app_context():
        return db.session.get_one(Participation, int(card.rsplit("/", 1)[1]))


def test_a_change_is_saved_and_the_journal_names_fields_only(
    app: Flask, cast: Cast, boris: PageClient, card: str
) -> None:
    answer = boris.fill(card + "/edit", surname="Щеглова", school_class="8б", need="спорт")
    assert answer.location == card
    page = text_of(boris.get(card))
    assert "Щеглова Ольга" in page
    assert "8 «Б»" in page
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="person:changed").one()
        assert entry.subject == "№ 1, наставляемые: фамилия, основной запрос, класс"
    assert "Щеглова Ольга" in text_of(boris.search(card.rsplit("/", 1)[0], "щеглова"))


def test_of_two_curators_the_second_sees_both_versions(boris: PageClient, card: str) -> None:
    first, second = boris.get(card + "/edit"), boris.get(card + "/edit")
    boris.fill(first, school_class="8Б")
    stale = boris.fill(second, surname="Щеглова")
    assert stale.status_code == 409
    rows = [row.get_text(" ", strip=True) for row in soup(stale).select("#conflict tbody tr")]
    assert [row.replace("\u00a0", " ") for row in rows] == [
        "Фамилия Птицына Щеглова",
        "Класс 8 «Б» 7 «А»",
    ]
    assert soup(stale).select_one("#conflict a")["href"] == card + "/edit"
    assert boris.fill(stale).status_code == 303  # «Оставить моё»
    page = text_of(boris.get(card))
    assert "Щеглова Ольга" in page
    assert "7 «А»" in page


def test_the_same_change_sent_twice_is_one(app: Flask, boris: PageClient, card: str) -> None:
    form = boris.get(card + "/edit")
    assert boris.fill(form, need="спорт").status_code == 303
    assert boris.fill(form, need="спорт").status_code == 303
    with app.app_context():
        assert db.session.query(AuditEntry).filter_by(event="person:changed").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"joined": "06.10.2020"}, "В паре с 05.10.2020: укажите не позже."),
        ({"joined": "32.10.2020"}, "не существует"),
        ({"school_class": "ааа"}, "Укажите класс от 1 до 11"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_kept_on_the_page(
    app: Flask, boris: PageClient, card: str, fields: dict[str, str], sentence: str
) -> None:
    answer = boris.fill(card + "/edit", **fields, need="спорт")
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert soup(answer).select_one("[name=need]")["value"] == "спорт"
    assert line(app, card).need == ""


def leave(client: PageClient, card: str, **fields: Any) -> Any:
    values = {"left": "01.12.2020", "reason": "переезд", **fields}
    return client.fill(card + "/leave", **values)


def test_leaving_ends_the_place_in_the_pair_on_that_day(
    app: Flask, boris: PageClient, card: str
) -> None:
    assert "закончится участие в парах" in text_of(boris.get(card + "/leave"))
    answer = leave(boris, card)
    assert answer.status_code == 303
    assert line(app, card).left == date(2020, 12, 1)
    with app.app_context():
        member = db.session.query(PairMember).filter_by(left_reason="переезд").one()
        assert member.left == date(2020, 12, 1)
        entry = db.session.query(AuditEntry).filter_by(event="person:left").one()
        assert "Птицына" not in entry.subject
    assert "Участие закончено и в 1 паре" in text_of(boris.get(card))


@pytest.mark.parametrize(
    ("left", "sentence"),
    [
        ("31.08.2020", "В базе с 01.09.2020: выбытие не может быть раньше."),
        ("04.10.2020", "В паре с 05.10.2020"),
        ("10.12.2020", "Дата ещё не наступила"),
    ],
)
def test_a_day_of_leaving_that_cannot_be_is_refused(
    app: Flask, boris: PageClient, card: str, left: str, sentence: str
) -> None:
    answer = leave(boris, card, left=left)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert line(app, card).left is None


def test_a_refused_leaving_still_names_every_pair_that_it_ends(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        child = school.mentee("Щеглова Анна")
        school.pair(school.mentor("Громов Юрий"), child)
        school.pair(school.mentor("Лунин Пётр"), child, started=date(2020, 12, 1))
    card = f"/schools/{cast.boris_school}/mentees/{child.participation_id}"
    refused = leave(boris, card, left="02.11.2020")
    assert "В паре с 01.12.2020" in text_of(refused)
    assert "Громов" in text_of(refused)
    assert "Лунин" in text_of(refused)


def test_one_may_leave_on_the_day_of_joining(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        guest = school.mentee("Щеглова Анна", joined=date(2020, 12, 1))
    card = f"/schools/{cast.boris_school}/mentees/{guest.participation_id}"
    assert leave(boris, card, left="30.11.2020").status_code == 422
    assert leave(boris, card, left="01.12.2020").status_code == 303
    assert line(app, card).left == date(2020, 12, 1)


def test_leaving_twice_is_leaving_once(app: Flask, boris: PageClient, card: str) -> None:
    form = boris.get(card + "/leave")
    for _ in range(2):
        assert boris.fill(form, left="01.12.2020", reason="переезд").status_code == 303
        assert "Выбытие отмечено." in text_of(boris.get(card))
    other_day = boris.fill(form, left="02.12.2020", reason="переезд")
    assert other_day.status_code == 409
    assert line(app, card).left == date(2020, 12, 1)


def member_days(app: Flask) -> list[date | None]:
    with app.app_context():
        members = db.session.query(PairMember).filter_by(left_reason="переезд")
        return [member.left for member in members]


@pytest.mark.parametrize("day", [date(2020, 11, 20), date(2020, 12, 5)], ids=["earlier", "later"])
def test_a_wrong_day_of_leaving_is_put_right_in_the_pair_too(
    app: Flask, boris: PageClient, card: str, day: date
) -> None:
    leave(boris, card)
    link = soup(boris.get(card)).find("a", string="Исправить выбытие")
    assert link
    form = boris.get(str(link["href"]))  # type: ignore[index]
    assert soup(form).select_one("[name=left]")["value"] == "01.12.2020"
    assert boris.fill(form, left=f"{day:%d.%m.%Y}").status_code == 303
    assert line(app, card).left == day
    assert member_days(app) == [day]
    assert "Выбытие исправлено." in text_of(boris.get(card))


def test_a_pair_that_is_over_ends_a_place_in_it_as_before(
    app: Flask, boris: PageClient, card: str
) -> None:
    leave(boris, card)
    with app.app_context(), writing():
        db.session.query(Pair).one().ended = date(2020, 12, 2)
    assert leave(boris, card, left="05.12.2020").status_code == 303
    assert line(app, card).left == date(2020, 12, 5)
    assert member_days(app) == [date(2020, 12, 2)]


def test_a_day_of_leaving_put_right_is_neither_before_the_pair_nor_after_coming_back(
    app: Flask, boris: PageClient, card: str
) -> None:
    leave(boris, card)
    early = leave(boris, card, left="04.10.2020")
    assert early.status_code == 422
    assert "В паре с 05.10.2020: укажите не раньше." in text_of(early)
    assert boris.fill(boris.get(card), "/return", joined="07.12.2020").status_code == 303
    late = leave(boris, card, left="07.12.2020")
    assert late.status_code == 422
    assert "Снова в базе с 07.12.2020: укажите раньше." in text_of(late)
    assert line(app, card).left == date(2020, 12, 1)
    assert member_days(app) == [date(2020, 12, 1)]


def test_a_pair_joined_since_they_came_back_is_left_alone(
    app: Flask, boris: PageClient, card: str
) -> None:
    leave(boris, card)
    assert boris.fill(boris.get(card), "/return", joined="07.12.2020").status_code == 303
    with app.app_context(), writing():
        first = db.session.query(PairMember).filter_by(left_reason="переезд").one()
        again = PairMember(
            pair_id=first.pair_id, person_id=first.person_id, part=first.part,
            joined=date(2020, 12, 8), left_reason="",
        )  # fmt: skip
        db.session.add(again)
    assert leave(boris, card, left="03.12.2020").status_code == 303
    assert member_days(app) == [date(2020, 12, 3)]
    with app.app_context():
        joined = date(2020, 12, 8)
        assert db.session.query(PairMember).filter_by(joined=joined).one().left is None


def test_a_leaving_marked_by_mistake_is_taken_back_in_the_pair_too(
    app: Flask, boris: PageClient, card: str
) -> None:
    leave(boris, card)
    form = boris.get(card + "/leave")
    for _ in range(2):
        assert boris.fill(form, "/leave/undo").status_code == 303
    assert "Отметка о выбытии снята." in text_of(boris.get(card))
    assert line(app, card).left is None
    with app.app_context():
        assert [member.left for member in db.session.query(PairMember)] == [None, None]
        assert db.session.query(AuditEntry).filter_by(event="person:leaving_undone").count() == 1


def test_a_leaving_is_not_taken_back_once_the_person_came_back_or_the_year_was_closed(
    app: Flask, boris: PageClient, card: str
) -> None:
    leave(boris, card)
    form = boris.get(card + "/leave")
    with app.app_context(), writing():
        cycle = db.session.query(Cycle).filter_by(first_year=2020).one()
        cycle.closed_on = date(2020, 12, 8)
    closed = boris.fill(form, "/leave/undo")
    assert closed.status_code == 422
    assert "учебный год закрыт" in text_of(closed)
    assert boris.fill(boris.get(card), "/return", joined="07.12.2020").status_code == 303
    back = boris.fill(form, "/leave/undo")
    assert back.status_code == 409
    assert "прежнее выбытие остаётся" in text_of(back)
    assert line(app, card).left == date(2020, 12, 1)
    with app.app_context(), writing():
        db.session.query(Participation).filter_by(joined=date(2020, 12, 7)).one().is_mistake = True
        left = db.session.get_one(Participation, int(card.rsplit("/", 1)[1]))
        db.session.get_one(Person, left.person_id).anonymised_on = date(2020, 12, 8)
    erased = boris.fill(form, "/leave/undo")
    assert erased.status_code == 409
    assert "Карточка обезличена: выбытие остаётся." in text_of(erased)


def test_a_leaving_with_a_pair_that_is_over_is_taken_back_in_the_register_only(
    app: Flask, boris: PageClient, card: str
) -> None:
    leave(boris, card)
    with app.app_context(), writing():
        db.session.query(Pair).one().ended = date(2020, 12, 2)
    assert boris.fill(boris.get(card + "/leave"), "/leave/undo").status_code == 303
    assert line(app, card).left is None
    assert member_days(app) == [date(2020, 12, 1)]


def test_a_day_of_leaving_is_not_put_right_in_a_closed_year(
    app: Flask, boris: PageClient, card: str
) -> None:
    leave(boris, card)
    with app.app_context(), writing():
        db.session.query(Cycle).filter_by(first_year=2020).one().closed_on = date(2020, 12, 8)
    refused = leave(boris, card, left="05.12.2020")
    assert refused.status_code == 422
    assert "учебный год закрыт" in text_of(refused)
    assert member_days(app) == [date(2020, 12, 1)]
    assert leave(boris, card, reason="переезд в Саратов").status_code == 303  # no day moves


def test_who_left_comes_back_with_a_new_line_and_the_old_number(
    app: Flask, boris: PageClient, card: str
) -> None:
    leave(boris, card)
    refused = boris.fill(card, "/return", joined="01.12.2020")
    assert "Выбытие отмечено 01.12.2020: укажите позже." in text_of(refused)
    back = boris.fill(card, "/return", joined="02.12.2020")
    assert back.status_code == 303
    assert back.location != card
    page = text_of(boris.get(back.location))
    assert "№ 1 " in page
    assert "с 01.09.2020 по 01.12.2020" in page
    assert boris.send(card + "/return", {"joined": "03.12.2020"}).status_code == 409


def test_who_left_today_comes_back_tomorrow_and_is_told_so(boris: PageClient, card: str) -> None:
    leave(boris, card, left="09.12.2020")
    assert form_values(find_form(boris.get(card), "/return"))["joined"] == [""]
    refused = boris.fill(card, "/return", joined="09.12.2020")
    assert refused.status_code == 422
    assert "Выбытие отмечено сегодня" in text_of(refused)
    assert "вернуть можно завтра" in text_of(refused)


def test_a_mistake_is_confirmed_counted_nowhere_and_can_be_undone(
    app: Flask, cast: Cast, boris: PageClient, card: str
) -> None:
    asked = boris.get(card + "/mistake")
    assert "Запись уже в парах" in text_of(asked)
    assert boris.fill(asked).status_code == 303
    register = card.rsplit("/", 1)[0]
    assert "0 человек, план" in text_of(boris.get(register))
    assert "Птицына Ольга" in text_of(boris.get(register + "?show=mistakes"))
    pairs = text_of(boris.get(f"/schools/{cast.boris_school}/2020/pairs"))
    assert "наставляемых не осталось" in pairs
    assert boris.fill(card, "/mistake").status_code == 303  # «Считать снова»
    assert "1 человек, план" in text_of(boris.get(register))


def test_who_was_entered_by_mistake_is_not_asked_back(boris: PageClient, card: str) -> None:
    leave(boris, card)
    form = boris.get(card)
    boris.fill(card + "/mistake")
    assert "Вернуть в базу" not in text_of(boris.get(card))
    refused = boris.fill(form, "/return", joined="02.12.2020")
    assert refused.status_code == 409
    assert "Запись отмечена как внесённая по ошибке" in text_of(refused)
    boris.fill(card, "/mistake")  # «Считать снова»
    assert boris.fill(card, "/return", joined="02.12.2020").status_code == 303


def test_a_stale_mistake_is_refused(app: Flask, boris: PageClient, card: str) -> None:
    asked = boris.get(card + "/mistake")
    with app.app_context(), writing():
        db.session.get_one(Participation, line(app, card).id).need = "спорт"
    assert boris.fill(asked).status_code == 409
    assert not line(app, card).is_mistake


def test_a_person_changed_in_the_other_register_is_a_conflict_too(
    app: Flask, cast: Cast, boris: PageClient, card: str
) -> None:
    same = line(app, card).person_id
    with registers(app, cast) as school:
        mentor = school.mentor("Птицына Ольга", same_as=same)
    form = boris.get(card + "/edit")
    other = f"/schools/{cast.boris_school}/mentors/{mentor.participation_id}/edit"
    assert boris.fill(other, surname="Щеглова").status_code == 303
    assert boris.fill(form, need="спорт").status_code == 409
    assert line(app, card).need == ""
