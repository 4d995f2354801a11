"""Reading the requisites of a school and of its district."""

from datetime import date

from sqlalchemy import select

from nastav import dates
from nastav.access import Role
from nastav.accounts.models import User
from nastav.db import db
from nastav.district.models import District, School, TeamMember
from nastav.requisites import cases
from nastav.requisites.models import DistrictRequisites, MemberCase, SchoolRequisites
from nastav.requisites.records import Requisites


def requisites(district: District, school: School, on: date | None = None) -> Requisites:
    """Return what was typed of a school, with who signs on a day (by default today)."""
    row = of_school(school.id) or blank()
    member = curator(school)
    case = case_of(member) if member else None
    name, post = signer(row, on or dates.today())
    return Requisites(
        full_name=row.full_name,
        short_name=row.short_name,
        place=row.town,
        address=row.address,
        founder=row.founder,
        head_name=name,
        head_post=post,
        curator_name=member.name if member else "",
        curator_post=member.post if member else "",
        curator_whom=case.name_whom if case else "",
        curator_post_whom=case.post_whom if case else "",
        issuer_whom=issuer_whom(district) or own_issuer(row, district),
    )


def signer(row: SchoolRequisites, on: date) -> tuple[str, str]:
    """Return the name and the post of who signs on a day: the head, or who does so for a time."""
    is_acting = row.acting_name and (row.acting_until is None or on <= row.acting_until)
    return (row.acting_name, row.acting_post) if is_acting else (row.head_name, row.head_post)


def of_school(school_id: int) -> SchoolRequisites | None:
    """Return what a school typed, or None."""
    return db.session.get(SchoolRequisites, school_id)


def of_district(district_id: int) -> DistrictRequisites | None:
    """Return what the coordinator typed, or None."""
    return db.session.get(DistrictRequisites, district_id)


def blank() -> SchoolRequisites:
    """Return requisites of which nothing is typed; not a row."""
    names = [column.key for column in SchoolRequisites.__table__.columns]
    empty = {"school_id": None, "acting_until": None, "version": 0}
    return SchoolRequisites(**{name: empty.get(name, "") for name in names})


def curator(school: School) -> TeamMember | None:
    """Return the curator marked in a school's working group, or None."""
    rows = select(TeamMember).filter_by(school_id=school.id, is_curator=True)
    return db.session.scalars(rows.order_by(TeamMember.ordinal, TeamMember.id)).first()


def case_of(member: TeamMember) -> MemberCase | None:
    """Return what was confirmed for a member; None where nothing was, or not for this name and post."""
    row = db.session.get(MemberCase, member.id)
    return row if row and (row.name, row.post) == (member.name, member.post) else None


def issuer_whom(district: District) -> str:
    """Return the coordinator's «чьего приказа»; "" where there is none, or the issuer's name is another."""
    row = of_district(district.id)
    return row.issuer_whom if row and row.issuer == district.order_issuer else ""


def own_issuer(row: SchoolRequisites, district: District) -> str:
    """Return the school's own «чьего приказа», of this issuer."""
    return row.issuer_whom if row.issuer == district.order_issuer else ""


def suggested_issuer(district: District) -> str:
    """Return what may be written for «чьего приказа»; "" where the first word is not known."""
    return cases.issuer_whom(district.order_issuer)


def suggested_head(school_id: int) -> str:
    """Return the name of the school's head as the account has it, or ""."""
    rows = select(User.name).filter_by(school_id=school_id, role=Role.HEAD, disabled_at=None)
    return db.session.scalars(rows.order_by(User.id)).first() or ""
