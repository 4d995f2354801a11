"""quality.md#v5: no page reads through a table that grows with other tenants; the demo is explained.

What saves send is explained in `posts/test_scans.py`.
"""

from datetime import date

from flask import Flask

from nastav.db import db
from nastav.pairs.models import Pair
from tests.support.crawl import REDIRECTS, Walk
from tests.support.demo import LOGINS, client_of
from tests.support.plans import asked_of, growing, read_through


def test_no_page_reads_through_what_grows_with_other_schools(
    demo: Flask, walks: dict[str, Walk]
) -> None:
    clients = {role: client_of(demo, role) for role in LOGINS}
    with asked_of() as asked:
        for role, found in walks.items():
            clients[role].checks = False
            for address in found.addresses:
                assert clients[role].get(address).status_code in (200, *REDIRECTS), address
    assert len(asked) > 200
    with demo.app_context():
        assert read_through(asked) == {}


def test_a_statement_that_reads_through_a_table_is_found(app: Flask) -> None:
    with app.app_context(), asked_of() as asked:
        db.session.query(Pair).filter_by(planned_end=date(2020, 12, 31)).all()
        db.session.query(Pair).filter_by(school_id=1).all()
        assert list(read_through(asked).values()) == ["SCAN pair"]
        assert growing() > {"pair", "pair_member", "meeting_presence", "answer", "consent"}
        assert not growing() & {"school", "district", "stage", "questionnaire", "question"}
