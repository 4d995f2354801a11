"""The workbook of a school's own meetings, with names: it never leaves the school by itself."""

from collections.abc import Iterable
from datetime import datetime

from nastav import excel, ru
from nastav.excel import Cell, Column, Formula
from nastav.meetings.queries import MeetingRow
from nastav.pairs.rows import PairRow

COLUMNS = (
    Column("day", "Дата", width=12),
    Column("pair", "Пара, №", width=9),
    Column("mentor", "Наставник", width=24),
    Column("mentees", "Наставляемые, кто был", width=44),
    Column("topic", "Тема", width=44),
    Column("minutes", "Минут", width=9),
    Column("kind", "Тип", width=16),
)


def meetings_book(
    school: str,
    first_year: int,
    pairs: Iterable[PairRow],
    meetings: Iterable[MeetingRow],
    made_at: datetime,
) -> bytes:
    """Return the meetings of a school year, the earliest first, as an XLSX file.

    Args:
        school: its name.
        first_year: the school year.
        pairs: those of the year.
        meetings: the latest first, as they are read.
        made_at: when the file is made, in local time.
    """
    known = {pair.id: pair for pair in pairs}
    held = [meeting for meeting in reversed(list(meetings)) if meeting.pair_id in known]
    title = f"Встречи пар и групп, {ru.school_year(first_year)} учебный год"
    total = sum(meeting_row.minutes for meeting_row in held)
    form = excel.Form(
        name="Встречи",
        title=title,
        subtitle=school,
        columns=COLUMNS,
        rows=[_row(known[meeting_row.pair_id], meeting_row) for meeting_row in held],
        totals=[_total(total)] if held else [],
        notes=["Личные данные: файл остаётся в школе."],
    )
    return excel.save(excel.Book(title, [form], made_at))


def _row(pair: PairRow, meeting_row: MeetingRow) -> list[Cell | Formula]:
    came = [each.who.short_name for each in pair.mentees if each.id in meeting_row.present]
    return [
        excel.day(meeting_row.held_on),
        excel.integer(pair.id),
        excel.text(", ".join(each.who.short_name for each in pair.mentors)),
        excel.text(", ".join(came)),
        excel.text(meeting_row.topic),
        excel.integer(meeting_row.minutes),
        excel.text(meeting_row.kind),
    ]


def _total(minutes: int) -> list[Cell | Formula]:
    blank = [excel.BLANK] * 4
    return [excel.text("ИТОГО"), *blank, excel.total("minutes", result=minutes), excel.BLANK]
