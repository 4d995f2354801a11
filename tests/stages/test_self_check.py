"""The self-check against its table: every activity with nothing, with half and with all that is asked."""

from datetime import date

import pytest
from flask import Flask

from nastav import dates
from nastav.db import db, writing
from nastav.orders import loader
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people.models import Part, Participation
from nastav.stages.models import ActivityStatus
from nastav.stages.sending.check import Level, check
from tests.stages.year import Year
from tests.support.cast import Cast
from tests.support.pages import PageClient, soup, text_of
from tests.support.people import add_member, add_pair, add_person

# What the self-check says of an activity that is declared done: R a remark, N a note, − nothing; first of
# a school with nothing, then with half, then with all. Written by hand from the rules, row by row.
TABLE = {
    "regulations": "− N −",  # a document is the proof; kinds missing are a note
    "informing": "N − −",
    "school_team": "R N −",  # nobody; nobody who is the curator
    "goals_and_forms": "− − −",
    "roadmap": "− − −",
    "mentee_data": "R N −",
    "mentee_register": "R N −",
    "mentor_data": "R N −",
    "mentor_register": "R N −",
    "selection_criteria": "R − −",  # neither criteria nor a document; either of them
    "selection_and_training": "R N −",
    "pairs_formed": "R N −",
    "formats": "R − −",
    "strengths_and_goals": "R N −",
    "pair_plans": "R N −",
    "psychological_support": "R N −",
    "feedback_collected": "R N −",
    "reward_system": "− − −",
    "feedback_analysed": "R N −",
    "reflection": "N N −",  # no SWOT
    "effectiveness": "R N −",
    "celebration": "N − −",  # neither awards nor practices
}
ALL_KINDS = ("Положение о наставничестве", "Приказ", "План мероприятий")
LETTERS = {"R": Level.REMARK, "N": Level.NOTE}
AMOUNTS = ("nothing", "half", "all")


@pytest.fixture
def year(cast: Cast) -> Year:
    return Year(cast.boris_school)


def said(year: Year, key: str) -> list[tuple[Level, str]]:
    """Return what is said of an activity, but that it has no proof."""
    page = year.page(key)
    number = next(row.ordinal for row in page.sheet.activities if row.key == key)
    found = check(page, today=dates.today()).points
    return [
        (point.level, point.sentence)
        for point in found
        if point.activity == number and point.level is not Level.GAP
    ]


def documents(key: str, amount: str) -> tuple[str, ...]:
    if amount == "nothing":
        return ()
    return ALL_KINDS if key == "regulations" and amount == "all" else ("Приказ",)


def make(year: Year, key: str, amount: str) -> None:
    year.plan()
    if amount != "nothing":
        getattr(year, {"half": "half", "all": "full"}[amount])()
    year.declare(key, *documents(key, amount))


def expected(key: str, amount: str) -> set[Level]:
    letter = TABLE[key].split()[AMOUNTS.index(amount)]
    return {LETTERS[letter]} if letter in LETTERS else set()


def test_the_table_is_the_orders() -> None:
    order = loader.load()
    assert [activity.key for stage in order.stages for activity in stage.activities] == list(TABLE)
    assert len(TABLE) == 22


@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("key", TABLE)
def test_an_activity_is_judged_as_the_table_says(
    app: Flask, year: Year, key: str, amount: str
) -> None:
    with app.app_context(), writing():
        make(year, key, amount)
        found = said(year, key)
    assert {level for level, _ in found} == expected(key, amount), found


@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("key", TABLE)
def test_a_year_that_is_over_is_judged_alike(
    app: Flask, year: Year, key: str, amount: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), writing():
        make(year, key, amount)
    monkeypatch.setattr(dates, "today", lambda: date(2023, 2, 1))
    with app.app_context():
        found = said(year, key)
    assert {level for level, _ in found} == expected(key, amount), found


def test_what_happened_after_the_year_is_not_held_against_it(
    app: Flask, year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context(), writing():
        year.full()
        db.session.query(PairMember).filter_by(part=Part.MENTOR).update({"left": date(2021, 10, 1)})
        year.declare("pairs_formed", "Приказ")
    monkeypatch.setattr(dates, "today", lambda: date(2023, 2, 1))
    with app.app_context():
        assert said(year, "pairs_formed") == []


@pytest.mark.parametrize("key", ["selection_criteria", "psychological_support"])
def test_a_document_says_what_is_counted_nowhere(app: Flask, year: Year, key: str) -> None:
    with app.app_context(), writing():
        year.declare(key, "Приказ")
        assert said(year, key) == []


@pytest.mark.parametrize("key", ["pairs_formed", "strengths_and_goals", "effectiveness"])
def test_a_document_does_not_stand_for_pairs(app: Flask, year: Year, key: str) -> None:
    with app.app_context(), writing():
        year.declare(key, "Приказ")
        assert [level for level, _ in said(year, key)] == [Level.REMARK]


def test_each_remark_has_its_words(app: Flask, year: Year) -> None:
    with app.app_context(), writing():
        year.half()
        for pair in db.session.query(Pair):
            pair.decision = None
        year.declare("effectiveness", "Справка")
        text = "Мероприятие 3: решение по п.\xa02.3 принято у 0 из 2\xa0пар и групп."
        assert said(year, "effectiveness") == [(Level.REMARK, text)]


def test_an_abbreviation_stays_one_inside_a_sentence(app: Flask, year: Year) -> None:
    with app.app_context(), writing():
        year.declare("reflection", "Справка")
        text = "Мероприятие 2: SWOT-анализ за учебный год не заполнен."
        assert said(year, "reflection") == [(Level.NOTE, text)]


def test_a_mentee_without_expected_results_is_a_note_though_the_plan_is_met(
    app: Flask, year: Year
) -> None:
    with app.app_context(), writing():
        year.full()
        year.declare("mentee_register", "Приказ")
        first = db.session.query(Participation).filter_by(person_id=year.mentees[0].id).one()
        first.expected_result = ""
        db.session.flush()
        text = "Мероприятие 2: предполагаемые результаты записаны у 3 из 4\xa0наставляемых."
        assert said(year, "mentee_register") == [(Level.NOTE, text)]


def test_a_draft_and_a_lost_mentor_are_notes_of_the_pairs(app: Flask, year: Year) -> None:
    with app.app_context(), writing():
        year.full()
        mentee, other = year.mentees[:2]
        add_pair(year.school, year.mentors[0], [mentee], state=PairState.DRAFT)
        lonely = add_person(year.school)
        pair = add_pair(year.school, None, [lonely])
        add_member(pair, year.mentors[1], Part.MENTOR, pair.started, date(2020, 11, 1))
        year.declare("pairs_formed", "Приказ")
        # who lost the mentor is without a pair, and named apart
        assert {text for _, text in said(year, "pairs_formed")} == {
            "Мероприятие 1: без пары и группы 1 из 5\xa0наставляемых.",
            "Мероприятие 1: в парах и группах без наставника: 1.",
            "Мероприятие 1: черновиков пар и групп: 1, они нигде не считаются.",
        }
        assert other.id


def test_pairs_of_the_next_year_are_not_held_against_this_one(app: Flask, year: Year) -> None:
    with app.app_context(), writing():
        year.full()
        draft = {"state": PairState.DRAFT}
        add_pair(year.school, year.mentors[0], year.mentees[:1], date(2021, 9, 6), **draft)
        year.declare("pairs_formed", "Приказ")
        assert said(year, "pairs_formed") == []


@pytest.mark.parametrize(
    ("reason", "remarked"), [("нет", True), ("не надо, 12345", True), ("нет таких детей", False)]
)
def test_a_short_reason_is_a_remark(app: Flask, year: Year, reason: str, remarked: bool) -> None:
    with app.app_context(), writing():
        year.declare("pair_plans", status=ActivityStatus.NOT_REQUIRED, reason=reason)
        assert ([level for level, _ in said(year, "pair_plans")] == [Level.REMARK]) is remarked


def test_what_is_not_required_is_not_counted_but_a_whole_stage_is_remarked(
    app: Flask, year: Year
) -> None:
    keys = [key for key in TABLE if key in ("mentee_data", "mentee_register")]
    with app.app_context(), writing():
        for key in keys:
            reason = "школа не участвует в этом году"
            year.declare(key, status=ActivityStatus.NOT_REQUIRED, reason=reason)
        assert [said(year, key) for key in keys] == [[], []]
        found = check(year.page("mentee_data"), today=dates.today())
    assert found.remarks == ["Весь этап отмечен «не требуется»."]


@pytest.mark.parametrize(
    ("key", "amount", "with_document", "offered"),
    [
        ("pairs_formed", "nothing", False, False),
        ("pairs_formed", "nothing", True, False),  # a document, but the remark holds
        ("pairs_formed", "half", False, True),
        ("roadmap", "all", False, False),  # proved by documents only
        ("roadmap", "nothing", True, True),
        ("psychological_support", "nothing", True, True),
        ("psychological_support", "half", False, False),  # counted, but not a proof
        ("feedback_collected", "half", False, True),
    ],
)
def test_done_is_offered_where_it_is_proved_and_nothing_is_remarked(
    app: Flask, year: Year, key: str, amount: str, with_document: bool, offered: bool
) -> None:
    with app.app_context(), writing():
        if amount != "nothing":
            getattr(year, {"half": "half", "all": "full"}[amount])()
        kinds = ("Приказ",) if with_document else ()
        year.declare(key, *kinds, status=ActivityStatus.IN_PROGRESS)
        page = year.page(key)
        row = next(row for row in page.sheet.activities if row.key == key)
        assert page.may_be_declared(row) is offered


# --- confirming, and who reads it -----------------------------------------------------------------

SHORT = "Мероприятие 1: пар и групп в 2020/21 учебном году: 0."


def sent_empty(app: Flask, year: Year, boris: PageClient) -> str:
    """Declare stage V of an empty school done by a document; return its address."""
    with app.app_context(), writing():
        year.declare("pairs_formed", "Приказ")
    url = f"/schools/{year.school}/2020/stages/5"
    boris.fill(f"{url}/activities/1/edit", comment="готово")  # the first save begins the stage
    return url


def test_remarks_are_confirmed_by_the_button_and_kept(
    app: Flask, year: Year, boris: PageClient, anna: PageClient
) -> None:
    url = sent_empty(app, year, boris)
    page = boris.get(f"{url}/submit")
    assert SHORT in text_of(page)
    assert "Замечаний нет" not in text_of(page)
    button = soup(page).select_one("main form button")
    assert button
    assert button.get_text().split() == ["Отправить", "с", "1", "замечанием"]
    assert boris.fill(page, "/submit").status_code == 303
    receipt = text_of(boris.get(f"{url}/sent"))
    assert "Отправлен с 1 замечанием" in receipt
    assert SHORT in receipt
    queue = f"/districts/{1}/review"
    assert "с 1 замечанием" in text_of(anna.get(queue))
    review = text_of(anna.get(f"{url}/review"))
    assert SHORT in review
    assert "Сейчас замечания те же." in review


def test_the_reviewer_reads_what_holds_now_beside_what_was_confirmed(
    app: Flask, year: Year, boris: PageClient, anna: PageClient
) -> None:
    url = sent_empty(app, year, boris)
    boris.fill(f"{url}/submit")
    with app.app_context(), writing():
        year.full()
    review = text_of(anna.get(f"{url}/review"))
    assert SHORT in review
    assert "Сейчас замечаний нет" in review


def test_what_appeared_since_is_said_to_the_reviewer(
    app: Flask, year: Year, boris: PageClient, anna: PageClient
) -> None:
    with app.app_context(), writing():
        year.full()
    url = sent_empty(app, year, boris)
    boris.fill(f"{url}/submit")
    assert "Отправлен без замечаний." in text_of(anna.get(f"{url}/review"))
    with app.app_context(), writing():
        db.session.query(Pair).update({"state": PairState.DRAFT})
    review = text_of(anna.get(f"{url}/review"))
    assert "Замечания по данным сайта сейчас" in review
    assert SHORT in review


def test_remarks_that_changed_are_shown_before_they_are_confirmed(
    app: Flask, year: Year, boris: PageClient
) -> None:
    with app.app_context(), writing():
        year.full()
    url = sent_empty(app, year, boris)
    page = boris.get(f"{url}/submit")
    with app.app_context(), writing():
        db.session.query(Pair).update({"state": PairState.DRAFT})
    answer = boris.fill(page, "/submit")
    assert answer.status_code == 409
    assert "Замечания изменились" in text_of(answer)
    assert SHORT in text_of(answer)
    assert boris.fill(answer, "/submit").status_code == 303


def test_a_sending_of_earlier_times_says_that_nothing_was_kept(
    app: Flask, year: Year, boris: PageClient, anna: PageClient
) -> None:
    url = sent_empty(app, year, boris)
    boris.fill(f"{url}/submit")
    with app.app_context(), writing():
        db.session.execute(db.text("UPDATE transition SET confirmed = NULL"))
    assert "не сохранено" in text_of(anna.get(f"{url}/review"))


def test_silent_pairs_are_a_note_of_their_stage_in_the_running_year(
    app: Flask, year: Year, boris: PageClient
) -> None:
    with app.app_context(), writing():
        year.full()
    text = text_of(boris.get(f"/schools/{year.school}/2020/stages/6/submit"))
    assert "Пар и групп, которые давно не встречались: 2." in text
    assert "давно не" not in text_of(boris.get(f"/schools/{year.school}/2020/stages/5/submit"))


def test_a_school_without_pairs_that_logs_answers_is_told_so(app: Flask, year: Year) -> None:
    with app.app_context(), writing():
        year.full()
        db.session.query(Pair).update({"state": PairState.DRAFT})
        year.declare("feedback_collected")
        assert [text for _, text in said(year, "feedback_collected")] == [
            f"Мероприятие 5: {title}: наставляемые —\xa04 (в парах 0), наставники —\xa02 (в парах 0). "
            "Пар и групп в учебном году нет: внесите их."
            for title in ("анкеты в начале работы", "промежуточные анкеты")
        ]
