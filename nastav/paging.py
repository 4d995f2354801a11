"""Pages of a long list, and how many rows of it one form may hold."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

PER_PAGE = 50
FORM_ROWS = 400  # at most, of up to four fields each: a form of more than MAX_FORM_PARTS is refused
Row = TypeVar("Row")


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of a list, and how long the whole is."""

    rows: list[Row]
    total: int
    page: int
    pages: int
    first: int = 1  # place of the page's first row in the list, from 1

    @property
    def last(self) -> int:
        """Return the place of the page's last row."""
        return self.first + len(self.rows) - 1


def page_of(rows: list[Row], page: int, per_page: int = PER_PAGE) -> Slice[Row]:
    """Return a page of a list; a number beyond the last gives the last."""
    pages = max(1, -(-len(rows) // per_page))
    page = min(max(page, 1), pages)
    before = (page - 1) * per_page
    return Slice(rows[before : before + per_page], len(rows), page, pages, before + 1)


def form_rows(rows: list[Row], per_page: int = PER_PAGE) -> Slice[Row]:
    """Return the rows that the form of this request's `?page=` holds."""
    return page_of(rows, request.args.get("page", 1, type=int), per_page)
