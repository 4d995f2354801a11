"""«Самопроверка района» says of every school what its own «Проверьте и отправьте» says."""

from datetime import date
from io import BytesIO
from urllib.parse import unquote

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import update

from nastav import dates
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.district.models import Cycle, School
from nastav.facts import queries
from nastav.facts.sentences import PROVING
from nastav.facts.statements import STATEMENTS
from nastav.feedback.models import Questionnaire, Respondent, Response
from nastav.mentors.awards.models import RewardSystem
from nastav.mentors.profiles.models import MentorProfile, Selection
from nastav.pairs.models import Decision, Pair, PairMember, PairState
from nastav.people.models import Kind, Part
from nastav.practices.models import Practice, PracticeState
from nastav.stages.models import ActivityStatus, Stage
from tests.conftest import ClientOf
from tests.stages.test_self_check import ALL_KINDS, TABLE
from tests.stages.year import Year
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.people import add_meeting, add_member, add_pair, add_person, enter
from tests.support.queries import statements
from tests.support.stages import put

CHECK = "/districts/1/2020/check"
LEVELS = ("gap", "remark", "note")
NAMES = {
    *(name for names in PROVING.values() for name in names),
    *(name for said in STATEMENTS.values() for line in said for name in line.needs),
    *("meetings", "pairs_met"),
}
Said = dict[tuple[int, str], list[str]]  # stage, weight → sentences


@pytest.fixture
def places(app: Flask, cast: Cast) -> tuple[int, int]:
    """Fill the school of Борис wholly and that of Вера by half, with all that is odd in it."""
    full, half = Year(cast.boris_school), Year(cast.vera_school)
    with app.app_context(), writing():
        full.full()
        half.half()
        for key in TABLE:
            full.declare(key, *(ALL_KINDS if key == "regulations" else ("Приказ",)))
        for key in ("regulations", "mentee_data", "pairs_formed", "effectiveness", "celebration"):
            half.declare(key)
        reason = {"status": ActivityStatus.NOT_REQUIRED, "reason": "нет"}
        half.declare("pair_plans", **reason)  # type: ignore[arg-type]
        _odd(full, half)
        _rare(full)
    return full.school, half.school


def _odd(full: Year, half: Year) -> None:
    """What the self-check says of whole stages, and people whom two schools know."""
    for _ in range(2):
        add_person(half.school, "Ландышева Мария")
    teacher = add_person(half.school, part=Part.MENTOR, kind=Kind.TEACHER)
    add_pair(half.school, teacher, half.mentees[:1], planned_end=date(2021, 8, 31))  # a misfit
    add_pair(half.school, half.mentors[0], half.mentees[:1], state=PairState.DRAFT)
    lonely = add_pair(half.school, None, [add_person(half.school)])
    add_member(lonely, half.mentors[0], Part.MENTOR, lonely.started, date(2020, 11, 1))
    # in a pair, trained and with a profile at one school, only in the register of the other
    enter(full.mentees[0], half.school)
    enter(full.mentors[0], half.school, part=Part.MENTOR)
    db.session.execute(
        update(Stage).where(Stage.key == "pair_work").values(follows_pair_period=True)
    )


def _rare(full: Year) -> None:
    """What neither half nor a full year has: so that no figure is nothing in every school."""
    school, day = {"school_id": full.school}, date(2020, 11, 20)
    mentor = full.mentors[0].id
    profile = db.session.query(MentorProfile).filter_by(person_id=mentor, **school).one()
    profile.decision = Selection.ACCEPTED
    pair = db.session.query(Pair).filter_by(**school).first()
    assert pair
    pair.decision = Decision.CONTINUE
    add_meeting(pair, day, list(db.session.query(PairMember).filter_by(pair_id=pair.id)))
    curators = db.session.query(Questionnaire).filter_by(part=Respondent.CURATOR).first()
    assert curators
    answered = {"first_year": 2020, "answered_on": day, "questionnaire_id": curators.id}
    published = {"state": PracticeState.PUBLISHED, "published_on": day, "kind_id": pair.kind_id}
    db.session.add_all(
        [
            Response(**school, **answered),
            Practice(**school, **published, title="Опыт"),
            RewardSystem(**school, how="грамота"),
        ]
    )


def test_the_figures_of_each_school_are_those_of_the_school(
    app: Flask, places: tuple[int, int]
) -> None:
    with app.app_context():
        schools = [school.id for school in db.session.query(School)]
        every = queries.figures_of_each(queries.SchoolYear(1, 2020), schools, NAMES)
        own = {school: queries.figures(queries.Place(1, 2020, school), NAMES) for school in schools}
    assert every == own
    full, half = (every[place] for place in places)
    assert {name for name in NAMES if not any(each[name] for each in every.values())} == set()
    # whom two schools know is counted by each as its own records say
    assert (full["trained_mentors"], half["trained_mentors"]) == (2, 1)
    assert (full["mentees_alone"], half["mentees_alone"]) == (0, 5)
    assert half["mentees_without_mentor"] == 1


def of_school(client: PageClient, school: int, stage: int) -> Said:
    """Return what the school's own page says of a stage; its notices stand in the order of weights."""
    found: Said = {}
    page = soup(client.get(f"/schools/{school}/2020/stages/{stage}/submit"))
    for level, name in zip(LEVELS, ("error", "returned", "info"), strict=True):
        points = page.select(f"#self-check .notice-{name} li")
        if points:
            found[stage, level] = [str(point.find(string=True)).strip() for point in points]
    return found


def of_district(client: PageClient, query: str = "") -> Said:
    found: Said = {}
    romans = ("I", "II", "III", "IV", "V", "VI", "VII")
    page = soup(client.get(f"{CHECK}{query}"))
    for level in LEVELS:
        for row in page.select(f"#{level} + .scroll tbody tr"):
            stage = row.select("td a")[0].find(string=True)
            sentences = [point.get_text() for point in row.select("li")]
            found.setdefault((1 + romans.index(str(stage)), level), []).extend(sentences)
    return found


def test_the_page_says_what_each_school_is_told(
    anna: PageClient, boris: PageClient, vera: PageClient, places: tuple[int, int]
) -> None:
    for client, school in zip((boris, vera), places, strict=True):
        own: Said = {}
        for stage in range(1, 8):
            own |= of_school(client, school, stage)
        assert of_district(anna, f"?school={school}") == own
    assert {level for _, level in own} == set(LEVELS)
    whole = " ".join(sentence for said in own.values() for sentence in said)
    for words in ("внесён дважды", "не подходит участникам", "срок работы позже", "не встречались"):
        assert words in whole, words


def test_schools_and_weights_stand_in_order_and_can_be_narrowed(
    anna: PageClient, places: tuple[int, int]
) -> None:
    page = soup(anna.get(CHECK))
    assert [heading["id"] for heading in page.select("#district-check h2")] == list(LEVELS)
    schools = [row.get_text() for row in page.select("#gap + .scroll tbody th")]
    assert list(dict.fromkeys(schools)) == [f"СОШ №{n}" for n in (1, 2, *range(4, 15)) if n != 5]
    narrowed = of_district(anna, f"?school={places[1]}&stage=2")
    assert narrowed
    assert {stage for stage, _ in narrowed} == {2}
    part = anna.get(f"{CHECK}?stage=2", headers=HTMX)
    assert not soup(part).select("h1, form")
    assert "check.xlsx?stage=2" in str(soup(part))
    every = of_district(anna)
    assert of_district(anna, "?school=999&stage=x") == every


def test_an_accepted_stage_is_left_out(anna: PageClient, app: Flask) -> None:
    put(app, ("СОШ №1", 1, "accepted"), ("СОШ №2", 1, "submitted"))
    with app.app_context():
        first, second = (db.session.query(School).filter_by(ordinal=n).one().id for n in (1, 2))
    assert of_district(anna, f"?school={second}&stage=1")
    answer = anna.get(f"{CHECK}?school={first}&stage=1")
    assert "все эти этапы приняты" in text_of(answer)
    assert not of_district(anna, f"?school={first}&stage=1")


def test_the_workbook_says_what_the_page_says_and_is_journalled(
    anna: PageClient, app: Flask, places: tuple[int, int]
) -> None:
    answer = anna.get(f"/districts/1/2020/check.xlsx?school={places[1]}")
    book = load_workbook(BytesIO(answer.data))
    sentences, counts = book.worksheets[:2]
    written = [row[4] for row in sentences.iter_rows(min_row=4, values_only=True) if row[4]][1:]
    shown = of_district(anna, f"?school={places[1]}")
    every = [
        text.replace("\xa0", " ")
        for level in LEVELS
        for stage in range(1, 8)
        for text in shown.get((stage, level), [])
    ]
    assert written == every
    totals = next(row for row in counts.iter_rows(values_only=True) if row[0] == "СОШ №2")
    assert sum(totals[1:]) == len(every)
    assert "Самопроверка района 2020-21" in unquote(answer.headers["Content-Disposition"])
    with app.app_context():
        entry = db.session.query(AuditEntry).filter_by(event="export:downloaded").one()
    assert (entry.actor_name, entry.subject) == ("Анна Андреева", "check-2020.xlsx")


def test_the_observer_reads_it_and_the_schools_do_not(client_of: ClientOf) -> None:
    for path in (CHECK, "/districts/1/2020/check.xlsx"):
        assert client_of("gleb").get(path).status_code == 200
        assert client_of("boris").get(path).status_code == 403
        assert client_of("anna").get(path.replace("/1/", "/2/")).status_code == 404


def test_it_costs_the_same_queries_for_any_number_of_schools(
    anna: PageClient, app: Flask, places: tuple[int, int]
) -> None:
    costs = []
    for query in (f"?school={places[1]}", ""):
        with statements() as found:
            anna.get(f"{CHECK}{query}")
        costs.append(len(found))
    assert costs[0] == costs[1]


def test_a_past_year_is_judged_by_its_own_days(
    anna: PageClient, app: Flask, places: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "today", lambda: date(2023, 2, 1))
    with app.app_context():
        assert db.session.query(Cycle).count() == 1
        assert db.session.query(Pair).count() > 3
    said = of_district(anna, f"?school={places[1]}")
    whole = " ".join(sentence for sentences in said.values() for sentence in sentences)
    assert "не встречались" not in whole
    assert "внесён дважды" in whole
