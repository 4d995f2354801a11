"""The district keeps pupils by codes: entering, changing, searching, moving to another school."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import District
from nastav.identity.matches import queries as matches
from nastav.people import queries
from nastav.people.changes.models import PersonChange
from nastav.people.codes.rules import BadCode, read_code
from nastav.people.models import Part, Person
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers

RULES = "/districts/1/settings/rules"
NEW = {"code": "К-15", "school_class": "7 а"}


@pytest.fixture
def coded(app: Flask) -> Flask:
    """The district keeps pupils by codes."""
    switch(app, on=True)
    return app


def switch(app: Flask, *, on: bool) -> None:
    with app.app_context(), writing():
        db.session.execute(update(District).values(uses_codes=on))


def url(cast: Cast, more: str = "/new", book: str = "mentees") -> str:
    return f"/schools/{cast.boris_school}/{book}{more}"


def names(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Person.surname).order_by(Person.sort_key)))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" К-15 ", "К-15"), ("7/12.а", "7/12.а"), ("15", "15"), ("К–2", "К-2"), ("АБВ", "АБВ")],
)
def test_what_a_code_is(typed: str, kept: str) -> None:
    assert read_code(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Петрова", "Похоже на имя"),
        ("Ли Ян", "Похоже на имя"),
        ("Аня", "Похоже на имя"),
        ("ПЕТРОВА-15", "Похоже на имя"),
        ("АБВГ-15", "Похоже на имя"),  # four letters in a row; three are a code
        ("К 15", "без пробелов"),
        ("=15", "без пробелов"),
        ("-15", "без пробелов"),
        ("1" * 21, "не больше 20"),
    ],
)
def test_what_no_code_is(typed: str, sentence: str) -> None:
    with pytest.raises(BadCode, match=sentence):
        read_code(typed)


def test_the_coordinator_decides_it_with_a_reason(
    app: Flask, cast: Cast, anna: PageClient, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    assert not soup(boris.get(url(cast))).select_one("[name=code]")
    assert "1 ученик района" in text_of(anna.get(RULES))
    anna.fill(RULES, uses_codes="y", reason="Приказ № 7")
    assert "1 карточка ещё с именем" in text_of(anna.get("/districts/1/settings"))
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="counting_rules:changed").one()
    assert entry.changes == {"uses_codes": [False, True], "причина": ["", "Приказ № 7"]}
    assert soup(boris.get(url(cast))).select_one("[name=code]")
    anna.fill(RULES, uses_codes=None, reason="Обратно")
    assert not soup(boris.get(url(cast))).select_one("[name=code]")


def test_a_pupil_is_entered_by_code_and_an_adult_by_name(
    coded: Flask, cast: Cast, boris: PageClient
) -> None:
    assert boris.fill(url(cast), "/new", **NEW).status_code == 303
    adult = {"kind": "teacher", "surname": "Громов", "given_name": "Юрий"}
    assert boris.fill(url(cast, book="mentors"), "/new", **adult).status_code == 303
    assert names(coded) == ["Громов", "К-15"]
    assert soup(boris.get(url(cast, ""))).select_one("th[scope=row]").get_text() == "К-15"
    assert "К-15" in text_of(boris.search(url(cast, ""), "к15"))
    with coded.app_context():
        assert queries.surnames(cast.boris_school) == ["Громов"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": ""}, "Укажите код ученика"),
        ({"code": "Птицына"}, "Похоже на имя"),
        ({"surname": "Птицына", "given_name": "Ольга"}, "уберите фамилию и имя"),
        ({"code": "", "surname": "Птицына", "given_name": "Ольга"}, "уберите фамилию и имя"),
        ({"kind": "teacher", "surname": "Птицына"}, "Укажите имя"),
    ],
)
def test_a_name_of_a_pupil_is_refused(
    coded: Flask, cast: Cast, boris: PageClient, fields: dict[str, str], sentence: str
) -> None:
    answer = boris.fill(url(cast), "/new", **{**NEW, **fields})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    typed = form_values(find_form(answer, "/new"))
    assert all(typed[key] == [value] for key, value in fields.items())
    assert names(coded) == []


def test_a_code_is_one_childs_in_a_school(
    coded: Flask, cast: Cast, boris: PageClient, vera: PageClient
) -> None:
    boris.fill(url(cast), "/new", **NEW)
    same = {"code": "k/15", "school_class": "9"}  # a Latin letter, another class
    again = boris.fill(url(cast), "/new", **same)
    assert again.status_code == 422
    assert "Такая запись уже есть" in text_of(again)
    assert not soup(again).select_one("[name=is_other]")
    forced = boris.send(url(cast), {**NEW, "kind": "pupil", "joined": "9.12.2020", "is_other": "y"})
    assert "уже у ученика № 1" in text_of(forced)
    offered = boris.fill(url(cast, book="mentors"), "/new", **same, kind="pupil")
    assert boris.fill(offered, "/new").status_code == 303  # the same child in a second part
    assert names(coded) == ["К-15"]
    theirs = f"/schools/{cast.vera_school}/mentees/new"
    assert vera.fill(theirs, "/new", **NEW).status_code == 303
    with coded.app_context():
        assert not matches.suspected(1, date(2020, 1, 1), date(2020, 12, 31))


def test_codes_are_sorted_as_numbers(coded: Flask, cast: Cast, boris: PageClient) -> None:
    for code in ("К-10", "К-2", "3"):
        boris.fill(url(cast), "/new", **{**NEW, "code": code})
    heads = soup(boris.get(url(cast, ""))).select("tbody th")
    assert [heading.get_text() for heading in heads] == ["3", "К-2", "К-10"]


def test_a_name_stays_until_a_code_takes_its_place_in_the_history_too(
    coded: Flask, cast: Cast, boris: PageClient
) -> None:
    switch(coded, on=False)
    with registers(coded, cast) as school:
        line = school.mentee("Птицына Ольга")
    card = url(cast, f"/{line.participation_id}")
    boris.fill(f"{card}/edit", "/edit", surname="Птицина")
    switch(coded, on=True)
    stale = boris.get(f"{card}/edit")
    assert boris.fill(stale, "/edit", school_class="8а").status_code == 303
    assert names(coded) == ["Птицина"]
    assert boris.fill(f"{card}/edit", "/edit", surname="Птицын").status_code == 422
    assert boris.fill(f"{card}/edit", "/edit", code="К-1").status_code == 303
    seen = text_of(boris.get(card))
    assert "К-1" in seen
    assert "Птиц" not in seen
    with coded.app_context():
        person = db.session.query(Person).one()
        assert (person.full_name, person.search_key) == ("К-1", "к 1")
        changes = [
            (change.field, change.old, change.new) for change in db.session.query(PersonChange)
        ]
    assert changes == [
        ("class", "7 «А»".replace(" ", "\u00a0"), "8 «А»".replace(" ", "\u00a0")),
        ("code", "", "К-1"),
    ]
    refused = boris.fill(stale, "/edit", code="К-2")  # the form still holds the name
    assert "уберите фамилию и имя" in text_of(refused)


def test_switched_off_the_codes_stay(coded: Flask, cast: Cast, boris: PageClient) -> None:
    boris.fill(url(cast), "/new", **NEW)
    switch(coded, on=False)
    edit = url(cast, "/1/edit")
    assert boris.fill(edit, "/edit", school_class="8а").status_code == 303
    assert names(coded) == ["К-15"]
    half = boris.fill(edit, "/edit", code="", surname="Птицына")
    assert "Укажите имя" in text_of(half)
    whole = {"surname": "Птицына", "given_name": "Ольга"}
    assert "Оставьте одно" in text_of(boris.fill(edit, "/edit", **whole))
    assert boris.fill(edit, "/edit", code="", **whole).status_code == 303
    assert names(coded) == ["Птицына"]


def test_the_new_school_gives_its_own_code(
    coded: Flask, cast: Cast, boris: PageClient, vera: PageClient
) -> None:
    theirs = f"/schools/{cast.vera_school}"
    boris.fill(url(cast), "/new", **NEW)
    boris.fill(url(cast), "/new", **{**NEW, "code": "2"})
    vera.fill(f"{theirs}/mentees/new", "/new", **NEW)
    boris.fill(url(cast, "/1/transfer"), to_school_id=str(cast.vera_school), left="09.12.2020")
    offer = f"{theirs}/transfers/1"
    assert form_values(find_form(vera.get(offer), "/accept"))["code"] == [""]  # theirs is taken
    for code, sentence in (
        ("", "Укажите код"),
        ("К-15", "уже у ученика"),
        ("2", "занят в другой школе"),
    ):
        refused = vera.fill(offer, "/accept", code=code)
        assert refused.status_code == 422
        assert sentence in text_of(refused)
    assert vera.fill(offer, "/accept", code="В-3").status_code == 303
    with coded.app_context():
        known = [
            entry.full_name
            for entry in queries.register(cast.vera_school, Part.MENTEE, first_year=2020)
        ]
    assert known == ["В-3", "К-15"]
    assert "К-15" in text_of(
        boris.get(url(cast, "/1"))
    )  # the old school finds its own in the history
