"""«Номера и даты»: exactly the paper's pairs, the evidence once, taken back, corrected, waiting."""

import json
from datetime import date
from random import Random

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from nastav.pairs import operations as pair_operations
from nastav.pairs.models import Decision, Pair, PairState
from nastav.paperwork.models import Paper
from nastav.people.models import Part, Participation
from nastav.stages.models import Activity, SchoolActivity, SchoolStage, Stage, StageState
from tests.conftest import ClientOf
from tests.paperwork.conftest import STARTED, Desk
from tests.paperwork.test_thread import lines, make, orders
from tests.support.cast import Cast
from tests.support.pages import PageClient, find_form, form_values, text_of
from tests.support.registers import registers

DAY = date(2020, 12, 9)
LINE = ("pairs_formed", "Приказ о закреплении пар", "87", DAY)


def plain(answer: object) -> str:
    return text_of(answer).replace("\xa0", " ")  # type: ignore[arg-type]


def stage_to(app: Flask, cast: Cast, ordinal: int, state: StageState) -> None:
    """Put a stage of Борис's school into a state."""
    with app.app_context(), writing():
        stage = db.session.query(Stage).join(Activity).filter(Stage.ordinal == ordinal).first()
        assert stage is not None
        row = db.session.query(SchoolStage).filter_by(stage_id=stage.id).first()
        if row is None:
            row = SchoolStage(school_id=cast.boris_school, stage_id=stage.id)
            db.session.add(row)
        row.state = state


def status(app: Flask, key: str) -> tuple[str, date | None] | None:
    with app.app_context():
        rows = db.session.query(SchoolActivity).join(Activity).filter(Activity.key == key)
        found = rows.one_or_none()
        return (found.status.value, found.done_on) if found else None


def close(app: Flask, cast: Cast, pair_id: int, ended: date) -> None:
    with app.app_context(), writing():
        pair = pair_operations.queries.pair(cast.boris_school, pair_id)
        assert pair is not None
        closing = pair_operations.Closing(ended, "переезд", "", Decision.FINISH)
        actor = cast.actor("boris")
        pair_operations.close_pair(actor, pair, closing, met=None, version=pair.version)


@pytest.fixture
def numbered(boris: PageClient, desk: Desk) -> Desk:
    """The order on pairs, signed: № 87 of today."""
    make(boris, desk, "pairs")
    assert boris.fill(desk.numbers, number_1="87", dated_1="9.12").status_code == 303
    return desk


def test_a_pair_with_another_order_keeps_it_and_is_said(
    app: Flask, boris: PageClient, desk: Desk
) -> None:
    make(boris, desk, "pairs")
    with app.app_context(), writing():
        pair = db.session.get_one(Pair, desk.acting)
        pair.order_number, pair.order_date = "12", STARTED
    board = boris.get(desk.numbers)
    assert "группа наставника № 1 уже с приказом № 12 от 01.12.2020: он останется" in plain(board)
    boris.fill(board, number_1="87", dated_1="09.12.2020")
    found = orders(app)
    assert found[desk.acting][:2] == ("12", STARTED)
    assert {found[key][:2] for key in desk.drafts} == {("87", DAY)}
    assert "уже с приказом № 12 от 01.12.2020, он остался" in plain(boris.get(desk.numbers))


def test_a_pair_that_the_paper_does_not_hold_gets_no_number(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk
) -> None:
    make(boris, desk, "pairs")
    with registers(app, cast) as own:
        later = own.pair(own.mentor(grade=10), own.mentee(), state=PairState.DRAFT, started=STARTED)
    boris.fill(desk.numbers, number_1="87", dated_1="9.12")
    found = orders(app)
    assert found.pop(later.id) == ("", None, "draft")
    assert found == dict.fromkeys(desk.pairs, ("87", DAY, "active"))


def test_drafts_stay_drafts_where_the_tick_is_off(
    app: Flask, boris: PageClient, desk: Desk
) -> None:
    make(boris, desk, "pairs")
    boris.fill(desk.numbers, number_1="87", dated_1="9.12", drafts_1=[], done_1=[])
    found = orders(app)
    assert {found[key] for key in desk.drafts} == {("87", DAY, "draft")}
    assert found[desk.acting] == ("87", DAY, "active")
    assert status(app, "pairs_formed") is None


def test_sent_twice_it_has_one_effect(app: Flask, boris: PageClient, desk: Desk) -> None:
    make(boris, desk, "pairs")
    board = boris.get(desk.numbers)
    for _ in range(2):
        assert boris.fill(board, number_1="87", dated_1="9.12").status_code == 303
    assert lines(app) == [LINE]


def test_two_tabs_with_two_numbers_are_said_both(app: Flask, boris: PageClient, desk: Desk) -> None:
    make(boris, desk, "pairs")
    board = boris.get(desk.numbers)
    boris.fill(board, number_1="87", dated_1="9.12")
    answer = boris.fill(board, number_1="88", dated_1="8.12")
    assert answer.status_code == 409
    assert "внесено № 87 от 09.12.2020, вы вписали № 88 от 08.12.2020" in plain(answer)
    assert lines(app) == [LINE]


def test_undo_gives_everything_back(app: Flask, boris: PageClient, desk: Desk) -> None:
    before = orders(app)
    make(boris, desk, "pairs")
    boris.fill(desk.numbers, number_1="87", dated_1="9.12")
    board = boris.get(desk.numbers)
    for _ in range(2):  # the button twice
        assert boris.fill(board, "undo").status_code == 303
    assert orders(app) == before
    assert lines(app) == []
    assert status(app, "pairs_formed") == ("not_started", None)
    with app.app_context():
        assert {pair.started for pair in db.session.query(Pair)} == {STARTED, date(2020, 10, 5)}
    assert boris.fill(desk.numbers, number_1="88", dated_1="9.12").status_code == 303


def test_a_correction_changes_evidence_and_pairs_together(
    app: Flask, boris: PageClient, numbered: Desk
) -> None:
    answer = boris.fill(f"{numbered.papers}/1/number", number="78", dated="8.12")
    assert answer.status_code == 303
    day = date(2020, 12, 8)
    assert orders(app) == dict.fromkeys(numbered.pairs, ("78", day, "active"))
    assert lines(app) == [("pairs_formed", "Приказ о закреплении пар", "78", day)]
    assert status(app, "pairs_formed") == ("done", day)
    with app.app_context():
        begun = {db.session.get_one(Pair, key).started for key in numbered.drafts}
        (entry,) = db.session.query(AuditEntry).filter_by(event="paper:corrected")
    assert begun == {day}
    assert [text.replace("\xa0", " ") for text in entry.changes["number_and_date"]] == [
        "№ 87 от 09.12.2020",
        "№ 78 от 08.12.2020",
    ]


def test_a_locked_stage_keeps_the_line_until_it_is_open(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk
) -> None:
    make(boris, desk, "pairs")
    stage_to(app, cast, 5, StageState.SUBMITTED)
    answer = boris.fill(desk.numbers, number_1="87", dated_1="9.12")
    assert answer.status_code == 303
    assert "будет внесён, когда этап откроют" in plain(boris.get(desk.numbers))
    assert orders(app) == dict.fromkeys(desk.pairs, ("87", DAY, "active"))
    assert lines(app) == []
    assert "Внести в этап" not in plain(boris.get(desk.numbers))
    stage_to(app, cast, 5, StageState.RETURNED)
    board = boris.get(desk.numbers)
    assert "можно внести: этап открыт" in plain(board)
    for _ in range(2):
        assert boris.fill(board, "lines").status_code == 303
    assert lines(app) == [LINE]


def test_nothing_is_taken_back_or_corrected_once_the_stage_was_sent(
    app: Flask, cast: Cast, boris: PageClient, numbered: Desk
) -> None:
    board, form = boris.get(numbered.numbers), boris.get(f"{numbered.papers}/1/number")
    stage_to(app, cast, 5, StageState.SUBMITTED)
    before = orders(app)
    assert boris.fill(board, "undo").status_code == 409
    refused = boris.fill(form, number="78", dated="8.12")
    assert refused.status_code == 409
    assert form_values(find_form(refused))["number"] == ["78"]
    assert "Отменить" not in plain(boris.get(numbered.numbers))
    assert (orders(app), lines(app)) == (before, [LINE])


def test_a_draft_that_cannot_begin_stops_all_and_what_was_typed_stays(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk
) -> None:
    with registers(app, cast) as own:
        new = own.mentee("Новак Олег", joined=date(2020, 12, 8))
        own.pair(own.mentor(grade=10), new, state=PairState.DRAFT, started=DAY)
    make(boris, desk, "pairs")
    answer = boris.fill(desk.numbers, number_1="87", dated_1="7.12")
    assert answer.status_code == 422
    assert "с приказом № 87 от 07.12.2020 не начнётся" in plain(answer)
    assert {order[0] for order in orders(app).values()} == {""}
    assert lines(app) == []
    values = form_values(find_form(answer))
    assert (values["number_1"], values["dated_1"]) == (["87"], ["07.12.2020"])


@pytest.mark.parametrize(
    ("number", "dated", "said"),
    [
        ("8" * 61, "9.12", "61"),
        ("87", "10.12.2020", "Дата ещё не наступила"),
        ("87", "31.08.2020", "2020/21"),
        ("", "9.12", "Укажите номер"),
        ("87", "", "Укажите дату"),
        ("87", "вчера", "дат"),
        ("", "", "Впишите номер и дату хотя бы одной бумаги"),
    ],
)
def test_bad_input_is_said_beside_its_field(
    app: Flask, boris: PageClient, desk: Desk, number: str, dated: str, said: str
) -> None:
    make(boris, desk, "pairs")
    answer = boris.fill(desk.numbers, number_1=number, dated_1=dated)
    assert answer.status_code == 422
    assert said in plain(answer)
    values = form_values(find_form(answer))
    assert number in values["number_1"]
    assert {order[0] for order in orders(app).values()} == {""}
    assert lines(app) == []


def test_one_number_has_one_date_among_orders(app: Flask, boris: PageClient, desk: Desk) -> None:
    make(boris, desk, "pairs", "team")
    two = {"number_1": "87", "dated_1": "8.12", "number_2": "87", "dated_2": "9.12"}
    answer = boris.fill(desk.numbers, **two)
    assert answer.status_code == 422
    assert "Номер тот же, а дата другая" in plain(answer)
    same = boris.fill(desk.numbers, **two | {"dated_2": "8.12"})
    assert same.status_code == 303  # one order may be both
    assert len(lines(app)) == 2


def test_a_pasted_block_fills_the_rows_and_saves_nothing(
    app: Flask, boris: PageClient, desk: Desk
) -> None:
    make(boris, desk, "pairs", "team")
    rows = ("Вид\t№\tДата", "Приказ о закреплении пар\t87\t9.12")
    block = "\n".join([*rows, "приказ о рабочей группе и кураторе\t12\t08.12.2020"])
    answer = boris.fill(desk.numbers, pasted=block, spread="1")
    assert answer.status_code == 200
    values = form_values(find_form(answer))
    got = {key: values[key] for key in values if key.startswith(("number_", "dated_"))}
    assert (got["number_1"], got["number_2"]) == (["12"], ["87"])
    assert "09.12.2020" in str(got["dated_2"])
    assert lines(app) == []
    boris.fill(answer, pasted="")
    assert len(lines(app)) == 2


@pytest.mark.parametrize("seed", range(4))
def test_history_over_random_closings_between_making_and_signing(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk, seed: int
) -> None:
    chance = Random(seed)
    make(boris, desk, "pairs")
    with app.app_context():
        held = set(db.session.get_one(Paper, 1).ids["pairs"])
    for pair_id in chance.sample(desk.drafts, 5):
        with app.app_context(), writing():
            pair = pair_operations.queries.pair(cast.boris_school, pair_id)
            assert pair is not None
            step = pair_operations.rules.Step.ACTIVATE
            pair_operations.take_step(cast.actor("boris"), pair, step, version=pair.version)
        if chance.random() < 0.6:
            close(app, cast, pair_id, chance.choice([STARTED, date(2020, 12, 5)]))
    with registers(app, cast) as own:
        own.pair(own.mentor(grade=10), own.mentee(), started=STARTED)
    closed = {key for key, order in orders(app).items() if order[2] == "closed"}
    board = boris.get(desk.numbers)
    assert plain(board).count("завершена") == len(closed)
    boris.fill(board, number_1="87", dated_1="9.12")
    found = orders(app)
    assert {key for key, order in found.items() if order[:2] == ("87", DAY)} == held
    assert {key for key, order in found.items() if order[2] == "closed"} == closed
    assert lines(app) == [LINE]
    boris.fill(desk.numbers, "undo")
    assert {order[0] for order in orders(app).values()} == {""}


def test_a_pair_entered_by_mistake_is_left_out(
    app: Flask, cast: Cast, boris: PageClient, desk: Desk
) -> None:
    make(boris, desk, "pairs")
    with app.app_context(), writing():
        pair = pair_operations.queries.pair(cast.boris_school, desk.drafts[0])
        assert pair is not None
        (mentee,) = [member.person_id for member in pair.members if member.part is Part.MENTEE]
        line = db.session.query(Participation).filter_by(person_id=mentee).one()
        line.is_mistake = True
    board = boris.get(desk.numbers)
    assert "внесена по ошибке: номера не получит" in plain(board)
    boris.fill(board, number_1="87", dated_1="9.12")
    found = orders(app)
    assert found.pop(desk.drafts[0])[0] == ""
    assert {order[0] for order in found.values()} == {"87"}


def test_only_the_curator_makes_and_enters(
    boris: PageClient, client_of: ClientOf, numbered: Desk
) -> None:
    paper = f"{numbered.papers}/1"
    head = client_of("galina")
    for address in (numbered.papers, paper, f"{paper}/word"):
        assert head.get(address).status_code == 200
        for login in ("anna", "gleb"):
            assert client_of(login).get(address).status_code == 403
        assert client_of("vera").get(address).status_code == 404
    assert "Сделать" not in text_of(head.get(numbered.papers))
    assert head.get(numbered.numbers).status_code == 403


def test_a_download_is_noted_without_a_name(app: Flask, boris: PageClient, desk: Desk) -> None:
    at = make(boris, desk, "pairs")
    boris.get(at)
    boris.get(f"{at}/word")
    boris.get(f"{desk.papers}/several?paper=1")
    with app.app_context():
        noted = [
            e.subject for e in db.session.query(AuditEntry).filter_by(event="export:downloaded")
        ]
        everything = json.dumps(
            [e.subject for e in db.session.query(AuditEntry)], ensure_ascii=False
        )
    assert noted == ["prikaz-pary-2020-12-09.docx (имён: 31)"] * 2
    assert "Дроздов" not in everything


def test_what_is_made_with_a_new_order_never_gets_the_number_of_the_old_one(
    app: Flask, boris: PageClient, desk: Desk
) -> None:
    make(boris, desk, "start")
    assert boris.fill(desk.numbers, number_1="46", dated_1="9.12").status_code == 303
    make(boris, desk, "rules")
    form = form_values(find_form(boris.get(desk.numbers), "/numbers"))
    assert form["number_6"] == ["46"]
    make(boris, desk, "start")
    with app.app_context():
        orders_made = db.session.query(Paper).filter_by(key="start").order_by(Paper.id).all()
        new = orders_made[-1].id
    form = form_values(find_form(boris.get(desk.numbers), "/numbers"))
    assert [name for name in form if name.startswith("number_")] == [f"number_{new}"]
    boris.fill(desk.numbers, **{f"number_{new}": "52", f"dated_{new}": "9.12"})
    with app.app_context():
        newest = db.session.query(Paper).filter_by(key="rules").order_by(Paper.id.desc()).first()
        assert newest is not None
        assert (newest.number, newest.order_id) == ("52", new)
