"""A school that has typed its requisites, so that its papers are made without a question."""

from nastav.db import db
from nastav.district.models import District, School
from nastav.requisites import queries
from nastav.requisites.models import MemberCase, SchoolRequisites

WHOM = "Белова Бориса Ильича"
POST_WHOM = "заместителя директора"


def fill_requisites(school_id: int) -> None:
    """Fill them in, with «кого?» of the curator, where one is marked (needs an open transaction)."""
    school = db.session.get_one(School, school_id)
    district = db.session.get_one(District, school.district_id)
    own = SchoolRequisites(school_id=school_id, issuer=district.order_issuer)
    own.full_name = "Муниципальное бюджетное общеобразовательное учреждение школа № 5"
    own.short_name, own.town = "МБОУ СОШ № 5", "ст-ца Калининская"
    own.address = "353780, ст-ца Калининская, ул. Ленина, 1"
    own.head_name, own.head_post = "Громова Галина Петровна", "директор"
    own.issuer_whom = "управления образования Калининского района"
    db.session.add(own)
    if curator := queries.curator(school):
        case = {"name": curator.name, "post": curator.post}
        db.session.add(
            MemberCase(member_id=curator.id, **case, name_whom=WHOM, post_whom=POST_WHOM)
        )
    db.session.flush()
