"""What happened once between a school and the coordinator: late, undone, asked for, declined, moved."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from sqlalchemy import select

from nastav import dates
from nastav.cycles import operations as cycles
from nastav.db import db
from nastav.demo.calendar import workday, workday_before
from nastav.demo.district import Scene
from nastav.demo.life import Life
from nastav.district import queries as districts
from nastav.district.models import Cycle
from nastav.review import operations as review
from nastav.stages import queries
from nastav.stages.activities.operations import Values, save_activity
from nastav.stages.models import ActivityStatus, SchoolStage, Stage, StageState
from nastav.stages.records import StageSheet
from nastav.stages.sending import operations as sending

MISSING = "Не указано, кто отвечает за мероприятие; у протокола нет даты."
ASKED = "В приказе исправили дату, документ стал другим."
DECLINED = "Срок приёма прошёл; исправленный приказ можно показать на следующем этапе."
REOPENED = "Открыто по просьбе школы: в приказе меняется дата."
MENDED = "Ответственный указан, дата протокола исправлена."
MENDED_BY = "заместитель директора"
MOVED = "районный семинар кураторов перенесён"
Place = tuple[Life, SchoolStage, Stage]
DAY = timedelta(days=1)


def tell(scene: Scene) -> None:
    """Let it happen, as far as the stages have come; each place has one story."""
    places = list(_places(scene))
    stories: tuple[tuple[StageState, Callable[[Scene, Place], None]], ...] = (
        (StageState.SUBMITTED, _return_overdue),
        (StageState.ACCEPTED, _ask),
        (StageState.ACCEPTED, _decline),
        (StageState.ACCEPTED, _reopen),
        (StageState.SUBMITTED, _undo),
        (StageState.SUBMITTED, _withdraw),
        (StageState.SUBMITTED, _mend),
    )
    for state, story in stories:
        found = next((place for place in places if place[1].state is state), None)
        if found:
            places = [place for place in places if place[0] is not found[0]] or places
            story(scene, found)
    _extend(scene)


def _places(scene: Scene) -> Iterator[Place]:
    """Yield the stages of the present school year that were sent and not touched for three days."""
    cycle = _cycle(scene)
    lives = {live.registers.school.id: live for live in scene.lives}
    rows = (
        select(SchoolStage, Stage)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .where(Stage.cycle_id == cycle.id, SchoolStage.school_id.in_(lives))
        .order_by(Stage.ordinal.desc(), SchoolStage.school_id)
    )
    for row, stage in db.session.execute(rows):
        if row.submitted_at and row.submitted_at.date() < scene.last:
            yield lives[row.school_id], row, stage


def _cycle(scene: Scene) -> Cycle:
    found = districts.current_cycle(scene.district.id, dates.today())
    if found is None:
        raise LookupError("a district without a school year")
    return found


def _day(scene: Scene, ago: int, place: Place | None = None) -> date:
    """Return a day of work so many days ago, not before what was done last about a stage."""
    day = workday_before(scene.last - ago * DAY)
    if place is None:
        return day
    moments = [moment for moment in (place[1].submitted_at, place[1].decided_at) if moment]
    done = max(dates.local(moment).date() for moment in moments)
    return min(max(day, workday(done + DAY)), workday_before(scene.last))


def _return_overdue(scene: Scene, place: Place) -> None:
    """A stage was returned, and the day to mend it by has passed."""
    _, row, stage = place
    day, desk = _day(scene, 8, place), scene.coordinator
    fix_by = min(workday(day + 3 * DAY), scene.last)
    remarks = {
        queries.stages_with_activities(stage.cycle_id)[stage.ordinal - 1].activities[0].id: MISSING
    }
    with desk.stopped(day):
        review.return_stage(
            desk.actor, row, stage, version=row.version, remarks=remarks, fix_by=fix_by
        )


def _ask(scene: Scene, place: Place) -> None:
    """A school asks to open an accepted stage; nobody has answered."""
    life, row, stage = place
    with life.desk.stopped(_day(scene, 2, place)):
        sheet = queries.stage_sheet(row.school_id, stage.cycle_id, stage.ordinal)
        if sheet:
            sending.ask_reopening(life.desk.actor, sheet, ASKED, version=row.version)


def _decline(scene: Scene, place: Place) -> None:
    _, row, stage = place
    _ask(scene, place)
    with scene.coordinator.stopped(workday_before(scene.last)):
        review.decline_reopening(
            scene.coordinator.actor, row, stage, version=row.version, reason=DECLINED
        )


def _reopen(scene: Scene, place: Place) -> None:
    _, row, stage = place
    _ask(scene, place)
    with scene.coordinator.stopped(workday_before(scene.last)):
        review.reopen_stage(
            scene.coordinator.actor,
            row,
            stage,
            version=row.version,
            reason=REOPENED,
            fix_by=workday(scene.last + 6 * DAY),
        )


def _undo(scene: Scene, place: Place) -> None:
    """The coordinator accepted a stage and took the decision back within minutes."""
    _, row, stage = place
    desk, day = scene.coordinator, _day(scene, 1, place)
    with desk.stopped(day):
        step = review.accept_stage(desk.actor, row, stage, version=row.version)
    with desk.stopped(day):
        review.undo_decision(desk.actor, row, stage, step.id)


def _mend(scene: Scene, place: Place) -> None:
    """A stage was returned, the school mended more than it was asked to, and it waits again."""
    life, row, stage = place
    activities = _sheet(row, stage).activities
    first, last = activities[0], activities[-1]
    returned, mended = _day(scene, 4, place), workday_before(scene.last)
    with scene.coordinator.stopped(returned):
        review.return_stage(
            scene.coordinator.actor,
            row,
            stage,
            version=row.version,
            remarks={first.id: MISSING},
            fix_by=workday(mended),
        )
    with life.desk.stopped(mended):
        _rewrite(life, place, first.ordinal, mended, MENDED)
        if last is not first:
            _rewrite(life, place, last.ordinal, mended, None)
        sheet = _sheet(row, stage)
        sending.submit_stage(life.desk.actor, sheet, version=sheet.version)


def _rewrite(life: Life, place: Place, number: int, day: date, answer: str | None) -> None:
    """An activity gets another day and somebody responsible; its proof stays what it was."""
    sheet = _sheet(*place[1:])
    activity = sheet.activities[number - 1]
    values = Values(
        activity.status,
        done_on=activity.done_on and day,
        responsible=MENDED_BY,
        comment=activity.comment,
        reason=activity.reason,
        answer=answer,
    )
    is_proved = int(activity.status is ActivityStatus.DONE)
    actor, version = life.desk.actor, activity.version
    save_activity(actor, sheet, activity, values, version=version, counted=is_proved)


def _sheet(row: SchoolStage, stage: Stage) -> StageSheet:
    sheet = queries.stage_sheet(row.school_id, stage.cycle_id, stage.ordinal)
    if sheet is None:
        raise LookupError("a stage without its sheet")
    return sheet


def _withdraw(scene: Scene, place: Place) -> None:
    """A school took back what it had sent."""
    life, row, stage = place
    with life.desk.stopped(_day(scene, 1, place)):
        sheet = queries.stage_sheet(row.school_id, stage.cycle_id, stage.ordinal)
        if sheet:
            sending.withdraw_stage(life.desk.actor, sheet, version=row.version)


def _extend(scene: Scene) -> None:
    """The stage that fell due last got two days more, for whoever has not sent it."""
    cycle = _cycle(scene)
    past = [
        activity
        for activity in queries.stages_with_activities(cycle.id)
        if activity.due <= scene.last
    ]
    if past:
        stage = max(past, key=lambda stage: (stage.due, stage.ordinal))
        desk, due = scene.coordinator, dates.today() + 2 * DAY
        with desk.stopped(workday_before(scene.last)):
            cycles.move_deadline(
                desk.actor, cycle, stage, due=due, reason=MOVED, version=stage.version
            )
