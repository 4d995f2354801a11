"""Что изменилось: the steps of a district's stages since somebody last came, or in the last days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select

from nastav import dates, ru
from nastav.audit.models import AuditEntry
from nastav.db import db
from nastav.district.models import School
from nastav.stages.models import SchoolStage, Stage, Step, Transition

NAMED = 3  # kinds of steps beside a heading
MOST = 300  # steps on a page
SAME_VISIT = timedelta(minutes=1)  # between the entry of a sign-in and its row
# step → in sum («отправлено 6»), of one stage
WORDS: Final = {
    Step.SUBMITTED: ("отправлено", "отправлен на проверку"),
    Step.ACCEPTED: ("принято", "принят"),
    Step.RETURNED: ("возвращено", "возвращён на доработку"),
    Step.WITHDRAWN: ("отозвано", "отозван с проверки"),
    Step.REOPENING_ASKED: ("просьб открыть", "школа просит открыть"),
    Step.REOPENING_DECLINED: ("отказов открыть", "просьба открыть отклонена"),
    Step.REOPENED: ("открыто заново", "открыт заново"),
    Step.STARTED: ("начато", "начат"),
}


class Change(NamedTuple):
    """A step of a school's stage; what was taken back is none."""

    school_id: int
    school: str
    ordinal: int
    roman: str
    step: Step
    at: datetime
    actor: str

    @property
    def words(self) -> str:
        """Return what was done with the stage."""
        return WORDS[self.step][1]


@dataclass(frozen=True)
class Since:
    """What changed in a school year since a moment: «отправлено 6, принято 2»."""

    at: datetime
    counts: Sequence[tuple[Step, int]]

    @property
    def sentence(self) -> str:
        """Return the counts in words, «ничего» where there are none."""
        said = [f"{WORDS[step][0]} {ru.number(count)}" for step, count in self.counts]
        return ", ".join(said) or "ничего"

    @property
    def brief(self) -> str:
        """Return the counts that fit beside a heading: of three kinds, the rest as one number."""
        rest = sum(count for _, count in self.counts[NAMED:])
        said = Since(self.at, self.counts[:NAMED]).sentence
        return f"{said} и ещё {ru.number(rest)}" if rest else said

    @property
    def when(self) -> str:
        """Return «27.11 в 16:05», of another year «27.11.2025 в 16:05»."""
        there = dates.local(self.at)
        day = ru.date_short(there)
        is_this_year = there.year == dates.real_today().year
        return f"{day[:5] if is_this_year else day} в {there:%H:%M}"


def previous_visit(user_id: int, signed_in: datetime) -> datetime | None:
    """Return when somebody signed in before this time, by the journal; None at the first."""
    rows = select(func.max(AuditEntry.at)).where(
        AuditEntry.actor_id == user_id,
        AuditEntry.event == "sign_in:opened",
        AuditEntry.at < signed_in - SAME_VISIT,
    )
    return db.session.scalar(rows)


def counted_since(district_id: int, cycle_id: int, at: datetime) -> Since:
    """Return how many steps of which kind were taken since a moment."""
    rows = select(Transition.step, func.count())
    found = _taken(rows, district_id, cycle_id, at).group_by(Transition.step)
    taken: dict[Step, int] = dict(map(tuple, db.session.execute(found)))
    return Since(at, [(step, taken[step]) for step in WORDS if step in taken])


def since(district_id: int, cycle_id: int, at: datetime) -> list[Change]:
    """Return the steps since a moment, the newest first, one more than a page holds if there are more."""
    columns = (
        School.id,
        School.name,
        Stage.ordinal,
        Stage.roman,
        Transition.step,
        Transition.at,
        Transition.actor_name,
    )
    latest = (Transition.at.desc(), Transition.id.desc())
    rows = _taken(select(*columns), district_id, cycle_id, at).order_by(*latest)
    return [Change(*row) for row in db.session.execute(rows.limit(MOST + 1))]


def _taken(rows: Any, district_id: int, cycle_id: int, at: datetime) -> Any:
    return (
        rows.select_from(Transition)
        .join(SchoolStage, SchoolStage.id == Transition.school_stage_id)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .join(School, School.id == SchoolStage.school_id)
        .where(
            School.district_id == district_id,
            Stage.cycle_id == cycle_id,
            Transition.at > at,
            Transition.is_undone.is_(False),
            Transition.step != Step.UNDONE,
        )
    )


def by_day(found: Iterable[Change]) -> dict[date, list[Change]]:
    """Return steps by the day of the clock in the district."""
    days: dict[date, list[Change]] = {}
    for change in found:
        days.setdefault(dates.local(change.at).date(), []).append(change)
    return days
