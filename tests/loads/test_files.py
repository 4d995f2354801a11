"""Workbooks of the registers: the template, a file sent, rows to mend, the export and its way back."""

import io
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.audit.models import AuditEntry
from nastav.consents.models import Consent, Signer
from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.district.models import School
from nastav.loads.models import Load
from nastav.mentors.profiles.models import MentorKind, MentorProfile, Selection
from nastav.people import operations
from nastav.people.forms import NEEDS, SOURCES
from nastav.people.models import KINDS_OF_PART, Kind, Part, Participation, Person
from nastav.people.rules import NewPerson
from tests.loads.loading import counted, load_of, people, sent, tables, url
from tests.support.books import rows_of, workbook
from tests.support.cast import Cast
from tests.support.kinds import Made, xlsx
from tests.support.pages import PageClient, text_of
from tests.support.registers import registers

ROWS = (
    ("База наставляемых", None, None),
    ("№", "ФИО", "Класс", "Дата\nвхождения", "Адрес"),
    (1, "Птицына Ольга", "7 «А»", date(2020, 9, 5), "дом 1"),
    (2, "Новак Олег", 12, "вчера", None),
    (3, "Ёлкин Лев", 5, "1 октября", None),
)


def test_a_file_is_checked_with_the_row_numbers_of_excel(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = boris.get(sent(boris, cast, workbook(*ROWS)).location)
    assert "Пропущены столбцы: «Адрес». Над заголовком пропущено, строки: 1." in text_of(page)
    assert tables(page)["Исправить"][0].startswith("4 Укажите дату в формате")
    assert [row.split()[0] for row in tables(page)["Готово к загрузке"]] == ["3", "5"]
    boris.fill(page)
    with app.app_context():
        days = {row.joined for row in db.session.query(Participation)}
    assert days == {date(2020, 9, 5), date(2020, 10, 1)}


def test_of_several_sheets_the_first_with_headings_is_read_and_named(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    template = boris.get(f"{url(cast)}/template.xlsx").data
    answer = sent(boris, cast, template)
    assert answer.status_code == 422  # nothing was filled in
    assert "под заголовком пусто" in text_of(answer)
    book = workbook(("Фамилия", "Имя", "Класс"), ("Птицына", "Ольга", "7А"), name="Список 7-х")
    page = boris.get(sent(boris, cast, book).location)
    assert "Прочитан лист" not in text_of(page)
    boris.fill(page)
    page = boris.get(
        sent(boris, cast, boris.get(url(cast).replace("/import", ".xlsx")).data).location
    )
    assert "Прочитан лист «Наставляемые»." in text_of(page)


def test_a_row_of_several_sheets_is_named_by_its_sheet_and_its_number_there(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    head = ("ФИО", "Класс")
    sheets = [
        Made([head, ("Рогов Лев", "5А"), ("Ветров Олег", "12")], "5А"),
        Made([head, ("Рогов Лев", "5А"), ("Шилов Яков", "")], "5Б"),
    ]
    load = sent(boris, cast, xlsx(*sheets)).location
    assert [number for number, _ in load_of(app).rows] == [1, 2, 3, 4]
    page = boris.get(load)
    assert tables(page)["Исправить"][1].startswith("лист «5Б», строка 3 ")
    assert "Повторяет строку 2 листа «5А»." in tables(page)["Повторы, не загрузятся"][0]
    form = boris.get(f"{load}/rows/4/edit")
    assert "Исправить строку 3 листа «5Б»" in text_of(form)
    boris.fill(form, cell_class="5Б")
    boris.fill(f"{load}/rows/2/edit", "/remove")
    assert "Строку 3 листа «5А» убрали." in text_of(boris.get(load))
    done = boris.get(boris.fill(boris.get(load)).location)
    assert "Строка 2 листа «5Б»: Повторяет строку 2 листа «5А»." in text_of(done)


def test_the_template_has_headings_choices_and_a_sheet_that_explains_them(
    cast: Cast, boris: PageClient
) -> None:
    content = boris.get(f"{url(cast, 'mentors')}/template.xlsx").data
    heads = rows_of(content)[0]
    assert heads == ("Фамилия", "Имя", "Отчество", "Класс", "Категория участника",
                     "Должность или место работы", "Компетенции", "Достижения", "Интересы",
                     "Ресурс времени", "Желаемые классы", "Желаемый возраст", "Предельная нагрузка",
                     "Формы наставничества", "Собеседование", "Отбор", "Дата вхождения",
                     "Дата согласия", "Кто подписал согласие", "Номер согласия в деле")  # fmt: skip
    guide = {row[0]: row[1:] for row in rows_of(content, 1)}
    assert set(heads) < set(guide)
    assert guide["Категория участника"][2].startswith("ученик, педагог, студент")
    assert guide["Отбор"][2] == "отобран, не отобран"
    assert guide["Формы наставничества"][2].startswith("ученик – ученик, ")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "документ PDF"),
        (b"", "Файл пустой"),
        (b"\0\1;\2\n", "не таблица"),
        (workbook(), "нет заполненных"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(
    app: Flask, cast: Cast, boris: PageClient, content: bytes, sentence: str
) -> None:
    answer = sent(boris, cast, content)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    both = boris.fill(url(cast), text="а\tб", file=(io.BytesIO(content or b"x"), "а.xlsx"))
    assert "Выберите одно" in text_of(both)


def test_bad_rows_are_downloaded_mended_and_loaded_again(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    done = boris.fill(boris.get(sent(boris, cast, workbook(*ROWS)).location)).location
    content = boris.get(f"{done}/mend.xlsx").data
    heads, bad = rows_of(content)
    assert heads == ("Строка", "Что исправить", "ФИО", "Класс", "Дата вхождения")
    assert bad[0] == 4
    assert bad[1].startswith("Укажите дату")
    assert bad[2:] == ("Новак Олег", "12", "вчера")
    mended = workbook(heads, (*bad[:3], "11", "1.10.2020"))
    page = boris.get(sent(boris, cast, mended).location)
    assert "Пропущены столбцы" not in text_of(page)
    boris.fill(page)
    assert people(app) == ["Ёлкин Лев", "Новак Олег", "Птицына Ольга"]


def test_what_people_typed_never_becomes_a_formula(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        for text in ("=1+1", "+7", "-7", "@а"):
            school.mentee("Птицына Ольга", need=text)
    content = boris.get(url(cast).replace("/import", ".xlsx")).data
    assert [row[7] for row in rows_of(content)[1:]] == ["=1+1", "+7", "-7", "@а"]
    assert b"<f>" not in content
    page = boris.get(sent(boris, cast, content).location)
    assert counted(page)[1] == "0"


def test_the_export_holds_everything_of_those_in_the_register(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга", patronymic="Ильинична", need="учёба", source="психолог")
        school.mentee("Зуева Яна", kind=Kind.TEACHER, post="учитель")
        gone = school.mentee("Новак Олег")
    path = f"/schools/{cast.boris_school}/mentees/{gone.participation_id}/mistake"
    boris.fill(path)
    heads, *rows = rows_of(boris.get(url(cast).replace("/import", ".xlsx")).data)
    assert heads[:5] == ("№ в базе", "Фамилия", "Имя", "Отчество", "Класс")
    day = datetime(2020, 9, 1)  # noqa: DTZ001 - Excel knows no zones
    assert [row[:11] for row in rows] == [
        (2, "Зуева", "Яна", None, None, "молодой педагог", "учитель", None, None, None, day),
        (
            1,
            "Птицына",
            "Ольга",
            "Ильинична",
            "7 «А»",
            "ученик",
            None,
            "учёба",
            "психолог",
            None,
            day,
        ),
    ]
    assert {each for row in rows for each in row[11:]} == {None}


def test_the_export_is_for_the_school_alone_and_stands_in_the_journal(
    app: Flask, cast: Cast, galina: PageClient, vera: PageClient, anna: PageClient
) -> None:
    address = url(cast).replace("/import", ".xlsx")
    assert galina.get(address).status_code == 200
    assert (vera.get(address).status_code, anna.get(address).status_code) == (404, 403)
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="export:downloaded").one()
        assert (entry.subject, entry.school_id) == ("mentees.xlsx", cast.boris_school)


def invented(part: Part, chance: Random, number: int) -> NewPerson:
    """Return somebody at random: odd names and spaces, namesakes, every kind, classes, days."""
    kind = chance.choice((Kind.PUPIL, *KINDS_OF_PART[part]))
    is_pupil = kind is Kind.PUPIL
    words = ("Ёлкин", "Елкин", "дель Рио", "Салтыков-Щедрин", "Ким", "О’Нил", "Мамед  оглы", "=ВПР")
    return NewPerson(
        surname=chance.choice(words) + chance.choice(("", "а", "ова")),
        given_name=chance.choice(("Лев", "Анна Мария", "Ян", "И.", "Ольга")),
        patronymic=chance.choice(("", "Ильич", "Ахмед оглы", "Львовна")),
        kind=kind,
        grade=chance.randint(1, 11) if is_pupil else None,
        letter=chance.choice(("", "А", "Ё", "Щ", "1", "12", "ДОП")) if is_pupil else "",
        class_year=2020 - chance.randint(0, 1),
        post="" if is_pupil else chance.choice(("", "учитель, 1-я категория", "-", '"Завод"')),
        need=chance.choice(("", *NEEDS, "+1", "7 сентября")) if part is Part.MENTEE else "",
        source=chance.choice(("", *SOURCES, "=А1", "-")) if part is Part.MENTEE else "",
        expected_result=chance.choice(("", "не ниже «4»", "-")) if part is Part.MENTEE else "",
        joined=date(2020, 12, 9) - timedelta(days=chance.randint(0, 900)),
    )


def holding(part: Part, chance: Random, school: int, person: int) -> list[Any]:
    """Return what a card holds beside the register at random: papers, and a mentor's profile."""
    texts = ("", "физика\nи  химия", "=1+1", "-", "нет", "7 сентября", "х" * 200)
    whose = {"school_id": school, "person_id": person}
    rows: list[Any] = [
        Consent(
            signer=chance.choice(list(Signer)),
            signed_on=date(2020, 12, 9) - timedelta(days=chance.randint(0, 900)),
            number=chance.choice(("", "12", "№ 5-с", "=1", "01.09")),
            for_programme=chance.random() < 0.8,
            purposes="фото",
            withdrawn_on=chance.choice((None, None, date(2020, 12, 1))),
            **whose,
        )
        for _ in range(chance.randint(0, 3))
    ]
    if part is Part.MENTOR and chance.random() < 0.8:
        names = ("competences", "achievements", "interests", "free_time", "decision_note")
        profile = MentorProfile(
            **{name: chance.choice(texts) for name in names},
            most_mentees=chance.choice((None, 1, 200)),
            grade_from=chance.choice((None, 1, 5)),
            grade_to=chance.choice((None, 5, 11)),
            age_from=chance.choice((None, 7, 10)),
            age_to=chance.choice((None, 10, 18)),
            interviewed_on=chance.choice((None, date(2020, 10, 5))),
            decision=chance.choice(list(Selection)),
            **whose,
        )
        rows.append(profile)
    return rows


def fill_cards(part: Part, chance: Random, school_id: int, kinds: list[int]) -> None:
    """Give everybody of a school something beside the register."""
    for person_id in db.session.scalars(select(Person.id).order_by(Person.id)):
        db.session.add_all(holding(part, chance, school_id, person_id))
    db.session.flush()
    for profile_id in db.session.scalars(select(MentorProfile.id)):
        some = chance.sample(kinds, chance.randint(0, 3))
        db.session.add_all(MentorKind(profile_id=profile_id, kind_id=kind_id) for kind_id in some)


@pytest.mark.parametrize("part", Part)
def test_an_export_of_a_thousand_random_people_changes_nothing_when_loaded(
    app: Flask, cast: Cast, boris: PageClient, part: Part
) -> None:
    chance = Random(42)
    new = [invented(part, chance, number) for number in range(1000)]
    with app.app_context(), writing():
        school = db.session.get_one(School, cast.boris_school)
        operations.add_people(cast.actor("boris"), school, part, new)
        fill_cards(part, chance, school.id, list(db.session.scalars(select(PairKind.id))))
    book = f"{part.value}s"
    content = boris.get(url(cast, book).replace("/import", ".xlsx")).data
    page = boris.get(sent(boris, cast, content, book).location)
    assert counted(page) == ["0", "0", "0", "1\xa0000"]


def test_everything_of_a_file_is_erased_with_its_rows(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    boris.fill(boris.get(sent(boris, cast, workbook(*ROWS[1:4])).location))
    load = load_of(app)
    with app.app_context(), writing():
        load = db.session.get_one(Load, load.id)
        assert [row[0] for row in load.rows] == [3]
        assert db.session.query(Person).count() == 1
    boris.send(f"{url(cast)}/{load.id}/drop")
    assert (load_of(app).rows, load_of(app).notes) == ([], [])
