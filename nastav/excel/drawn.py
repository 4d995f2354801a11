"""Draws the charts of a form beside its table; Excel and LibreOffice draw them anew when a cell changes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from nastav.excel.chart import UNDER, Chart, Mark, Series, Small
from nastav.excel.file import Sheet
from nastav.late import late

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as Native
else:
    Native = late("xlsxwriter.chart", "Chart")

WIDE: Final = 76.0  # characters, as a column's width is measured
COLUMNS: Final = 10  # of their usual width, with a free one at the left
_PIXELS_WIDE, _PIXELS_TALL = 530, 330
_APART: Final = 16  # pixels between two of them
_SMALL_WIDE, _SMALL_TALL, _SMALL_APART = 148, 128, 8
_PIXELS: Final = 7  # of a character
_GREY: Final = "#DBE1E8"


def draw(
    sheet: Sheet,
    charts: Sequence[Chart],
    columns: Mapping[str, int],
    titles: Mapping[str, str],
    body: tuple[int, int],
) -> None:
    """Put the charts one under another at the right of the table.

    Args:
        sheet: where they stand.
        charts: what they show.
        columns: key of a column → its number, counted from 1.
        titles: key of a column → what a series of it is called.
        body: the first and the last row of the table.
    """
    for place, chart in enumerate(charts):
        native = _native(sheet, chart, columns, titles, body)
        native.set_title({"name": chart.title, "name_font": {"size": 11}, "overlay": False})
        native.set_legend({"position": "bottom"})
        native.set_size({"width": _PIXELS_WIDE, "height": _PIXELS_TALL})
        native.set_y_axis(
            {
                "num_format": "#,##0",
                "min": 0,
                "major_gridlines": _gridlines(),
                "line": {"none": True},
            }
        )
        native.set_x_axis(_days() if chart.is_of_days else {})
        # below the first row: a frame that touches the heading is printed with it on every page
        sheet.chart(body[0] + 1, len(columns) + 2, native, place * (_PIXELS_TALL + _APART))


def height(charts: Sequence[Chart]) -> float:
    """Return how many points below the first row of the table the charts reach."""
    return (len(charts) * (_PIXELS_TALL + _APART) + _APART) * 3 / 4


def draw_small(
    sheet: Sheet,
    small: Small,
    columns: Mapping[str, int],
    head: int,
    body: tuple[int, int],
    titles: Sequence[str],
    below: tuple[int, float],
) -> float:
    """Put a chart a row of the table side by side under it; return the points they take.

    Args:
        sheet: where they stand.
        small: what they show.
        columns: key of a column → its number, counted from 1.
        head: the row of the headings that stand under each chart.
        body: the first and the last row of the table.
        titles: of each row.
        below: the row they begin in, and the width of the table in characters.
    """
    beside = max(1, int(below[1] * _PIXELS) // (_SMALL_WIDE + _SMALL_APART))
    for place, title in enumerate(titles):
        native = sheet.new_chart({"type": "line"})
        for run in small.runs:
            first, last = columns[run.first] - 1, columns[run.last] - 1
            along, row = head - 1, body[0] - 1 + place
            native.add_series(
                {
                    "name": run.title,
                    "categories": [str(sheet.page.name), along, first, along, last],
                    "values": [str(sheet.page.name), row, first, row, last],
                    **_look(Series(run.first, run.mark, run.colour), size=7),
                }
            )
        native.set_title({"name": title, "name_font": {"size": 9}, "overlay": False})
        native.set_legend({"none": True})
        native.set_size({"width": _SMALL_WIDE, "height": _SMALL_TALL})
        small_font = {"size": 8}
        native.set_x_axis({"num_font": small_font, "interval_unit": max(1, last - first)})
        native.set_y_axis(
            {
                "num_font": small_font,
                "num_format": "#,##0",
                "min": 0,
                "major_gridlines": _gridlines(),
            }
        )
        down, right = divmod(place, beside)
        offsets = (down * (_SMALL_TALL + _SMALL_APART), right * (_SMALL_WIDE + _SMALL_APART))
        sheet.chart(below[0], 1, native, *offsets)
    return -(-len(titles) // beside) * (_SMALL_TALL + _SMALL_APART) * 3 / 4


def _days() -> dict[str, Any]:
    return {"date_axis": True, "num_format": "dd.mm", "major_unit": 1, "major_unit_type": "months"}


def _gridlines() -> dict[str, Any]:
    return {"visible": True, "line": {"color": _GREY, "width": 0.75}}


def _native(
    sheet: Sheet,
    chart: Chart,
    columns: Mapping[str, int],
    titles: Mapping[str, str],
    body: tuple[int, int],
) -> Native:
    def cells(key: str, series: Series) -> list[str | int]:
        column, last = columns[key] - 1, series.last
        rows = (body[0] - 1 + series.first, body[1] - 1 if last is None else body[0] - 1 + last)
        return [str(sheet.page.name), rows[0], column, rows[1], column]

    def add(native: Native, series: Series) -> None:
        native.add_series(
            {
                "name": titles[series.key],
                "categories": cells(chart.along, series),
                "values": cells(series.key, series),
                **_look(series),
            }
        )

    # the first series says how far the axis goes: that of the lines goes to the end
    over = [series for series in chart.series if series.mark not in UNDER]
    under = [series for series in chart.series if series.mark in UNDER]
    stacked = {"subtype": "stacked"} if under[0].mark is Mark.AREA else {}
    natives = [sheet.new_chart({"type": "line"})] if over else []
    natives.append(sheet.new_chart({"type": under[0].mark.value, **stacked}))
    for native, group in zip(natives, filter(None, (over, under)), strict=True):
        for series in group:
            add(native, series)
    if over:
        natives[0].combine(natives[1])
    return natives[0]


def _look(series: Series, size: int = 12) -> dict[str, Any]:
    ink = series.colour
    marker = {"type": "long_dash", "size": size, "fill": {"color": ink}, "border": {"color": ink}}
    dot = {"type": "circle", "size": 4, "fill": {"color": ink}, "border": {"color": ink}}
    looks: dict[Mark, dict[str, Any]] = {
        Mark.AREA: {"fill": {"color": ink}},
        Mark.BARS: {"fill": {"color": ink}, "gap": 60},
        Mark.LINE: {"line": {"color": ink, "width": 2}},
        Mark.POINTS: {"line": {"color": ink, "width": 2}, "marker": dot},
        Mark.DASHES: {"line": {"color": ink, "width": 2, "dash_type": "square_dot"}},
        Mark.TICKS: {"line": {"none": True}, "marker": marker},
    }
    return looks[series.mark]
