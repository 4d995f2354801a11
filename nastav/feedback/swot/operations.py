"""Changing SWOT."""

from collections.abc import Mapping

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, check_version, db
from nastav.district.kinds.models import PairKind
from nastav.district.models import School
from nastav.feedback.swot import queries
from nastav.feedback.swot.models import Swot

FIELDS = ("strengths", "weaknesses", "opportunities", "threats")


def save(
    actor: Actor,
    school: School,
    first_year: int,
    kind: PairKind,
    texts: Mapping[str, str],
    *,
    version: int,
) -> Swot:
    """Save the four fields; saving the same again does nothing.

    Args:
        actor: who does it.
        school: whose SWOT it is.
        first_year: the school year.
        kind: the form of mentoring.
        texts: text by name, of FIELDS.
        version: the one the form was made from; 0 if there was none yet.

    Raises:
        Conflict: somebody saved it since the form was opened.
    """
    row = queries.swot(school.id, first_year, kind.id)
    if row is None:
        if version != 0:
            raise Conflict
        row = Swot(school_id=school.id, first_year=first_year, kind_id=kind.id)
        db.session.add(row)
    elif all(getattr(row, name) == texts[name] for name in FIELDS):
        return row
    else:
        check_version(row, version)
    for name in FIELDS:
        setattr(row, name, texts[name])
    db.session.flush()
    record(actor, "swot:saved", subject=kind.name, school_id=school.id)
    return row
