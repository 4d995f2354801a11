"""Making draft pairs of what was chosen among the suggestions."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from nastav.access import Actor
from nastav.district.kinds.models import PairKind
from nastav.pairs import operations as pairs
from nastav.pairs.fitting import proposed
from nastav.pairs.models import Pair, PairState
from nastav.people.models import Kind


def kind_for(mentor: Kind, mentee: Kind, kinds: list[PairKind], wanted: frozenset[int]) -> int:
    """Return the form of mentoring a draft begins with; the curator may change it.

    One the mentor agrees to comes first, then one whose name says who leads whom, then any.
    """
    allowed = [kind for kind in kinds if not wanted or kind.id in wanted] or kinds
    return (proposed(allowed, [mentor], [mentee]) or allowed[0]).id


def draft_pairs(
    actor: Actor, school_id: int, chosen: Mapping[int, int], kinds: Mapping[int, int], started: date
) -> list[Pair]:
    """Make a draft pair or group for each mentor chosen; drafts count nowhere.

    Args:
        actor: who does it.
        school_id: the school.
        chosen: mentee's id → mentor's id.
        kinds: mentor's id → form of mentoring.
        started: the day the drafts are to begin.

    Raises:
        NotAllowed: somebody is not in the register on that day.
    """
    groups = defaultdict(list)
    for mentee_id, mentor_id in chosen.items():
        groups[mentor_id].append(mentee_id)
    return [
        pairs.create_pair(
            actor,
            school_id,
            pairs.NewPair(
                kind_id=kinds[mentor_id],
                started=started,
                mentor_id=mentor_id,
                mentee_ids=tuple(mentee_ids),
                state=PairState.DRAFT,
            ),
        )
        for mentor_id, mentee_ids in groups.items()
    ]
