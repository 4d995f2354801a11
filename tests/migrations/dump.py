"""Freezes the present schema with data in it, for `test_from_dumps.py`.

After a new migration has landed, `python -m tests.migrations.dump` writes its `<revision>.sql` here.
A dump that was written is never changed: it stands for the databases people have.
Two schools of the demo are kept, with a row in every table. All people in it are invented.
"""

import hashlib
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from nastav import backup, schema, setup, sqlite
from nastav.access import Actor
from nastav.app import create_app
from nastav.db import UtcDateTime, db, writing
from nastav.demo import operations as demo
from nastav.orders.loader import load
from tests.support.statements import statements

FOLDER = Path(__file__).parent
TODAY = "2021-10-20"  # the second school year has begun
KEPT = "'СОШ №2', 'СОШ №5'"
PEOPLE_KEPT = 24  # of each school
SOMEBODY = "Придуманнов Пётр Петрович"
BYTES = b"invented bytes"
MOMENT = datetime(2021, 10, 20, 9, 0, tzinfo=UTC)


def make(folder: Path) -> Path:
    """Make a small database of the newest schema and return its file."""
    app = create_app(folder, TODAY=TODAY)
    with app.app_context():
        setup.prepare(Actor.system("снимок"))
        with writing():
            demo.fill(Actor.system("снимок"), load(), "no password opens this account")
        db.engine.dispose()
        cut(folder / backup.DATABASE)
        with writing():
            fill_empty_tables()
        db.engine.dispose()
    return folder / backup.DATABASE


def cut(database: Path) -> None:
    """Leave two schools and some of their people, and nothing that points at the others."""
    with closing(sqlite.connect(database, isolation_level=None)) as connection:
        do = connection.execute
        do("BEGIN")
        do(f"DELETE FROM school WHERE name NOT IN ({KEPT})")
        do("DELETE FROM register_number WHERE school_id NOT IN (SELECT id FROM school)")
        do(f"DELETE FROM register_number WHERE number > {PEOPLE_KEPT}")
        do("DELETE FROM person WHERE id NOT IN (SELECT person_id FROM register_number)")
        do("DELETE FROM response WHERE id % 15")
        do(f"UPDATE team_member SET name = '{SOMEBODY}'")  # the order names real officials
        do(f"UPDATE district SET coordinator = '{SOMEBODY}', signed_by = '{SOMEBODY}'")
        while loose := do("PRAGMA foreign_key_check").fetchall():
            for table, row, *_ in loose:
                do(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
        do("COMMIT")


def fill_empty_tables() -> None:
    """Put one made-up row into every table the demo leaves empty; the caller commits."""
    for table in schema.METADATA.sorted_tables:
        if db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 0:
            db.session.execute(table.insert().values({c.name: _value(c) for c in table.columns}))


def _value(column: sa.Column[Any]) -> Any:
    for key in column.foreign_keys:
        return db.session.scalar(sa.select(key.column).order_by(key.column).limit(1))
    kind = column.type
    if isinstance(kind, sa.Enum):
        return kind.python_type(next(iter(kind.enums)))
    if column.name == "sha256":
        return hashlib.sha256(BYTES).hexdigest()  # of what is kept beside it
    if isinstance(kind, sa.String):
        return f"вымышленное {column.name}"[: kind.length]
    for of, value in (
        (UtcDateTime, MOMENT),
        (sa.Date, date(2021, 10, 20)),
        (sa.Boolean, False),
        (sa.Integer, 1),
        (sa.LargeBinary, BYTES),
        (sa.JSON, {}),
    ):
        if isinstance(kind, of):
            return value
    raise TypeError(f"{column}: say here what a {kind} looks like")


def lines(database: Path) -> list[str]:
    """Return a database as statements, one a line."""
    with closing(sqlite.connect(database)) as connection:
        return [line.replace("\n", " ").replace("\t", "") for line in statements(connection)]


def main() -> Path:
    """Write the dump of the newest schema and return its file."""
    with tempfile.TemporaryDirectory() as folder:
        database = make(Path(folder))
        target = FOLDER / f"{backup.schema_of(database)}.sql"
        with target.open("x", encoding="utf-8") as file:  # what was frozen stays as it is
            file.write("\n".join(lines(database)) + "\n")
    return target


if __name__ == "__main__":
    print(main())  # noqa: T201
