"""Pasting a table: a preview, then exactly the rows shown as good, or nothing."""

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.people.models import Part, Participation, Person
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers

TABLE = "ФИО\tКласс\nПтицына Ольга\t7А\nНовак Олег\t12\nЁлкин Лев\t5б\nЕлкин Лев\t5Б"


def url(cast: Cast, book: str = "mentees") -> str:
    return f"/schools/{cast.boris_school}/{book}/import"


def people(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(one.full_name for one in db.session.query(Person))


def test_the_preview_puts_bad_rows_first_and_saves_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    answer = boris.fill(url(cast), text=TABLE, step="check")
    assert answer.status_code == 200
    rows = [row.get_text(" ", strip=True) for row in soup(answer).select("tbody tr")]
    assert rows[0].startswith("3 12 класса нет в школе.")
    assert rows[1] == "5 Повтор. Повторяет строку 4. Елкин Лев 5 «Б»".replace(" «", "\u00a0«")
    assert rows[2].startswith("2 Готово.")
    assert "Готово к загрузке: 2 . Исправить: 1 . Повторы, не загрузятся: 1" in text_of(answer)
    assert people(app) == []


def test_the_second_post_loads_the_good_rows_and_a_third_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    preview = boris.fill(url(cast), text=TABLE, joined="1.09", step="check")
    loaded = boris.fill(preview, step="load")
    assert loaded.status_code == 303
    assert people(app) == ["Ёлкин Лев", "Птицына Ольга"]
    again = boris.fill(preview, step="load")
    assert (again.status_code, again.location) == (303, f"/schools/{cast.boris_school}/mentees")
    assert people(app) == ["Ёлкин Лев", "Птицына Ольга"]
    page = text_of(boris.get(again.location))
    assert "В реестр загружено: 2 записи." in page
    assert "01.09.2020" in page


def test_a_text_changed_after_the_preview_is_shown_again_and_not_loaded(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    preview = boris.fill(url(cast), text=TABLE, step="check")
    answer = boris.fill(preview, text="Другая Инна\t7А", step="load")
    assert answer.status_code == 409
    assert "Ничего не загружено" in text_of(answer)
    assert "Другая Инна" in text_of(answer)
    assert people(app) == []
    assert boris.fill(answer, step="load").status_code == 303
    assert people(app) == ["Другая Инна"]


def test_a_register_changed_after_the_preview_loads_nothing(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    preview = boris.fill(url(cast), text=TABLE, step="check")
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    assert boris.fill(preview, step="load").status_code == 409
    assert people(app) == ["Птицына Ольга"]


def test_people_of_the_register_are_left_out_with_a_link(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        known = school.mentee("Птицына Ольга")
    answer = boris.fill(url(cast), text=TABLE, step="check")
    href = f"/schools/{cast.boris_school}/mentees/{known.participation_id}"
    assert (
        "Уже в реестре: №\u00a01." in soup(answer).select_one(f"tbody a[href='{href}']").get_text()
    )
    boris.fill(answer, step="load")
    assert people(app) == ["Ёлкин Лев", "Птицына Ольга"]


def test_a_mentee_pasted_among_mentors_stays_one_person(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    preview = boris.fill(url(cast, "mentors"), text="Птицына Ольга\t7А", step="check")
    assert "Уже в другом реестре, № 1" in text_of(preview)
    boris.fill(preview, step="load")
    with app.app_context():
        assert db.session.query(Person).count() == 1
        assert {row.part for row in db.session.query(Participation)} == set(Part)


def test_a_thousand_rows_load_in_a_few_statements(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    letters = "абвгдежзик"
    table = "\n".join(
        f"Птицын{letters[n // 100]}{letters[n // 10 % 10]}{letters[n % 10]} Олег\t{n % 11 + 1}А"
        for n in range(1000)
    )
    preview = boris.fill(url(cast), text=table, step="check")
    with statements() as sent:
        assert boris.fill(preview, step="load").status_code == 303
    assert len(people(app)) == 1000
    assert len(sent) < 40
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="people:added").one()
        assert entry.subject == "1000 чел., наставляемые, до № 1000"
    assert "В реестре 1 000 наставляемых" in text_of(boris.get(url(cast).removesuffix("/import")))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "Вставьте строки из Excel"),
        ({"text": "Птицына Ольга\t7А\n" * 2001}, "не больше 2 000 строк"),
        ({"text": TABLE, "joined": "10.12.2020"}, "Дата ещё не наступила"),
        ({"text": TABLE, "joined": "вчера"}, "Укажите дату в формате"),
    ],
)
def test_bad_input_is_explained_and_the_text_is_kept(
    app: Flask, cast: Cast, boris: PageClient, fields: dict[str, str], told: str
) -> None:
    answer = boris.fill(url(cast), **fields, step="check")
    assert answer.status_code == 422
    assert told in text_of(answer)
    kept = soup(answer).select_one("textarea").get_text().strip().splitlines()
    assert kept == fields["text"].strip().splitlines()
