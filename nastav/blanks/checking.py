"""A district's template checked before anything of the site opens it (security.md#s13)."""

from nastav.intake import apart
from nastav.papers.inspection import LARGEST, SENTENCES
from nastav.papers.kinds import Kind

CHILD = "nastav.papers.child"


def faults(content: bytes, kind: Kind) -> list[str]:
    """Return what is wrong with a template, a sentence each. To be called outside a transaction."""
    if not content:
        return [SENTENCES["empty"]]
    if len(content) > LARGEST:
        return [SENTENCES["large"]]
    try:
        with apart.turn():
            answer = apart.answer(CHILD, [kind.key], content)
    except apart.Busy:
        return [SENTENCES["busy"]]
    if reason := answer.get("error"):
        return [SENTENCES["bomb" if reason == "large" else reason]]
    return [str(sentence) for sentence in answer["faults"]]
