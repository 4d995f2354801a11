"""Migrates an instance with one revision more, and is killed in the middle of it.

`python -m tests.migrations.killed INSTANCE FOLDER-OF-THE-REVISION`; the revision does the killing.
"""

import sys
from pathlib import Path

import flask_migrate
from alembic.config import Config

from nastav import config, revisions
from nastav.app import create_app

REVISION = '''
"""a revision that copies a table, writes much, and may be killed"""
import os, signal
from pathlib import Path
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "probe", "{head}", None, None


def upgrade():
    with op.batch_alter_table("person", recreate="always") as batch:
        batch.add_column(sa.Column("probe", sa.String(20), nullable=False, server_default="new"))
    op.create_table("probe", sa.Column("id", sa.Integer, primary_key=True), sa.Column("t", sa.Text))
    # more than SQLite keeps in memory: what is half done must have reached the disk
    op.execute("PRAGMA cache_size=10")
    op.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) "
        "INSERT INTO probe SELECT i, hex(randomblob(1000)) FROM n"
    )
    if Path(__file__).with_name("kill").exists():
        os.kill(os.getpid(), signal.SIGKILL)
'''


def main(instance: Path, versions: Path) -> None:
    """Bring the instance to the newest schema with the revision of the folder on top."""
    app = create_app(instance)
    revisions.prepare(app)

    @app.extensions["migrate"].migrate.configure
    def _add(settings: Config) -> Config:
        own = config.ROOT / "nastav" / "migrations" / "versions"
        settings.set_main_option("path_separator", "newline")
        settings.set_main_option("version_locations", f"{own}\n{versions}")
        return settings

    with app.app_context():
        flask_migrate.upgrade()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
