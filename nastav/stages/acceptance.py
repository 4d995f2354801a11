"""What the acceptance of a stage rested on, and what of it is otherwise now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from nastav.district.models import Cycle
from nastav.facts.kept import queries, rules
from nastav.facts.kept.rules import Comparison
from nastav.stages.history.queries import acceptance
from nastav.stages.models import StageState
from nastav.stages.pages import StagePage
from nastav.stages.records import StageSheet


@dataclass(frozen=True)
class Accepted:
    """An accepted stage beside what its acceptance rested on."""

    day: date
    comparison: Comparison


def numbers(sheet: StageSheet, cycle: Cycle) -> rules.Numbers:
    """Return the register numbers behind the figures of a stage, as they stand."""
    keys = [row.counts for row in sheet.activities if row.counts]
    return queries.of_school(sheet.school_id, cycle.first_year, keys)


def accepted(page: StagePage, cycle: Cycle) -> Accepted | None:
    """Return what an accepted stage rested on, then and now; None where it was not kept."""
    if page.sheet.state is not StageState.ACCEPTED:
        return None
    step = acceptance(page.sheet.row_id)
    if step is None or not step.counted or "behind" not in step.counted:
        return None
    found = rules.compare(step.counted, page.said, numbers(page.sheet, cycle))
    return Accepted(step.day, found) if found else None


def to_keep(page: StagePage, cycle: Cycle, rules_number: int) -> dict[str, Any]:
    """Return what is kept with an acceptance: the facts of the page and the numbers behind them."""
    return rules.kept(rules_number, page.said, numbers(page.sheet, cycle))
