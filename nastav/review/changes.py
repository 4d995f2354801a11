"""What a school changed in a stage since the coordinator last had it: field by field. Pure, no database."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastav.stages.models import Step
from nastav.stages.records import StageSheet

FIELDS = ("status", "done_on", "responsible", "comment", "reason")
DOCUMENTS = "documents"  # said as what was added and what was taken away
_DECIDED = (Step.RETURNED, Step.REOPENED)
Values = Mapping[str, Any]  # an activity, as `sending.operations.snapshot` has it


@dataclass(frozen=True)
class Change:
    """A field of an activity that is not as it was: both values as the snapshot has them."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Since:
    """What differs from an earlier sending, by the activity's number; the unchanged are not in it."""

    day: date  # of the decision, or of the sending where none followed
    decision: Step | None  # the return or the reopening after it, if any
    changed: Mapping[int, tuple[Change, ...]]
    remarked: frozenset[int]  # the activities that the decision had a remark on

    def of(self, ordinal: int) -> tuple[Change, ...]:
        """Return the changes of an activity."""
        return self.changed.get(ordinal, ())

    def was_asked(self, ordinal: int) -> bool:
        """Tell whether the coordinator had a remark on an activity."""
        return ordinal in self.remarked

    @property
    def unasked(self) -> list[int]:
        """Return the numbers of the activities changed without a remark."""
        return [ordinal for ordinal in self.changed if ordinal not in self.remarked]

    @property
    def asked(self) -> list[int]:
        """Return the numbers of the activities changed where a remark stood."""
        return [ordinal for ordinal in self.changed if ordinal in self.remarked]


@dataclass(frozen=True)
class Sent:
    """A sending with what the school sent, and the decision that followed it, if any."""

    day: date
    activities: Sequence[Values]
    decision: Step | None = None
    decided_on: date | None = None


def since(sent: Sent, sheet: StageSheet, now: Sequence[Values]) -> Since:
    """Return what differs between an earlier sending and the stage as it stands.

    Args:
        sent: the earlier sending.
        sheet: the stage, for its open remarks.
        now: its activities, as a snapshot has them.
    """
    before = {values["ordinal"]: values for values in sent.activities}
    found = {
        values["ordinal"]: changes
        for values in now
        if (changes := _changes(before.get(values["ordinal"], {}), values))
    }
    is_decided = sent.decision in _DECIDED
    return Since(
        day=(sent.decided_on if is_decided else None) or sent.day,
        decision=sent.decision if is_decided else None,
        changed=found,
        remarked=frozenset(row.ordinal for row in sheet.activities if row.remarks),
    )


def _changes(old: Values, new: Values) -> tuple[Change, ...]:
    fields = [
        Change(name, old.get(name), new.get(name))
        for name in FIELDS
        if (old.get(name) or None) != (new.get(name) or None)
    ]
    was, has = Counter(old.get(DOCUMENTS) or ()), Counter(new.get(DOCUMENTS) or ())
    if was != has:
        gone, added = sorted((was - has).elements()), sorted((has - was).elements())
        fields.append(Change(DOCUMENTS, gone, added))
    return tuple(fields)
