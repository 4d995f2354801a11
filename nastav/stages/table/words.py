"""What people write for a status in their own tables; the pages' script reads the same words."""

from nastav import ru
from nastav.stages.models import ActivityStatus

# the first of each is what the site itself says
WORDS = {
    ActivityStatus.NOT_STARTED: ("не начато", "не выполнено", "нет"),
    ActivityStatus.IN_PROGRESS: ("в работе", "выполняется", "частично", "начато"),
    ActivityStatus.DONE: (
        "выполнено",
        "выполнен",
        "выполнена",
        "исполнено",
        "сделано",
        "готово",
        "да",
    ),
    ActivityStatus.NOT_REQUIRED: ("не требуется", "не нужно", "не предусмотрено"),
}
_STATUS = {ru.search_key(word): status for status, words in WORDS.items() for word in words}


def status_of(text: str) -> ActivityStatus | None:
    """Return the status a word means, or None."""
    return _STATUS.get(ru.search_key(text))
