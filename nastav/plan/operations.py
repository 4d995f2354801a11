"""Changing the plan."""

from collections.abc import Sequence

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import db
from nastav.district.models import District, School
from nastav.orders.loader import Order
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
                    mentee_base=row.derived_mentee_base,
                )
            )
    years = f"{order.plan_years[0].year}–{order.plan_years[-1].year}"
    record(actor, "plan:loaded", subject=years, district_id=district.id)
