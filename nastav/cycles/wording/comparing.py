"""A pasted appendix beside the school year it is for: what would change, and what cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nastav import ru
from nastav.cycles.wording import appendix
from nastav.cycles.wording.operations import FromAppendix, Wording
from nastav.stages.models import Activity, Stage


@dataclass(frozen=True)
class Change:
    """A text that would change."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Compared:
    """What a pasted table would do to a school year."""

    problems: Sequence[str] = ()  # nothing is taken while there is one
    notes: Sequence[str] = ()
    changes: Sequence[Change] = ()
    stages: Sequence[tuple[Stage, FromAppendix]] = ()


def compare(
    text: str,
    first_year: int,
    stages: Sequence[Stage],
    activities: Mapping[int, Sequence[Activity]],
    *,
    with_dues: bool,
) -> Compared:
    """Return what a pasted table changes in a school year, or why it cannot be taken."""
    found = appendix.read(text) if len(text) <= appendix.MOST else []
    known = [(stage.roman, len(activities.get(stage.id, ()))) for stage in stages]
    if problems := appendix.problems(text, found, known):
        return Compared(problems)
    notes: list[str] = []
    changes: list[Change] = []
    taken: list[tuple[Stage, FromAppendix]] = []
    for stage, pasted in zip(stages, found, strict=True):
        own = activities[stage.id]
        meant = appendix.deadline(pasted.due, first_year)
        if pasted.due and meant.problem:
            due = ru.date_short(stage.due)
            notes.append(
                f"Этап {stage.roman}, «{pasted.due}»: {meant.problem}, срок остаётся {due}."
            )
        day = meant.day if with_dues else None
        texts = {row.id: title for row, title in zip(own, pasted.activities, strict=True)}
        wording = Wording(pasted.title, stage.short, texts)
        taken.append((stage, FromAppendix(wording, pasted.due, day)))
        changes += _changes(stage, own, taken[-1][1])
    return Compared((), notes, changes, taken)


def _changes(stage: Stage, activities: Sequence[Activity], own: FromAppendix) -> list[Change]:
    each = [Change(f"Этап {stage.roman}", stage.title, own.wording.title)]
    each += [
        Change(f"{stage.roman}.{row.ordinal}", row.title, own.wording.activities[row.id])
        for row in activities
    ]
    if own.printed_due:
        each.append(
            Change(f"Этап {stage.roman}, срок в приказе", stage.printed_due, own.printed_due)
        )
    if own.due:
        days = ru.date_short(stage.due), ru.date_short(own.due)
        each.append(Change(f"Этап {stage.roman}, срок", *days))
    return [change for change in each if change.before != change.after]
