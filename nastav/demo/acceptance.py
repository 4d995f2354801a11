"""What the acceptances of this school year rested on; in one school somebody of it was struck since."""

from sqlalchemy import select

from nastav import dates
from nastav.db import db
from nastav.demo.calendar import workday_before
from nastav.demo.district import Scene
from nastav.demo.life import Life
from nastav.district import queries as districts
from nastav.district.models import Cycle
from nastav.pairs.models import PairMember
from nastav.people import operations as people
from nastav.people.models import Part, Participation
from nastav.stages import pages
from nastav.stages.acceptance import to_keep
from nastav.stages.history.queries import acceptance
from nastav.stages.models import StageState

MENTEES = "mentees"  # `Activity.counts` of the stage that rests on the register of mentees


def tell(scene: Scene) -> None:
    """Keep the facts with every acceptance of the school year, then let one of them be lost."""
    cycle = districts.current_cycle(scene.district.id, dates.today())
    if cycle is None:
        return
    resting = [life for life in scene.lives if _keep(scene, life, cycle)]
    if resting:
        _strike(scene, resting[0])


def _keep(scene: Scene, life: Life, cycle: Cycle) -> bool:
    """Tell whether an accepted stage of the school rests on its mentees."""
    rests = False
    for page in pages.of_year(life.registers.school.id, cycle):
        step = acceptance(page.sheet.row_id)
        if step is None or page.sheet.state is not StageState.ACCEPTED:
            continue
        step.counted = to_keep(page, cycle, scene.district.rules_number)
        rests = rests or bool(step.counted["behind"].get(MENTEES))
    db.session.flush()
    return rests


def _strike(scene: Scene, life: Life) -> None:
    """A child without a pair turns out to be entered by mistake."""
    day = workday_before(scene.last)
    paired = life.in_bonds(day)
    alone = [each.id for each in life.here(Part.MENTEE, day) if each.id not in paired]
    rows = select(Participation).where(
        Participation.school_id == life.registers.school.id,
        Participation.part == Part.MENTEE,
        Participation.person_id.in_(alone),
        Participation.person_id.not_in(select(PairMember.person_id)),
        Participation.is_mistake.is_(False),
    )
    line = db.session.scalars(rows.order_by(Participation.id)).first()
    if line:
        with life.desk.stopped(day):
            people.mark_mistake(life.desk.actor, line, is_mistake=True, version=line.version)
