"""«Самопроверка района» as a workbook: every sentence in a row of its own, and how many in each school."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from nastav import excel, ru, terms
from nastav.coverage.sheet import as_of
from nastav.rollup.selfcheck.rules import TITLES, Section, StageCheck
from nastav.stages.sending.check import Level

TITLE = "Самопроверка района"
RULES = (
    (
        "Что здесь",
        "То же, что видит каждая школа на странице «Проверьте и отправьте», по всем школам сразу. Принятых "
        "этапов здесь нет: по ним решение принято.",
    ),
    (
        TITLES[Level.GAP],
        "Без этого этап отправить нельзя: у мероприятия нет статуса, даты, подтверждения или причины.",
    ),
    (
        TITLES[Level.REMARK],
        "Отправить можно, но школа подтверждает каждое замечание, и координатор видит его при проверке.",
    ),
    (
        TITLES[Level.NOTE],
        "Отправке не мешает и подтверждать не нужно: стоит проверить, всё ли внесено.",
    ),
)


def check_book(
    checks: Sequence[StageCheck],
    found: Sequence[Section],
    place: tuple[str, int, date],
    made_at: datetime,
) -> excel.Book:
    """Return the workbook of what is shown.

    Args:
        checks: the stages looked at.
        found: what is said of them, by weight.
        place: the district's name, the first year of the school year, the day.
        made_at: local time without a zone.
    """
    name, first_year, on = place
    subtitle = f"{name}, {ru.school_year(first_year)} учебный год, {as_of(on)}"
    forms = [_sentences(found, subtitle), _by_school(checks, subtitle), excel.explanation(RULES)]
    return excel.Book(f"{TITLE}, {ru.school_year(first_year)}", forms, made_at)


def _sentences(found: Sequence[Section], subtitle: str) -> excel.Form:
    return excel.Form(
        name=TITLE,
        title=TITLE,
        subtitle=subtitle,
        columns=[
            excel.Column("level", "Вес", width=20),
            excel.Column("school", "ОО", width=16),
            excel.Column("stage", "Этап", width=9),
            excel.Column("state", "Состояние", width=15),
            excel.Column("text", "Что сказано", width=86),
        ],
        rows=[
            [
                excel.text(section.title),
                excel.text(line.stage.school),
                excel.text(line.stage.head.roman, align="center"),
                excel.text(terms.STAGE_STATES[line.stage.sheet.state]),
                excel.text(point.sentence),
            ]
            for section in found
            for line in section.lines
            for point in line.points
        ],
        frozen_columns=0,
    )


def _by_school(checks: Sequence[StageCheck], subtitle: str) -> excel.Form:
    counts: dict[str, dict[Level, int]] = {}
    for stage in checks:
        own = counts.setdefault(stage.school, dict.fromkeys(Level, 0))
        for point in stage.found.points:
            own[point.level] += 1
    return excel.Form(
        name="По школам",
        title=f"{TITLE}: сколько в каждой школе",
        subtitle=subtitle,
        columns=[
            excel.Column("school", "ОО", width=30),
            *(excel.Column(level, title, width=20) for level, title in TITLES.items()),
        ],
        rows=[
            [excel.text(school), *(excel.integer(own[level]) for level in TITLES)]
            for school, own in counts.items()
        ],
        totals=[_total(counts)] if counts else (),
    )


def _total(counts: Mapping[str, Mapping[Level, int]]) -> excel.Row:
    sums = (sum(own[level] for own in counts.values()) for level in TITLES)
    totals = zip(TITLES, sums, strict=True)
    return [excel.text("ИТОГО"), *(excel.total(level, result=count) for level, count in totals)]
