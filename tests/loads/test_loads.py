"""Loading a table: a check, then exactly the rows shown as good, or nothing; its undo."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from nastav import dates
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.loads import operations
from nastav.loads.models import Load, LoadState
from nastav.people.models import Part, Participation, Person, RegisterNumber
from tests.loads.loading import (
    TABLE,
    checked,
    counted,
    decided,
    load_of,
    needs,
    people,
    tables,
    updated,
    url,
)
from tests.support.cast import Cast
from tests.support.pages import PageClient, TestResponse, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers


def test_the_check_puts_bad_rows_first_and_changes_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = checked(boris, cast)
    assert list(tables(page)) == ["Исправить", "Готово к загрузке", "Повторы, не загрузятся"]
    assert tables(page)["Исправить"][0].startswith("3 12 класса нет в школе.")
    assert tables(page)["Повторы, не загрузятся"] == [
        "5 Повторяет строку 4. Елкин Лев ученик 5 «Б» дата вхождения: 09.12.2020"
    ]
    assert counted(page) == ["2", "0", "1", "1"]
    heads = [cell.get_text() for cell in soup(page).select("thead tr")[0].select("th")]
    assert [heading.strip() for heading in heads[:3]] == ["Строка", "Что исправить", "ФИО"]
    assert people(app) == []


def test_the_good_rows_are_loaded_and_a_second_click_adds_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = checked(boris, cast, joined="1.09")
    loaded = boris.fill(page)
    assert (loaded.status_code, people(app)) == (303, ["Ёлкин Лев", "Птицына Ольга"])
    assert boris.fill(page).location == loaded.location
    assert people(app) == ["Ёлкин Лев", "Птицына Ольга"]
    done = boris.get(loaded.location)
    assert "В базу загружено: 2 записи." in text_of(done)
    assert tables(done)["Осталось исправить: 1"][0].startswith("3 12 класса нет")
    assert "01.09.2020" in text_of(boris.get(url(cast).removesuffix("/import")))


def test_a_table_sent_twice_is_kept_once(app: Flask, cast: Cast, boris: PageClient) -> None:
    page = boris.get(url(cast))
    first, second = boris.fill(page, text=TABLE), boris.fill(page, text=TABLE)
    assert first.location == second.location
    with app.app_context():
        assert db.session.query(Load).count() == 1


def test_a_register_changed_after_the_check_loads_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = checked(boris, cast)
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    answer = boris.fill(page)
    assert answer.status_code == 409
    assert "Ничего не загружено" in text_of(answer)
    assert people(app) == ["Птицына Ольга"]
    assert boris.fill(decided(boris, answer)).status_code == 303
    assert people(app) == ["Ёлкин Лев", "Птицына Ольга"]


def test_what_is_posted_beside_the_rows_shown_is_not_taken(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    load = checked(boris, cast).request.path
    assert boris.send(load, {"mark": ""}).status_code == 409
    assert people(app) == []


@pytest.mark.parametrize(("choice", "need"), [("skip", "спорт"), ("update", "учёба")])
def test_a_known_person_is_skipped_or_updated_as_chosen(
    app: Flask, cast: Cast, boris: PageClient, choice: str, need: str
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга", need="спорт")
    page = checked(boris, cast)
    shown = tables(page)["Уже в базе, сведения отличаются"][0]
    assert shown.startswith("2 Уже в базе, № 1. основной запрос: спорт → учёба")
    assert boris.fill(page).status_code == 422  # somebody has to decide
    boris.fill(decided(boris, page, choice))
    assert needs(app) == {"Ёлкин": "", "Птицына": need}


def test_the_source_is_shown_where_a_row_has_one_and_updated(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга", source="психолог")
    head = "ФИО\tКласс\tИсточник\n"
    page = checked(boris, cast, head + "Птицына Ольга\t7А\t\nЁлкин Лев\t5б\t")
    assert "источник:" not in text_of(page)
    page = checked(boris, cast, head + "Птицына Ольга\t7А\tсам")
    assert "источник: психолог → сам" in text_of(page)
    updated(boris, page.request.path)
    with app.app_context():
        assert db.session.query(Participation).one().source == "сам"


def test_all_the_known_are_updated_by_one_link(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    text = "ФИО\tКласс\tЗапрос\nПтицына Ольга\t7А\tучёба"
    page = checked(boris, cast, text)
    assert boris.fill(page).status_code == 422  # nothing is new and nothing chosen
    updated(boris, page.request.path)
    assert needs(app) == {"Птицына": "учёба"}
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="people:changed").one()
        assert entry.subject == "№ 1, наставляемые: основной запрос"


def test_a_mentee_loaded_among_mentors_stays_one_person(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    page = checked(boris, cast, "Птицына Ольга\t7А", book="mentors")
    assert "Уже в другой базе, № 1" in text_of(page)
    boris.fill(page)
    with app.app_context():
        assert db.session.query(Person).count() == 1
        assert {row.part for row in db.session.query(Participation)} == set(Part)


def many(need: str = "") -> str:
    letters = "абвгдежзик"
    rows = (
        f"Птицын{letters[n // 100]}{letters[n // 10 % 10]}{letters[n % 10]} Олег\t{n % 11 + 1}А\t{need}"
        for n in range(500)
    )
    return "\n".join(["ФИО\tКласс\tЗапрос", *rows])


def test_five_hundred_rows_load_and_are_updated_in_a_few_statements(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    for need in ("учёба", "спорт"):
        page = checked(boris, cast, many(need))
        page = decided(boris, page)
        with statements() as sent:
            assert boris.fill(page).status_code == 303
        assert len(sent) < 40
        assert len(people(app)) == 500
        assert set(needs(app).values()) == {need}


def test_rows_are_erased_when_loaded_given_up_or_old(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(checked(boris, cast, "Птицына Ольга\t7А"))
    assert load_of(app).rows == []
    page = checked(boris, cast)
    assert len(load_of(app).rows) == 4
    assert boris.fill(page, "/drop").status_code == 303
    assert (load_of(app).rows, load_of(app).state) == ([], LoadState.DROPPED)
    assert "строки удалены" in text_of(boris.get(page.request.path))
    checked(boris, cast)
    with app.app_context(), writing():
        load = db.session.query(Load).order_by(Load.id.desc()).first()
        load.made_at = dates.now() - operations.ROWS_KEPT - timedelta(minutes=1)
        db.session.flush()
        operations.forget_old()
    assert (load_of(app).rows, load_of(app).state) == ([], LoadState.DROPPED)


def test_a_load_dated_ahead_of_the_clock_is_erased_three_days_from_now(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    now = dates.now()
    checked(boris, cast)
    with app.app_context(), writing():
        db.session.query(Load).one().made_at = now + timedelta(days=730)
    for days, rows in ((0, 4), (2, 4), (4, 0)):
        with time_machine.travel(now + timedelta(days=days), tick=False):
            with app.app_context(), writing():
                operations.forget_old()
            assert len(load_of(app).rows) == rows, days


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Вставьте строки из Excel или выберите файл"),
        ({"text": "Птицына Ольга\t7А\n" * 2001}, "не больше 2 000 строк"),
        ({"text": "ФИО\tКласс"}, "под заголовком пусто"),
        ({"text": TABLE, "joined": "10.12.2020"}, "Дата ещё не наступила"),
        ({"text": TABLE, "joined": "вчера"}, "Укажите дату в формате"),
    ],
)
def test_bad_input_is_explained_and_the_text_is_kept(
    app: Flask, cast: Cast, boris: PageClient, fields: dict[str, str], sentence: str
) -> None:
    answer = boris.fill(url(cast), **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    kept = soup(answer).select_one("textarea").get_text().strip().splitlines()
    assert kept == fields["text"].strip().splitlines()


def test_a_load_of_another_school_or_register_is_not_there(
    app: Flask, cast: Cast, boris: PageClient, vera: PageClient, galina: PageClient
) -> None:
    path = checked(boris, cast).request.path
    assert boris.get(path.replace("mentees", "mentors")).status_code == 404
    foreign = path.replace(f"/schools/{cast.boris_school}/", f"/schools/{cast.vera_school}/")
    assert vera.get(foreign).status_code == 404
    assert vera.get(path).status_code == 404
    assert galina.get(path).status_code == 403


def test_numbers_given_by_a_load_are_free_of_names_in_the_journal(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(checked(boris, cast))
    with app.app_context():
        entries = " ".join(
            f"{entry.subject} {entry.changes}" for entry in db.session.query(AuditEntry)
        )
        assert "2 чел., наставляемые, до № 2" in entries
        assert "Птицына" not in entries
        assert db.session.query(RegisterNumber).count() == 2


# --- one name in another class ----------------------------------------------------------------------

ALIKE = "ФИО\tКласс\nПтицына Ольга Юрьевна\t8Б\nПтицына-Щеглова Ольга\t8Б\nНовак Олег\t5А\nНовак Олег\t6А"


def alike(app: Flask, cast: Cast, boris: PageClient) -> TestResponse:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга", grade=7)
    return checked(boris, cast, ALIKE)


def test_a_name_in_another_class_is_asked_about_with_number_and_class(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    rows = tables(alike(app, cast, boris))
    asked = rows["Уже в базе, сведения отличаются"]
    assert len(asked) == 3
    known = "Такое имя уже есть: № 1, 7 «А». Тот же ребёнок или другой?"
    assert [known in row for row in asked] == [True, True, False]
    assert "Похоже на строку 4 (ученик 5 «А»). Тот же ребёнок или другой?" in asked[2]
    assert all("Другой ребёнок: загрузить" in row for row in asked)
    assert ["Тот же, обновить класс" in row for row in asked] == [True, True, False]
    assert len(rows["Готово к загрузке"]) == 1


def test_nothing_of_it_is_loaded_unless_it_is_answered(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = alike(app, cast, boris)
    assert boris.fill(page).status_code == 422
    boris.fill(
        page, "/decide", choice="update"
    )  # of those who may be another nobody decides at once
    assert boris.fill(page.request.path).status_code == 422
    assert people(app) == ["Птицына Ольга"]


def test_the_same_child_is_updated_and_another_is_entered(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = alike(app, cast, boris)
    load = page.request.path
    for number, choice in ((2, "update"), (3, "skip"), (5, "other")):
        boris.send(f"{load}/rows/{number}/decide", {"choice": choice})
    done = boris.fill(load)
    assert done.status_code == 303
    assert people(app) == ["Новак Олег", "Новак Олег", "Птицына Ольга Юрьевна"]
    register = text_of(boris.get(f"/schools/{cast.boris_school}/mentees"))
    assert "8 «Б»" in register
    boris.fill(f"{done.location}/undo", "/undo")
    assert people(app) == ["Птицына Ольга"]
