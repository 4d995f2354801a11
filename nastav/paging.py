"""Pages of a long list, and how many rows of it one form may hold."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

PER_PAGE = 100
FORM_ROWS = 400  # of up to four fields each: a form of more than MAX_FORM_PARTS fields is refused
Row = TypeVar("Row")


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of a list, and how long the whole is."""

    rows: list[Row]
    total: int
    page: int
    pages: int


def page_of(rows: list[Row], page: int, per_page: int = PER_PAGE) -> Slice[Row]:
    """Return a page of a list; a number beyond the last gives the last."""
    pages = max(1, -(-len(rows) // per_page))
    page = min(max(page, 1), pages)
    return Slice(rows[(page - 1) * per_page : page * per_page], len(rows), page, pages)


def form_rows(rows: list[Row], per_page: int = FORM_ROWS) -> Slice[Row]:
    """Return the rows that the form of this request's `?page=` holds."""
    return page_of(rows, request.args.get("page", 1, type=int), per_page)
