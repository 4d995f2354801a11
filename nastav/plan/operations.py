"""Changing the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm.attributes import flag_modified

from nastav import dates, ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import db
from nastav.district.models import District, School
from nastav.orders.loader import Order
from nastav.plan import queries
from nastav.plan.models import PlanTarget, PlanYear


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


def base_changes(
    saved: Sequence[queries.Base], wanted: Mapping[int, int | None]
) -> dict[str, tuple[int | None, int | None]]:
    """Return school → (saved, wanted) pupils of each school where they differ."""
    return {
        row.name: (row.pupils, wanted[row.school_id])
        for row in saved
        if wanted[row.school_id] != row.pupils
    }


def change_bases(
    actor: Actor, district: District, plan: PlanYear, wanted: Mapping[int, int | None], reason: str
) -> None:
    """Set how many pupils each school has, in the last plan year, and take the base as confirmed.

    Cells stay as they are: a base fills those of the years that are opened after it.
    """
    changes = base_changes(queries.pupils(district.id), wanted)
    if changes:
        rows = queries.target_rows(district.id, plan.year)
        for school_id, pupils in wanted.items():
            row = rows.get(school_id) or PlanTarget(school_id=school_id, year=plan.year)
            db.session.add(row)
            row.mentee_base = pupils
        flag_modified(plan, "year")
        record(
            actor,
            "plan:bases_changed",
            subject=f"План {plan.year} года",
            district_id=district.id,
            changes={**changes, "причина": ("", reason)},
        )
        db.session.flush()
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


def part_of(base: int | None, percent: Decimal | None) -> int | None:
    """Return base × percent rounded half up, in people; None where either is unknown."""
    if base is None or percent is None:
        return None
    return int(ru.round_half_up(Decimal(base) * percent / 100))


def shown(percent: Decimal | None) -> str | None:
    """Return «12,5» for 12.50, as it is typed."""
    return None if percent is None else f"{percent.normalize():f}".replace(".", ",")
