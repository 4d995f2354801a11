"""Drawing pairs by lot, and marking what their papers say."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import NotNow, check_version, db
from nastav.samples import queries, rules
from nastav.samples.models import Sample, SampleItem, Verdict

ALL_DRAWN = "Вытягивать больше нечего: все пары и группы школы уже в выборке."


@dataclass(frozen=True)
class Mark:
    """What was found of a pair; None where nobody looked yet."""

    verdict: Verdict | None
    difference: str = ""


def draw(actor: Actor, school_id: int, first_year: int, on: date) -> list[SampleItem]:
    """Draw the next pairs of a school's lot; the first drawing of a school year makes its seed.

    Raises:
        NotNow: every pair that stands on the day is drawn already.
    """
    sample = queries.sample(school_id, first_year)
    already = {item.pair_id for item in queries.items(sample.id)} if sample else set()
    pairs = queries.drawable(school_id, on)
    if all(pair.pair_id in already for pair in pairs):
        raise NotNow(ALL_DRAWN)
    if sample is None:
        sample = Sample(school_id=school_id, first_year=first_year, seed=secrets.token_hex(16))
        db.session.add(sample)
        db.session.flush()
    found = [
        SampleItem(
            sample_id=sample.id,
            pair_id=pair.pair_id,
            number=rules.number_of(sample.seed, pair),
            drawn_on=on,
            drawn_of=len(pairs),
            papers=pair.papers,
        )
        for pair in rules.drawn(sample.seed, pairs, already)
    ]
    db.session.add_all(found)
    db.session.flush()
    record(actor, "sample:drawn", subject=f"{len(found)} из {len(pairs)}", school_id=school_id)
    return found


def mark(
    actor: Actor, sample: Sample, marks: Mapping[int, Mark], *, version: int, on: date
) -> None:
    """Keep what was found, by item; what is said as it was keeps its day.

    Raises:
        Conflict: the marks were saved by somebody since the page was opened.
    """
    check_version(sample, version)
    changed = 0
    for item in queries.items(sample.id):
        found = marks.get(item.id)
        if found is None or (found.verdict, found.difference) == (item.verdict, item.difference):
            continue
        item.verdict, item.difference = found.verdict, found.difference
        item.marked_on = on if found.verdict else None
        changed += 1
    if changed:
        flag_modified(sample, "seed")  # its version rises: a page opened before is old now
        record(actor, "sample:marked", subject=str(changed), school_id=sample.school_id)
    db.session.flush()
