"""What is known of a school's and its district's requisites, and which of them a paper still lacks."""

from collections.abc import Iterable

from nastav.accounts import queries as accounts
from nastav.district import queries as districts
from nastav.district.models import Cycle, District, School
from nastav.requisites.records import Requisites


def requisites(district: District, school: School, cycle: Cycle) -> Requisites:  # noqa: ARG001
    """Return what papers of a school take for their heads and signatures; "" = not known."""
    team = districts.team(district.id, school.id)
    curator = next((member for member in team if member.is_curator), None)
    head = accounts.head_of(school)
    return Requisites(
        full_name=school.name,
        short_name=school.name,
        place=district.order_place,
        address=district.order_place,
        head_name=head,
        head_post="директор",
        curator_name=curator.name if curator else "",
        curator_post=curator.post if curator else "",
        curator_whom=curator.name if curator else "",
        curator_post_whom=curator.post if curator else "",
        issuer_whom=district.order_issuer,
    )


def missing(found: Requisites, needs: Iterable[str]) -> list[str]:
    """Return which of these requisites are not known, by the keys of `records.FIELDS`."""
    return [key for key in needs if not getattr(found, _COLUMN.get(key, key))]


_COLUMN = {"curator": "curator_name"}
