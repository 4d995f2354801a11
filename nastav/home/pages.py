"""What the templates of the start page ask for beside its data."""

from collections.abc import Iterable
from typing import Final

from nastav.access import may
from nastav.home.tasks import Action
from nastav.stages.models import Step

# decision → what is said of it since the last visit, and its icon
NEWS: Final = {
    Step.ACCEPTED: ("принят", "accepted"),
    Step.RETURNED: ("возвращён", "returned"),
    Step.REOPENED: ("открыт заново", "returned"),
    Step.REOPENING_DECLINED: ("не открыт по просьбе", "accepted"),
}


def first_offered(actions: Iterable[Action]) -> Action | None:
    """Return the first of a task's actions that the person signed in may take, or None."""
    return next((action for action in actions if may(action.needs)), None)
