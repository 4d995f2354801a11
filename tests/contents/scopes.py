"""A school asked for its papers, with invented requisites."""

from datetime import date

from nastav import dates
from nastav.contents.scope import Ids, Scope
from nastav.db import db
from nastav.district import queries as district
from nastav.district.models import District, School
from nastav.requisites.records import Requisites

REQUISITES = Requisites(
    full_name="Муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная "
    "школа № 5",
    short_name="МБОУ СОШ № 5",
    place="ст-ца Калининская",
    address="353780, ст-ца Калининская, ул. Ленина, 1",
    head_name="Гончаренко Павел Игоревич",
    head_post="директор",
    curator_name="Мельник Ирина Сергеевна",
    curator_post="заместитель директора по воспитательной работе",
    curator_whom="Мельник Ирину Сергеевну",
    curator_post_whom="заместителя директора по воспитательной работе",
    issuer_whom="управления образования администрации муниципального образования Калининский район",
)


def scope(
    school_id: int,
    on: date | None = None,
    requisites: Requisites = REQUISITES,
    chosen: Ids | None = None,
) -> Scope:
    """Return what a paper of a school is asked of (needs an application context)."""
    school = db.session.get_one(School, school_id)
    day = on or dates.today()
    cycle = district.current_cycle(school.district_id, day)
    assert cycle
    own = db.session.get_one(District, school.district_id)
    return Scope(own, school, cycle, day, requisites, chosen)
