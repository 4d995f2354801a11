"""The letter to a school that is behind: the words of the reminder, with a number and who signs."""

from typing import Final

from nastav import ru
from nastav.district.models import District
from nastav.district.signing import signatures
from nastav.papers import builder
from nastav.papers.filler import Data, fill
from nastav.rollup import reminders
from nastav.rollup.board import Board, Row

TEMPLATE: Final = "d-letter"


def title(row: Row) -> str:
    """Return what the document is called."""
    return f"Письмо: {row.school}"


def document(row: Row, board: Board, district: District) -> bytes:
    """Return the letter as a .docx; the same stages give the same bytes.

    Args:
        row: the school with its overdue stages.
        board: the matrix it is of, which has the day.
        district: the row with the order's requisites.
    """
    content = data(row, board, district)
    return fill(builder.template(TEMPLATE), content, title=title(row), made_on=board.today)


def data(row: Row, board: Board, district: District) -> Data:
    """Return what is filled into the template; paragraph by paragraph what the reminder says."""
    greeting, asked, request, _ = reminders.to_school(row, district, board.today).split("\n\n")
    lead, _, stages = asked.partition("\n")
    coordinator, _ = signatures(district)
    fields = {
        "издатель": district.order_issuer,
        "школа": row.school,
        "обращение": greeting,
        "что": lead,
        "этапы": stages,
        "просьба": request,
        "на_дату": ru.date_long(board.today),
        "координатор_должность": coordinator.post,
        "координатор": coordinator.name,
    }
    return Data(fields)
