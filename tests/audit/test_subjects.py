"""The subject of a journal's entry: a long list is never cut inside a number, nor without a sign."""

import pytest
from flask import Flask

from nastav.audit.models import AuditEntry
from nastav.audit.operations import LONGEST, record
from nastav.db import db, writing
from tests.support.cast import Cast


@pytest.mark.parametrize(
    ("subject", "kept"),
    [
        ("а" * LONGEST, "а" * LONGEST),
        ("а" * (LONGEST + 1), "а" * (LONGEST - 1) + "…"),
        ("пары " + ", ".join(["1234"] * 40), "пары " + ", ".join(["1234"] * 32) + ", …"),
    ],
)
def test_a_subject_that_does_not_fit_says_so(
    app: Flask, cast: Cast, subject: str, kept: str
) -> None:
    with app.app_context(), writing():
        record(cast.actor("boris"), "meetings:entered", subject=subject)
    with app.app_context():
        last = db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
        assert last is not None
        assert last.subject == kept
        assert len(last.subject) <= LONGEST
