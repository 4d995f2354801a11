"""What the tests of kept answers ask: is it kept, what would Flask say now, whose is a row that changed."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from nastav import recall, schema, sqlite, versions
from nastav.kept import Layer
from tests.support.pages import HTMX, PageClient

TOKEN = re.compile(rb"[0-9a-f]{16}\.[0-9a-f]{64}")


def layer_of(app: Flask) -> Layer:
    """Return the layer of an application."""
    found = app.extensions["kept"]
    assert isinstance(found, Layer)
    return found


@contextmanager
def without(app: Flask) -> Iterator[None]:
    """Have Flask itself answer in the block, and count everything anew."""
    layer = layer_of(app)
    app.wsgi_app = layer.app  # type: ignore[method-assign]
    shelf = app.extensions.pop(recall.NAME)
    try:
        yield
    finally:
        app.wsgi_app = layer  # type: ignore[method-assign,assignment]
        app.extensions[recall.NAME] = shelf


def said(answer: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    """Return an answer as it came, but for the number of the request and the tokens of its forms."""
    headers = sorted(pair for pair in answer.headers.items() if pair[0] != "X-Request-Id")
    body = TOKEN.sub(b"TOKEN", answer.get_data())
    return answer.status_code, [pair for pair in headers if pair[0] != "Content-Length"], body


def is_hit(
    app: Flask, client: PageClient, address: str, headers: dict[str, str] | None = None
) -> bool:
    """Ask and tell whether the answer was a kept one."""
    before = layer_of(app).shelf.hits
    client.get(address, headers=headers)
    return layer_of(app).shelf.hits > before


def stale(app: Flask, client: PageClient, address: str) -> list[str]:
    """Return how a kept answer differs from what Flask says now, [] where none is kept or all is alike."""
    found = []
    for headers in ({}, HTMX):
        before = layer_of(app).shelf.hits
        given = said(client.get(address, headers=headers))
        if layer_of(app).shelf.hits == before:
            continue
        with without(app):
            made = said(client.get(address, headers=headers))
        if given != made:
            found.append(f"{address} {'part' if headers else 'page'}")
    return found


# --- whose a row is -------------------------------------------------------------------------------


def stamps(database: Path) -> dict[str, int]:
    """Return the stamps that a database holds."""
    with closing(sqlite.connect(database)) as connection:
        return dict(connection.execute("SELECT place, stamp FROM data_version"))


def changed_places(before: Path, after: Path) -> set[str]:
    """Return the places whose stamp differs."""
    old, new = stamps(before), stamps(after)
    return {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}


def changed_rows(before: Path, after: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (table, "added", "gone" or "changed", the row) of what differs between two databases."""
    with closing(sqlite.connect(after)) as connection:
        connection.row_factory = sqlite.Row
        connection.execute("ATTACH ? AS old", (str(before),))
        for table in schema.METADATA.tables:
            if table in versions.UNSEEN:
                continue
            now, then = (f'SELECT rowid AS _row, * FROM {db}."{table}"' for db in ("main", "old"))
            added = {row["_row"]: dict(row) for row in connection.execute(f"{now} EXCEPT {then}")}
            gone = {row["_row"]: dict(row) for row in connection.execute(f"{then} EXCEPT {now}")}
            for row_id, row in {**gone, **added}.items():
                both = row_id in added and row_id in gone
                how = "changed" if both else "added" if row_id in added else "gone"
                yield table, how, row


def owner(database: Path, other: Path, table: str, row: dict[str, Any]) -> int | None:
    """Return the school that a row belongs to, by its column or by what it is part of."""
    if "school_id" in row:
        return int(row["school_id"]) if row["school_id"] is not None else None
    for key in schema.METADATA.tables[table].foreign_keys:
        parent = key.column.table.name
        if parent in versions.own_tables() and not key.parent.nullable:
            for place in (database, other):
                with closing(sqlite.connect(place)) as connection:
                    connection.row_factory = sqlite.Row
                    ask = f'SELECT * FROM "{parent}" WHERE "{key.column.name}" = ?'
                    found = connection.execute(ask, (row[key.parent.name],)).fetchone()
                if found:
                    return owner(database, other, parent, dict(found))
    return None
