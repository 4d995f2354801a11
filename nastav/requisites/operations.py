"""Changing the requisites; names and posts are left out of the journal, as officials' always are."""

from collections.abc import Mapping
from datetime import date

from nastav.access import Actor
from nastav.audit.operations import Change, record
from nastav.db import check_version, db
from nastav.district.models import District, School, TeamMember
from nastav.district.operations import CHANGED
from nastav.requisites import queries
from nastav.requisites.models import DistrictRequisites, MemberCase, SchoolRequisites

PRIVATE = frozenset({"head_name", "head_post", "acting_name", "acting_post"})
Values = Mapping[str, str | date | None]


def save(actor: Actor, school: School, values: Values, *, version: int) -> None:
    """Save some of a school's requisites; the others stay. Saving the same again does nothing.

    Args:
        actor: who saves.
        school: whose requisites.
        values: by the names of columns.
        version: of the row the form was made from; 0 where there was none.

    Raises:
        Conflict: they were saved by somebody since the form was opened.
    """
    row = queries.of_school(school.id)
    known = row or queries.blank()
    changed = {name: value for name, value in values.items() if getattr(known, name) != value}
    if not changed:
        return
    check_version(known, version)
    noted = {name: _change(name, getattr(known, name), value) for name, value in changed.items()}
    if row is None:
        row = SchoolRequisites(school_id=school.id)
        db.session.add(row)
    for name, value in changed.items():
        setattr(row, name, value)
    db.session.flush()
    noted.pop("issuer", None)
    record(
        actor,
        "requisites:changed",
        subject=school.name,
        changes=noted,
        district_id=school.district_id,
        school_id=school.id,
    )


def _change(name: str, old: object, new: object) -> Change:
    if name in PRIVATE:
        return CHANGED
    return _plain(old), _plain(new)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def confirm_case(actor: Actor, member: TeamMember, name_whom: str, post_whom: str) -> None:
    """Keep «кого?» of a member, for the name and the post that the member has now."""
    values = {
        "name": member.name,
        "post": member.post,
        "name_whom": name_whom,
        "post_whom": post_whom,
    }
    row = db.session.get(MemberCase, member.id)
    if row is None:
        db.session.add(MemberCase(member_id=member.id, **values))
    elif all(getattr(row, name) == value for name, value in values.items()):
        return
    else:
        for name, value in values.items():
            setattr(row, name, value)
    db.session.flush()
    record(
        actor,
        "requisites:case_confirmed",
        subject=f"участник № {member.id}",
        district_id=member.district_id,
        school_id=member.school_id,
    )


def save_issuer(actor: Actor, district: District, whom: str, *, version: int) -> None:
    """Keep the district's «чьего приказа», for the issuer as it is called now.

    Raises:
        Conflict: it was saved by somebody since the form was opened.
    """
    row = queries.of_district(district.id)
    if row and (row.issuer, row.issuer_whom) == (district.order_issuer, whom):
        return
    if row is None:
        row = DistrictRequisites(district_id=district.id, version=0)
        check_version(row, version)
        old = ""
        row = DistrictRequisites(district_id=district.id, issuer="", issuer_whom="")
        db.session.add(row)
    else:
        check_version(row, version)
        old = row.issuer_whom
    row.issuer, row.issuer_whom = district.order_issuer, whom
    db.session.flush()
    record(
        actor,
        "requisites:issuer_changed",
        subject=f"№ {district.order_number}",
        district_id=district.id,
        changes={"issuer_whom": (old, whom)},
    )
