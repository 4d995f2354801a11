"""What the records say beside an activity: counted for the school and its year, never a proof."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from nastav.consents import queries as consents
from nastav.consents.models import Consent, Signer
from nastav.db import db, writing
from nastav.district.kinds.models import PairKind
from nastav.district.models import School
from nastav.feedback.models import Questionnaire, Response
from nastav.gatherings.training.models import Training
from nastav.mentors.awards.models import Award, AwardKind
from nastav.mentors.profiles.models import MentorProfile, Selection
from nastav.pairs.models import Decision, PairState
from nastav.people.models import Kind, Part, Person
from nastav.practices.models import Practice, PracticeState
from tests.stages.stand import DONE, Stand
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_pair, add_person

DAY, YEAR_BEFORE = date(2020, 12, 1), date(2020, 8, 31)
LEFT = {"joined": date(2020, 9, 1), "left": date(2020, 11, 1)}


@pytest.fixture
def school(stand: Stand) -> int:
    return stand.cast.boris_school


def said(client: PageClient, stand: Stand, ordinal: int, rest: str = "") -> list[str]:
    """Return the facts of a stage's page in their order."""
    lines = soup(client.get(stand.url(ordinal, rest))).select("p.fact")
    return [" ".join(line.get_text(" ").split()) for line in lines]


def agree(person: Person, school: int, signer: Signer, **more: Any) -> None:
    values = {"signed_on": DAY, "for_programme": True, **more}
    db.session.add(Consent(person_id=person.id, school_id=school, signer=signer, **values))


def mentor(school: int, **more: Any) -> Person:
    return add_person(school, part=Part.MENTOR, kind=Kind.TEACHER, **more)


def test_consents_are_counted_as_the_page_of_consents_does(
    app: Flask, stand: Stand, boris: PageClient, school: int
) -> None:
    other = stand.cast.vera_school
    with app.app_context(), writing():
        people = [add_person(school) for _ in range(6)]
        older = add_person(school, grade=9)  # both sign from the eighth grade
        grown = add_person(school, grade=8, joined=date(2020, 9, 1))
        young = add_person(school, part=Part.MENTEE, kind=Kind.TEACHER)
        add_person(school, **LEFT)
        agree(people[0], school, Signer.GUARDIAN)
        agree(people[1], school, Signer.GUARDIAN, for_programme=False)
        agree(people[2], school, Signer.GUARDIAN, withdrawn_on=date(2020, 12, 9))
        agree(people[3], other, Signer.GUARDIAN)
        agree(people[4], school, Signer.OWN)
        agree(people[5], school, Signer.GUARDIAN)
        agree(people[5], school, Signer.OWN)
        agree(older, school, Signer.GUARDIAN)
        agree(grown, school, Signer.GUARDIAN, signed_on=date(2020, 5, 20))  # in grade seven
        agree(young, school, Signer.OWN)
    assert said(boris, stand, 2)[1] == "Согласия есть у 4 из 9 наставляемых"
    assert soup(boris.get(stand.url(2))).select_one(f"a[href='/schools/{school}/consents']")
    with app.app_context():
        missing = consents.missing(db.session.get_one(School, school), date(2020, 12, 9))
    assert len(missing) == 9 - 4


def test_mentors_profiles_selection_and_training(
    app: Flask, stand: Stand, boris: PageClient, school: int
) -> None:
    assert said(boris, stand, 4)[-1] == "Занятия пока не внесены"
    with app.app_context(), writing():
        first, second, _ = mentor(school), mentor(school), mentor(school)
        stranger = add_person(stand.cast.vera_school, part=Part.MENTOR, grade=10)
        for person, decision in ((first, Selection.ACCEPTED), (second, Selection.UNDECIDED)):
            profile = MentorProfile(school_id=school, person_id=person.id, decision=decision)
            db.session.add(profile)
        db.session.add(MentorProfile(school_id=stand.cast.vera_school, person_id=stranger.id))
        agree(first, school, Signer.OWN)
        for held, hours in ((DAY, 4), (DAY, 8), (YEAR_BEFORE, 16)):
            place = {"school_id": school, "held_on": held}
            db.session.add(Training(**place, hours=hours, programme="Школа"))
    assert said(boris, stand, 3) == [
        "Анкета заполнена у 2 из 3 наставников, отобрано: 1",
        "Согласия есть у 1 из 3 наставников",
        "В базе за учебный год 3 наставника, из них учеников: 0, план 2020 года — 2",
    ]
    assert said(boris, stand, 4) == [
        "Критерии отбора не записаны",
        "Обучено 0 из 3 наставников учебного года",
        "Проведено 2 занятия, 12 часов",
    ]


def test_mentees_without_a_pair(app: Flask, stand: Stand, boris: PageClient, school: int) -> None:
    with app.app_context(), writing():
        paired, drafted, before, _ = (add_person(school) for _ in range(4))
        teacher = mentor(school)
        add_pair(school, teacher, [paired])
        add_pair(school, teacher, [drafted], state=PairState.DRAFT)
        add_pair(school, teacher, [before], date(2020, 3, 1), ended=YEAR_BEFORE)
        add_person(school, is_mistake=True)
    assert said(boris, stand, 5)[1:] == [
        "В паре или группе в учебном году: 1 из 4 наставляемых",
        "Без пары и группы 3 из 4 наставляемых",
        "Черновиков пар и групп: 1, они нигде не считаются",
    ]


def test_questionnaires_by_role_and_moment(
    app: Flask, stand: Stand, boris: PageClient, school: int
) -> None:
    assert not any("Итоговые" in sentence for sentence in said(boris, stand, 7))
    given = [("mentee", "start", 2), ("mentor", "start", 1), ("mentee", "interim", 3)]
    with app.app_context(), writing():
        add_pair(school, mentor(school), [add_person(school), add_person(school)])
        for part, moment, count in [*given, ("mentor", "final", 1), ("curator", "final", 1)]:
            rows = select(Questionnaire.id).filter_by(part=part, moment=moment)
            asked = db.session.scalars(rows).one()
            values = {"questionnaire_id": asked, "answered_on": DAY}
            for _ in range(count):
                db.session.add(Response(school_id=school, first_year=2020, **values))
            db.session.add(Response(school_id=school, first_year=2019, **values))
            db.session.add(Response(school_id=stand.cast.vera_school, first_year=2020, **values))
    assert said(boris, stand, 6)[-2:] == [
        "Анкеты в начале работы: наставляемые — 2 из 2, наставники — 1 из 1",
        "Промежуточные анкеты: наставляемые — 3 (в парах 2), наставники — 0 из 1",
    ]
    assert said(boris, stand, 7)[1] == (
        "Итоговые анкеты: наставляемые — 0 из 2, наставники — 1 из 1"
    )


def test_the_end_of_the_work_is_summed_up(
    app: Flask, stand: Stand, boris: PageClient, school: int
) -> None:
    with app.app_context(), writing():
        best = mentor(school)
        for decision in (Decision.CONTINUE, Decision.FINISH, Decision.FINISH):
            add_pair(school, best, [], ended=DAY).decision = decision
        add_pair(school, best, [])
        for given in (DAY, DAY, YEAR_BEFORE):
            values = {"kind": AwardKind.LETTER, "reason": "за работу", "given_on": given}
            db.session.add(Award(school_id=school, person_id=best.id, **values))
        kind = db.session.scalars(select(PairKind.id)).first()
        for state, where in (("published", school), ("draft", school), ("published", 1)):
            values = {"kind_id": kind, "title": "Опыт", "published_on": DAY}
            db.session.add(Practice(school_id=where, state=PracticeState(state), **values))
    facts = said(boris, stand, 7)[-3:]
    assert facts == [
        "Решение по п. 2.3 принято у 3 из 4 пар и групп: продолжить — 1, завершить — 2",
        "Поощрено 1 из 1 наставника",
        "Опубликовано в банке практик: 1",
    ]
    assert said(boris, stand, 7, "/print")[-3:] == facts


def test_what_is_said_beside_proves_nothing(
    app: Flask, stand: Stand, boris: PageClient, school: int
) -> None:
    with app.app_context(), writing():
        agree(add_person(school), school, Signer.GUARDIAN)
    assert "Согласия есть у 1 из 1 наставляемого" in said(boris, stand, 2)
    undocumented = {**DONE, "doc_kind": "", "doc_number": "", "doc_dated": ""}
    edit = stand.url(2, "/activities/1/edit")
    answer = boris.fill(edit, "/edit", **undocumented)
    assert answer.status_code == 422
    counted = boris.fill(stand.url(2, "/activities/2/edit"), "/edit", **undocumented)
    assert counted.status_code == 303  # the register proves the second activity
    boris.fill(edit, "/edit", status="in_progress")
    assert "Мероприятие 1: отметьте «выполнено»" in text_of(boris.get(stand.url(2, "/submit")))


def test_the_district_reads_the_figures_and_is_led_to_no_name(
    app: Flask, stand: Stand, anna: PageClient, school: int
) -> None:
    with app.app_context(), writing():
        agree(add_person(school), school, Signer.GUARDIAN)
        add_pair(school, mentor(school), [add_person(school)])
    for ordinal in (2, 3, 5, 6, 7):
        page = soup(anna.get(stand.url(ordinal)))
        assert page.select("p.fact")
        links = {str(link["href"]) for link in page.select("p.fact a")}
        assert links <= {f"/schools/{school}/coverage/2020"}
    assert said(anna, stand, 2)[1] == "Согласия есть у 1 из 2 наставляемых"


def test_nothing_is_said_of_nobody(stand: Stand, boris: PageClient) -> None:
    assert said(boris, stand, 2) == [
        "В базе нет ни одного наставляемого",
        "В базе за учебный год 0 наставляемых, план 2020 года — 44",
    ]
    assert said(boris, stand, 5) == ["Пар и групп в 2020/21 учебном году: 0"]
