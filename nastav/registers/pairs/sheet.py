"""The workbook of a school's own pairs, a row for each mentee: with names, it stays in the school."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from nastav import excel, ru, terms
from nastav.excel import Cell, Column
from nastav.pairs.forms import MEETS
from nastav.pairs.rows import Member, PairRow
from nastav.plans.models import LineKind, PlanLine
from nastav.plans.words import WORDS

COLUMNS = (
    Column("pair", "Пара, №", width=7),
    Column("mentor", "Наставник", width=24),
    Column("mentee", "Наставляемый", width=24),
    Column("class", "Класс", width=9),
    Column("kind", terms.PAIR["kind"], width=18),
    Column("meets", terms.PAIR["meets"], width=11),
    Column("started", terms.PAIR["started"], width=11),
    Column("planned_end", terms.PAIR["planned_end"], width=12),
    Column("ended", terms.PAIR["ended"], width=11),
    Column("state", terms.PAIR["state"], width=15),
    Column("role_model", terms.PAIR["role_model"], width=22),
    Column("goal", terms.PAIR["goal"], width=30),
    Column("order", "Приказ", width=16),
    Column("last", "Последняя встреча", width=11),
    Column("meetings", "Встреч", width=8),
    Column("left", "Выбыл(а) из пары", width=11),
)

PLAN_COLUMNS = (
    Column("pair", "Пара, №", width=7),
    Column("mentor", "Наставник", width=24),
    Column("table", "Раздел плана", width=20),
    Column("period", "Дата или период", width=16),
    Column("what", "Что запланировано", width=32),
    Column("who", "Кто проводит", width=18),
    Column("result", terms.PLAN["result"], width=26),
    Column("actual", terms.PLAN["actual"], width=26),
    Column("mark", terms.PLAN["mark"], width=18),
    Column("done_on", "Выполнено", width=11),
)
Plans = Mapping[int, Mapping[LineKind, Sequence[PlanLine]]]


def pairs_book(
    school: str,
    first_year: int,
    pairs: Sequence[PairRow],
    met: Mapping[int, tuple[date, int]],
    plans: Plans,
    made_at: datetime,
) -> bytes:
    """Return the pairs of a school year as an XLSX file.

    Args:
        school: its name.
        first_year: the school year.
        pairs: those of the year.
        met: the day of the last meeting and how many there were, by the pair's id.
        plans: the lines of their plans, by the pair's id and by kind.
        made_at: when the file is made, in local time.
    """
    title = f"Пары и группы, {ru.school_year(first_year)} учебный год"
    form = excel.Form(
        name="Пары и группы",
        title=title,
        subtitle=school,
        columns=COLUMNS,
        rows=[
            _row(pair, member, *met.get(pair.id, (None, 0)))
            for pair in pairs
            for member in _of(pair)
        ],
        notes=["Личные данные: файл остаётся в школе."],
    )
    planned = excel.Form(
        name="Индивидуальные планы",
        title=f"Индивидуальные планы, {ru.school_year(first_year)} учебный год",
        subtitle=school,
        columns=PLAN_COLUMNS,
        rows=[
            _plan_row(pair, line)
            for pair in pairs
            for kind in LineKind
            for line in plans[pair.id][kind]
        ],
        notes=["Личные данные: файл остаётся в школе."],
    )
    return excel.save(excel.Book(title, [form, planned], made_at))


def _plan_row(pair: PairRow, line: PlanLine) -> list[Cell]:
    texts = (line.period, line.what, line.who, line.result, line.actual, line.mark)
    return [
        excel.integer(pair.id),
        excel.text(_mentors(pair)),
        excel.text(WORDS[line.kind].heading),
        *(excel.text(text) for text in texts),
        _day(line.done_on),
    ]


def _mentors(pair: PairRow) -> str:
    return ", ".join(mentor.who.full_name for mentor in pair.mentors if not mentor.is_mistake)


def _of(pair: PairRow) -> list[Member | None]:
    """The mentees of a pair, mistakes left out; a pair that has none still has its row."""
    return [mentee for mentee in pair.mentees if not mentee.is_mistake] or [None]


def _row(pair: PairRow, mentee: Member | None, last: date | None, meetings: int) -> list[Cell]:
    return [
        excel.integer(pair.id),
        excel.text(_mentors(pair)),
        excel.text(mentee.who.full_name if mentee else ""),
        excel.text(mentee.who.group if mentee else ""),
        excel.text(pair.kind),
        excel.text(MEETS[pair.meets]),
        excel.day(pair.started),
        _day(pair.planned_end),
        _day(pair.ended),
        excel.text(terms.PAIR_STATES[pair.state]),
        excel.text(pair.role_model),
        excel.text(pair.goal),
        excel.text(pair.order),
        _day(last),
        excel.integer(meetings),
        _day(mentee.left if mentee else None),
    ]


def _day(value: date | None) -> Cell:
    return excel.day(value) if value else excel.BLANK
