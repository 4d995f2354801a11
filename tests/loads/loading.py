"""Loads of tables in tests: sent, checked, and what is in the registers afterwards."""

import io

from flask import Flask

from nastav.consents.models import Consent
from nastav.db import db
from nastav.loads.models import Load
from nastav.people.models import Participation, Person
from tests.support.cast import Cast
from tests.support.pages import PageClient, TestResponse, soup

TABLE = "ФИО\tКласс\tЗапрос\nПтицына Ольга\t7А\tучёба\nНовак Олег\t12\t\nЁлкин Лев\t5б\t\nЕлкин Лев\t5Б\t"


def url(cast: Cast, book: str = "mentees") -> str:
    return f"/schools/{cast.boris_school}/{book}/import"


def checked(client: PageClient, cast: Cast, text: str = TABLE, **more: str) -> TestResponse:
    """Send a table and return the page of its check."""
    book = more.pop("book", "mentees")
    sent = client.fill(url(cast, book), text=text, **more)
    assert sent.status_code == 303
    return client.get(sent.location)


def decided(client: PageClient, page: TestResponse, choice: str = "update") -> TestResponse:
    """Say of all the known people of a check what becomes of them; return the check anew."""
    if not soup(page).select('form[action$="/decide"]'):
        return page  # nobody is known
    return client.get(client.fill(page, "/decide", choice=choice).location.split("#")[0])


def updated(client: PageClient, path: str) -> TestResponse:
    """Load a checked table with its known people updated."""
    return client.fill(decided(client, client.get(path)))


def people(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(person.full_name for person in db.session.query(Person))


def consents(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Consent).count()


def needs(app: Flask) -> dict[str, str]:
    with app.app_context():
        rows = db.session.query(Participation).join(Person).order_by(Person.sort_key)
        rows = rows.with_entities(Person.surname, Participation.need)
        return dict(list(rows))


def load_of(app: Flask) -> Load:
    with app.app_context():
        return db.session.query(Load).order_by(Load.id.desc()).first()  # type: ignore[return-value]


def tables(answer: TestResponse) -> dict[str, list[str]]:
    """Return the rows of each table by its heading, as they are read."""
    return {
        table.find_previous("h2").get_text(): [
            " ".join(row.get_text(" ").split()) for row in table.select("tbody tr")
        ]
        for table in soup(answer).select("table")
    }


def counted(answer: TestResponse) -> list[str]:
    """Return how many rows a check counts as good, known and different, to mend, repeated."""
    return [number.get_text() for number in soup(answer).select("#load-summary dd")]


def sent(client: PageClient, cast: Cast, content: bytes, book: str = "mentees") -> TestResponse:
    """Send a file; return the answer, a redirect to its check or a refusal."""
    return client.fill(url(cast, book), file=(io.BytesIO(content), "список.xlsx"))


def sent_and_loaded(app: Flask, cast: Cast, client: PageClient, content: bytes) -> bool:
    """Send a file, load what its check shows as good and undo it; tell whether there was anything.

    Asserts that a refusal has a reason, that exactly the rows shown are loaded, each with the consent
    shown, and that the undo leaves nothing.
    """
    answer = sent(client, cast, content)
    if answer.status_code != 303:
        assert answer.status_code == 422
        assert soup(answer).select_one(".error-summary li").get_text().strip().endswith(".")
        return False
    page = client.get(answer.location)
    page = client.get(page.location) if page.status_code == 303 else page  # columns are asked for
    assert (page.status_code, people(app), consents(app)) == (200, [], 0), "shown, nothing saved"
    good = tables(page).get("Готово к загрузке", [])
    for row in tables(page).get("Исправить", []):
        assert row.split()[0].isdecimal()
        assert "." in row
    if good:
        assert client.fill(page).status_code == 303
    names = [" ".join(name.split()) for name in people(app)]
    assert len(names) == len(good)
    assert all(any(f" {name} " in row for row in good) for name in names)
    assert consents(app) == sum("законный представитель" in row for row in good)
    if good:
        assert client.fill(f"{answer.location}/undo").status_code == 303
        assert (people(app), consents(app)) == ([], 0)
    return bool(good)
