"""«Сводка по этапам» as a workbook, laid out as appendix 2 of the order: schools by stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nastav import excel, ru, terms
from nastav.coverage.sheet import as_of, corner
from nastav.district.models import District
from nastav.rollup.board import OVERDUE, OVERDUE_RETURNED, Board, Cell, Row
from nastav.stages.models import StageState

TITLE = "Сводка по этапам"
# key of a cell's state → how it looks
STYLES = {
    key: excel.Style(*colours, bold=key == "overdue") for key, colours in terms.COLOURS.items()
}


@dataclass(frozen=True)
class Count:
    """A column and a row of counts: how many stages stand so."""

    key: str  # as in `Cell.counts`
    title: str
    words: str  # what COUNTIF looks for in the cells; matches the words of this state alone


def _state(state: StageState, title: str) -> Count:
    return Count(state.value, title, f"{terms.STAGE_STATES[state.value]}*")


STATES = (  # every cell is in one of these, late or not
    _state(StageState.ACCEPTED, "Принято"),
    _state(StageState.SUBMITTED, "На проверке"),
    _state(StageState.RETURNED, "Возвращено"),
    _state(StageState.IN_PROGRESS, "В работе"),
    _state(StageState.NOT_STARTED, "Не начато"),
)
LATE = (  # and some are in these beside
    Count(OVERDUE, "Просрочено", "*просрочен на*"),
    Count(OVERDUE_RETURNED, "из них возвращено", f"{terms.STAGE_STATES['returned']}*просрочен на*"),
)
COUNTS = (*STATES, *LATE)
RULES = (
    (
        "Состояние этапа",
        "«Принят» — принял координатор. «На проверке» — школа отправила, координатор ещё не решил. "
        "«Возвращён» — координатор вернул с замечаниями, рядом день, до которого исправить. "
        "«В работе» — школа начала заполнять; «3 из 5» — сколько мероприятий этапа выполнено "
        "или не требуется. «Не начат» — школа ещё ничего не внесла. Каждый этап стоит ровно в одном "
        "состоянии, есть просрочка или нет.",
    ),
    (
        "Просрочен",
        "Этап не отправлен на проверку, а срок прошёл, либо этап возвращён, а день «исправить до» "
        "прошёл. Срок действует по указанный день включительно. Пока этап ждёт координатора, "
        "просрочки у школы нет. Просрочка — не состояние, а второе слово о нём: возвращённый этап с "
        "просрочкой считается и в «Возвращено», и в «Просрочено». «Поздно» у принятого этапа и у этапа на "
        "проверке — школа отправила его или исправила позже срока; пометка остаётся.",
    ),
    (
        "Числа",
        "Формулы книги считают ячейки таблицы по их словам. Те же числа на странице «Сводка по "
        "этапам» сайта на тот же день.",
    ),
)


def stages_book(board: Board, district: District, made_at: datetime) -> excel.Book:
    """Return the workbook of a school year's matrix; `made_at` is local time without a zone."""
    title = f"{TITLE}, {ru.school_year(board.first_year)}"
    return excel.Book(title, [_form(board, district), excel.explanation(RULES)], made_at)


def _form(board: Board, district: District) -> excel.Form:
    year = ru.school_year(board.first_year)
    return excel.Form(
        name=TITLE,
        title="Сводка по этапам реализации целевой модели наставничества",
        subtitle=f"{district.name}, {year} учебный год, {as_of(board.today)}",
        corner=corner(district),
        columns=_columns(board),
        rows=[_row(row, board) for row in board.rows],
        totals=[_total(count, board) for count in COUNTS] if board.stages else (),
        notes=("Срок — по указанный день включительно. Как считалось — на втором листе.",),
        signatures=[_signature(district)],
    )


def _signature(district: District) -> excel.Signature:
    post = district.coordinator_post
    return excel.Signature(ru.capitalized(post), ru.initials_first(district.coordinator))


def _columns(board: Board) -> list[excel.Column]:
    stages = [
        excel.Column(
            f"stage{stage.ordinal}",
            f"{stage.roman}. {stage.short}\nдо {ru.date_short(stage.due)}",
            "Этапы и сроки",
            width=17,
        )
        for stage in board.stages
    ]
    number = ru.counted(len(board.stages), "этапа", "этапов", "этапов")
    states = [excel.Column(count.key, count.title, f"Из {number}", width=12) for count in STATES]
    late = [excel.Column(count.key, count.title, "Просрочка", width=12.5) for count in LATE]
    return [excel.Column("school", "ОО", width=14), *stages, *states, *late]


def _row(row: Row, board: Board) -> excel.Row:
    cells = [excel.text(cell.full, align="center", style=STYLES[cell.key]) for cell in row.cells]
    return [excel.text(row.school), *cells, *(_of_school(row, count, board) for count in COUNTS)]


def _of_school(row: Row, count: Count, board: Board) -> excel.Cell | excel.Formula:
    if not board.stages:
        return excel.integer(0)
    first, last = board.stages[0].ordinal, board.stages[-1].ordinal
    run = f"{{stage{first}}}:{{stage{last}}}"
    return excel.count_words(run, count.words, result=row.count(count.key))


def _total(count: Count, board: Board) -> excel.Row:
    """A row of how many schools stand so, stage by stage, and the district's sum in its column."""
    by_stage = [
        excel.count_words(
            f"{{stage{stage.ordinal}:body}}", count.words, result=_of_stage(at, count, board)
        )
        for at, stage in enumerate(board.stages)
    ]
    sums: Sequence[excel.Cell | excel.Formula] = [
        excel.total(state.key, result=board.count(state.key)) if state is count else excel.BLANK
        for state in COUNTS
    ]
    return [excel.text(count.title), *by_stage, *sums]


def _of_stage(at: int, count: Count, board: Board) -> int:
    cells: list[Cell] = [row.cells[at] for row in board.rows]
    return sum(count.key in cell.counts for cell in cells)
