"""Control by sample: the pairs of two schools were drawn; the papers of one were looked at."""

from datetime import date, timedelta

from nastav import dates
from nastav.db import NotNow, db
from nastav.demo.calendar import workday_before
from nastav.demo.district import Scene
from nastav.demo.life import Life
from nastav.samples import operations, queries
from nastav.samples.models import Sample, Verdict
from nastav.samples.operations import Mark

MISSING = "в журнале пары этой встречи нет"
PLACES = (3, 6)  # schools by their ordinal in the order


def tell(scene: Scene) -> None:
    """Draw in two schools, and look at the papers of the first."""
    day = workday_before(scene.last - timedelta(days=3))
    lives = [life for life in scene.lives if life.ordinal in PLACES]
    drawn = [sample for life in lives if (sample := _draw(scene, life, day))]
    if not drawn:
        return
    sample = drawn[0]
    verdicts = (Verdict.MATCHES, Verdict.MATCHES, Verdict.DIFFERS, Verdict.NOT_SHOWN)
    marks = {
        item.id: Mark(verdict, MISSING if verdict is Verdict.DIFFERS else "")
        for item, verdict in zip(queries.items(sample.id), verdicts, strict=False)
    }
    desk, on = scene.coordinator, workday_before(scene.last)
    with desk.stopped(on):
        operations.mark(desk.actor, sample, marks, version=sample.version, on=on)


def _draw(scene: Scene, life: Life, day: date) -> Sample | None:
    """Draw by a seed that is the same in every demo; None where there is nothing to draw."""
    school_id, first_year = life.registers.school.id, dates.cycle_of(day)
    sample = Sample(school_id=school_id, first_year=first_year, seed=f"demo {life.ordinal}")
    desk = scene.coordinator
    with desk.stopped(day):
        db.session.add(sample)
        db.session.flush()
        try:
            operations.draw(desk.actor, school_id, first_year, day)
        except NotNow:
            db.session.delete(sample)
            return None
    return sample
