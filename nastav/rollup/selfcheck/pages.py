"""What the page of the district's self-check and its workbook load."""

from collections.abc import Mapping

from nastav import dates
from nastav.district.models import Cycle
from nastav.rollup.selfcheck.rules import Asked, StageCheck
from nastav.stages import queries
from nastav.stages.facts import beside_of_each, facts_of_each
from nastav.stages.models import StageState
from nastav.stages.pages import StagePage
from nastav.stages.sending.check import check


def checks(cycle: Cycle, names: Mapping[int, str], asked: Asked) -> list[StageCheck]:
    """Return the self-check of each stage asked for, as the school's own page says it now.

    Accepted stages are left out: of them the coordinator's word holds. The number of queries is the same
    for any number of schools.

    Args:
        cycle: the school year.
        names: the district's schools in the order's order, id → name.
        asked: which of them, and which stage.
    """
    wanted = [school_id for school_id in names if asked.school in (None, school_id)]
    every = queries.sheets_of_each(wanted, cycle.id, asked.stage)
    sheets = [sheet for sheet in every if sheet.state is not StageState.ACCEPTED]
    today = dates.today()
    found = []
    counted = zip(sheets, facts_of_each(sheets, cycle), beside_of_each(sheets, cycle), strict=True)
    for sheet, facts, beside in counted:
        page = StagePage(sheet, facts.proving, facts.statements)
        said = check(page, today=today, beside=beside)
        found.append(StageCheck(names[sheet.school_id], sheet, said))
    return found
