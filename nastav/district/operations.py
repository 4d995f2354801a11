"""Changing districts, schools, school years and working groups."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from nastav.access import Actor
from nastav.audit.operations import Change, record
from nastav.db import check_version, db
from nastav.district import queries
from nastav.district.models import Cycle, District, OrderPoint, School, TeamMember
from nastav.orders.loader import Order

# fields of officials: the journal says that they changed, not what they held
# (rules.md#journal-without-values)
PRIVATE = frozenset(
    {"name", "post", "phone", "email", "coordinator", "coordinator_post", "signed_by"}
)
CHANGED: Change = ("", "изменено")


@dataclass(frozen=True)
class MemberDetails:
    """A member of a working group; `is_curator` holds for schools only."""

    name: str
    post: str
    phone: str = ""
    email: str = ""
    is_curator: bool = False


@dataclass(frozen=True)
class OrderDetails:
    """The requisites of the order and who coordinates its execution."""

    order_number: str
    order_date: date
    order_place: str
    order_issuer: str
    order_subject: str
    signed_by: str
    coordinator: str
    coordinator_post: str


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
    for duty in order.duties:
        ref = duty.ref.removeprefix("п.").strip()
        db.session.add(OrderPoint(district_id=district.id, ref=ref, duty=duty.duty))
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


# --- working groups -------------------------------------------------------------------------------


def add_member(
    actor: Actor, district_id: int, details: MemberDetails, *, school_id: int | None = None
) -> TeamMember:
    """Add a member to the end of a school's working group, or of the district's own."""
    team = queries.team(district_id, school_id)
    member = TeamMember(
        district_id=district_id,
        school_id=school_id,
        ordinal=max((team_member.ordinal for team_member in team), default=0) + 1,
        **asdict(details),
    )
    db.session.add(member)
    db.session.flush()
    _record(actor, "member:added", member)
    _only_curator(actor, member)
    return member


def change_member(
    actor: Actor, member: TeamMember, details: MemberDetails, *, version: int
) -> None:
    """Change a member; the journal names the fields. Saving the same again does nothing.

    Raises:
        Conflict: the member was saved by somebody since the form was opened.
    """
    changes = _changes(member, asdict(details))
    if not changes:
        return
    check_version(member, version)
    _set(member, asdict(details))
    db.session.flush()
    _record(actor, "member:changed", member, changes)
    _only_curator(actor, member)


def remove_member(actor: Actor, member: TeamMember, *, version: int) -> None:
    """Take a member out of the working group.

    Raises:
        Conflict: the member was saved by somebody since the page was opened.
    """
    check_version(member, version)
    _record(actor, "member:removed", member)
    db.session.delete(member)
    db.session.flush()


def change_order(actor: Actor, district: District, details: OrderDetails, *, version: int) -> None:
    """Change the requisites of the order, with old and new in the journal, names left out.

    Raises:
        Conflict: the district was saved by somebody since the form was opened.
    """
    changes = _changes(district, asdict(details))
    if not changes:
        return
    check_version(district, version)
    subject = f"№ {district.order_number}"
    _set(district, asdict(details))
    db.session.flush()
    record(actor, "order:changed", subject=subject, district_id=district.id, changes=changes)


def _only_curator(actor: Actor, member: TeamMember) -> None:
    """Take the mark off the school's former curator: a school has one."""
    if not member.is_curator:
        return
    for other in queries.team(member.district_id, member.school_id):
        if other.is_curator and other.id != member.id:
            other.is_curator = False
            _record(actor, "member:changed", other, {"is_curator": (True, False)})
    db.session.flush()


def _record(
    actor: Actor, event: str, member: TeamMember, changes: dict[str, Change] | None = None
) -> None:
    record(
        actor,
        event,
        subject=f"участник № {member.id}",
        changes=changes,
        district_id=member.district_id,
        school_id=member.school_id,
    )


def _changes(row: object, wanted: dict[str, Any]) -> dict[str, Change]:
    """Return (old, new) of each field that differs, ready for the journal."""
    pairs = {name: (getattr(row, name), value) for name, value in wanted.items()}
    return {
        name: CHANGED if name in PRIVATE else (_plain(old), _plain(new))
        for name, (old, new) in pairs.items()
        if old != new
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _set(row: object, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
