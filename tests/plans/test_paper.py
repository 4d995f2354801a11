"""What is signed and what a mentor takes along: names that the site knows, one page, no buttons."""

import re

import pytest
from flask import Flask

from nastav.access import Role
from nastav.accounts import queries
from nastav.accounts.models import User
from nastav.accounts.queries import Signer
from nastav.db import db, writing
from nastav.district.models import School as SchoolRow
from nastav.district.models import TeamMember
from tests.support.cast import Cast
from tests.support.pages import PageClient, paper, soup, text_of
from tests.support.school import School


def name_everybody(app: Flask, cast: Cast) -> None:
    """Give the head and the curator full names, and the working group a psychologist."""
    with app.app_context(), writing():
        for login, name, post in (
            ("galina", "Гончаренко Павел Ильич", "директор"),
            ("boris", "Белова Анна Юрьевна", "заместитель директора"),
        ):
            user = db.session.get_one(User, cast.users[login])
            user.name, user.post, user.phone = name, post, "8 (86163) 1-23-45"
        place = {"district_id": cast.district, "school_id": cast.boris_school}
        db.session.add(TeamMember(name="П. С. Юрьева", post="педагог-психолог", **place))


def signing(app: Flask, cast: Cast) -> list[Signer]:
    with app.app_context():
        school = db.session.get_one(SchoolRow, cast.boris_school)
        found = queries.signers(school)
        return [found.head, found.curator, queries.psychologist(school)]


def test_who_signs_stands_by_post_and_initials_first(app: Flask, cast: Cast) -> None:
    name_everybody(app, cast)
    assert signing(app, cast) == [
        Signer("Директор СОШ №5", "П.\xa0И.\xa0Гончаренко"),
        Signer("Школьный куратор, заместитель директора", "А.\xa0Ю.\xa0Белова"),
        Signer("Педагог-психолог", "П.\xa0С.\xa0Юрьева"),
    ]


def test_without_accounts_the_working_group_is_asked_and_else_the_line_is_empty(
    app: Flask, cast: Cast
) -> None:
    with app.app_context(), writing():
        for login in ("boris", "galina"):
            user = db.session.get_one(User, cast.users[login])
            user.name = ""
            assert user.role in (Role.CURATOR, Role.HEAD)
    assert [signer.name for signer in signing(app, cast)] == ["", "", ""]
    with app.app_context(), writing():
        place = {"district_id": cast.district, "school_id": cast.boris_school}
        db.session.add(
            TeamMember(name="Сова Ида Львовна", post="учитель", is_curator=True, **place)
        )
    assert signing(app, cast)[1] == Signer("Школьный куратор, учитель", "И.\xa0Л.\xa0Сова")


@pytest.mark.parametrize("on_screen", [False, True])
def test_a_plan_is_signed_on_its_sheet_and_when_its_page_is_printed(
    app: Flask, cast: Cast, boris: PageClient, school: School, on_screen: bool
) -> None:
    name_everybody(app, cast)
    answer = boris.get(f"{school.card}/plan{'' if on_screen else '/print'}")
    signs = (paper(answer) if on_screen else soup(answer)).select_one(".signs")
    assert signs is not None
    lines = [re.sub(r"\s+", " ", line.get_text(" ")).strip() for line in signs.select(".sign")]
    assert lines == [
        "Наставник А. Громова (подпись)",
        "Педагог-психолог П. С. Юрьева (подпись)",
        "Школьный куратор, заместитель директора А. Ю. Белова (подпись)",
    ]


@pytest.mark.parametrize("on_screen", [False, True])
def test_a_stage_is_signed_by_the_head_and_the_curator(
    app: Flask, cast: Cast, boris: PageClient, on_screen: bool
) -> None:
    name_everybody(app, cast)
    at = f"/schools/{cast.boris_school}/2020/stages/1{'' if on_screen else '/print'}"
    answer = boris.get(at)
    signs = (paper(answer) if on_screen else soup(answer)).select(".signs .sign")
    assert ["Гончаренко" in signs[0].get_text(), "Белова" in signs[1].get_text()] == [True, True]


def test_a_mentor_takes_a_sheet_of_the_group_along(
    app: Flask, cast: Cast, boris: PageClient, school: School
) -> None:
    name_everybody(app, cast)
    boris.fill(
        f"{school.card}/plan", "/lines/task", **{"task-what": "Проект", "task-period": "май"}
    )
    link = soup(boris.get(school.card)).find("a", string="Листок наставника")
    assert link is not None
    sheet = text_of(boris.get(str(link["href"])))
    for said in (
        "Громова Анна",
        "Птицына Ольга, 5 «А»",
        "май: Проект",
        "Белова Анна Юрьевна, заместитель директора, 8 (86163) 1-23-45",
    ):
        assert said in sheet


def test_the_sheet_of_another_school_is_not_there(
    cast: Cast, vera: PageClient, anna: PageClient, school: School
) -> None:
    at = f"{school.card}/plan/handout"
    assert vera.get(at).status_code == 404
    assert anna.get(at).status_code == 403
    own = at.replace(f"/schools/{cast.boris_school}/", f"/schools/{cast.vera_school}/")
    assert vera.get(own).status_code == 404
