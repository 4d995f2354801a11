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

from nastav.orders.places import join
from nastav.orders.reading import Notes, OrderError, read
from nastav.orders.shapes import (
    ActivityLine,
    District,
    Duty,
    OrderFile,
    Plan,
    StageLine,
    WorkingGroupMember,
)

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
_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_ROMAN = {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}


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

    Raises OrderError with all mistakes in `problems`, one Russian sentence each: those of single
    values, or else those between values.
    """
    file, notes = read(path or default_path(), OrderFile)
    _check_plan(file.plan, notes)
    _check_stages(file.stages, notes)
    notes.raise_if_any()
    return _order(file)


def _order(file: OrderFile) -> Order:
    plan, head = file.plan, file.order
    return Order(
        number=head.number,
        date=head.date,
        place=head.place,
        subject=head.subject,
        issuer=head.issuer,
        signed_by=head.signed_by,
        target=head.target,
        district=file.district,
        totals_note=plan.totals_note,
        plan_years=_plan_years(plan),
        plan=tuple(
            PlanRow(each.name, each.mentees, each.mentors, plan.derived_mentee_base.get(each.name))
            for each in plan.schools
        ),
        stages=tuple(_stage(each) for each in file.stages),
        working_group=file.working_group,
        duties=file.school_duties,
    )


def _plan_years(plan: Plan) -> tuple[PlanYear, ...]:
    nothing = (None,) * len(plan.years)
    columns = zip(
        plan.mentee_percent or nothing,
        plan.mentor_percent or nothing,
        plan.printed_total_mentees or nothing,
        plan.printed_total_mentors or nothing,
        strict=True,
    )
    return tuple(PlanYear(year, *each) for year, each in zip(plan.years, columns, strict=True))


def _stage(line: StageLine) -> Stage:
    return Stage(
        ordinal=line.ordinal,
        key=line.key,
        roman=line.roman,
        title=line.title,
        short=line.short,
        due=line.due,
        printed_due=line.printed_due,
        due_note=line.due_note,
        due_follows_pair_period=line.due_follows_pair_period,
        activities=tuple(
            Activity(n, each.key, each.title, each.ref, each.counts or None, each.documents)
            for n, each in enumerate(line.activities, start=1)
        ),
    )


# --- what is wrong between values -------------------------------------------------------------------


def _check_plan(plan: Plan, notes: Notes) -> None:
    if any(earlier >= later for earlier, later in pairwise(plan.years)):
        notes.note("plan.years", "годы должны идти по возрастанию и не повторяться")
    rows = {
        "plan.mentee_percent": plan.mentee_percent,
        "plan.mentor_percent": plan.mentor_percent,
        "plan.printed_total_mentees": plan.printed_total_mentees,
        "plan.printed_total_mentors": plan.printed_total_mentors,
    }
    schools = [(f"plan.schools[{n}]", each) for n, each in enumerate(plan.schools, start=1)]
    for path, school in schools:
        rows |= {f"{path}.mentees": school.mentees, f"{path}.mentors": school.mentors}
    wanted = f"{len(plan.years)} {_figures(len(plan.years))} (по числу лет в plan.years)"
    for path, figures in rows.items():
        if figures and len(figures) != len(plan.years):
            notes.note(path, f"нужно {wanted}, а дано {len(figures)}")
    _check_repeats([(path, each.name) for path, each in schools], "name", "такая школа", notes)
    names = {each.name for _, each in schools}
    for name in plan.derived_mentee_base:
        if name not in names:
            notes.note(join("plan.derived_mentee_base", name), "такой школы нет в plan.schools")


def _figures(count: int) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return "число"
    return "числа" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "чисел"


def _check_repeats(rows: Iterable[tuple[str, str]], key: str, what: str, notes: Notes) -> None:
    """Note each value that an earlier table has too; spaces and case do not tell them apart."""
    first: dict[str, str] = {}
    for path, value in rows:
        same = "".join(value.split()).casefold()
        if same in first:
            notes.note(f"{path}.{key}", f"{what} уже есть в {first[same]}: {value}")
        first.setdefault(same, path)


def _check_stages(lines: tuple[StageLine, ...], notes: Notes) -> None:
    stages = [(f"stages[{n}]", each) for n, each in enumerate(lines, start=1)]
    activities = [
        (f"{path}.activities[{n}]", each)
        for path, stage in stages
        for n, each in enumerate(stage.activities, start=1)
    ]
    for place, (path, stage) in enumerate(stages, start=1):
        _check_place(stage, path, place, notes)
    for path, each in activities:
        _check_counts(each, path, notes)
    keys = [(path, each.key) for path, each in stages]
    lines_keys = [(path, each.key) for path, each in activities]
    for path, key in (*keys, *lines_keys):
        if not _KEY.fullmatch(key):
            said = "ключ пишется строчными латинскими буквами, цифрами и знаком «_»"
            notes.note(f"{path}.key", said)
    _check_repeats(keys, "key", "такой ключ этапа", notes)
    _check_repeats(lines_keys, "key", "такой ключ мероприятия", notes)
    _check_school_years(stages, notes)


def _check_place(stage: StageLine, path: str, place: int, notes: Notes) -> None:
    if stage.ordinal != place:
        said = f"этапы идут по порядку: нужно {place}, а дано {stage.ordinal}"
        notes.note(f"{path}.ordinal", said)
    wanted, rest = "", place
    for value, letters in _ROMAN.items():
        wanted += letters * (rest // value)
        rest %= value
    if stage.roman != wanted:
        said = f"у этапа {place} римская цифра {wanted}, а дано {stage.roman}"
        notes.note(f"{path}.roman", said)


def _check_counts(activity: ActivityLine, path: str, notes: Notes) -> None:
    counts = activity.counts
    if counts and counts not in COUNTS:
        meant = get_close_matches(counts, COUNTS, n=1)
        hint = f"возможно, имелось в виду {meant[0]}" if meant else f"можно: {', '.join(COUNTS)}"
        notes.note(f"{path}.counts", f"сайт не умеет считать «{counts[:40]}»; {hint}")


def _school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def _check_school_years(stages: list[tuple[str, StageLine]], notes: Notes) -> None:
    """The stages run inside one school year; the year that most of them have is taken as meant."""
    year = Counter(_school_year(stage.due) for _, stage in stages).most_common(1)[0][0]
    for path, stage in stages:
        if _school_year(stage.due) != year:
            said = f"срок {stage.due:%d.%m.%Y} вне учебного года {year}/{(year + 1) % 100:02}"
            notes.note(f"{path}.due", f"{said}, в котором идут остальные этапы")
