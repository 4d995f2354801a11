"""The order on results: plan and fact of each school, its stages; the figures of «Исполнение приказа»."""

from collections.abc import Mapping
from typing import Final

from nastav import ru
from nastav.district.models import District
from nastav.district.signing import signatures
from nastav.execution import sentences, spravka
from nastav.execution.facts import Execution
from nastav.papers import builder
from nastav.papers.filler import Data, fill
from nastav.rollup.board import OVERDUE, Board, Row
from nastav.stages.models import StageState

TEMPLATE: Final = "d-results"
TITLE: Final = "Приказ об итогах"


def document(found: Execution, board: Board | None, district: District) -> bytes:
    """Return the order as a .docx; the same figures give the same bytes.

    Args:
        found: the figures of the day.
        board: the matrix of the day's school year; None where no school year was open.
        district: the row with the order's requisites.
    """
    content = data(found, board, district)
    return fill(builder.template(TEMPLATE), content, title=TITLE, made_on=found.on)


def data(found: Execution, board: Board | None, district: District) -> Data:
    """Return what is filled into the template: the справка's figures, and stages school by school."""
    same = spravka.data(found, district)
    coordinator, head = signatures(district)
    rows = {row.school_id: row for row in board.rows} if board else {}
    states = StageState.ACCEPTED.value
    fields = {
        **same.fields,
        "место": district.order_place,
        "предмет": district.order_subject,
        "руководитель_должность": head.post,
        "руководитель": head.name,
        "составитель_должность": coordinator.post,
        "составитель": coordinator.name,
        "принято": ru.number(board.count(states)) if board else ru.DASH,
        "просрочено": ru.number(board.count(OVERDUE)) if board else ru.DASH,
        "этапы": sentences.stages(found),
    }
    schools = [
        {**spravka.school_line(row), **_stages(rows, row.school_id)}
        for row in found.coverage.schools
    ]
    return Data(fields, {"школы": schools})


def _stages(rows: Mapping[int, Row], school_id: int) -> dict[str, str]:
    row = rows.get(school_id)
    if row is None:
        return {"принято": ru.DASH, "просрочено": ru.DASH}
    accepted = row.count(StageState.ACCEPTED.value)
    return {
        "принято": f"{accepted} из {len(row.cells)}",
        "просрочено": ru.number(row.count(OVERDUE)),
    }
