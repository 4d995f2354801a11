"""Changes of a person that pairs have a say in."""

from collections.abc import Sequence

from sqlalchemy import func, select

from nastav.access import Actor
from nastav.db import db
from nastav.district.models import School
from nastav.identity.merging import operations as merging
from nastav.identity.merging.models import PersonMerge
from nastav.pairs.models import PairMember
from nastav.people.models import Person
from nastav.refusals import NotAllowed


def merge_cards(
    actor: Actor, school: School, kept: Person, dropped: Person, *, versions: Sequence[int]
) -> PersonMerge:
    """Make two cards of one person one, as `people.merging` does.

    Raises:
        Conflict: one of them was saved, or merged, since the page was opened.
        NotAllowed: one mentors the other, or they cannot be one person.
    """
    rows = (
        select(PairMember.pair_id)
        .where(PairMember.person_id.in_((kept.id, dropped.id)))
        .group_by(PairMember.pair_id)
        .having(func.count(PairMember.part.distinct()) > 1)
    )
    if db.session.scalars(rows).first() is not None:
        text = "В одной паре эти карточки — наставник и наставляемый: это разные люди."
        raise NotAllowed("with", text)
    return merging.merge(actor, school, kept, dropped, versions=versions)
