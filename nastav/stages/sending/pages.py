"""The self-check of a stage with what is said of it as a whole: the school's and the reviewer's."""

from flask import g

from nastav import dates
from nastav.stages.facts import beside_of_each
from nastav.stages.pages import StagePage
from nastav.stages.sending.check import SelfCheck, check


def checked(page: StagePage) -> SelfCheck:
    """Return all that is said of the stage before it is sent, as the records stand now."""
    (beside,) = beside_of_each([page.sheet], g.cycle)
    return check(page, today=dates.today(), beside=beside)
