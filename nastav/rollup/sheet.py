"""«Сводка по этапам» as a workbook, laid out as appendix 2 of the order: schools by stages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from nastav import excel, ru, terms
from nastav.coverage.sheet import as_of
from nastav.district.models import District
from nastav.district.signing import corner, signer
from nastav.rollup.board import OVERDUE, OVERDUE_RETURNED, Board, Cell, Filter, Row, Sent
from nastav.stages.models import StageState

TITLE = "Сводка по этапам"
# «просрочен на 3 дня» fits a line of a cell: narrower columns make the rows so tall that the form with its
# two signatures took a second page, or smaller print on one
_STAGE = 22
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
SENT = {
    "expected": "Ожидается этапов",
    "actual": "Отправлено",
    "actual_share": "Доля",
    "on_time": "В срок",
    "on_time_share": "Доля в срок",
}
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
        "Полнота и срок",
        "«Отправлено» — на проверке и принятые; «в срок» — из них те, что ни разу не опоздали: ни к сроку, "
        "ни к дню «исправить до». Обе доли — от того, сколько ожидается. Эти листы — по всем школам и "
        "этапам, отбор на них не действует.",
    ),
    (
        "Прошлая дата",
        "Состояния — по шагам этапов до этого дня включительно, по данным, внесённым на сегодня; сроки — "
        "какие действовали тогда. Сколько мероприятий было выполнено в тот день, не сказано.",
    ),
    (
        "Числа",
        "Формулы книги считают ячейки таблицы по их словам. Те же числа на странице «Сводка по "
        "этапам» сайта на тот же день.",
    ),
)


def stages_book(whole: Board, asked: Filter, district: District, made_at: datetime) -> excel.Book:
    """Return the workbook of a school year's matrix.

    Args:
        whole: the matrix.
        asked: what of it stands on the first sheet; how complete and timely, of all.
        district: whose it is.
        made_at: local time without a zone.
    """
    title = f"{TITLE}, {ru.school_year(whole.first_year)}"
    sheets = [_form(whole.only(asked), asked, district)]
    if whole.stages and whole.rows:
        schools = [(row.school, row.sent) for row in whole.rows]
        stages = [(f"{stage.roman}. {stage.short}", whole.sent_of(stage)) for stage in whole.stages]
        subtitle = _subtitle(whole, district)
        sheets += [
            _sent_form("По школам", "ОО", schools, whole, subtitle),
            _sent_form("По этапам", "Этап", stages, whole, subtitle),
        ]
    return excel.Book(title, [*sheets, excel.explanation(RULES)], made_at)


def _sent_form(
    name: str, heading: str, rows: Sequence[tuple[str, Sent]], board: Board, subtitle: str
) -> excel.Form:
    """How complete and how timely each school or each stage is."""
    return excel.Form(
        name=name,
        title=f"Полнота и срок отправки этапов, {ru.inside(name)}",
        subtitle=subtitle,
        columns=[
            excel.Column("name", heading, width=30),
            *(excel.Column(key, title, width=14) for key, title in SENT.items()),
        ],
        rows=[[excel.text(name), *_of_sent(sent)] for name, sent in rows],
        totals=[[excel.text("ИТОГО"), *_total_sent(board.sent)]],
    )


def _of_sent(sent: Sent) -> list[excel.Cell | excel.Formula]:
    return [
        excel.integer(sent.expected),
        excel.integer(sent.actual),
        excel.share("actual", "expected", sent.actual, sent.expected),
        excel.integer(sent.on_time),
        excel.share("on_time", "expected", sent.on_time, sent.expected),
    ]


def _total_sent(sent: Sent) -> list[excel.Cell | excel.Formula]:
    return [
        excel.total("expected", result=sent.expected),
        excel.total("actual", result=sent.actual),
        excel.share("actual", "expected", sent.actual, sent.expected),
        excel.total("on_time", result=sent.on_time),
        excel.share("on_time", "expected", sent.on_time, sent.expected),
    ]


def _subtitle(board: Board, district: District) -> str:
    year = ru.school_year(board.first_year)
    return f"{district.name}, {year} учебный год, {as_of(board.today)}"


def _asked(asked: Filter, board: Board) -> str:
    """Say what was asked for: «Отбор: возвращён, этап II»."""
    parts = [
        terms.STAGE_STATES[asked.state] if asked.state else "",
        f"этап {board.stages[0].roman}" if asked.stage and board.stages else "",
        board.rows[0].school if asked.school and board.rows else "",
        "только просроченные" if asked.only_overdue else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"Отбор: {said}. В пустых ячейках — что отбору не отвечает."


def _form(board: Board, asked: Filter, district: District) -> excel.Form:
    filtered = (_asked(asked, board),) if asked.is_set else ()
    return excel.Form(
        name=TITLE,
        title="Сводка по этапам реализации целевой модели наставничества",
        subtitle=_subtitle(board, district),
        corner=corner(district),
        columns=_columns(board),
        rows=[_row(row, board) for row in board.rows],
        totals=[_total(count, board) for count in COUNTS] if board.stages else (),
        notes=(
            *filtered,
            "Срок — по указанный день включительно. Как считалось — на последнем листе.",
        ),
        signatures=signatures(district),
    )


def signatures(district: District) -> list[excel.Signature]:
    """Return who signs: the coordinator, and who signed the order («Начальник управления Е.А. Соляник»)."""
    post = district.coordinator_post
    coordinator = excel.Signature(ru.capitalized(post), ru.initials_first(district.coordinator))
    head, name = signer(district.signed_by)
    signed = [excel.Signature(ru.capitalized(head), name)] if head or name else []
    return [coordinator, *signed]


def _columns(board: Board) -> list[excel.Column]:
    stages = [
        excel.Column(
            f"stage{stage.ordinal}",
            f"{stage.roman}. {stage.short}\nдо {ru.date_short(stage.due)}",
            "Этапы и сроки",
            width=_STAGE,
        )
        for stage in board.stages
    ]
    number = ru.counted(len(board.stages), "этапа", "этапов", "этапов")
    states = [excel.Column(count.key, count.title, f"Из {number}", width=12) for count in STATES]
    late = [excel.Column(count.key, count.title, "Просрочка", width=12.5) for count in LATE]
    return [excel.Column("school", "ОО", width=14), *stages, *states, *late]


def _row(row: Row, board: Board) -> excel.Row:
    cells = [
        excel.text(cell.full, align="center", style=STYLES[cell.key])
        if cell.is_asked
        else excel.BLANK
        for cell in row.cells
    ]
    return [excel.text(row.school), *cells, *(_of_school(row, count, board) for count in COUNTS)]


def _of_school(row: Row, count: Count, board: Board) -> excel.Cell | excel.Formula:
    if not board.stages:
        return excel.integer(0)
    first, last = board.stages[0].ordinal, board.stages[-1].ordinal
    run = f"{{stage{first}}}:{{stage{last}}}"
    return excel.count_words(run, count.words, result=_counted(row.cells, count))


def _total(count: Count, board: Board) -> excel.Row:
    """A row of how many schools stand so, stage by stage, and the district's sum in its column."""
    by_stage = [
        excel.count_words(
            f"{{stage{stage.ordinal}:body}}", count.words, result=_of_stage(at, count, board)
        )
        for at, stage in enumerate(board.stages)
    ]
    sums: Sequence[excel.Cell | excel.Formula] = [
        excel.total(state.key, result=_counted(board.cells, count))
        if state is count
        else excel.BLANK
        for state in COUNTS
    ]
    return [excel.text(count.title), *by_stage, *sums]


def _of_stage(at: int, count: Count, board: Board) -> int:
    return _counted([row.cells[at] for row in board.rows], count)


def _counted(cells: Iterable[Cell], count: Count) -> int:
    return sum(count.key in cell.counts for cell in cells if cell.is_asked)
