"""«Заменить имена кодами»: all names of a school's pupils give way to codes, for good."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.people.models import Kind, Participation, Person
from tests.loads.loading import updated
from tests.registers.test_codes import switch
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, soup, text_of
from tests.support.registers import registers


@pytest.fixture
def here(app: Flask, cast: Cast, boris: PageClient) -> str:
    """№ 1 Щеглова (renamed once), № 2 Снегирёв who left, an adult; a load nobody finished."""
    with registers(app, cast) as school:
        school.mentee("Щегловская Инна")
        school.mentor("Снегирёв Лев", grade=11)
        school.mentor("Громов Юрий", kind=Kind.TEACHER)
    own = f"/schools/{cast.boris_school}"
    boris.fill(f"{own}/mentees/1/edit", "/edit", surname="Щеглова")
    boris.fill(f"{own}/mentors/2/leave", left="08.12.2020", reason="переезд")
    boris.fill(f"{own}/mentees/import", text="Канарейкин Олег\t12А")
    switch(app, on=True)
    return f"{own}/codes"


def checked(client: PageClient, here: str, **codes: str) -> TestResponse:
    return client.fill(here, "/codes", **codes)


NAMES = ("Щеглов", "Снегир", "Канарейк")


def holding(app: Flask, instance: Path) -> list[str]:
    """Return which of the names stand in some byte form in a file of the instance."""
    with app.app_context():
        db.engine.dispose()
    files = [path.read_bytes() for path in instance.rglob("*") if path.is_file()]
    return [
        name
        for name in NAMES
        for forms in [(name, name.lower(), json.dumps(name).strip('"'))]
        if any(form.encode() in each for form in forms for each in files)
    ]


def names(app: Flask) -> list[str]:
    with app.app_context():
        return [
            person.full_name for person in db.session.scalars(select(Person).order_by(Person.id))
        ]


def test_the_names_go_from_everywhere_and_the_paper_comes_first(
    app: Flask, instance: Path, cast: Cast, boris: PageClient, here: str
) -> None:
    assert len(holding(app, instance)) == len(NAMES)
    assert soup(boris.get(here.replace("codes", "mentees"))).select_one(f"main a[href='{here}']")
    assert "2 имени учеников" in text_of(boris.get(here.replace("/codes", "")))
    page = checked(boris, f"{here}?prefix=К-")
    rows = [row.get_text(" ", strip=True) for row in soup(page).select("tbody tr")]
    assert [row.replace("\xa0", " ") for row in rows] == [
        "К-1 Щеглова Инна 7 «А» 1", "К-2 Снегирёв Лев 11 «А» 2",
    ]  # fmt: skip
    assert names(app)[0] == "Щеглова Инна"
    assert boris.fill(page, "/replace").status_code == 422  # not confirmed
    assert boris.fill(page, "/replace", sure="1").status_code == 303
    assert names(app) == ["К-1", "К-2", "Громов Юрий"]
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="people:coded").one()
        assert (entry.subject, entry.school_id) == ("2 чел.", cast.boris_school)
    assert holding(app, instance) == []
    again = boris.fill(page, "/replace", sure="1")
    assert again.location == here.replace("codes", "mentees")
    assert "не осталось" in text_of(boris.get(here))


def test_codes_are_checked_and_what_was_typed_is_kept(
    app: Flask, cast: Cast, boris: PageClient, here: str
) -> None:
    boris.fill(f"/schools/{cast.boris_school}/mentees/new", "/new", code="7", school_class="7")
    for typed, sentence in (
        ({"code-1": "7"}, "уже у ученика № 4"),
        ({"code-1": "2"}, "указан дважды"),
        ({"code-1": "Щеглова"}, "Похоже на имя"),
        ({"code-1": ""}, "Укажите код"),
    ):
        answer = checked(boris, here, **typed)
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert form_values(find_form(answer, "/codes"))["code-1"] == [typed["code-1"]]


def test_of_two_curators_the_second_changes_nothing(
    app: Flask, cast: Cast, boris: PageClient, here: str
) -> None:
    stale, list_before = checked(boris, here), boris.get(here)
    with registers(app, cast) as school:
        school.mentee("Канарейкин Олег")
    assert boris.fill(stale, "/replace", sure="1").status_code == 409
    answer = boris.fill(list_before, "/codes", **{"code-1": "А-1"})
    assert answer.status_code == 409
    assert form_values(find_form(answer, "/codes"))["code-1"] == ["А-1"]
    assert names(app)[0] == "Щеглова Инна"
    printed = checked(boris, here)
    switch(app, on=False)
    boris.fill(f"/schools/{cast.boris_school}/mentees/1/edit", "/edit", surname="Щеглова-Канарейка")
    switch(app, on=True)
    assert boris.fill(printed, "/replace", sure="1").status_code == 409  # the paper is out of date
    good = checked(boris, here)
    boris.fill(f"/schools/{cast.boris_school}/mentees/1/edit", "/edit", code="В-1")
    assert boris.fill(good, "/replace", sure="1").status_code == 409
    assert names(app)[:2] == ["В-1", "Снегирёв Лев"]


def test_a_merged_card_gets_a_code_of_its_own(
    app: Flask, cast: Cast, boris: PageClient, here: str
) -> None:
    with registers(app, cast) as school:
        double = school.mentee("Щеглова Ина")
    with app.app_context(), writing():
        merged = update(Person).where(Person.id == double.person_id).values(merged_into_id=1)
        db.session.execute(merged)
        gone = update(Participation).where(Participation.person_id == double.person_id)
        db.session.execute(gone.values(person_id=1, is_mistake=True))
    boris.fill(checked(boris, here), "/replace", sure="1")
    assert names(app)[3] == "1/2"


def test_a_code_on_the_card_alone_leaves_nothing_of_the_name_either(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Щеглова Инна", patronymic="Снегирёвна")
        school.mentee("Щеглова Ина")
    own = f"/schools/{cast.boris_school}/mentees"
    table = "№ в базе\tФИО\tКласс\n1\tЩеглова Инна Канарейковна\t7А"
    load = boris.fill(f"{own}/import", text=table).location
    assert updated(boris, load).status_code == 303
    assert boris.fill(f"{own}/1/merge?with=2", keep="1").status_code == 303
    assert "Снегир" in stored(app)
    switch(app, on=True)
    assert boris.fill(f"{own}/1/edit", "/edit", code="К-1").status_code == 303
    assert names(app) == ["К-1", "К-1/2"]
    assert not [name for name in NAMES if name in stored(app)]
    assert boris.fill(f"{own}/1/edit", "/edit", code="К-7").status_code == 303
    assert names(app) == ["К-7", "К-1/2"]


def stored(app: Flask) -> str:
    """Return every value of the database."""
    with app.app_context():
        tables = db.metadata.sorted_tables
        return "\n".join(
            str(tuple(row)) for table in tables for row in db.session.execute(select(table))
        )


def test_who_went_to_another_school_is_left_to_it(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, here: str
) -> None:
    theirs = f"/schools/{cast.vera_school}"
    boris.fill(
        f"/schools/{cast.boris_school}/mentees/1/transfer",
        to_school_id=str(cast.vera_school), left="08.12.2020",
    )  # fmt: skip
    vera.fill(f"{theirs}/transfers/1", "/accept", school_class="7")
    assert "Ещё 1 ученик перешёл" in text_of(boris.get(here))
    vera.fill(f"{theirs}/mentees/new", "/new", code="2", school_class="7")
    taken = checked(vera, f"{theirs}/codes", **{"code-1": "2"})
    assert "уже у ученика" in text_of(taken)
    vera.fill(checked(vera, f"{theirs}/codes"), "/replace", sure="1")
    assert names(app)[:2] == ["1", "Снегирёв Лев"]


@pytest.mark.parametrize("way", ["all", "one"])
def test_loads_of_the_school_before_forget_the_name_too(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, way: str
) -> None:
    with registers(app, cast) as school:
        school.mentee("Щеглова Инна", patronymic="Снегирёвна")
    own, theirs = f"/schools/{cast.boris_school}/mentees", f"/schools/{cast.vera_school}"
    table = "№ в базе\tФИО\tКласс\n1\tЩеглова Инна Канарейковна\t7А"
    load = boris.fill(f"{own}/import", text=table).location
    assert updated(boris, load).status_code == 303
    boris.fill(f"{own}/1/transfer", to_school_id=str(cast.vera_school), left="08.12.2020")
    vera.fill(f"{theirs}/transfers/1", "/accept", school_class="7")
    assert "Снегир" in stored(app)
    switch(app, on=True)
    if way == "all":
        vera.fill(checked(vera, f"{theirs}/codes"), "/replace", sure="1")
    else:
        vera.fill(f"{theirs}/mentees/2/edit", "/edit", code="1")
    assert names(app) == ["1"]
    assert not [name for name in NAMES if name in stored(app)]


def test_only_the_curator_and_only_in_the_mode(
    app: Flask, cast: Cast, here: str, boris: PageClient, vera: PageClient, galina: PageClient,
    anna: PageClient,
) -> None:  # fmt: skip
    good = checked(boris, here)
    for client, status in ((vera, 404), (galina, 403), (anna, 403)):
        assert client.get(here).status_code == status
        assert client.send(f"{here}/replace", {"sure": "1"}).status_code == status
    switch(app, on=False)
    assert "заменять не нужно" in text_of(boris.get(here))
    assert boris.fill(good, "/replace", sure="1").status_code == 409
    assert names(app)[0] == "Щеглова Инна"
