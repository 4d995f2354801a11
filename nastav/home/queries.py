"""Reading what the start pages show, from every room below; the same few queries for any school."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import and_, exists, func, select

from nastav import dates, ru
from nastav.access import Role
from nastav.accounts import queries as accounts
from nastav.accounts.models import User
from nastav.audit.models import AuditEntry
from nastav.consents import queries as consents
from nastav.coverage import lacking, planned
from nastav.coverage.figures import Basis
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.models import Cycle, District, School
from nastav.facts.sentences import Weight
from nastav.home import events, of_stages, steps
from nastav.home.navigation.queries import facts as seasons
from nastav.home.navigation.rules import MONTHS, Season
from nastav.home.of_people import Waiting, people_tasks
from nastav.home.records import News, Return, ReturnedActivity, SchoolHome, SettingsFacts, Standing
from nastav.home.steps import Begun
from nastav.home.tasks import folded, led_to, left_when_closed, ordered
from nastav.identity.matches import queries as matches
from nastav.identity.matches.within import queries as within
from nastav.meetings.week.grid import week_of
from nastav.pairs.models import Pair
from nastav.pairs.queries import year_of_pairs
from nastav.people.codes import queries as codes
from nastav.people.models import Part, Participation
from nastav.plan.models import PlanTarget
from nastav.stages import lines as stage_lines
from nastav.stages import pages as stage_pages
from nastav.stages import queries as stages
from nastav.stages import rules
from nastav.stages.models import Activity, Remark, SchoolStage, Stage, StageState, Step, Transition
from nastav.stages.pages import StagePage
from nastav.stages.records import StageHead, StageLine

EVENTS_SHOWN = 8  # lines
EVENTS_READ = 80  # alike ones of a day fold into one line
# of whose sheets the start page reminds: the activity that says how many are there, when the year is
# being closed and before
ANSWERS: Final = {True: "feedback_analysed", False: "feedback_collected"}
LEADS_TO: Final = {
    Step.ACCEPTED: StageState.ACCEPTED,
    Step.RETURNED: StageState.RETURNED,
    Step.REOPENED: StageState.RETURNED,
    Step.REOPENING_DECLINED: StageState.ACCEPTED,
}


def school_home(
    school: School,
    cycle: Cycle,
    today: date,
    *,
    reader_id: int | None = None,
    declares: bool = True,
) -> SchoolHome:
    """Return everything «Моя школа» shows of a school year on a day; no child's name is in it.

    Args:
        school: the school.
        cycle: the school year.
        today: the day.
        reader_id: whose account of the school it is, for what is new since the last visit.
        declares: whether activities to be declared by one press are tasks.
    """
    begun = _begun(school.id)
    lines = tuple(stage_lines.school_stages(school.id, cycle))
    heads = {head.ordinal: head for head in stages.stages(cycle.id)}
    pages = stage_pages.of_year(school.id, cycle)
    waiting = _waiting(school, cycle.first_year, pages, today)
    unsent = _unsent_before(school.id, cycle)
    tasks = ordered(
        [
            *of_stages.stage_tasks(lines, heads, returns(school.id, cycle.id), today),
            *(of_stages.press_tasks(pages) if declares else ()),
            *of_stages.unsent_tasks({} if begun.nothing else unsent),
            *led_to(people_tasks(waiting), year_of_pairs(school.district_id, today)),
        ]
    )
    is_closed = cycle.closed_on is not None
    tasks = left_when_closed(tasks) if is_closed else tasks
    first = () if is_closed else steps.first_steps(begun, heads[1], lines[0])
    carried, rest = steps.autumn_steps(tasks, today) if not first else ((), tuple(tasks))
    ahead = () if is_closed else of_stages.next_due(lines, today)
    return SchoolHome(
        standing=_standing(school, lines, heads, ahead, today, waiting.without.drafted),
        begun=begun,
        all_tasks=tuple(tasks),
        steps=first or carried,
        week=folded(rest),
        news=_news(school.id, cycle.id, reader_id, lines) if reader_id else None,
        days=tuple(events.days(_happened(school.id), today, EVENTS_SHOWN)),
    )


def _standing(
    school: School,
    lines: tuple[StageLine, ...],
    heads: Mapping[int, StageHead],
    ahead: Sequence[StageLine],
    today: date,
    drafted: int,
) -> Standing:
    return Standing(
        lines=lines,
        heads=heads,
        ahead=tuple(ahead),
        year=today.year,
        coverage=planned.school_coverage(school.id, [today.year], today)[today.year],
        basis=Basis(db.session.get_one(District, school.district_id).coverage_basis),
        drafted=drafted,
        contacts=tuple(accounts.contacts([school.id]).get(school.id, ())),
    )


def _waiting(school: School, year: int, pages: Sequence[StagePage], today: date) -> Waiting:
    district = db.session.get_one(District, school.district_id)
    monday, _ = week_of(today)
    held, present = consents.counted(school.id, school.district_id, None, today)
    season = seasons(school.district_id, school.id, None, today, counts=True).waiting
    return Waiting(
        without=lacking.count_without(school.id, today),
        silent=lacking.count_silent(school.id, today),
        within=district.meetings_within,
        week=lacking.count_week(school.id, monday, today),
        monday=monday,
        classes=season.get(Season.CLASSES, 0),
        drafts=season.get(Season.DRAFTS, 0),
        transferred=season.get(Season.TRANSFERS, 0),
        unconsented=present - held,
        answers=_missing_answers(pages, year, today),
        named=codes.named_in(school.id) if district.uses_codes else 0,
        doubled=matches.of_school(school, today),
        twice=within.count_cards(school, today),
    )


def _missing_answers(pages: Sequence[StagePage], year: int, today: date) -> tuple[str, str] | None:
    """The first fact of unsent stages that says of how many people in pairs sheets are missing.

    Those of the end are asked for when the school year is being closed, and once it is over.
    """
    is_over = today > dates.cycle_bounds(year)[1]
    wanted = ANSWERS[is_over or today.month in MONTHS[Season.CLOSING]]
    for page in pages:
        for fact in () if page.sheet.is_locked else page.statements.get(wanted, ()):
            if fact.weight is Weight.NOTE:
                title, _, rest = fact.sentence.partition(": ")
                return title, f"{rest[:1].upper()}{rest[1:]}."
    return None


def _begun(school_id: int) -> Begun:
    """What a school has ever saved or entered."""
    entered = (
        SchoolStage.school_id == school_id,
        *((Participation.school_id == school_id) & (Participation.part == part) for part in Part),
        Pair.school_id == school_id,
    )
    found = (exists().where(condition) for condition in entered)
    return Begun(*map(bool, db.session.execute(select(*found)).one()))


def _news(school_id: int, cycle_id: int, reader_id: int, lines: Sequence[StageLine]) -> News | None:
    """What was decided since the reader did something on an earlier day, and still holds."""
    begin = datetime.combine(dates.real_today(), time.min, dates.zone())
    rows = select(AuditEntry.at).where(AuditEntry.actor_id == reader_id, AuditEntry.at < begin)
    since = db.session.scalar(rows.order_by(AuditEntry.id.desc()).limit(1))
    if since is None:
        return None
    states = {line.ordinal: line.state for line in lines}
    decided = _decisions_since(school_id, cycle_id, since)
    held = {
        ordinal: step for ordinal, step in decided.items() if states[ordinal] is LEADS_TO.get(step)
    }
    return News(dates.local(since).date(), held) if held else None


def returns(school_id: int, cycle_id: int) -> Mapping[int, Return]:
    """Return why each returned stage of a school came back, by the stage's ordinal."""
    remarks: dict[int, list[ReturnedActivity]] = defaultdict(list)
    rows = (
        select(Stage.ordinal, Activity.ordinal, Remark.text)
        .select_from(Remark)
        .join(Activity, Activity.id == Remark.activity_id)
        .join(Stage, Stage.id == Activity.stage_id)
        .where(Remark.school_id == school_id, Remark.is_open.is_(True), Stage.cycle_id == cycle_id)
        .order_by(Activity.ordinal, Remark.id)
    )
    for stage, activity, text in db.session.execute(rows):
        remarks[stage].append(ReturnedActivity(activity, text))
    notes = _notes(school_id, cycle_id)
    return {stage: Return(note, tuple(remarks[stage])) for stage, note in notes.items()}


def _notes(school_id: int, cycle_id: int) -> dict[int, str]:
    """What the last return or reopening said of each stage that is returned now."""
    rows = (
        select(Stage.ordinal, Transition.note)
        .select_from(SchoolStage)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .outerjoin(
            Transition,
            and_(
                Transition.school_stage_id == SchoolStage.id,
                Transition.step.in_((Step.RETURNED, Step.REOPENED)),
                Transition.is_undone.is_(False),
            ),
        )
        .where(
            SchoolStage.school_id == school_id,
            SchoolStage.state == StageState.RETURNED,
            Stage.cycle_id == cycle_id,
        )
        .order_by(Transition.id)
    )
    return {stage: note or "" for stage, note in db.session.execute(rows)}


def _happened(school_id: int) -> list[events.Happened]:
    """What was done last in and for a school, the newest first."""
    columns = (
        AuditEntry.at,
        AuditEntry.event,
        AuditEntry.subject,
        AuditEntry.actor_name,
        AuditEntry.actor_role,
    )
    rows = (
        select(*columns)
        .where(AuditEntry.school_id == school_id, AuditEntry.event.in_(events.SHOWN))
        .order_by(AuditEntry.id.desc())
        .limit(EVENTS_READ)
    )
    return [events.Happened(*row) for row in db.session.execute(rows)]


def settings_facts(district: District, cycle: Cycle, today: date) -> SettingsFacts:
    """Return the present values that the index of settings shows."""
    ahead = [head for head in stages.stages(cycle.id) if head.due >= today]
    next_due = min((head.due for head in ahead), default=None)
    return SettingsFacts(
        year=today.year,
        next_due=next_due,
        next_stages=tuple(head.roman for head in ahead if head.due == next_due),
        planned=_planned_schools(district.id, today.year),
        schools=len(districts.schools(district.id)),
        users=_active_users(district.id),
        without_curator=tuple(
            school.name for school in accounts.schools_without_curator(district.id)
        ),
        cycles=tuple(ru.school_year(cycle.first_year) for cycle in districts.cycles(district.id)),
        team=len(districts.team(district.id)),
        named=codes.named(district.id) if district.uses_codes else 0,
    )


def _planned_schools(district_id: int, year: int) -> int:
    rows = (
        select(func.count())
        .select_from(PlanTarget)
        .join(School, School.id == PlanTarget.school_id)
        .where(
            School.district_id == district_id,
            PlanTarget.year == year,
            PlanTarget.mentees.is_not(None),
        )
    )
    return db.session.scalar(rows) or 0


def _active_users(district_id: int) -> int:
    rows = select(func.count()).where(User.district_id == district_id, User.disabled_at.is_(None))
    return db.session.scalar(rows) or 0


def coordinators(district_id: int) -> list[accounts.Contact]:
    """Return the active coordinators of a district, whom everybody may ask."""
    rows = (
        select(User.name, User.post, User.phone, User.email)
        .where(
            User.district_id == district_id,
            User.role == Role.COORDINATOR,
            User.disabled_at.is_(None),
        )
        .order_by(User.id)
    )
    return [accounts.Contact(*row) for row in db.session.execute(rows)]


def _unsent_before(school_id: int, cycle: Cycle) -> dict[int, list[str]]:
    """Return the roman numbers of stages not sent in earlier school years, by year, the latest first.

    Those that were over before the site was there, and those that are closed, are left out.
    """
    own = and_(SchoolStage.stage_id == Stage.id, SchoolStage.school_id == school_id)
    state = func.coalesce(SchoolStage.state, StageState.NOT_STARTED)
    rows = (
        select(Cycle.first_year, Stage.roman)
        .join(Stage, Stage.cycle_id == Cycle.id)
        .outerjoin(SchoolStage, own)
        .where(
            Cycle.district_id == cycle.district_id,
            Cycle.first_year < cycle.first_year,
            Cycle.before_site.is_(False),
            Cycle.closed_on.is_(None),
            state.not_in(rules.LOCKED),
        )
        .order_by(Cycle.first_year.desc(), Stage.ordinal)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for year, roman in db.session.execute(rows):
        found[year].append(roman)
    return found


def _decisions_since(school_id: int, cycle_id: int, since: datetime) -> dict[int, Step]:
    """Return what was decided last of each stage of a school since a moment, by the stage's ordinal."""
    rows = (
        select(Stage.ordinal, Transition.step)
        .select_from(Transition)
        .join(SchoolStage, SchoolStage.id == Transition.school_stage_id)
        .join(Stage, Stage.id == SchoolStage.stage_id)
        .where(
            SchoolStage.school_id == school_id,
            Stage.cycle_id == cycle_id,
            Transition.at >= since,
            Transition.step.in_((*rules.DECISIONS, Step.REOPENED, Step.REOPENING_DECLINED)),
            Transition.is_undone.is_(False),
        )
        .order_by(Transition.id)
    )
    found = db.session.execute(rows)
    return {row.ordinal: row.step for row in found}
