"""The tests that run on both databases did run on the one that was asked for, on the migrated schema."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from nastav import revisions, schema
from nastav.db import Conflict, db, writing
from nastav.district.models import School
from tests.support import databases, postgres


def test_the_tests_run_on_the_database_that_was_asked_for(app: Flask) -> None:
    with app.app_context():
        assert db.engine.dialect.name == databases.dialect()
        ask = db.session.connection().exec_driver_sql
        assert ask("SELECT version_num FROM alembic_version").scalar() == revisions.newest()


def test_the_migrations_make_what_the_models_say_on_either_database(app: Flask) -> None:
    with app.app_context():
        context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, schema.METADATA) == []


def test_what_is_made_twice_is_a_conflict_on_either_database(app: Flask) -> None:
    twice = [School(district_id=1, ordinal=each, name="Двойная школа") for each in (90, 91)]
    with app.app_context(), pytest.raises(Conflict), writing():
        db.session.add_all(twice)


def test_a_server_is_nobodys_else_and_leaves_nothing_behind() -> None:
    with postgres.server() as address:
        engine = create_engine(f"{address}&dbname=postgres")
        with engine.connect() as connection:
            data = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
            assert connection.exec_driver_sql("SHOW listen_addresses").scalar() == ""
        assert data.stat().st_uid != 0, "it ran as root"
        assert data.parent.stat().st_mode & 0o077 == 0, "others may enter"
        engine.dispose()
    assert not data.parent.exists()
    with pytest.raises(OperationalError), engine.connect():
        pass
