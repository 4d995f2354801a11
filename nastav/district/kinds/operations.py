"""Changing a district's forms of mentoring. None is ever deleted: pairs keep theirs."""

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district.kinds import queries
from nastav.district.kinds.models import PairKind
from nastav.district.models import District

# The target model's five and one that stage III of the order implies (domain).
# (name, official, hidden by default)
KINDS = (
    ("ученик – ученик", True, False),
    ("учитель – ученик", False, False),
    ("студент – ученик", True, False),
    ("работодатель – ученик", True, False),
    ("учитель – учитель", True, False),
    ("работодатель – студент", True, True),  # colleges only
)


class NameTaken(ValueError):
    """The district has a form of mentoring of this name."""


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


def add_kind(actor: Actor, district_id: int, name: str) -> PairKind:
    """Add a local form of mentoring to the end of the list.

    Raises:
        NameTaken: there is one of this name.
    """
    rows = queries.all_kinds(district_id)
    _check_name(rows, name)
    ordinal = max((one.ordinal for one in rows), default=0) + 1
    added = PairKind(district_id=district_id, ordinal=ordinal, name=name, is_official=False)
    db.session.add(added)
    db.session.flush()
    record(actor, "pair_kind:added", subject=name, district_id=district_id)
    return added


def change_kind(actor: Actor, kind: PairKind, name: str, *, is_hidden: bool, version: int) -> None:
    """Rename a local form, or take a form off the lists to choose from; pairs that have it keep it.

    An official form keeps its name: reports upwards use it.

    Raises:
        Conflict: the form was saved by somebody meanwhile.
        NameTaken: there is another of this name.
    """
    name = kind.name if kind.is_official else name
    if (kind.name, kind.is_hidden) == (name, is_hidden):
        return
    check_version(kind, version)
    rows = queries.all_kinds(kind.district_id)
    _check_name([one for one in rows if one.id != kind.id], name)
    changes = {"name": (kind.name, name), "is_hidden": (kind.is_hidden, is_hidden)}
    kind.name, kind.is_hidden = name, is_hidden
    db.session.flush()
    record(
        actor,
        "pair_kind:changed",
        subject=name,
        district_id=kind.district_id,
        changes={field: pair for field, pair in changes.items() if pair[0] != pair[1]},
    )


def _check_name(others: list[PairKind], name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in others):
        raise NameTaken
