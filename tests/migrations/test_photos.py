"""Photos that lay in a database before the site looked into them lose their place too."""

import hashlib
from contextlib import closing
from pathlib import Path

from nastav import revisions, sqlite
from tests.migrations.databases import close, restore, rows, site_on
from tests.photos.shots import SHOTS, picture
from tests.photos.test_place import cleared

OLD = {  # a document → its file's type and bytes, as they were sent
    21: ("image/jpeg", SHOTS["all that GPS can say"]()),
    22: ("image/png", SHOTS["PNG, XMP packed"]()),
    23: ("image/jpeg", SHOTS["all that GPS can say"]()[:90]),
    24: ("image/jpeg", picture("JPEG")),
    25: ("application/pdf", SHOTS["all that GPS can say"]()),
}


def put(database: Path) -> None:
    with closing(sqlite.connect(database)) as connection, connection:
        connection.execute("DELETE FROM evidence_file")
        for number, (kind, content) in OLD.items():
            connection.execute(
                "UPDATE evidence SET media_type = ?, size = ?, file_name = 'двор' WHERE id = ?",
                (kind, len(content), number),
            )
            connection.execute("INSERT INTO evidence_file VALUES (?, '', ?)", (number, content))


def test_the_place_is_cut_out_of_the_photos_of_an_older_database(tmp_path: Path) -> None:
    database = restore("0025", tmp_path)
    put(database)
    with site_on(tmp_path).app_context():
        revisions.upgrade()
        close()
    found = rows(database)
    files = {row["evidence_id"]: row for row in found["evidence_file"]}
    documents = {row["id"]: row for row in found["evidence"]}
    for number in (21, 22):
        clean = cleared(OLD[number][1])[0]
        assert files[number]["content"] == clean
        assert files[number]["sha256"] == hashlib.sha256(clean).hexdigest()
        assert (documents[number]["size"], documents[number]["removed"]) == (len(clean), "place")
    for number in (23, 24, 25):
        assert files[number]["content"] == OLD[number][1]
        assert documents[number]["removed"] == ""
