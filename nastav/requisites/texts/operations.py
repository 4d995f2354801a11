"""Changing the texts that a school writes for its papers; the journal has none of them."""

from collections.abc import Mapping

from nastav import terms
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, check_version, db
from nastav.district.models import School
from nastav.requisites.texts import queries
from nastav.requisites.texts.models import SchoolTexts


def save(
    actor: Actor, school: School, first_year: int, texts: Mapping[str, str], *, version: int
) -> None:
    """Save the texts of a school year; saving the same again does nothing.

    Args:
        actor: who saves.
        school: whose texts.
        first_year: of the school year.
        texts: each by its name, of `queries.NAMES`.
        version: of the row the form was made from; 0 where there was none.

    Raises:
        Conflict: they were saved by somebody since the form was opened.
    """
    row = queries.of_year(school.id, first_year)
    known = queries.values(row)
    changed = [name for name in queries.NAMES if texts[name] != known[name]]
    if not changed:
        return
    if row is not None:
        check_version(row, version)
    elif version != 0:
        raise Conflict
    else:
        row = SchoolTexts(school_id=school.id, first_year=first_year)
        db.session.add(row)
    for name in changed:
        setattr(row, name, texts[name])
    db.session.flush()
    said = ", ".join(terms.inside(terms.SCHOOL_TEXTS[name]) for name in changed)
    record(actor, "school_texts:saved", subject=said, school_id=school.id)
