"""What the registers say against a stage that is declared done: remarks, they never stop the sending.

Counted as of today, each in a sentence; the place to mend it is a page of the school's own.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from sqlalchemy import func, select

from nastav import dates, ru
from nastav.coverage import lacking
from nastav.db import db
from nastav.district.models import School
from nastav.pairs.models import Pair, PairState
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


def _mentee_base(school: School, _first_year: int, today: date) -> list[str]:
    missing = lacking.count_without_consent(school, Part.MENTEE, today)
    return [f"нет согласия у {ru.counted(missing, *MENTEES)}"] if missing else []


def _mentor_base(school: School, _first_year: int, today: date) -> list[str]:
    missing = lacking.count_without_consent(school, Part.MENTOR, today)
    found = [f"нет согласия у {ru.counted(missing, *MENTORS)}"] if missing else []
    bare = lacking.count_without_profile(school.id, today)
    if bare:
        found.append(f"анкета не заполнена у {ru.counted(bare, *MENTORS)}")
    return found


def _training(school: School, _first_year: int, today: date) -> list[str]:
    untrained = lacking.count_without_training(school.id, today)
    return [f"из тех, кто ведёт пары, не обучены: {ru.number(untrained)}"] if untrained else []


def _pairs(school: School, first_year: int, today: date) -> list[str]:
    found = []
    alone = lacking.count_without_pair(school.id, Part.MENTEE, today)
    if alone:
        found.append(f"{ru.counted(alone, 'наставляемый', *MENTEES[1:])} без пары")
    drafts = _in_state(school.id, first_year, PairState.DRAFT)
    if drafts:
        found.append(f"черновиков пар: {ru.number(drafts)}, они нигде не считаются")
    return found


def _pair_work(school: School, _first_year: int, today: date) -> list[str]:
    silent = lacking.count_silent(school.id, today)
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


def _in_state(school_id: int, first_year: int, state: PairState) -> int:
    """How many pairs and groups are in a state and begin no later than the school year ends."""
    last = dates.cycle_bounds(first_year)[1]
    rows = select(func.count()).where(
        Pair.school_id == school_id, Pair.state == state, Pair.started <= last
    )
    return db.session.scalar(rows) or 0
