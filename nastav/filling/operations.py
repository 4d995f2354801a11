"""Saving several activities of a stage at once: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from nastav.access import Actor
from nastav.stages.activities.operations import Details, Values, save_activity
from nastav.stages.records import ActivityRow, StageSheet


@dataclass(frozen=True)
class RowChange:
    """What a row of the table changes of an activity."""

    activity: ActivityRow
    values: Values
    version: int  # of the row the form was made from; 0 where there was none
    counted: int  # what the site itself counts for the activity
    documents: Sequence[Details]


def save_table(actor: Actor, sheet: StageSheet, changes: Sequence[RowChange]) -> None:
    """Save each changed row by the rules of a single one.

    Raises: as `save_activity`; the caller's unit of work then saves nothing at all.
    """
    for change in changes:
        save_activity(
            actor,
            sheet,
            change.activity,
            change.values,
            version=change.version,
            counted=change.counted,
            documents=change.documents,
        )
