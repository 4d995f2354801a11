"""The year's progress as sheets of the coverage workbook: the page's numbers, drawn by Excel itself."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from nastav import dates, excel, ru
from nastav.excel import Cell, Chart, Column, Formula, Mark, Series
from nastav.progress import drawings, text
from nastav.progress.figures import PACE_DAYS, WEEK, Progress, SchoolProgress

_CARRIED, _NEW, _PLAN, _FACT = "#B9CFE6", "#6F93BB", "#1B2733", "#0F4C8A"
_MENTEES: Final = "Наставляемые"


def sheets(found: Progress, district: str) -> list[excel.Form]:
    """Return the sheets in reading order; of a year that has not begun there are none."""
    if not found.coverage.has_begun:
        return []
    forms = [_weeks(found, district)] if found.weeks else []
    forms.append(_schools(found, district))
    return [*forms, *([_years(found, district)] if found.years else [])]


def _subtitle(found: Progress) -> str:
    return f"по состоянию на {ru.date_long(found.coverage.on)}"


# --- by weeks -------------------------------------------------------------------------------------


def _weeks(found: Progress, district: str) -> excel.Form:
    columns = [
        Column("on", "На дату", width=13),
        Column("carried", f"Перешли с {found.coverage.year - 1} года", width=15),
        Column("new", "Новые", width=11),
        Column("total", "Всего с начала года", width=13),
        Column("plan", "План года", width=11),
    ]
    if found.pace and found.pace.ahead:
        columns.append(Column("ahead", "При этом темпе", width=13))
    return excel.Form(
        name="По неделям",
        title=f"Охват по неделям, {found.coverage.year} год. {district}",
        subtitle=_subtitle(found),
        columns=columns,
        rows=_week_rows(found),
        notes=[text.plain(text.lead(found)), text.trend_note(found)],
        charts=[_trend(found)],
    )


def _week_rows(found: Progress) -> list[excel.Row]:
    """A row a week of the whole year, so that the plan reaches its end."""
    known = {week.on: week for week in found.weeks}
    plan = found.total.target
    rows: list[excel.Row] = []
    for day in [*known, *_days_ahead(found)]:
        week = known.get(day)
        row: list[Cell | Formula] = [excel.day(day)]
        if week:
            total = excel.formula("{carried}+{new}", result=week.total)
            row += [excel.integer(week.carried), excel.integer(week.new), total]
        else:
            row += [excel.BLANK] * 3
        row.append(Cell(text.NO_PLAN) if plan is None else excel.integer(plan))
        if found.pace and found.pace.ahead:
            row.append(_ahead(found, day))
        rows.append(row)
    return rows


def _days_ahead(found: Progress) -> list[date]:
    """The weeks that are still to come, and 31 December."""
    first, last = dates.plan_year_bounds(found.coverage.year)
    days = (first + timedelta(n) for n in range(0, (last - first).days, WEEK))
    left = [day for day in days if day > found.coverage.on]
    return [*left, last] if found.coverage.on < last else []


def _ahead(found: Progress, day: date) -> Cell:
    on = found.coverage.on
    if day < on or found.pace is None:
        return excel.BLANK
    gain = Decimal(found.pace.gain) * (day - on).days / PACE_DAYS
    return excel.integer(found.weeks[-1].total + int(ru.round_half_up(gain)))


def _trend(found: Progress) -> Chart:
    last = len(found.weeks) - 1
    series = [
        Series("carried", Mark.AREA, _CARRIED, last=last),
        Series("new", Mark.AREA, _NEW, last=last),
    ]
    if found.total.target is not None:
        series.append(Series("plan", Mark.LINE, _PLAN))
    if found.pace and found.pace.ahead:
        series.append(Series("ahead", Mark.DASHES, _FACT))
    return Chart(text.trend_title(found), "on", series, is_of_days=True)


# --- by schools -----------------------------------------------------------------------------------


def _schools(found: Progress, district: str) -> excel.Form:
    """The schools as the page's plots have them, a chart a scale; what would close the gap beside."""
    plots = drawings.of_schools(found, by_gap=False)
    ordered = [school for plot in plots for school, _ in plot.rows]
    charts, first = [], 0
    for plot in plots:
        last = first + len(plot.rows) - 1
        charts.append(_dots(text.plot_title(plot.plot.above, plot.plot.up_to), first, last))
        first = last + 1
    waiting = text.WAITING[found.coverage.basis]
    return excel.Form(
        name="До плана по школам",
        title=f"Каждой школе до её плана, {found.coverage.year} год. {district}",
        subtitle=_subtitle(found),
        columns=[
            Column("school", "ОО", width=16),
            Column("plan", "План", _MENTEES, 10),
            Column("fact", "Факт", _MENTEES, 12),
            Column("before", "Из них на 1 января", _MENTEES, 11),
            Column("today", "В паре на дату отчёта", _MENTEES, 12),
            Column("missing", "Не хватает по школам", _MENTEES, 12),
            Column("waiting", waiting, _MENTEES, 14),
            Column("to_enter", "Ещё внести", _MENTEES, 11),
            Column("mentors", "Наставников в базе", "Наставники", 12),
            Column("places", "Свободных мест", "Наставники", 12),
        ],
        rows=[_school(school) for school in ordered],
        totals=[_total(ordered)],
        notes=[text.plain(sentence) for sentence in text.under_lead(found)],
        charts=charts,
    )


def _dots(title: str, first: int, last: int) -> Chart:
    return Chart(
        title,
        "school",
        [
            Series("fact", Mark.BARS, _FACT, first, last),
            Series("plan", Mark.TICKS, _PLAN, first, last),
        ],
    )


def _school(school: SchoolProgress) -> excel.Row:
    row, figure = school.row, school.row.mentees
    known = [school.before, school.today]
    counted: list[Cell | Formula] = [
        excel.integer(value) if row.has_data else excel.NO_DATA for value in known
    ]
    people = [school.mentors, school.places]
    return [
        excel.text(row.name),
        Cell(text.NO_PLAN) if figure.target is None else excel.integer(figure.target),
        excel.NO_DATA if figure.actual is None else excel.integer(figure.actual),
        *counted,
        excel.formula("MAX(0,SUM({plan})-SUM({fact}))", result=school.shortfall),
        excel.integer(school.waiting),
        excel.formula("MAX(0,{missing}-{waiting})", result=school.to_enter),
        *(excel.integer(value) if row.has_data else excel.NO_DATA for value in people),
    ]


def _total(schools: list[SchoolProgress]) -> excel.Row:
    def column(key: str, values: list[int]) -> Formula:
        return excel.total(key, result=sum(values))

    rows = [school.row.mentees for school in schools]
    known = [school for school in schools if school.row.has_data]
    return [
        excel.text("ИТОГО, все школы"),
        column("plan", [row.target or 0 for row in rows]),
        column("fact", [row.actual or 0 for row in rows]),
        column("before", [school.before for school in known]),
        column("today", [school.today for school in known]),
        column("missing", [school.shortfall for school in schools]),
        column("waiting", [school.waiting for school in schools]),
        column("to_enter", [school.to_enter for school in schools]),
        column("mentors", [school.mentors for school in known]),
        column("places", [school.places for school in known]),
    ]


# --- by years -------------------------------------------------------------------------------------


def _years(found: Progress, district: str) -> excel.Form:
    """Plan and fact of each school by year, and a small chart of each; what is not known, in words."""
    columns = [Column("school", "ОО", width=16)]
    for key, group in _BY_YEAR.items():
        columns += [Column(f"{key}_{year}", str(year), group, 8) for year in found.years]
    first, last = found.years[0], found.years[-1]
    runs = [
        excel.Run(f"fact_{first}", f"fact_{last}", "Факт", Mark.POINTS, _FACT),
        excel.Run(f"plan_{first}", f"plan_{last}", "План", Mark.TICKS, _PLAN),
    ]
    return excel.Form(
        name="По годам",
        title=f"Наставляемые: план и факт по годам. {district}",
        subtitle=_subtitle(found),
        columns=[*columns, Column("unknown", "Чего нет", width=30)],
        rows=[_of_years(school) for school in found.schools],
        small=excel.Small(runs),
        notes=[
            f"{found.coverage.year} год — на {ru.date_short(found.coverage.on)}, прошлые — на 31 декабря.",
            "На графиках синяя линия — факт, чёрные черты — план; у каждой школы своя шкала от нуля. Год "
            "без данных разрывает линию: его ячейка серая, и он назван в последнем столбце.",
        ],
    )


_BY_YEAR: Final = {"plan": "План", "fact": "Факт"}
_UNKNOWN: Final = excel.Cell(None, style=excel.Style(fill="#E3E6EA"))  # a chart takes words for 0


def _of_years(school: SchoolProgress) -> excel.Row:
    plan = [year.target for year in school.years]
    facts = [year.actual for year in school.years]
    numbers = (_UNKNOWN if value is None else excel.integer(value) for value in [*plan, *facts])
    said = []
    no_data = [str(year.year) for year in school.years if year.actual is None]
    if no_data and len(no_data) == len(school.years):
        said.append("нет данных ни за один год")
    elif no_data:
        said.append(f"нет данных: {', '.join(no_data)}")
    if no_plan := [str(year.year) for year in school.years if year.target is None]:
        said.append(f"план не введён: {', '.join(no_plan)}")
    return [excel.text(school.row.name), *numbers, excel.text("; ".join(said))]
