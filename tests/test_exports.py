"""security.md#s15: whatever leaves the site as a file is in the journal; where none can be
written, nothing leaves."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from nastav.accounts.models import User
from nastav.audit.models import AuditEntry
from nastav.db import db, writing
from tests.support.crawl import Walk
from tests.support.demo import client_of, session_login
from tests.support.pages import PageClient, text_of
from tests.support.unlinked import unlinked
from tests.test_outage import Outage, full, read_only

Files = dict[str, tuple[PageClient, str]]  # route → who may have its file, and where
BLANK = {"loads.template"}  # nobody's data: an empty table to be filled in


@pytest.fixture
def files(demo: Flask, walks: dict[str, Walk]) -> Files:
    """Return one address of each route that answers with a file."""
    with demo.app_context(), writing():
        school = db.session.scalars(
            select(User.school_id).filter_by(login=session_login("curator"))
        ).one()
        made = unlinked(school or 0, 2)
    found: Files = {}
    for role, walked in walks.items():
        client = client_of(demo, role)
        known = {endpoint: opened[0] for endpoint, opened in walked.others.items()}
        for endpoint, address in (made | known if role == "curator" else known).items():
            answer = client.get(address)
            if "attachment" in answer.headers.get("Content-Disposition", ""):
                found.setdefault(endpoint, (client, address))
    return found


def entries(app: Flask) -> int:
    with app.app_context():
        rows = select(func.count()).where(AuditEntry.event.like("%:downloaded"))
        return db.session.scalar(rows) or 0


def test_every_file_that_leaves_is_in_the_journal(demo: Flask, files: Files) -> None:
    assert len(files) >= 9, sorted(files)
    silent = set()
    for endpoint, (client, address) in files.items():
        before = entries(demo)
        assert client.get(address).status_code == 200
        if entries(demo) != before + 1:
            silent.add(endpoint)
    assert silent == BLANK


@pytest.mark.parametrize("outage", [full, read_only])
def test_no_file_leaves_without_an_entry(
    outage: Outage, demo: Flask, files: Files, tmp_path: Path
) -> None:
    before = entries(demo)
    left = []
    with outage(demo, tmp_path):
        for endpoint, (client, address) in files.items():
            answer = client.get(address)
            if "Content-Disposition" in answer.headers:
                left.append(endpoint)
            else:
                assert answer.status_code == 503, endpoint
                assert "занята или недоступна" in text_of(answer)
    # where the disk is full, small entries still fit into pages that are there
    assert entries(demo) - before == len(set(left) - BLANK)
    assert outage is full or set(left) == BLANK
