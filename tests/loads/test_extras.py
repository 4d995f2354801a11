"""What a table says over and above: consents and mentors' profiles, shown, loaded, undone."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from nastav import dates
from nastav.audit.models import AuditEntry
from nastav.columns import cells
from nastav.columns.register import understood
from nastav.consents.models import Consent, Signer
from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.loads import operations
from nastav.loads.models import Load
from nastav.mentors.profiles.models import MentorKind, MentorProfile, Selection
from nastav.people.models import Kind, Part
from nastav.people.operations import Added
from tests.loads.loading import checked, counted, decided, load_of, people, tables, updated
from tests.support.books import rows_of
from tests.support.cast import Cast
from tests.support.pages import PageClient, text_of
from tests.support.queries import statements
from tests.support.registers import registers

MENTEES = (
    "ФИО\tКласс\tСогласие\tСогласие: кто подписал\t№ согласия\n"
    "Птицына Ольга\t7А\t01.09.2020\t\t12-с\nЁлкин Лев\t9б\t2.09.2020\tмама\t\nНовак Яна\t8\tнет\t\t"
)
MENTORS = (
    'ФИО\tКласс или должность\tКомпетенции\t"Желаемый\nвозраст"\tРесурс времени\t'
    "Предельное количество наставляемых\tФорма\tОтбор\tДата собеседования\tСогласие\n"
    "Громова Анна\tучитель\tшахматы, физика\tс 5 по 7 класс\tвторник\tдо 3 человек\t"
    "учитель-ученик\tпрошла отбор\t1.12.2020\t"
)


@pytest.fixture
def gromova(app: Flask, cast: Cast) -> Added:
    """A mentor with a profile entered by hand."""
    with registers(app, cast) as school:
        mentor = school.mentor("Громова Анна", kind=Kind.TEACHER, post="учитель")
        profile = MentorProfile(
            school_id=cast.boris_school,
            person_id=mentor.person_id,
            competences="химия",
            achievements="грамота",
            grade_from=3,
        )
        db.session.add(profile)
        return mentor


def loaded(boris: PageClient, cast: Cast, text: str, book: str = "mentors") -> str:
    path = checked(boris, cast, text, book=book).request.path
    assert updated(boris, path).status_code == 303
    return path


def papers(app: Flask) -> list[tuple[Signer, date, str]]:
    with app.app_context():
        rows = db.session.query(Consent).order_by(Consent.signed_on, Consent.id)
        return [(row.signer, row.signed_on, row.number) for row in rows]


def profile(app: Flask) -> dict[str, Any]:
    """Return the one profile with the names of its forms of mentoring, or nothing."""
    with app.app_context():
        row = db.session.query(MentorProfile).one_or_none()
        if row is None:
            return {}
        kinds = db.session.query(PairKind.name).join(MentorKind, MentorKind.kind_id == PairKind.id)
        return {**vars(row), "kinds": [kind.name for kind in kinds]}


# --- cells and headings ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "mentee", "mentor"),
    [
        ("Согласие\nродителей (законных представителей)", "signed_on", "signed_on"),
        ("Наличие согласия", "signed_on", "signed_on"),
        ("Согласие наставника", None, "signed_on"),
        ("Согласие на фото и видео", None, None),
        ("Отзыв согласия", None, None),
        ("№ согласия", "paper", "paper"),
        ("Кто подписал согласие", "signer", "signer"),
        ("Источник\nзапроса", "source", None),
        ("ФИО классного руководителя", None, None),
        ("Желаемый возраст\nнаставляемых", None, "ages"),
        ("Желаемые классы", None, "grades"),
        ("Важные для программы достижения", None, "achievements"),
        ("Форма", "kinds", "kinds"),
        ("Обучение", None, None),
        ("Ключевые компетенции", None, "competences"),
        ("Результат собеседования", None, "decision"),
        ("№ в базе", "number", "number"),
        ("Дата вхождения в программу", "joined", "joined"),
        ("Основной запрос наставляемого", "need", None),
        ("Категория участника", "kind", "kind"),
        ("Код ученика", "code", "code"),
        ("Дата согласия", "signed_on", "signed_on"),
        ("Номер согласия в деле", "paper", "paper"),
        # what the site called them before
        ("№ в реестре", "number", "number"),
        ("В реестре с", "joined", "joined"),
        ("Запрос", "need", None),
        ("Кто это", "kind", "kind"),
        ("Код", "code", "code"),
        ("Согласие: дата", "signed_on", "signed_on"),
        ("Согласие: кто подписал", "signer", "signer"),
        ("Согласие: номер", "paper", "paper"),
    ],
)
def test_headings_of_real_tables_are_understood(
    heading: str, mentee: str | None, mentor: str | None
) -> None:
    assert understood(Part.MENTEE, heading) == mentee
    assert understood(Part.MENTOR, heading) == mentor


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("5–7", (5, 7)),
        ("с 5 по 7 класс", (5, 7)),
        ("5, 6, 7", (5, 7)),
        ("1-й и 2-й", (1, 2)),
        ("8", (8, 8)),
        ("с 8", (8, None)),
        ("до 4", (None, 4)),
        ("любые классы", None),
    ],
)
def test_classes_wanted_are_read_as_people_write_them(cell: str, value: object) -> None:
    assert cells.grades(cell) == value


@pytest.mark.parametrize("cell", ["0", "7–5", "5, 7", "12–14 лет", "05.07.2020", "1–12", "семь"])
def test_classes_that_are_none_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="например «с 5 по 7»"):
        cells.grades(cell)


@pytest.mark.parametrize(
    ("cell", "signer"),
    [
        ("законный представитель", Signer.GUARDIAN),
        ("Мать и отец", Signer.GUARDIAN),
        ("оба", Signer.BOTH),
        ("родители и сам ученик", Signer.BOTH),
        ("сам участник", Signer.OWN),
        ("педагог", Signer.OWN),
        ("-", None),
    ],
)
def test_who_signed_is_read(cell: str, signer: Signer | None) -> None:
    assert cells.signer(cell) is signer


@pytest.mark.parametrize(
    ("cell", "decision"),
    [
        *((cell, Selection.ACCEPTED) for cell in ("Отобран", "прошёл", "+")),
        ("не прошла отбор", Selection.DECLINED),
        ("решения ещё нет", None),
    ],
)
def test_the_decision_is_read(cell: str, decision: Selection | None) -> None:
    assert cells.decision(cell) is decision


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("Согласие", "есть", "«есть» не загрузится. Укажите день подписания, например 01.09.2020"),
        ("Согласие", "+", "«+» не загрузится. Укажите день подписания, например 01.09.2020"),
        ("Согласие", "10.12.2020", "ещё не наступила"),
        ("Кто подписал согласие", "оба", "Согласие не загрузится: укажите его дату"),
        ("Кто подписал согласие", "сосед", "Укажите: «законный представитель», «сам участник»"),
        ("Предельная нагрузка", "много", "«много» не загрузится. Укажите число от 1 до 200"),
        ("Форма", "кружок", "Нет такой формы. Укажите через «;»: ученик – ученик"),
        ("Отбор", "1.12.2020", "«1.12.2020» не загрузится. Укажите «отобран» или «не отобран»"),
    ],
)
def test_an_optional_cell_that_cannot_be_read_is_a_notice_on_its_row(
    app: Flask, cast: Cast, boris: PageClient, column: str, cell: str, sentence: str
) -> None:
    page = checked(boris, cast, f"ФИО\tКласс\t{column}\nПтицына Ольга\t7А\t{cell}", book="mentors")
    assert sentence in tables(page)["Готово к загрузке"][0].replace("\xa0", " ")
    boris.fill(page)
    assert (people(app), papers(app), profile(app)) == (["Птицына Ольга"], [], {})


def test_a_text_that_does_not_fit_is_refused_with_both_numbers(
    cast: Cast, boris: PageClient
) -> None:
    text = f"ФИО\tКласс\tКомпетенции\nПтицына Ольга\t7А\t{'х' * 501}"
    page = checked(boris, cast, text, book="mentors")
    row_text = tables(page)["Исправить"][0].replace("\xa0", " ")
    assert "501 знак, а помещается не больше 500" in row_text


# --- loading --------------------------------------------------------------------------------------


def test_everything_to_mend_in_a_row_is_said_at_once(cast: Cast, boris: PageClient) -> None:
    page = checked(boris, cast, "ФИО\tКласс\tСогласие\nПтицына Ольга\t12\tда")
    text = tables(page)["Исправить"][0]
    assert "12 класса нет" in text
    assert "Укажите день подписания" in text


def test_consents_come_with_new_people_and_who_signed_is_supplied(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    page = checked(boris, cast, MENTEES)
    assert "согласие: 02.09.2020, законный представитель" in tables(page)["Готово к загрузке"][1]
    boris.fill(page)
    assert papers(app) == [
        (Signer.GUARDIAN, date(2020, 9, 1), "12-с"),
        (Signer.GUARDIAN, date(2020, 9, 2), ""),
    ]
    again = checked(boris, cast, MENTEES)
    assert counted(again)[1:] == ["0", "0", "3"]
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="consent:added").one()
        assert entry.subject.replace("\xa0", " ") == "№ 1 и 2"


def test_another_day_is_another_paper_and_a_withdrawn_one_never_comes_back(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        olga = school.mentee("Птицына Ольга")
        values = {"school_id": cast.boris_school, "person_id": olga.person_id}
        gone = {"signed_on": date(2020, 9, 1), "withdrawn_on": date(2020, 9, 9)}
        db.session.add(Consent(signer=Signer.GUARDIAN, **gone, **values))
        db.session.add(Consent(signer=Signer.GUARDIAN, signed_on=date(2020, 9, 10), **values))
    head = "ФИО\tКласс\tСогласие\tСогласие: номер\n"
    page = checked(boris, cast, head + "Птицына Ольга\t7А\t1.09.2020\t7")
    assert "01.09.2020 отозвано: новое внесите в карточке" in text_of(page)
    assert counted(page)[1] == "0"
    page = checked(boris, cast, head + "Птицына Ольга\t7А\t10.09.2020\t7")
    assert "10.09.2020, законный представитель → 10.09.2020, законный представитель, № 7" in (
        tables(page)["Уже в базе, сведения отличаются"][0].replace("\xa0", " ")
    )
    path = loaded(boris, cast, head + "Птицына Ольга\t7А\t10.09.2020\t7", "mentees")
    loaded(boris, cast, head + "Птицына Ольга\t7А\t11.09.2020\t", "mentees")
    assert [(day.day, number) for _, day, number in papers(app)] == [(1, ""), (10, "7"), (11, "")]
    boris.fill(f"{path}/undo")
    assert [(day.day, number) for _, day, number in papers(app)] == [(1, ""), (10, ""), (11, "")]


def test_a_new_mentor_comes_with_a_profile(app: Flask, cast: Cast, boris: PageClient) -> None:
    page = checked(boris, cast, MENTORS, book="mentors")
    assert "ресурс времени: вторник" in text_of(page)
    boris.fill(page)
    got = profile(app)
    assert (got["grade_from"], got["grade_to"], got["most_mentees"]) == (5, 7, 3)
    assert (got["decision"], got["interviewed_on"]) == (Selection.ACCEPTED, date(2020, 12, 1))
    assert got["kinds"] == ["учитель – ученик"]
    assert papers(app) == []
    with app.app_context():
        subject = db.session.query(AuditEntry).filter_by(event="profile:saved").one().subject
        assert "компетенции" in subject
        assert "шахматы" not in subject


def test_an_update_shows_and_changes_the_profile_and_the_undo_gives_it_back(
    app: Flask, cast: Cast, boris: PageClient, gromova: Added
) -> None:
    shown = tables(checked(boris, cast, MENTORS, book="mentors"))
    row = shown["Уже в базе, сведения отличаются"][0]
    assert "компетенции: химия → шахматы, физика" in row
    assert "желаемые классы: с 3 → 5–7" in row
    assert "достижения" not in row
    before = profile(app)
    load = loaded(boris, cast, MENTORS)
    got = profile(app)
    assert (got["competences"], got["achievements"]) == ("шахматы, физика", "грамота")
    assert got["kinds"] == ["учитель – ученик"]
    assert "Обновлено: 1 запись" in text_of(boris.get(load))
    boris.fill(f"{load}/undo")
    after = profile(app)
    for name in ("competences", "grade_from", "grade_to", "decision", "interviewed_on", "kinds"):
        assert after[name] == before[name]
    assert load_of(app).replaced == []


def test_an_empty_cell_and_one_that_says_nothing_erase_nothing(
    app: Flask, cast: Cast, boris: PageClient, gromova: Added
) -> None:
    head = "ФИО\tДолжность\tКомпетенции\tЖелаемые классы\tПредельная нагрузка\tОтбор\tФорма\tСогласие\n"
    row = "Громова Анна\tучитель\t\tлюбые\tбез ограничений\tрешения ещё нет\tлюбая\tнет"
    page = checked(boris, cast, head + row, book="mentors")
    assert counted(page)[1:3] == ["0", "0"]


def test_a_withdrawn_consent_is_not_exported(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        values = {"school_id": cast.boris_school, "person_id": school.mentee("Новак Яна").person_id}
        days = {"signed_on": date(2020, 9, 9), "withdrawn_on": date(2020, 9, 9)}
        db.session.add(Consent(signer=Signer.OWN, signed_on=date(2020, 9, 1), number="7", **values))
        db.session.add(Consent(signer=Signer.GUARDIAN, **days, **values))
    content = boris.get(f"/schools/{cast.boris_school}/mentees.xlsx").data
    heads, row = rows_of(content)
    at = heads.index("Дата согласия")
    day, signer, number = row[at : at + 3]
    assert (day.day, signer, number) == (1, "сам участник", "7")


# --- undo -----------------------------------------------------------------------------------------


def test_the_undo_takes_what_the_load_made_with_its_people(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    load = loaded(boris, cast, MENTORS + "3.09.2020")
    assert (len(papers(app)), bool(profile(app))) == (1, True)
    asked = boris.get(f"{load}/undo")
    assert "Удалятся внесённые загрузкой анкеты и согласия: 2" in text_of(asked)
    boris.fill(asked)
    assert (people(app), papers(app), profile(app)) == ([], [], {})
    with app.app_context():
        assert db.session.query(MentorKind).count() == 0


def test_what_was_entered_or_edited_by_hand_since_keeps_the_load(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    load = loaded(boris, cast, MENTORS + "3.09.2020")
    with app.app_context():
        paper = db.session.query(Consent).one()
        line = load_of(app).added[0][0]
    card = f"/schools/{cast.boris_school}/mentors/{line}"
    boris.fill(f"{card}/consents/{paper.id}", number="5")
    assert "№ 1 изменены после загрузки" in text_of(boris.get(f"{load}/undo"))
    boris.fill(f"{card}/consents/{paper.id}", "/remove")
    assert "исчезнут" in text_of(boris.get(f"{load}/undo"))
    boris.fill(f"{card}/consents/new", signed_on="4.09.2020")
    assert "№ 1 уже в парах или в других записях" in text_of(boris.get(f"{load}/undo"))
    assert boris.send(f"{load}/undo").status_code == 422
    assert profile(app)["competences"] == "шахматы, физика"


@pytest.mark.parametrize("by", ["time", "codes"])
def test_without_the_former_values_nothing_is_undone_by_halves(
    app: Flask, cast: Cast, boris: PageClient, gromova: Added, by: str
) -> None:
    load = loaded(boris, cast, MENTORS + "3.09.2020")
    with app.app_context(), writing():
        if by == "time":
            row = db.session.query(Load).one()
            row.made_at = dates.now() - operations.FORMER_KEPT - timedelta(minutes=1)
            db.session.flush()
            operations.forget_old()
        else:
            operations.forget_names(cast.boris_school)
    assert "Прежних значений уже нет" in text_of(boris.get(f"{load}/undo"))
    assert boris.send(f"{load}/undo").status_code == 422
    assert len(papers(app)) == 1
    assert load_of(app).replaced == []


def test_a_profile_saved_after_the_check_loads_nothing(
    app: Flask, cast: Cast, boris: PageClient, gromova: Added
) -> None:
    page = decided(boris, checked(boris, cast, MENTORS, book="mentors"))
    card = f"/schools/{cast.boris_school}/mentors/{gromova.participation_id}"
    boris.fill(f"{card}/profile", competences="музыка")
    page = boris.fill(page)
    assert page.status_code == 409
    assert profile(app)["competences"] == "музыка"


def test_five_hundred_profiles_are_made_and_updated_in_a_few_statements(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    head = "ФИО\tКласс\tКомпетенции\tФорма\tСогласие\tНомер согласия\n"
    letters = "абвгдежзик"
    for rest in (
        "физика\tученик – ученик\t1.09.2020\t1",
        "химия\tученик – ученик\t1.09.2020\t2",
    ):
        rows = (
            f"Птицын{letters[n // 100]}{letters[n // 10 % 10]}{letters[n % 10]} Олег\t9А\t{rest}"
            for n in range(500)
        )
        page = decided(boris, checked(boris, cast, head + "\n".join(rows), book="mentors"))
        with statements() as sent:
            assert boris.fill(page).status_code == 303
        assert len(sent) < 45
    with app.app_context():
        assert {row.competences for row in db.session.query(MentorProfile)} == {"химия"}
        assert {row.number for row in db.session.query(Consent)} == {"2"}
        assert db.session.query(MentorKind).count() == 500
