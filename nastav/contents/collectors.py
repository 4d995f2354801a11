"""Which function collects what a paper holds, by the key of its kind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from nastav.contents import (
    activities,
    agreements,
    answers,
    award,
    bases,
    blanks,
    changes,
    criteria,
    diploma,
    final,
    meeting1,
    note,
    orders,
    pairs,
    plans,
    programme,
    rewards,
    support,
    team,
    training,
)
from nastav.contents.scope import Content, Scope

COLLECT: Final[Mapping[str, Callable[[Scope], Content]]] = MappingProxyType(
    {
        "start": orders.collect,
        "rules": orders.collect,
        "plan": activities.plan,
        "programme": programme.collect,
        "roadmap": activities.roadmap,
        "meeting1": meeting1.collect,
        "team": team.collect,
        "consents": agreements.children,
        "taking_part": agreements.children,
        "mentor_consents": agreements.adults,
        "forms": blanks.collect,
        "mentees": bases.mentees,
        "mentors": bases.mentors,
        "criteria": criteria.collect,
        "training": training.collect,
        "pairs": pairs.collect,
        "changes": changes.collect,
        "plans": plans.collect,
        "support": support.collect,
        "answers": answers.collect,
        "rewards": rewards.collect,
        "final": final.collect,
        "note": note.collect,
        "award": award.collect,
        "diploma": diploma.collect,
    }
)
