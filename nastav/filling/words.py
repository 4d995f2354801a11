"""What people write for a status in their own tables; the pages' script reads the same words."""

from nastav import ru, terms
from nastav.stages.models import ActivityStatus

_MORE = {
    ActivityStatus.NOT_STARTED: ("не выполнено", "нет"),
    ActivityStatus.IN_PROGRESS: ("выполняется", "частично", "начато"),
    ActivityStatus.DONE: (
        "выполнен",
        "выполнена",
        "исполнено",
        "сделано",
        "готово",
        "да",
    ),
    ActivityStatus.NOT_REQUIRED: ("не нужно", "не предусмотрено"),
}
# the first of each is what the site itself says
WORDS = {status: (terms.ACTIVITY_STATES[status], *more) for status, more in _MORE.items()}
_STATUS = {ru.search_key(word): status for status, words in WORDS.items() for word in words}


def status_of(text: str) -> ActivityStatus | None:
    """Return the status a word means, or None."""
    return _STATUS.get(ru.search_key(text))
