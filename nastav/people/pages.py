"""What the pages of people share: addresses of the two registers, the line of an address."""

from collections.abc import Callable

from flask import abort, url_for

from nastav.addresses import urls_for
from nastav.people import queries
from nastav.people.models import Part, Participation

BOOKS = {"mentees": Part.MENTEE, "mentors": Part.MENTOR}
BOOK = "/schools/<int:school_id>/<any(mentees, mentors):book>"
ENTRY = f"{BOOK}/<int:entry_id>"


def found(school_id: int, book: str, entry_id: int) -> Participation:
    """Return a line of a school's register with its person; 404 when it has no such line."""
    row = queries.participation(school_id, BOOKS[book], entry_id)
    if row is None:
        abort(404)
    return row


def address(row: Participation, book: str) -> str:
    """Return the address of a line's card."""
    return url_for("person.card", book=book, entry_id=row.id)


def cards() -> dict[Part, Callable[..., str]]:
    """Return what makes the addresses of many cards, by part, each from the id of its line."""
    return {part: urls_for("person.card", "entry_id", book=book) for book, part in BOOKS.items()}
