"""A demo of more schools than the order has: a bench is filled with it, and so may a larger district be."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select

from bench.fill import LATE, MUCH, fill
from nastav.app import create_app
from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.district.models import School

SCHOOLS = 40  # more than a month has days


def test_a_district_of_any_size_is_filled(tmp_path: Path) -> None:
    fill(tmp_path, SCHOOLS, mentees=2, mentors=1, size=replace(MUCH, districts=0), today=LATE)
    app = create_app(tmp_path, TODAY=LATE)
    with app.app_context():
        living = select(func.count(School.id.distinct())).join(
            AuditEntry, AuditEntry.school_id == School.id
        )
        assert db.session.scalar(living) == SCHOOLS
        db.engine.dispose()
