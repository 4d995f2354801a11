"""Changing the words of a school year's stages; keys, and so what the site counts, stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy.orm.attributes import flag_modified

from nastav import ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.cycles.operations import move_deadline
from nastav.cycles.wording import queries
from nastav.db import check_version, db
from nastav.district.models import Cycle
from nastav.stages.models import Activity, Stage


class Begun(ValueError):
    """A school has begun the stage: its activities may be reworded, not added or removed."""


@dataclass(frozen=True)
class Wording:
    """How a stage is worded: the texts of its activities by id, the ones to remove, a new one."""

    title: str
    short: str
    activities: Mapping[int, str]
    removed: frozenset[int] = frozenset()
    added: str = ""


@dataclass(frozen=True)
class _Pen:
    """Who rewords what, and why: what every entry of the journal says."""

    actor: Actor
    cycle: Cycle
    stage: Stage
    reason: str

    def note(
        self, event: str, activity: int | None, **changes: tuple[str | None, str | None]
    ) -> None:
        subject = f"{ru.school_year(self.cycle.first_year)}, этап {self.stage.roman}"
        record(
            self.actor,
            event,
            subject=f"{subject}, мероприятие {activity}" if activity else subject,
            district_id=self.cycle.district_id,
            changes={**changes, "reason": (None, self.reason)},
        )


def reword_stage(
    actor: Actor, cycle: Cycle, stage: Stage, wording: Wording, *, version: int, reason: str
) -> bool:
    """Give a stage of one school year other words; False where they already were so.

    Other school years keep theirs. An activity is added or removed only while no school has begun
    the stage: later it would change what was sent or accepted.

    Raises:
        Begun: an activity is to be added or removed in a stage that a school has begun.
        Conflict: the wording was saved by somebody since the form was opened.
    """
    rows = queries.activities(stage.id)
    added = "" if wording.added in {row.title for row in rows} else wording.added
    removed = [row for row in rows if row.id in wording.removed]
    reworded = [
        row
        for row in rows
        if row not in removed and wording.activities.get(row.id, row.title) != row.title
    ]
    is_renamed = (stage.title, stage.short) != (wording.title, wording.short)
    if not (added or removed or reworded or is_renamed):
        return False
    check_version(stage, version)
    if (added or removed) and queries.schools_at_work(stage.id):
        raise Begun
    pen = _Pen(actor, cycle, stage, reason)
    if is_renamed:
        _rename(pen, wording)
    for activity in reworded:
        text = wording.activities[activity.id]
        pen.note("activity:reworded", activity.ordinal, title=(activity.title, text))
        activity.title = text
    _remove(pen, removed)
    if added:
        _add(pen, added)
    flag_modified(stage, "title")  # its version stands for the words of the activities too
    db.session.flush()
    return True


@dataclass(frozen=True)
class FromAppendix:
    """What appendix 2 says of a stage: its words, the deadline's, and the day to move it to."""

    wording: Wording
    printed_due: str
    due: date | None  # None: the deadline stays


def take_appendix(
    actor: Actor,
    cycle: Cycle,
    stages: Sequence[tuple[Stage, FromAppendix]],
    *,
    versions: Sequence[int],
    reason: str,
) -> bool:
    """Word a whole school year as an appendix does, all stages or none; False where nothing changes.

    Raises:
        Conflict: a stage was saved by somebody since the page was opened.
    """
    for (stage, _), version in zip(stages, versions, strict=True):
        check_version(stage, version)
    changed = [_take(actor, cycle, stage, own, reason) for stage, own in stages]
    return any(changed)


def _take(actor: Actor, cycle: Cycle, stage: Stage, own: FromAppendix, reason: str) -> bool:
    version = stage.version
    reworded = reword_stage(actor, cycle, stage, own.wording, version=version, reason=reason)
    is_printed = bool(own.printed_due) and own.printed_due != stage.printed_due
    if is_printed:
        change = (stage.printed_due, own.printed_due)
        _Pen(actor, cycle, stage, reason).note("stage:reworded", None, printed_due=change)
        stage.printed_due = own.printed_due
        db.session.flush()
    moved = own.due is not None and own.due != stage.due
    if own.due is not None and moved:
        version = stage.version
        move_deadline(actor, cycle, stage, due=own.due, reason=reason, version=version)
    return reworded or is_printed or moved


def _rename(pen: _Pen, wording: Wording) -> None:
    stage = pen.stage
    names = {"title": (stage.title, wording.title), "short": (stage.short, wording.short)}
    changed = {name: pair for name, pair in names.items() if pair[0] != pair[1]}
    pen.note("stage:reworded", None, **changed)
    stage.title, stage.short = wording.title, wording.short


def _remove(pen: _Pen, removed: list[Activity]) -> None:
    for activity in removed:
        pen.note("activity:removed", activity.ordinal, title=(activity.title, None))
        db.session.delete(activity)
    db.session.flush()
    for ordinal, activity in enumerate(queries.activities(pen.stage.id), start=1):
        activity.ordinal = ordinal
        db.session.flush()  # one by one from below: no two ever share a number


def _add(pen: _Pen, title: str) -> None:
    ordinal = len(queries.activities(pen.stage.id)) + 1
    taken = queries.keys(pen.cycle.district_id)
    key = next(key for key in (f"added_{number}" for number in count(1)) if key not in taken)
    db.session.add(Activity(stage_id=pen.stage.id, ordinal=ordinal, key=key, title=title))
    pen.note("activity:added", ordinal, title=(None, title))
