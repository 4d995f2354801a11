"""Changing districts, schools, school years and working groups."""

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import db
from nastav.district.models import Cycle, District, School, TeamMember
from nastav.orders.loader import Order


def load_order(actor: Actor, order: Order) -> District:
    """Add the district of an order with its requisites, schools and working group."""
    district = District(
        name=order.district.name,
        region=order.district.region,
        coordinator=order.district.coordinator,
        coordinator_post=order.district.coordinator_post,
        order_number=order.number,
        order_date=order.date,
        order_place=order.place,
        order_subject=order.subject,
        order_issuer=order.issuer,
        signed_by=order.signed_by,
        target=order.target,
        totals_note=order.totals_note,
    )
    db.session.add(district)
    db.session.flush()
    for ordinal, row in enumerate(order.plan, start=1):
        db.session.add(School(district_id=district.id, ordinal=ordinal, name=row.school))
    for ordinal, member in enumerate(order.working_group, start=1):
        db.session.add(
            TeamMember(district_id=district.id, ordinal=ordinal, name=member.name, post=member.post)
        )
    db.session.flush()
    record(actor, "order:loaded", subject=f"№ {order.number}", district_id=district.id)
    return district


def open_cycle(actor: Actor, district: District, first_year: int, *, before_site: bool) -> Cycle:
    """Open a school year of a district; the caller gives it its stages.

    Raises:
        Conflict: (at flush) the year is open already.
    """
    cycle = Cycle(district_id=district.id, first_year=first_year, before_site=before_site)
    db.session.add(cycle)
    db.session.flush()
    subject = f"{first_year}/{(first_year + 1) % 100:02}"
    record(actor, "cycle:opened", subject=subject, district_id=district.id)
    return cycle
