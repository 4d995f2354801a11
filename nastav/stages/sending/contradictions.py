"""What the registers say against a stage that is declared done: remarks, they never stop the sending.

Counted as of today, each in a sentence; the place to mend it is a page of the school's own.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from sqlalchemy import func, select

from nastav import dates, ru
from nastav.consents import queries as consents
from nastav.db import db
from nastav.district.models import School
from nastav.gatherings.training import queries as training
from nastav.matching import queries as matching
from nastav.meetings import queries as meetings
from nastav.mentors.profiles import queries as profiles
from nastav.pairs.models import Pair, PairMember, PairState
from nastav.people import queries as people
from nastav.people.models import Part
from nastav.stages.records import StageSheet

MENTEES = ("наставляемого", "наставляемых", "наставляемых")
MENTORS = ("наставника", "наставников", "наставников")


def contradictions(sheet: StageSheet, school: School, first_year: int, today: date) -> list[str]:
    """Return what the school's own records say against this stage, a sentence each."""
    look = _LOOKS.get(sheet.head.key)
    first, last = dates.cycle_bounds(first_year)
    # of another school year the registers of today say nothing
    found = look(school, first_year, today) if look and first <= today <= last else []
    is_done = 0 < sheet.done == sheet.total - sheet.not_required
    if not is_done:
        return [f"{text[:1].upper()}{text[1:]}." for text in found]
    return [f"Этап {sheet.head.roman} отмечен выполненным, но {text}." for text in found]


def _without_consent(
    school: School, part: Part, words: tuple[str, str, str], on: date
) -> list[str]:
    missing = sum(one.who.part is part for one in consents.missing(school, on))
    return [f"нет согласия у {ru.counted(missing, *words)}"] if missing else []


def _mentee_base(school: School, _first_year: int, today: date) -> list[str]:
    return _without_consent(school, Part.MENTEE, MENTEES, today)


def _mentor_base(school: School, first_year: int, today: date) -> list[str]:
    found = _without_consent(school, Part.MENTOR, MENTORS, today)
    described = profiles.profiles(school.id)
    bare = _mentors(school.id, first_year, today) - described.keys()
    if bare:
        found.append(f"анкета не заполнена у {ru.counted(len(bare), *MENTORS)}")
    return found


def _training(school: School, _first_year: int, today: date) -> list[str]:
    untrained = _leading(school.id) - training.trained(school.id, today).keys()
    return [f"из тех, кто ведёт пары, не обучены: {ru.number(len(untrained))}"] if untrained else []


def _pairs(school: School, first_year: int, today: date) -> list[str]:
    found = []
    alone = matching.mentees_without_pair(school.id, today)
    if alone:
        found.append(f"{ru.counted(alone, 'наставляемый', *MENTEES[1:])} без пары")
    drafts = _in_state(school.id, first_year, PairState.DRAFT)
    if drafts:
        found.append(f"черновиков пар: {ru.number(drafts)}, они нигде не считаются")
    return found


def _pair_work(school: School, _first_year: int, today: date) -> list[str]:
    silent = meetings.silent_pairs(school.id, today)
    return [f"пар и групп, которые давно не встречались: {ru.number(silent)}"] if silent else []


def _completion(school: School, first_year: int, _today: date) -> list[str]:
    states = (PairState.ACTIVE, PairState.PAUSED)
    still = sum(_in_state(school.id, first_year, one) for one in states)
    return [f"пар и групп, которые ещё не завершены: {ru.number(still)}"] if still else []


Look = Callable[[School, int, date], list[str]]
# the stable key of a stage → who looks
_LOOKS: Final[dict[str, Look]] = {
    "mentee_base": _mentee_base,
    "mentor_base": _mentor_base,
    "training": _training,
    "pairs": _pairs,
    "pair_work": _pair_work,
    "completion": _completion,
}


def _mentors(school_id: int, first_year: int, on: date) -> set[int]:
    rows = people.register(school_id, Part.MENTOR, first_year=first_year)
    return {one.person_id for one in rows if one.is_on(on)}


def _leading(school_id: int) -> set[int]:
    """Who leads a pair or group that goes on."""
    rows = (
        select(PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            Pair.school_id == school_id,
            Pair.state.in_((PairState.ACTIVE, PairState.PAUSED)),
            PairMember.part == Part.MENTOR,
            PairMember.left.is_(None),
        )
    )
    return set(db.session.scalars(rows))


def _in_state(school_id: int, first_year: int, state: PairState) -> int:
    """How many pairs and groups are in a state and begin no later than the school year ends."""
    last = dates.cycle_bounds(first_year)[1]
    rows = select(func.count()).where(
        Pair.school_id == school_id, Pair.state == state, Pair.started <= last
    )
    return db.session.scalar(rows) or 0
