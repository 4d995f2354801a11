"""A database made by the migrations is the one the models describe."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from nastav import revisions, schema
from nastav.db import db
from tests.migrations.databases import close, site_on


def test_the_migrations_make_what_the_models_say(tmp_path: Path) -> None:
    with site_on(tmp_path).app_context():
        revisions.upgrade()
        context = MigrationContext.configure(
            db.session.connection(), opts={"compare_type": True, "target_metadata": schema.METADATA}
        )
        differences = compare_metadata(context, schema.METADATA)
        close()
    assert len(schema.METADATA.tables) > 25, "the models were not read"
    assert differences == []
