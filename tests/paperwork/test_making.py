"""Papers as they are made, kept and drawn again: stage I with one number, versions, odd names."""

from datetime import date
from io import BytesIO

import docx
import pytest
from flask import Flask
from sqlalchemy import update

from nastav.blanks import operations as blanks
from nastav.blanks.models import BlankFile
from nastav.blanks.queries import in_use
from nastav.db import db, writing
from nastav.district.models import Cycle, School
from nastav.gatherings.training.models import Training, TrainingAttendance
from nastav.identity.merging.operations import merge
from nastav.mentors.awards.models import Award, AwardKind
from nastav.papers.catalogue import KINDS
from nastav.paperwork.models import Paper, PaperFile
from nastav.people.models import Part, Person
from nastav.requisites.models import SchoolRequisites
from tests.paperwork.conftest import Desk
from tests.paperwork.test_numbers import plain, status
from tests.paperwork.test_thread import lines, make
from tests.support.blanks import good, lined
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup
from tests.support.people import add_person

DAY = date(2020, 12, 8)
STAGE_ONE = ("start", "rules", "plan", "programme", "roadmap", "team")
LONG = "Константинопольская-Преображенская"


def words(content: bytes) -> str:
    """Return what a document in Word says, tables too."""
    found = docx.Document(BytesIO(content))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return " ".join([*(each.text for each in found.paragraphs), *cells]).replace("\xa0", " ")


def papers(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        return [(paper.id, paper.key) for paper in db.session.query(Paper).order_by(Paper.id)]


# --- stage I ----------------------------------------------------------------------------------------


def test_two_orders_give_stage_one_its_six_lines(app: Flask, boris: PageClient, desk: Desk) -> None:
    make(boris, desk, *STAGE_ONE)
    page = boris.get(desk.numbers)
    assert plain(page).count("сделана на") == 2  # what an order approves has its number
    team = {key: id_ for id_, key in papers(app)}["team"]
    both = {"number_1": "1", "dated_1": "8.12", f"number_{team}": "2", f"dated_{team}": "8.12"}
    assert boris.fill(page, **both).status_code == 303
    found = sorted((activity, number, day) for activity, _, number, day in lines(app))
    assert found == [
        ("goals_and_forms", "1", DAY),
        *[("regulations", "1", DAY)] * 3,
        ("roadmap", "1", DAY),
        ("school_team", "2", DAY),
    ]
    assert {status(app, key) for key, _, _ in found} == {("done", DAY)}


def test_what_an_order_gave_goes_with_it(app: Flask, boris: PageClient, desk: Desk) -> None:
    make(boris, desk, *STAGE_ONE[:5])
    boris.fill(desk.numbers, number_1="1", dated_1="8.12")
    assert len(lines(app)) == 5
    boris.fill(f"{desk.papers}/1/number", number="3", dated="7.12")
    assert {line[2:] for line in lines(app)} == {("3", date(2020, 12, 7))}
    boris.fill(desk.numbers, "undo")
    assert lines(app) == []
    with app.app_context():
        assert {(paper.number, paper.dated) for paper in db.session.query(Paper)} == {("", None)}


# --- making -----------------------------------------------------------------------------------------


def test_made_twice_on_one_day_a_paper_is_one(app: Flask, boris: PageClient, desk: Desk) -> None:
    first = make(boris, desk, "team")
    assert make(boris, desk, "team") == first
    assert papers(app) == [(1, "team")]
    boris.fill(desk.numbers, number_1="2", dated_1="8.12")
    make(boris, desk, "team")  # signed it is closed: another beside it
    assert papers(app) == [(1, "team"), (2, "team")]


def test_names_are_printed_as_typed(app: Flask, boris: PageClient, desk: Desk) -> None:
    at = make(boris, desk, "pairs")
    odd = (LONG, "{школа}", "Бе\x00лов", "Ив\nанов", "Ка\tтин", "А&Б<в>", "ӘҢҮ", "\u202eмотЬ")
    with app.app_context(), writing():
        ids = db.session.get_one(Paper, 1).ids["members"]
        rows = db.session.query(Person).order_by(Person.id)
        assert len(ids) > len(odd)
        for person, surname in zip(rows.filter_by(kind="pupil"), odd, strict=False):
            person.surname = surname
    page, word = plain(boris.get(at)), words(boris.get(f"{at}/word").data)
    for said in (page, word):
        for name in (LONG, "{школа}", "Белов", "А&Б<в>", "ӘҢҮ", "мотЬ"):
            assert name in said, name
        assert "\x00" not in said
        assert "МБОУ СОШ № 5" in said


def test_two_cards_made_one_after_making_stand_once(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk
) -> None:
    with app.app_context(), writing():
        twice = [add_person(desk.school, "Стрижов Глеб Олегович") for _ in range(2)]
        ids = [person.id for person in twice]
    at = make(boris, desk, "mentees")
    assert plain(boris.get(at)).count("Стрижов Глеб") == 2
    with app.app_context(), writing():
        kept, dropped = (db.session.get_one(Person, id_) for id_ in ids)
        school = db.session.get_one(School, desk.school)
        merge(cast.actor("boris"), school, kept, dropped, versions=[kept.version, dropped.version])
    page = plain(boris.get(at))
    assert page.count("Стрижов Глеб") == 1
    assert "в базе осталось 17: карточки объединены или удалены" in page


# --- what follows from a number ---------------------------------------------------------------------


def add_training_and_awards(app: Flask, school_id: int) -> int:
    """Add a training and two awards of one mentor; returns the id of the second."""
    with app.app_context(), writing():
        mentor = add_person(school_id, part=Part.MENTOR)
        training = Training(school_id=school_id, held_on=DAY, hours=2)
        training.programme, training.leader = "Как слушать", "Ткаченко О. В."
        own = {"school_id": school_id, "person_id": mentor.id, "given_on": DAY}
        award = Award(**own, kind=AwardKind.DIPLOMA, reason="За терпение")
        other = Award(**own, kind=AwardKind.DIPLOMA, reason="За второе")
        db.session.add_all((training, award, other))
        db.session.flush()
        db.session.add(TrainingAttendance(training_id=training.id, person_id=mentor.id))
        return other.id


def test_a_training_and_an_award_have_the_paper_as_their_document(
    app: Flask, boris: PageClient, desk: Desk
) -> None:
    other_id = add_training_and_awards(app, desk.school)
    make(boris, desk, "training", "award")
    with app.app_context(), writing():
        db.session.get_one(Award, other_id).document = "Приказ № 4"  # meanwhile, by hand

    def documents() -> list[str]:
        with app.app_context():
            rows = [*db.session.query(Training), *db.session.query(Award).order_by(Award.id)]
            return [row.document.replace("\xa0", " ") for row in rows]

    given = {"number_1": "", "dated_1": "8.12", "number_2": "95", "dated_2": "9.12"}
    assert boris.fill(desk.numbers, **given).status_code == 303
    journal, order, kept = documents()
    assert journal.lower() == "программа и журнал обучения наставников от 08.12.2020"
    assert order.lower() == "приказ о поощрении наставников № 95 от 09.12.2020"
    assert kept == "Приказ № 4"
    boris.fill(f"{desk.papers}/2/number", number="96", dated="9.12")
    assert "№ 96" in documents()[1]
    for _ in range(2):
        boris.fill(desk.numbers, "undo")
    assert documents() == ["", "", "Приказ № 4"]


def test_a_signed_paper_without_children_is_kept_as_it_was(
    app: Flask, boris: PageClient, desk: Desk
) -> None:
    make(boris, desk, "pairs", "team")
    numbers = {"number_1": "2", "dated_1": "8.12", "number_2": "87", "dated_2": "8.12"}
    by_key = {key: id_ for id_, key in papers(app)}
    before = {key: boris.get(f"{desk.papers}/{id_}/word").data for key, id_ in by_key.items()}
    assert boris.fill(desk.numbers, **numbers).status_code == 303
    with app.app_context(), writing():
        assert [file.paper_id for file in db.session.query(PaperFile)] == [by_key["team"]]
        own = db.session.get_one(SchoolRequisites, desk.school)
        own.short_name, own.head_name = "МБОУ СОШ № 50", "Новиков Новик Новикович"
    after = {key: boris.get(f"{desk.papers}/{id_}/word").data for key, id_ in by_key.items()}
    assert after["team"] == before["team"]
    assert "СОШ № 50" in words(after["pairs"])


@pytest.mark.parametrize("key", ["pairs", "team"])
def test_in_a_closed_year_papers_are_only_read(
    app: Flask, boris: PageClient, desk: Desk, key: str
) -> None:
    at = make(boris, desk, key)
    board, form = boris.get(desk.papers), boris.get(desk.numbers)
    with app.app_context(), writing():
        db.session.execute(update(Cycle).values(closed_on=DAY, closed_by="тест"))
    assert boris.get(desk.papers).status_code == boris.get(at).status_code == 200
    assert len(words(boris.get(f"{at}/word").data)) > 500
    refused = boris.fill(form, number_1="87", dated_1="8.12")
    assert refused.status_code == 422
    assert "учебный год закрыт" in plain(refused)
    assert boris.fill(board, "papers", kind=["team"]).status_code == 422
    assert (papers(app), lines(app)) == ([(1, key)], [])


# --- the district's template ------------------------------------------------------------------------


def introduce(cast: Cast, content: bytes) -> int:
    """Put a template of the order on the team in use (needs an open transaction); its id."""
    kind, present = KINDS["team"], in_use(cast.district, "team")
    blank = blanks.keep(cast.actor("anna"), cast.district, kind, content)
    instead = present.id if present else 0
    blanks.introduce(cast.actor("anna"), blank, kind, instead_of=instead)
    return blank.id


def test_a_made_paper_keeps_its_version_of_the_template(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk
) -> None:
    said = []
    for text in ("", "Первый", "Второй"):
        with app.app_context(), writing():
            if text:
                introduce(cast, lined(text))
        said.append(make(boris, desk, "team"))
    assert len(set(said)) == 3
    found = [words(boris.get(f"{at}/word").data) for at in said]
    assert [("Первый" in text, "Второй" in text) for text in found] == [
        (False, False),
        (True, False),
        (False, True),
    ]


def test_a_template_outdated_since_is_said_in_a_sentence(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk
) -> None:
    with app.app_context(), writing():
        blank_id = introduce(cast, good())
    at = make(boris, desk, "team")
    with app.app_context(), writing():
        old = lined("Поле, которого больше нет: {бывшее_поле}")
        db.session.execute(update(BlankFile).filter_by(blank_id=blank_id).values(content=old))
    page = boris.get(at)
    assert page.status_code == 200
    assert "Шаблон района больше не подходит" in plain(page)
    assert "Traceback" not in plain(page)
    assert boris.get(f"{at}/word").status_code == 303
    assert boris.get(f"{desk.papers}/several?paper=1").status_code == 303
    answer = boris.fill(desk.numbers, number_1="2", dated_1="8.12")
    assert answer.status_code < 500


def test_of_nothing_no_paper_is_made_and_the_reason_is_said(
    app: Flask, boris: PageClient, desk: Desk
) -> None:
    answer = boris.fill(desk.papers, "papers", kind="award")
    assert answer.status_code == 422
    (said,) = (each.text for each in soup(answer).select("#error-summary li"))
    assert "нечего поощрять" in said.replace("\xa0", " ")
    assert papers(app) == []
