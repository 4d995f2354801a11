"""Reading the plan."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, or_, select

from nastav import ru
from nastav.dates import NEVER
from nastav.db import db
from nastav.district.models import District, School
from nastav.plan.grid import BASES, MENTEES, MENTORS, Grid
from nastav.plan.models import PlanTarget, PlanYear
from nastav.statements import made_once

ABREAST = 5  # years side by side, as appendix 1 has them


@dataclass(frozen=True)
class SchoolTarget:
    """The plan of one school; None is «не введён»."""

    school_id: int
    name: str
    mentees: int | None
    mentors: int | None
    mentee_base: int | None
    mentor_base: int | None


@dataclass(frozen=True)
class Base:
    """How many pupils a school has; None is not known."""

    school_id: int
    name: str
    pupils: int | None


@dataclass(frozen=True)
class Edit:
    """A cell that no longer says what the order prints (rules.md#printed-totals)."""

    printed: int | None  # what the order prints there; None: the order has no such cell
    on: date  # when the coordinator changed it last

    @property
    def in_order(self) -> str:
        """Return «в приказе 44»."""
        return f"в приказе {'нет' if self.printed is None else ru.number(self.printed)}"

    @property
    def sentence(self) -> str:
        """Return «план изменён координатором 12.03.2021, в приказе 44»."""
        return f"план изменён координатором {ru.date_short(self.on)}, {self.in_order}"


@dataclass(frozen=True)
class Edits:
    """The edited cells of one school's line of a year; None: the cell is as the order prints it."""

    mentees: Edit | None = None
    mentors: Edit | None = None

    @property
    def days(self) -> set[date]:
        """Return the days of the changes."""
        return {edit.on for edit in (self.mentees, self.mentors) if edit}


UNEDITED = Edits()


@dataclass(frozen=True)
class Plan:
    """The plan of mentees of all years; cells by (school, year), None is «не введён»."""

    years: tuple[int, ...]
    percents: Mapping[int, Decimal]  # year → the share of all pupils that its order wants
    targets: Mapping[tuple[int, int], int | None]
    pupils: Mapping[tuple[int, int], int | None]  # rules.md#bases


def plan_year(district_id: int, year: int) -> PlanYear | None:
    """Return the plan year, if the district has opened it."""
    return db.session.scalar(select(PlanYear).filter_by(district_id=district_id, year=year))


def years(district_id: int) -> list[PlanYear]:
    """Return the plan years of a district with what its order prints of them, the earliest first."""
    rows = select(PlanYear).filter_by(district_id=district_id).order_by(PlanYear.year)
    return list(db.session.scalars(rows))


def plan_years(district_id: int) -> list[int]:
    """Return the years the district has a plan for, the earliest first."""
    rows = select(PlanYear.year).filter_by(district_id=district_id).order_by(PlanYear.year)
    return list(db.session.scalars(rows))


def targets(district_id: int, year: int) -> list[SchoolTarget]:
    """Return the plan of each school of the district for a year, in the order's order."""
    of_year = and_(PlanTarget.school_id == School.id, PlanTarget.year == year)
    rows = (
        select(
            School.id,
            School.name,
            PlanTarget.mentees,
            PlanTarget.mentors,
            PlanTarget.mentee_base,
            PlanTarget.mentor_base,
        )
        .outerjoin(PlanTarget, of_year)
        .where(School.district_id == district_id)
        .order_by(School.ordinal)
    )
    return [SchoolTarget(*row) for row in db.session.execute(rows)]


def grid(district: District, plans: Sequence[PlanYear]) -> Grid:
    """Return the cells of some plan years side by side, with the pupils as the last of them has them."""
    schools = db.session.execute(
        select(School.id, School.name)
        .where(School.district_id == district.id)
        .order_by(School.ordinal)
    )
    years = [plan.year for plan in plans]
    rows = {year: target_rows(district.id, year) for year in years}
    ordered = {year for year, found in rows.items() if any(r.is_printed for r in found.values())}
    empty = Grid(
        tuple(plans),
        tuple((school_id, name) for school_id, name in schools),
        f"{district.mentor_grade_from}–{district.mentor_grade_to}",
    )
    known = bases(district.id, years[-1] + 1) if years else {}
    cells: dict[tuple[int, str], int | None] = {}
    printed: dict[tuple[int, str], int | None] = {}
    for school_id, _ in empty.schools:
        for base in BASES.values():
            cells[school_id, base] = getattr(known.get(school_id), base, None)
        for year in years:
            row = rows[year].get(school_id)
            for part in (MENTEES, MENTORS):
                key = (school_id, f"{part}_{year}")
                cells[key] = getattr(row, part, None)
                if year in ordered:
                    printed[key] = getattr(row, f"printed_{part}", None)
    return replace(empty, cells=cells, printed=printed)


def grids(district: District) -> list[Grid]:
    """Return the cells of all plan years, as many side by side as appendix 1 has."""
    return [grid(district, group) for group in abreast(years(district.id))]


def abreast(plans: Sequence[PlanYear]) -> list[list[PlanYear]]:
    """Return the plan years in groups that are laid out side by side."""
    return [list(plans[at : at + ABREAST]) for at in range(0, len(plans), ABREAST)]


def printed_targets(district_id: int, year: int) -> list[SchoolTarget]:
    """Return the plan of a year as its order prints it; as it is, where no order prints the year."""
    rows, printed = targets(district_id, year), target_rows(district_id, year)
    if not any(row.is_printed for row in printed.values()):
        return rows
    return [
        replace(row, mentees=own.printed_mentees, mentors=own.printed_mentors)
        if (own := printed.get(row.school_id))
        else row
        for row in rows
    ]


def edits(school_ids: Iterable[int], years: Iterable[int]) -> dict[tuple[int, int], Edits]:
    """Return by school and year what the order prints of each line that says something else now."""
    asked = {"schools": list(school_ids), "years": list(years)}
    rows = (
        ((school_id, year), Edits(_edit(*cells[:3]), _edit(*cells[3:])))
        for school_id, year, *cells in db.session.execute(_edited(), asked)
    )
    return {key: edit for key, edit in rows if edit != UNEDITED}  # a cell may have been put back


@made_once
def _edited() -> Select[*tuple[Any, ...]]:
    schools, years = (
        bindparam(name, type_=Integer, expanding=True) for name in ("schools", "years")
    )
    return select(
        PlanTarget.school_id,
        PlanTarget.year,
        PlanTarget.mentees,
        PlanTarget.printed_mentees,
        PlanTarget.mentees_changed_on,
        PlanTarget.mentors,
        PlanTarget.printed_mentors,
        PlanTarget.mentors_changed_on,
    ).where(
        PlanTarget.school_id.in_(schools),
        PlanTarget.year.in_(years),
        or_(PlanTarget.mentees_changed_on.is_not(None), PlanTarget.mentors_changed_on.is_not(None)),
    )


def _edit(target: int | None, printed: int | None, changed_on: date | None) -> Edit | None:
    return Edit(printed, changed_on) if changed_on and target != printed else None


def mentee_plan(district_id: int) -> Plan:
    """Return the plan of mentees of a district in every year it has one for."""
    rows = years(district_id)
    cells = select(
        PlanTarget.school_id, PlanTarget.year, PlanTarget.mentees, PlanTarget.mentee_base
    ).where(PlanTarget.school_id.in_(select(School.id).filter_by(district_id=district_id)))
    found = db.session.execute(cells).all()
    return Plan(
        years=tuple(row.year for row in rows),
        percents={row.year: row.mentee_percent for row in rows if row.mentee_percent is not None},
        targets={(school, year): mentees for school, year, mentees, _ in found},
        pupils={(school, year): base for school, year, _, base in found},
    )


def target_rows(district_id: int, year: int) -> dict[int, PlanTarget]:
    """Return the rows of a year's plan by school, for changing them."""
    rows = select(PlanTarget).where(
        PlanTarget.year == year, PlanTarget.school_id.in_(_schools(district_id))
    )
    return {row.school_id: row for row in db.session.scalars(rows)}


def bases(district_id: int, before: int) -> dict[int, PlanTarget]:
    """Return of each school the last plan before a year that says how many pupils there are."""
    rows = (
        select(PlanTarget)
        .where(
            PlanTarget.school_id.in_(_schools(district_id)),
            PlanTarget.year < before,
            PlanTarget.mentee_base.is_not(None) | PlanTarget.mentor_base.is_not(None),
        )
        .order_by(PlanTarget.year)
    )
    return {row.school_id: row for row in db.session.scalars(rows)}  # the latest year wins


def pupils(district_id: int) -> list[Base]:
    """Return the base of mentees of each school as the last plan has it (rules.md#bases)."""
    known = bases(district_id, NEVER.year)
    rows = select(School.id, School.name).filter_by(district_id=district_id)
    return [
        Base(school_id, name, known[school_id].mentee_base if school_id in known else None)
        for school_id, name in db.session.execute(rows.order_by(School.ordinal))
    ]


def _schools(district_id: int) -> Sequence[int]:
    return list(db.session.scalars(select(School.id).filter_by(district_id=district_id)))
