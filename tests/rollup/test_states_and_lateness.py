"""State and lateness are two facts (rules.md#state-and-lateness), on every board there can be."""

from datetime import date, timedelta
from fnmatch import fnmatch

from hypothesis import given
from hypothesis import strategies as st

from nastav.rollup.board import OVERDUE, OVERDUE_RETURNED, Board, Cell, Filter, Row, overdue
from nastav.rollup.sheet import COUNTS, STATES
from nastav.stages.models import StageState
from nastav.stages.records import StageHead, StageLine
from nastav.stages.rules import standing

TODAY = date(2020, 12, 9)
DAYS = st.integers(-20, 20).map(lambda days: TODAY + timedelta(days))
ROMAN = ("I", "II", "III")


def head(ordinal: int, due: date) -> StageHead:
    roman = ROMAN[ordinal - 1]
    return StageHead(ordinal, 1, ordinal, "", roman, "", "", due, "", "", "", False, 1)


@st.composite
def cells(draw: st.DrawFn, school: int, stage: StageHead) -> Cell:
    state = draw(st.sampled_from(StageState))
    fix_by = draw(DAYS) if state is StageState.RETURNED else None
    stands = standing(state, due=stage.due, fix_by=fix_by, today=TODAY)
    done = draw(st.integers(0, 5))
    late = draw(st.sampled_from((None, 0, 3)))
    line = StageLine(school, stage.id, stage.ordinal, stands, 1, fix_by, None, late, done, 0, 5)
    return Cell(line, stage, f"СОШ №{school}")


@st.composite
def boards(draw: st.DrawFn) -> Board:
    stages = tuple(head(number, draw(DAYS)) for number in (1, 2, 3))
    rows = [
        Row(school, f"СОШ №{school}", tuple(draw(cells(school, stage)) for stage in stages))
        for school in range(1, draw(st.integers(1, 6)) + 1)
    ]
    return Board(2020, TODAY, stages, tuple(rows))


@given(boards())
def test_every_cell_is_in_one_state_and_late_ones_are_counted_beside(board: Board) -> None:
    assert sum(board.count(count.key) for count in STATES) == len(board.cells)
    late = [cell for cell in board.cells if cell.line.standing.is_overdue]
    returned = [cell for cell in late if cell.line.state is StageState.RETURNED]
    assert (board.count(OVERDUE), board.count(OVERDUE_RETURNED)) == (len(late), len(returned))
    assert sum(len(row.cells) for row in overdue(board)) == len(late)


@given(boards())
def test_a_filter_shows_as_many_stages_as_the_counts_say(board: Board) -> None:
    for state in StageState:
        asked = board.only(Filter(state=state))
        assert (
            asked.asked == board.count(state.value) == sum(row.count(state) for row in board.rows)
        )
    assert board.only(Filter(only_overdue=True)).asked == board.count(OVERDUE)


@given(boards())
def test_the_words_that_excel_looks_for_find_the_same_cells(board: Board) -> None:
    for count in COUNTS:
        found = [cell for cell in board.cells if fnmatch(cell.full, count.words)]
        assert found == [cell for cell in board.cells if count.key in cell.counts]


@given(boards())
def test_a_late_cell_says_beside_its_lateness_what_is_late(board: Board) -> None:
    for cell in board.cells:
        is_late, is_returned = cell.line.standing.is_overdue, cell.line.state is StageState.RETURNED
        assert cell.short.startswith("−") is is_late
        assert cell.short.endswith("дн.") is (is_late and not is_returned)
        assert ("просрочен на" in cell.full) is is_late
        assert cell.reason.startswith("испр. до ") is (is_late and is_returned)
        assert cell.reason.startswith("до ") is (is_returned and not is_late)
        assert not cell.reason or is_late or is_returned


@given(boards())
def test_sent_is_at_most_expected_and_on_time_at_most_sent(board: Board) -> None:
    rows = [row.sent for row in board.rows]
    columns = [board.sent_of(stage) for stage in board.stages]
    whole = tuple(board.sent)
    assert whole == tuple(map(sum, zip(*rows, strict=True)))
    assert whole == tuple(map(sum, zip(*columns, strict=True)))
    states = (StageState.SUBMITTED, StageState.ACCEPTED)
    assert board.sent.actual == sum(board.count(state) for state in states)
    for of in (*rows, *columns):
        assert 0 <= of.on_time <= of.actual <= of.expected
