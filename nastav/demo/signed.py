"""A report that was kept as signed; a school entered a pair of before its day later."""

from datetime import date, timedelta

from nastav.demo.calendar import workday, workday_before
from nastav.demo.district import Scene
from nastav.demo.forming import BY_KIND
from nastav.demo.life import Life
from nastav.demo.people import pupil
from nastav.pairs import operations as pairs
from nastav.people import operations as people
from nastav.people.models import Kind, Part
from nastav.reports import operations as reports

DAYS = ((12, 1), (9, 1), (6, 1))  # month and day of a report, the latest first
SOON = timedelta(days=1)  # it is kept the day after
LATE = timedelta(days=4)  # when the pair is entered
BEFORE = timedelta(days=14)  # when it began
SCHOOL = 1  # by its ordinal in the order


def tell(scene: Scene) -> None:
    """Keep one report, and let its day count another pair since; too early there is nothing to report."""
    day = _day(scene)
    if day is None:
        return
    desk = scene.coordinator
    with desk.stopped(workday(day + SOON)):
        reports.keep(desk.actor, scene.district, day, "Отчёт начальнику управления")
    life = next(life for life in scene.lives if life.ordinal == SCHOOL)
    _pair_of_before(scene, life, workday(day + LATE), workday_before(day - BEFORE))


def _day(scene: Scene) -> date | None:
    last = scene.last
    days = [date(year, *of) for year in (last.year, last.year - 1) for of in DAYS]
    fits = (day for day in days if scene.begun < day - BEFORE and workday(day + LATE) <= last)
    return next(fits, None)


def _pair_of_before(scene: Scene, life: Life, entered: date, began: date) -> None:
    school = life.registers.school
    with life.desk.stopped(entered):
        ids = [
            people.add_person(
                life.desk.actor, school, part, pupil(scene.names.next(), began, grade, letter="В")
            ).person_id
            for part, grade in ((Part.MENTOR, 10), (Part.MENTEE, 6))
        ]
        form = life.kinds[BY_KIND[Kind.PUPIL]]
        new = pairs.NewPair(kind_id=form, started=began, mentor_id=ids[0], mentee_ids=(ids[1],))
        pairs.create_pair(life.desk.actor, school.id, new)
