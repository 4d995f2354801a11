"""Reads an order file into dataclasses, or says everything that is wrong with it at once.

The format is that of `kalininsky-428.toml`, commented there; any district's order can be written
in it. Imports nothing of the site, so that a file can be checked without a database.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from nastav.orders.lines import YEARS, OrderError, Table, read

__all__ = [
    "COUNTS",
    "Activity",
    "District",
    "Duty",
    "Order",
    "OrderError",
    "PlanRow",
    "PlanYear",
    "Stage",
    "WorkingGroupMember",
    "default_path",
    "load",
]

# What the site itself can count for an activity.
COUNTS = (
    "mentees",
    "mentors",
    "trained_mentors",
    "pairs",
    "pairs_with_goal",
    "pairs_with_plan",
    "responses",
    "final_responses",
)
_PEOPLE = 1_000_000  # nobody plans more in one cell
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_ROMAN = {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}


@dataclass(frozen=True, slots=True)
class District:
    """The district, its region, and the district's coordinator as the order names them."""

    name: str
    region: str
    coordinator: str
    coordinator_post: str


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A calendar year of the plan: percents of pupils, and the totals row as printed.

    None where the order prints no such figure. A printed total need not be the rows' sum.
    """

    year: int
    mentee_percent: int | Decimal | None
    mentor_percent: int | Decimal | None
    printed_mentees: int | None
    printed_mentors: int | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A school's plan: people for each of the order's plan years, in their order.

    None stands for a cell that the site has not filled; an order file fills them all.
    """

    school: str
    mentees: tuple[int | None, ...]
    mentors: tuple[int | None, ...]
    derived_mentee_base: int | None  # pupils; computed from the cells, never printed


@dataclass(frozen=True, slots=True)
class Activity:
    """A line of a stage; `counts` is one of COUNTS, `documents` how many are expected."""

    ordinal: int
    key: str
    title: str
    ref: str
    counts: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with its last day (inclusive) in the order's own school year."""

    ordinal: int
    key: str
    roman: str
    title: str
    short: str
    due: date
    printed_due: str  # the order's own words, "" where nothing was kept
    due_note: str  # why `due` is not what is printed; ""
    due_follows_pair_period: bool
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class WorkingGroupMember:
    """One of the district's working group."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What the heads of schools must see to, with its point of the order."""

    ref: str
    duty: str


@dataclass(frozen=True, slots=True)
class Order:
    """The whole order; schools and stages stand as the order has them."""

    number: str
    date: date
    place: str
    subject: str
    issuer: str
    signed_by: str
    target: str
    district: District
    totals_note: str  # why the printed totals differ from the sums; ""
    plan_years: tuple[PlanYear, ...]
    plan: tuple[PlanRow, ...]
    stages: tuple[Stage, ...]
    working_group: tuple[WorkingGroupMember, ...]
    duties: tuple[Duty, ...]

    @property
    def school_year(self) -> int:
        """The year in which the school year of the stages begins: 2020 means 2020/21."""
        return _school_year(self.stages[0].due)


def default_path() -> Path:
    """The order that comes with the site."""
    return Path(__file__).with_name("kalininsky-428.toml")


def load(path: Path | None = None) -> Order:
    """The order of the file, by default the site's own.

    Raises OrderError with all mistakes in `problems`, one Russian sentence each.
    """
    top = read(path or default_path())
    order = _order(top)
    top.problems.raise_if_any()
    return order


def _order(top: Table) -> Order:
    head = top.table("order")
    plan = top.table("plan")
    years = _plan_years(plan)
    members, duties = top.tables("working_group"), top.tables("school_duties")
    return Order(
        number=head.text("number"),
        date=head.day("date") or date.min,
        place=head.text("place"),
        subject=head.text("subject"),
        issuer=head.text("issuer"),
        signed_by=head.text("signed_by"),
        target=head.text("target"),
        district=_district(top.table("district")),
        totals_note=plan.text("totals_note", required=False),
        plan_years=years,
        plan=_plan_rows(plan, len(years)),
        stages=_stages(top),
        working_group=tuple(WorkingGroupMember(m.text("name"), m.text("post")) for m in members),
        duties=tuple(Duty(d.text("ref"), d.text("duty")) for d in duties),
    )


def _district(table: Table) -> District:
    return District(
        name=table.text("name"),
        region=table.text("region"),
        coordinator=table.text("coordinator"),
        coordinator_post=table.text("coordinator_post"),
    )


def _plan_years(plan: Table) -> tuple[PlanYear, ...]:
    years = plan.wholes("years", *YEARS)
    if any(earlier >= later for earlier, later in pairwise(years)):
        plan.note("years", "годы должны идти по возрастанию и не повторяться")
    rows = [
        _per_year(plan, "mentee_percent", len(years), 100),
        _per_year(plan, "mentor_percent", len(years), 100),
        _per_year(plan, "printed_total_mentees", len(years), _PEOPLE),
        _per_year(plan, "printed_total_mentors", len(years), _PEOPLE),
    ]
    columns = zip(*(row or (None,) * len(years) for row in rows), strict=True)
    return tuple(PlanYear(year, *figures) for year, figures in zip(years, columns, strict=True))


def _per_year(
    table: Table, key: str, years: int, high: int, *, required: bool = False
) -> tuple[int, ...]:
    """A list with a figure for each plan year; () where absent or wrong."""
    figures = table.wholes(key, 0, high, required=required)
    if years and figures and len(figures) != years:
        wanted = f"{years} {_figures(years)} (по числу лет в plan.years)"
        table.note(key, f"нужно {wanted}, а дано {len(figures)}")
    return figures if len(figures) == years else ()


def _figures(count: int) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return "число"
    return "числа" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "чисел"


def _plan_rows(plan: Table, years: int) -> tuple[PlanRow, ...]:
    schools = plan.tables("schools")
    names = [school.text("name") for school in schools]
    _note_repeats(zip(schools, names, strict=True), "name", "такая школа")
    bases = _derived_bases(plan, names)
    return tuple(
        PlanRow(
            school=name,
            mentees=_per_year(school, "mentees", years, _PEOPLE, required=True),
            mentors=_per_year(school, "mentors", years, _PEOPLE, required=True),
            derived_mentee_base=bases.get(name),
        )
        for school, name in zip(schools, names, strict=True)
    )


def _derived_bases(plan: Table, names: list[str]) -> dict[str, int]:
    table = plan.table("derived_mentee_base", required=False)
    bases = {name: table.whole(name, 0, _PEOPLE) for name in table.values}
    for name in bases:
        if name not in names:
            table.note(name, "такой школы нет в plan.schools")
    return bases


def _note_repeats(rows: Iterable[tuple[Table, str]], key: str, what: str) -> None:
    """Note each value that an earlier table has too; spaces and case do not tell them apart."""
    first: dict[str, str] = {}
    for table, value in rows:
        same = "".join(value.split()).casefold()
        if same and same in first:
            table.note(key, f"{what} уже есть в {first[same]}: {value}")
        first.setdefault(same, table.path)


def _stages(top: Table) -> tuple[Stage, ...]:
    tables = top.tables("stages")
    lines = [table.tables("activities") for table in tables]
    stages = tuple(
        _stage(table, place, activities)
        for place, (table, activities) in enumerate(zip(tables, lines, strict=True), start=1)
    )
    _note_repeats(zip(tables, (s.key for s in stages), strict=True), "key", "такой ключ этапа")
    keys = (activity.key for stage in stages for activity in stage.activities)
    every = [table for activities in lines for table in activities]
    _note_repeats(zip(every, keys, strict=True), "key", "такой ключ мероприятия")
    _note_other_school_years(tables, stages)
    return stages


def _stage(table: Table, place: int, activities: list[Table]) -> Stage:
    return Stage(
        ordinal=_ordinal(table, place),
        key=_stable_key(table),
        roman=_roman(table, place),
        title=table.text("title"),
        short=table.text("short"),
        due=table.day("due") or date.min,
        printed_due=table.text("printed_due", required=False),
        due_note=table.text("due_note", required=False),
        due_follows_pair_period=table.flag("due_follows_pair_period"),
        activities=tuple(_activity(each, n) for n, each in enumerate(activities, start=1)),
    )


def _activity(table: Table, place: int) -> Activity:
    return Activity(
        ordinal=place,
        key=_stable_key(table),
        title=table.text("title"),
        ref=table.text("ref"),
        counts=_counts(table),
        documents=table.whole("documents", 0, 100),
    )


def _ordinal(table: Table, place: int) -> int:
    ordinal = table.whole("ordinal", 1, 39)
    if ordinal and ordinal != place:
        table.note("ordinal", f"этапы идут по порядку: нужно {place}, а дано {ordinal}")
    return ordinal


def _roman(table: Table, place: int) -> str:
    roman, wanted, rest = table.text("roman"), "", place
    for value, letters in _ROMAN.items():
        wanted += letters * (rest // value)
        rest %= value
    if roman and roman != wanted:
        table.note("roman", f"у этапа {place} римская цифра {wanted}, а дано {roman}")
    return roman


def _stable_key(table: Table) -> str:
    key = table.text("key")
    if key and not _KEY.fullmatch(key):
        table.note("key", "ключ пишется строчными латинскими буквами, цифрами и знаком «_»")
    return key


def _counts(table: Table) -> str | None:
    counts = table.text("counts", required=False)
    if counts and counts not in COUNTS:
        meant = get_close_matches(counts, COUNTS, n=1)
        hint = f"возможно, имелось в виду {meant[0]}" if meant else f"можно: {', '.join(COUNTS)}"
        table.note("counts", f"сайт не умеет считать «{counts[:40]}»; {hint}")
    return counts or None


def _school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def _note_other_school_years(tables: list[Table], stages: tuple[Stage, ...]) -> None:
    """The stages run inside one school year; the year that most of them have is taken as meant."""
    starts = Counter(_school_year(stage.due) for stage in stages if stage.due != date.min)
    for table, stage in zip(tables, stages, strict=True):
        year = starts.most_common(1)[0][0] if starts else 0
        if stage.due != date.min and _school_year(stage.due) != year:
            said = f"срок {stage.due:%d.%m.%Y} вне учебного года {year}/{(year + 1) % 100:02}"
            table.note("due", f"{said}, в котором идут остальные этапы")
