"""«Отметить выполненным»: an activity that its proof bears out is declared by one press, and taken back."""

from datetime import date

from nastav import dates, ru
from nastav.access import Actor
from nastav.db import Conflict
from nastav.stages.activities.operations import Values, save_activity
from nastav.stages.models import ActivityStatus
from nastav.stages.records import ActivityRow, StageSheet


def declare(
    actor: Actor,
    sheet: StageSheet,
    activity: ActivityRow,
    *,
    version: int,
    counted: int,
    on: date | None = None,
) -> None:
    """Declare an activity done, today or on a day; who is responsible already stays so, else who pressed.

    The caller has seen that the activity may be declared.

    Raises: as `save_activity`.
    """
    values = Values(
        status=ActivityStatus.DONE,
        done_on=on or dates.today(),
        responsible=activity.responsible or _short_name(actor),
        comment=activity.comment,
        reason=activity.reason,
    )
    was = {
        "status": activity.status.value,
        "done_on": activity.done_on.isoformat() if activity.done_on else None,
        "responsible": activity.responsible,
    }
    save_activity(actor, sheet, activity, values, version=version, counted=counted, was=was)


def take_back(actor: Actor, sheet: StageSheet, activity: ActivityRow, *, version: int) -> None:
    """Make an activity what it was before it was declared by one press.

    Raises:
        Conflict: it was saved since.
        Locked: the stage may not be changed now.
    """
    was = activity.before
    if was is None or not activity.is_declared:
        raise Conflict
    day = was["done_on"]
    values = Values(
        status=ActivityStatus(was["status"]),
        done_on=date.fromisoformat(day) if day else None,
        responsible=was["responsible"],
        comment=activity.comment,
        reason=activity.reason,
    )
    save_activity(actor, sheet, activity, values, version=version)


def _short_name(actor: Actor) -> str:
    """Return «Кузнецова О. В.» as it would be typed; of two words nobody knows which is the surname."""
    name = ru.split_full_name(actor.name.partition(" (")[0])
    return ru.short_name(*name).replace(ru.NBSP, " ") if name[2] else actor.name
