"""A district's template checked before anything of the site opens it (security.md#s13)."""

from nastav.intake import apart
from nastav.papers import inspection
from nastav.papers.kinds import Kind

CHILD = "nastav.papers.child"


def faults(content: bytes, kind: Kind) -> list[str]:
    """Return what is wrong with a template, a sentence each. To be called outside a transaction."""
    if not content:
        return [inspection.SENTENCES["empty"]]
    if len(content) > inspection.LARGEST:
        return [inspection.SENTENCES["large"]]
    try:
        with apart.turn():
            answer = apart.answer(CHILD, [kind.key], content)
    except apart.Busy:
        return [inspection.SENTENCES["busy"]]
    if reason := answer.get("error"):
        return [inspection.SENTENCES["bomb" if reason == "large" else reason]]
    return [str(sentence) for sentence in answer["faults"]]
