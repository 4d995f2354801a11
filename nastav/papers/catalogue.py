"""The set of papers of a school, in the order of the stages they belong to."""

from types import MappingProxyType
from typing import Final

from nastav.papers.early import EARLY
from nastav.papers.late import LATE

KINDS: Final = MappingProxyType({kind.key: kind for kind in (*EARLY, *LATE)})


def proofs_of(activity: str) -> tuple[str, ...]:
    """Return what the papers that prove an activity are called among its documents."""
    proofs = (proof for kind in KINDS.values() for proof in kind.proofs)
    return tuple(proof.kind for proof in proofs if proof.activity == activity)
