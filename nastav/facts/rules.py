"""Which kinds of documents an activity expects, by its key in the order. Pure."""

from collections.abc import Iterable

# what is looked for in a document's kind, and how it is called where it is missing
KINDS = {
    "regulations": {"положени": "положения", "приказ": "приказа", "план": "плана мероприятий"},
}


def missing_kinds(key: str, kinds: Iterable[str]) -> list[str]:
    """Return which of the expected kinds none of these documents is, in the genitive."""
    known = " ".join(kinds).casefold()
    return [name for stem, name in KINDS.get(key, {}).items() if stem not in known]
