"""Changing pairs and groups."""

from nastav.db import db
from nastav.district.models import District
from nastav.pairs.models import PairKind

# Forms of mentoring: the target model's five and one that stage III of the order implies (domain).
# (name, official, hidden by default)
KINDS = (
    ("ученик – ученик", True, False),
    ("учитель – ученик", False, False),
    ("студент – ученик", True, False),
    ("работодатель – ученик", True, False),
    ("учитель – учитель", True, False),
    ("работодатель – студент", True, True),  # colleges only
)


def load_kinds(district: District) -> None:
    """Add the forms of mentoring a district begins with; the coordinator may change them."""
    for ordinal, (name, is_official, is_hidden) in enumerate(KINDS, start=1):
        db.session.add(
            PairKind(
                district_id=district.id,
                ordinal=ordinal,
                name=name,
                is_official=is_official,
                is_hidden=is_hidden,
            )
        )
