"""Changing the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm.attributes import flag_modified

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import db
from nastav.district.models import District, School
from nastav.orders.loader import Order
from nastav.plan import queries
from nastav.plan.grid import BASES, MENTEES, MENTORS, Figures, Grid
from nastav.plan.models import PlanTarget, PlanYear
from nastav.plan.rules import part_of, shown


def load_plan(actor: Actor, district: District, schools: Sequence[School], order: Order) -> None:
    """Add every plan year of an order: percentages, printed totals, and a target for each school."""
    rows = {row.school: row for row in order.plan}
    for index, year in enumerate(order.plan_years):
        db.session.add(
            PlanYear(
                district_id=district.id,
                year=year.year,
                mentee_percent=year.mentee_percent,
                mentor_percent=year.mentor_percent,
                printed_mentees=year.printed_mentees,
                printed_mentors=year.printed_mentors,
            )
        )
        for school in schools:
            row = rows[school.name]
            db.session.add(
                PlanTarget(
                    school_id=school.id,
                    year=year.year,
                    mentees=row.mentees[index],
                    mentors=row.mentors[index],
                    printed_mentees=row.mentees[index],
                    printed_mentors=row.mentors[index],
                    mentee_base=row.derived_mentee_base,
                )
            )
    years = f"{order.plan_years[0].year}–{order.plan_years[-1].year}"
    record(actor, "plan:loaded", subject=years, district_id=district.id)


class YearOpen(Exception):
    """The plan year has been opened before."""


@dataclass(frozen=True)
class Cells:
    """What a school's line of the plan is to say; None leaves the plan not entered."""

    mentees: int | None
    mentors: int | None


@dataclass(frozen=True)
class NewYear:
    """A plan year to open; a percentage fills the cells from the pupils of the last plan."""

    year: int
    mentee_percent: Decimal | None
    mentor_percent: Decimal | None


def changes_of(
    plan: Sequence[queries.SchoolTarget], wanted: Mapping[int, Cells]
) -> dict[str, tuple[int | None, int | None]]:
    """Return «СОШ №5: наставляемые» → (saved, wanted) of every cell that differs."""
    found = {}
    for row in plan:
        cells = wanted.get(row.school_id)
        if cells and cells.mentees != row.mentees:
            found[f"{row.name}: наставляемые"] = (row.mentees, cells.mentees)
        if cells and cells.mentors != row.mentors:
            found[f"{row.name}: наставники"] = (row.mentors, cells.mentors)
    return found


def change_targets(actor: Actor, plan: PlanYear, wanted: Mapping[int, Cells], reason: str) -> None:
    """Set the cells of a plan year by school, with the reason in the journal.

    What the order prints stays, of a cell and in total (rules.md#printed-totals); a cell of a year that
    the order prints keeps the day of its last change. The plan year gets a new version, so that a form
    opened before is stale.
    """
    changes = changes_of(queries.targets(plan.district_id, plan.year), wanted)
    if not changes:
        return
    rows = queries.target_rows(plan.district_id, plan.year)
    is_printed = any(row.is_printed for row in rows.values())
    for school_id, cells in wanted.items():
        row = rows.get(school_id)
        if row is None:
            row = PlanTarget(school_id=school_id, year=plan.year)
            db.session.add(row)
        _write(row, cells, dates.today() if is_printed else None)
    flag_modified(plan, "year")
    record(
        actor,
        "plan:changed",
        subject=f"План {plan.year} года",
        district_id=plan.district_id,
        changes={**changes, "причина": ("", reason)},
    )


def _write(row: PlanTarget, cells: Cells, day: date | None) -> None:
    if row.mentees != cells.mentees:
        row.mentees, row.mentees_changed_on = cells.mentees, day
    if row.mentors != cells.mentors:
        row.mentors, row.mentors_changed_on = cells.mentors, day


def confirm_bases(actor: Actor, district: District) -> None:
    """Note that the base of mentees is all pupils of the district (rules.md#bases); asked once."""
    if district.bases_confirmed_on is not None:
        return
    district.bases_confirmed_on = dates.today()
    base = sum(row.pupils or 0 for row in queries.pupils(district.id))
    subject = f"База наставляемых: {base}"
    record(actor, "plan:bases_confirmed", subject=subject, district_id=district.id)


def change_grid(actor: Actor, district: District, grid: Grid, wanted: Figures, reason: str) -> None:
    """Set the cells of a few years at once, each year's with its entry in the journal.

    Args:
        actor: who does it.
        district: whose plan it is.
        grid: the cells as they are.
        wanted: what some or all of them are to say.
        reason: for the journal.
    """
    after = grid.with_cells(wanted).cells
    changed = {name for _, name in grid.changes(wanted)}
    for plan in grid.plans:
        names = [f"{part}_{plan.year}" for part in (MENTEES, MENTORS)]
        if changed.intersection(names):
            cells = {
                school_id: Cells(*(after[school_id, name] for name in names))
                for school_id, _ in grid.schools
            }
            change_targets(actor, plan, cells, reason)
    if changed.intersection(BASES.values()):
        _change_bases(actor, district, grid, wanted, reason)


def _change_bases(
    actor: Actor, district: District, grid: Grid, wanted: Figures, reason: str
) -> None:
    """Set how many pupils each school has, in the last of the years.

    Cells stay as they are: a base fills those of the years that are opened after it. Where no later
    year is open, the base of the district is taken as confirmed.
    """
    plan, after = grid.plans[-1], grid.with_cells(wanted).cells
    changes = grid.changes({key: wanted[key] for key in wanted if key[1] in BASES.values()})
    rows = queries.target_rows(district.id, plan.year)
    for school_id in {key[0] for key in changes}:
        row = rows.get(school_id) or PlanTarget(school_id=school_id, year=plan.year)
        db.session.add(row)
        row.mentee_base, row.mentor_base = (after[school_id, name] for name in BASES.values())
    flag_modified(plan, "year")
    record(
        actor,
        "plan:bases_changed",
        subject=f"План {plan.year} года",
        district_id=district.id,
        changes={
            **{label: (before, now) for label, before, now in changes.values()},
            "причина": ("", reason),
        },
    )
    db.session.flush()
    if plan.year == queries.plan_years(district.id)[-1]:
        confirm_bases(actor, district)


def open_year(actor: Actor, district_id: int, schools: Sequence[School], new: NewYear) -> PlanYear:
    """Open a plan year: empty, or filled as round half up of pupils × percent where these are known.

    The pupils are those of the last plan before it. There are no printed totals: the order has none.

    Raises:
        YearOpen: the district has a plan for that year.
    """
    if queries.plan_year(district_id, new.year):
        raise YearOpen
    plan = PlanYear(
        district_id=district_id,
        year=new.year,
        mentee_percent=new.mentee_percent,
        mentor_percent=new.mentor_percent,
    )
    db.session.add(plan)
    bases = queries.bases(district_id, new.year)
    for school in schools:
        base = bases.get(school.id)
        pupils = (base.mentee_base, base.mentor_base) if base else (None, None)
        db.session.add(
            PlanTarget(
                school_id=school.id,
                year=new.year,
                mentees=part_of(pupils[0], new.mentee_percent),
                mentors=part_of(pupils[1], new.mentor_percent),
                mentee_base=pupils[0],
                mentor_base=pupils[1],
            )
        )
    db.session.flush()
    changes = {
        "процент наставляемых": (None, shown(new.mentee_percent)),
        "процент наставников": (None, shown(new.mentor_percent)),
    }
    record(
        actor,
        "plan:opened",
        subject=f"План {new.year} года",
        district_id=district_id,
        changes={name: pair for name, pair in changes.items() if pair[1]},
    )
    return plan
