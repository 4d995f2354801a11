"""One child entered twice in one school: asked at the form, listed, and remarked before sending."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import School
from nastav.identity.matches.models import PersonMatch
from nastav.identity.matches.within import queries
from nastav.people.models import Kind, Participation
from tests.conftest import ClientOf
from tests.loads.loading import checked, tables
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.registers import registers


@dataclass(frozen=True)
class Home:
    url: str
    known: int  # Козлова, № 1, 8 «А»: her line

    @property
    def new(self) -> str:
        return f"{self.url}/mentees/new"

    @property
    def matches(self) -> str:
        return f"{self.url}/matches"


@pytest.fixture
def home(app: Flask, cast: Cast) -> Home:
    with registers(app, cast) as school:
        known = school.mentee("Козлова Жанна Олеговна", grade=8)
    return Home(f"/schools/{cast.boris_school}", known.participation_id)


def typed(client: PageClient, home: Home, page: object = None, **more: str) -> object:
    values = {
        "surname": "Козлова",
        "given_name": "Жанна",
        "school_class": "9 «В»",
        "joined": "01.12.2020",
        **more,
    }
    return client.fill(page or home.new, "/new", **values)


def lines(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Participation).count()


@pytest.mark.parametrize(
    "name",
    [
        {"surname": "Козлова", "given_name": "Жанна", "patronymic": "Олеговна"},
        {"surname": "Koзлoва"},  # two Latin letters
        {"surname": "Козлова-Птицына"},
        {"school_class": "8 «Б»"},
    ],
)
def test_the_name_in_another_class_is_asked_about(
    app: Flask, boris: PageClient, home: Home, name: dict[str, str]
) -> None:
    answer = typed(boris, home, **name)
    assert answer.status_code == 422
    text = text_of(answer)
    assert "Тот же, обновить класс: Козлова Жанна Олеговна, 8 «А», № 1" in text
    assert "Другой ребёнок: добавить" in text
    assert lines(app) == 1


def test_the_same_child_gets_the_class_and_no_second_line(
    app: Flask, boris: PageClient, home: Home
) -> None:
    page = typed(boris, home)
    answer = typed(boris, home, page, again=str(home.known))
    assert answer.location == f"{home.url}/mentees/{home.known}"
    card = text_of(boris.get(answer.location))
    assert "№ 1: класс теперь 9 «В»." in card
    assert lines(app) == 1
    typed(boris, home, page, again=str(home.known))  # sent twice
    assert lines(app) == 1


def test_another_child_is_entered_and_told_apart_for_good(
    app: Flask, boris: PageClient, home: Home
) -> None:
    page = typed(boris, home)
    assert typed(boris, home, page, again="0").status_code == 303
    assert lines(app) == 2
    assert "Совпадений внутри школы нет." in text_of(boris.get(home.matches))
    with app.app_context():
        row = db.session.query(PersonMatch).one()
        assert (row.one_number, row.other_number, row.is_one_child) == (1, 2, False)


def test_another_child_of_the_same_class_is_told_apart_too(
    app: Flask, boris: PageClient, home: Home
) -> None:
    with app.app_context(), writing():  # who left and came back has two lines and one number
        line = db.session.query(Participation).one()
        line.left = date(2020, 11, 1)
        again = Participation(
            person_id=line.person_id,
            school_id=line.school_id,
            part=line.part,
            joined=date(2020, 12, 1),
        )
        db.session.add(again)
    page = typed(boris, home, school_class="8 «А»")
    assert page.status_code == 422
    assert typed(boris, home, page, school_class="8 «А»", is_other="y").status_code == 303
    assert "Совпадений внутри школы нет." in text_of(boris.get(home.matches))


def test_a_mentor_of_the_name_who_is_another_child_is_told_apart(
    app: Flask, cast: Cast, boris: PageClient, home: Home
) -> None:
    with registers(app, cast) as school:
        school.mentor("Рогова Анна", grade=10)
    name = {"surname": "Рогова", "given_name": "Анна"}
    page = typed(boris, home, **name)
    assert page.status_code == 422
    assert typed(boris, home, page, same_as="0", **name).status_code == 303
    assert "Совпадений внутри школы нет." in text_of(boris.get(home.matches))


# --- a table ----------------------------------------------------------------------------------------


TABLE = "ФИО\tКласс\nКозлова Жанна\t9В\nРогов Лев\t5А\nРогов Лев\t6Б"


def loaded(client: PageClient, cast: Cast) -> str:
    """Load the table with «другой ребёнок» of both rows that are asked about; return its address."""
    path = str(checked(client, cast, TABLE).request.path)
    for row in (2, 4):
        assert client.send(f"{path}/rows/{row}/decide", {"choice": "other"}).status_code == 303
    assert client.fill(client.get(path)).status_code == 303
    return path


def test_another_child_of_a_table_is_asked_about_never_again(
    app: Flask, cast: Cast, boris: PageClient, home: Home
) -> None:
    loaded(boris, cast)
    assert lines(app) == 4
    assert "Совпадений внутри школы нет." in text_of(boris.get(home.matches))
    with app.app_context():
        rows = db.session.query(PersonMatch).order_by(PersonMatch.id)
        told = [(row.one_number, row.other_number, row.is_one_child) for row in rows]
        assert told == [(1, 3, False), (2, 4, False)]
    again = tables(checked(boris, cast, TABLE))
    assert list(again) == ["Повторы, не загрузятся"]


def test_what_was_said_of_the_people_of_a_load_goes_with_its_undo(
    app: Flask, cast: Cast, boris: PageClient, home: Home
) -> None:
    path = loaded(boris, cast)
    assert boris.fill(f"{path}/undo").status_code == 303
    with app.app_context():
        assert db.session.query(PersonMatch).count() == 0
    with registers(app, cast) as school:
        school.mentee("Козлова Жанна", grade=9)  # № 2, who is somebody else
    assert "№ 2" in text_of(boris.get(home.matches))


def test_a_line_of_another_school_is_no_answer(
    app: Flask, cast: Cast, boris: PageClient, home: Home
) -> None:
    with registers(app, cast, "vera") as school:
        stranger = school.mentee("Козлова Жанна", grade=3)
    page = typed(boris, home)
    answer = typed(boris, home, page, again=str(stranger.participation_id))
    assert answer.status_code == 422


def test_who_has_left_is_brought_back_from_the_card(
    app: Flask, boris: PageClient, home: Home
) -> None:
    with app.app_context(), writing():
        db.session.query(Participation).update({"left": date(2020, 11, 1)})
    text = text_of(typed(boris, home))
    assert "выбытие 01.11.2020" in text
    assert "Тот же, обновить класс" not in text


# --- the list, and what is said of it ---------------------------------------------------------------


@pytest.fixture
def twice(app: Flask, cast: Cast, home: Home) -> Home:
    """The same child with another class as № 2, a namesake with another patronymic, a teacher."""
    with registers(app, cast) as school:
        school.mentee("Козлова Жанна", grade=9, letter="В")
        school.mentee("Козлова Жанна Ивановна", grade=5)
        school.mentor("Козлова Жанна", kind=Kind.TEACHER, post="учитель")
    return home


def test_the_list_shows_both_cards_and_says_what_it_compares(
    boris: PageClient, galina: PageClient, twice: Home
) -> None:
    for client in (boris, galina):
        text = text_of(client.get(twice.matches))
        assert "Козлова Жанна Олеговна, 8 «А», № 1" in text
        assert "Козлова Жанна, 9 «В», № 2" in text
        assert "Класс не сравнивается" in text
    rows = soup(boris.get(twice.matches)).select("tbody tr")
    assert len(rows) == 2  # № 1 and № 2, № 2 and № 3: a patronymic that is left out may be either
    assert not soup(galina.get(twice.matches)).select("main form")


def test_two_children_are_told_apart_once_and_again_open(
    app: Flask, boris: PageClient, twice: Home
) -> None:
    page = boris.get(twice.matches)
    for _ in range(2):
        assert boris.fill(page, "/matches", match="1-2").status_code == 303
    text = text_of(boris.get(twice.matches))
    assert "№ 1 и № 2" in text
    assert len(soup(boris.get(twice.matches)).select("tbody tr")) == 1
    with app.app_context():
        assert db.session.query(PersonMatch).count() == 1
        entry = db.session.query(AuditEntry).filter_by(event="match:declined").one()
        assert entry.subject == "№ 1 и № 2"
    boris.fill(twice.matches, "/undo")
    assert len(soup(boris.get(twice.matches)).select("tbody tr")) == 2


def test_cards_made_one_are_no_match_any_more(boris: PageClient, twice: Home) -> None:
    link = soup(boris.get(twice.matches)).select_one("a[href*='/merge?with=']")
    assert link
    boris.fill(str(link["href"]), "/merge", keep="1")
    # what is left of the two has a patronymic, and № 3 has another
    assert "Совпадений внутри школы нет." in text_of(boris.get(twice.matches))


def test_the_district_sees_numbers_and_classes(
    anna: PageClient, gleb: PageClient, twice: Home
) -> None:
    for client in (anna, gleb):
        text = text_of(client.get("/districts/1/matches"))
        assert "Внутри одной школы" in text
        assert "№ 1, 8 «А»" in text
        assert "№ 2, 9 «В»" in text
        assert "озлова" not in text


def test_the_self_check_of_two_stages_remarks_it(boris: PageClient, twice: Home) -> None:
    remark = "Возможно, один ребёнок внесён дважды: № 1 и № 2; № 2 и № 3."
    for ordinal, is_said in ((1, False), (2, True), (3, False), (5, True)):
        text = text_of(boris.get(f"{twice.url}/2020/stages/{ordinal}/submit"))
        assert (remark in text) is is_said


def test_the_schools_start_page_leads_to_them_until_they_are_decided(
    app: Flask,
    cast: Cast,
    boris: PageClient,
    galina: PageClient,
    anna: PageClient,
    twice: Home,
) -> None:
    with app.app_context():
        school = db.session.get_one(School, cast.boris_school)
        assert queries.count_cards(school, date(2020, 12, 9)) == 3
    link = f"main a[href='{twice.matches}']"
    for client in (boris, galina):
        assert soup(client.get(twice.url)).select_one(link)
    assert "Возможно, один ребёнок внесён в школе дважды: 3 записи" in text_of(anna.get(twice.url))
    assert not soup(anna.get(twice.url)).select_one(link)
    for match in ("1-2", "2-3"):
        boris.fill(twice.matches, "/matches", match=match)
    assert not soup(boris.get(twice.url)).select_one(link)


@pytest.mark.parametrize(("login", "status"), [("anna", 403), ("gleb", 403), ("vera", 404)])
def test_names_are_the_schools_own(
    client_of: ClientOf, twice: Home, login: str, status: int
) -> None:
    client = client_of(login)
    assert client.get(twice.matches).status_code == status
    assert client.send(twice.matches, {"match": "1-2"}).status_code == status


def test_a_year_that_is_over_looks_at_its_own_people(
    app: Flask, boris: PageClient, twice: Home
) -> None:
    with app.app_context(), writing():
        later = db.session.query(Participation).filter(Participation.id > twice.known)
        later.update({"joined": date(2021, 9, 1)})
    text = text_of(boris.get(f"{twice.url}/2020/stages/2/submit"))
    assert "внесён дважды" not in text
