"""Keeping what the order says at each of its points."""

from collections.abc import Mapping

from sqlalchemy.orm.attributes import flag_modified

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district import queries
from nastav.district.models import District, OrderPoint


def keep_words(actor: Actor, district: District, words: Mapping[str, str], *, version: int) -> bool:
    """Keep the order's own words of these points; a point left out goes back to its short ones.

    Return False where they already were so.

    Raises:
        Conflict: the district was saved by somebody since the form was opened.
    """
    known = {point.ref: point for point in queries.order_points(district.id)}
    before = {ref: point.text for ref, point in known.items() if point.text}
    if before == dict(words):
        return False
    check_version(district, version)
    for ref in words.keys() - known.keys():
        known[ref] = OrderPoint(district_id=district.id, ref=ref)
        db.session.add(known[ref])
    for ref, point in known.items():
        point.text = words.get(ref, "")
    flag_modified(district, "order_number")  # its version stands for the words too
    db.session.flush()
    changed = sorted(ref for ref in {*before, *words} if before.get(ref) != words.get(ref))
    record(
        actor,
        "order:worded",
        subject=f"№ {district.order_number}, пункты {ru.list_and(changed)}",
        district_id=district.id,
    )
    return True
