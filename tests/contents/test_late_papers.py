"""Papers of stages V–VII: what their collectors return is what the catalogue names, and it is printed."""

import re
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from flask import Flask

from nastav.contents.collectors import COLLECT
from nastav.db import db, writing
from nastav.pairs.models import PairMember
from nastav.papers import drawer
from nastav.papers.catalogue import KINDS
from nastav.papers.kinds import COMMON
from nastav.papers.late import LATE
from nastav.people.models import Part, Person, RegisterNumber
from tests.contents.making import made, printed_of
from tests.contents.schools import answered, many, one_of_each
from tests.contents.scopes import scope
from tests.support.cast import Cast

# of these schools every pair has its order: that one has tests of its own
KEYS = tuple(kind.key for kind in LATE if kind.key != "pairs")
SHEETS = {"plans", "diploma"}  # a sheet a pair, a mentor
WHATEVER = pytest.mark.parametrize("key", KEYS)


def words(content: bytes) -> str:
    """Return everything that a document says, its spaces made one."""
    every = docx.Document(BytesIO(content)).element.body.iter(qn("w:p"))
    texts = [Paragraph(each, None).text for each in every]  # type: ignore[arg-type]
    return re.sub(r"\s+", " ", " ".join(texts))


@pytest.fixture
def school(app: Flask, cast: Cast) -> int:
    """Return a school that has one of each."""
    with app.app_context(), writing():
        one_of_each(cast.boris_school)
    return cast.boris_school


@WHATEVER
def test_catalogue_names_exactly_what_is_collected(app: Flask, school: int, key: str) -> None:
    kind = KINDS[key]
    with app.app_context():
        content = COLLECT[key](scope(school))
    assert content.sheets, content.nothing
    assert len(content.sheets) == 1 or key in SHEETS
    for sheet in content.sheets:
        assert sheet.fields.keys() == COMMON.keys() | kind.fields.keys()
        assert sheet.lists.keys() == kind.lists.keys()
        for name, items in sheet.lists.items():
            assert items
            for item in items:
                assert item.keys() == kind.lists[name].keys()  # type: ignore[union-attr]
    assert set(kind.required) <= COMMON.keys() | kind.fields.keys() | kind.lists.keys()


@WHATEVER
def test_paper_is_filled_wholly_and_alike_each_time(app: Flask, school: int, key: str) -> None:
    with app.app_context():
        content, file = made(school, key)
        assert made(school, key)[1] == file
    said = words(file)
    assert not {"{", "}", "None"} & {*said, *said.split()}
    page = re.sub(r"\s+", " ", drawer.plain(drawer.draw(file)))
    for value in printed_of(content, key):
        assert value in said
        assert value in page


@WHATEVER
def test_there_is_no_paper_of_nothing(app: Flask, cast: Cast, key: str) -> None:
    with app.app_context():
        content = COLLECT[key](scope(cast.boris_school))
    assert not content.sheets
    assert content.nothing.startswith("нечего ")
    assert not content.nothing.endswith(".")


def test_two_hundred_pairs(app: Flask, cast: Cast) -> None:
    with app.app_context(), writing():
        many(cast.boris_school, 200)
    with app.app_context():
        plans, file = made(cast.boris_school, "plans")
        support, _ = made(cast.boris_school, "support")
        award, _ = made(cast.boris_school, "award")
    assert len(plans.sheets) == 200
    titles = [each.text for each in docx.Document(BytesIO(file)).paragraphs]
    assert titles.count("ИНДИВИДУАЛЬНЫЙ ПЛАН РАБОТЫ") == 200
    assert len(support.sheets[0].lists["занятия"]) == 200
    assert len(award.sheets[0].lists["поощрения"]) == 200
    assert award.sheets[0].fields["итог"].startswith("200\xa0наставников: ")


# --- what single papers say -------------------------------------------------------------------------


def test_changes_say_who_came_who_left_and_what_ended(app: Flask, school: int) -> None:
    with app.app_context():
        content = COLLECT["changes"](scope(school))
    rows = content.sheets[0].lists["изменения"]
    said = [item["изменение"] for item in rows]  # type: ignore[index]
    assert said[:3] == ["закрепить", "завершить 04.12.2020", "завершить 04.12.2020"]
    assert re.fullmatch(r"включить: \S+ \S+, 7\xa0«А»\nисключить: \S+ \S+, 7\xa0«А»", said[3])
    assert content.sheets[0].fields["итог"] == (
        "закрепить\xa01, завершить\xa02, изменить состав\xa01"
    )
    assert [len(content.ids[key]) for key in ("pairs", "ended", "changed")] == [1, 2, 1]


def test_few_answers_are_never_told_apart(app: Flask, cast: Cast) -> None:
    for more, shown in ((4, False), (1, True)):
        with app.app_context(), writing():
            answered(cast.boris_school, more)
        with app.app_context():
            (sheet,) = COLLECT["answers"](scope(cast.boris_school)).sheets
        assert bool(sheet.lists["вопросы"]) is shown
        assert sheet.lists["анкеты"][0]["ответили"] == ("5" if shown else "4")  # type: ignore[index]
    marks = [item["ответы"] for item in sheet.lists["вопросы"]]  # type: ignore[index]
    assert "10\xa0—\xa03, 9\xa0—\xa02" in marks


def test_plan_without_lines_is_left_to_be_written(app: Flask, school: int) -> None:
    with app.app_context():
        sheets = COLLECT["plans"](scope(school)).sheets
    planned, blank = sheets
    assert planned.fields["цель"] == "подготовить проект"
    assert [item["что"] for item in planned.lists["задачи"]] == ["Дело task"]  # type: ignore[index]
    assert blank.fields["цель"].startswith("\n____")
    assert [item["что"] for item in blank.lists["задачи"]] == ["\n"] * 3  # type: ignore[index]


def test_a_prize_has_no_sheet_and_only_a_diploma_says_whom_it_is_given(
    app: Flask, school: int
) -> None:
    with app.app_context():
        sheets = COLLECT["diploma"](scope(school)).sheets
    said = {sheet.fields["название"]: sheet.fields for sheet in sheets}
    assert set(said) == {"ГРАМОТА", "БЛАГОДАРНОСТЬ", "БЛАГОДАРСТВЕННОЕ ПИСЬМО"}
    assert said["ГРАМОТА"]["глагол"] == "награждается"
    assert said["БЛАГОДАРНОСТЬ"]["глагол"] == ""
    assert said["БЛАГОДАРНОСТЬ"]["имя"] == "Бондарь Лев Андреевич"
    assert said["ГРАМОТА"]["имя"] == "Савчук Артём"


@pytest.mark.parametrize("key", ["changes", "plans", "support", "final", "award", "diploma"])
def test_a_made_paper_holds_what_it_held_with_the_names_of_today(
    app: Flask, school: int, key: str
) -> None:
    with app.app_context():
        before = COLLECT[key](scope(school))
    with app.app_context(), writing():
        many(school, 2)
        many(school, 1, closed=True)
        person = db.session.query(Person).filter_by(surname="Савчук").one()
        person.surname = "Новосавчук"
    with app.app_context():
        new = COLLECT[key](scope(school))
        again = COLLECT[key](scope(school, chosen=before.ids))
    assert again.ids == before.ids != new.ids
    assert len(again.sheets) == len(before.sheets)
    old = str(before.sheets).replace("Савчук", "Новосавчук")
    assert str(again.sheets) == old


def test_the_erased_print_as_a_number(app: Flask, school: int) -> None:
    with app.app_context():
        made_before = COLLECT["plans"](scope(school))
    with app.app_context(), writing():
        rows = db.session.query(PairMember).filter(PairMember.id.in_(made_before.ids["members"]))
        people = [row.person_id for row in rows if row.part is Part.MENTEE]
        numbers = {
            line.number
            for line in db.session.query(RegisterNumber)
            .filter(RegisterNumber.person_id.in_(people))
            .all()
        }
        for person in db.session.query(Person).filter(Person.id.in_(people)):
            person.surname = person.given_name = person.patronymic = ""
    with app.app_context():
        again = COLLECT["plans"](scope(school, chosen=made_before.ids))
    printed = {
        item["имя"].partition(",")[0]  # type: ignore[index]
        for sheet in again.sheets
        for item in sheet.lists["наставляемые"]
    }
    assert printed == {f"участник №\xa0{number}" for number in numbers}
