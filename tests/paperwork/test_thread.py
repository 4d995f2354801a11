"""From «Сделать» to the line of evidence: team and pairs, end to end."""

from datetime import date
from io import BytesIO

import docx
from flask import Flask

from nastav.db import db
from nastav.pairs.models import Pair, PairState
from nastav.stages.models import Activity, Evidence, SchoolActivity
from tests.paperwork.conftest import Desk
from tests.support.pages import PageClient, text_of


def lines(app: Flask) -> list[tuple[str, str, str, date | None]]:
    """Return the evidence of the school: activity, kind, number, date."""
    with app.app_context():
        rows = (
            db.session.query(Activity.key, Evidence.kind, Evidence.number, Evidence.dated)
            .join(Evidence, Evidence.activity_id == Activity.id)
            .filter(Evidence.removed_at.is_(None))
            .order_by(Evidence.id)
        )
        return [tuple(row) for row in rows]


def orders(app: Flask) -> dict[int, tuple[str, date | None, str]]:
    """Return the order and the state of each pair."""
    with app.app_context():
        found = db.session.query(Pair).order_by(Pair.id)
        return {pair.id: (pair.order_number, pair.order_date, pair.state.value) for pair in found}


def make(client: PageClient, desk: Desk, *kinds: str) -> str:
    """Make papers and return where it led."""
    answer = client.fill(desk.papers, "papers", kind=list(kinds))
    assert answer.status_code == 303
    return answer.location


def test_an_order_on_pairs_is_made_printed_and_numbered(
    app: Flask, boris: PageClient, desk: Desk
) -> None:
    at = make(boris, desk, "pairs")
    page = boris.get(at)
    assert "Дроздов Кирилл, 7 «А»" in text_of(page).replace("\xa0", " ")
    word = boris.get(f"{at}/word")
    text = "\n".join(p.text for p in docx.Document(BytesIO(word.data)).paragraphs)
    assert "14 пар и 1 группа, 15 наставников, 16 наставляемых" in text.replace("\xa0", " ")
    assert word.headers["Content-Disposition"].startswith(
        'attachment; filename="prikaz-pary-2020-12-09.docx"; filename*='
    )
    answer = boris.fill(desk.numbers, number_1="87", dated_1="9.12")
    assert answer.status_code == 303
    given = ("87", date(2020, 12, 9), PairState.ACTIVE.value)
    assert orders(app) == dict.fromkeys(desk.pairs, given)
    assert lines(app) == [("pairs_formed", "Приказ о закреплении пар", "87", date(2020, 12, 9))]
    with app.app_context():
        (done,) = db.session.query(SchoolActivity)
        assert (done.status.value, done.done_on) == ("done", date(2020, 12, 9))


def test_an_order_on_the_team(app: Flask, boris: PageClient, desk: Desk) -> None:
    at = make(boris, desk, "team")
    assert "Ткаченко Ольга Викторовна" in text_of(boris.get(at))
    boris.fill(desk.numbers, number_1="12", dated_1="8.12.2020")
    kind = "Приказ о рабочей группе и школьном кураторе"
    assert lines(app) == [("school_team", kind, "12", date(2020, 12, 8))]
