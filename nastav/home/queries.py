"""Reading what the start pages show, from every room below; the same few queries for any school."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import groupby

from sqlalchemy import and_, exists, func, or_, select

from nastav import ru
from nastav.access import ROLE_LABELS, Role
from nastav.accounts import queries as accounts
from nastav.accounts.models import User
from nastav.audit.models import AuditEntry
from nastav.consents import queries as consents
from nastav.coverage import lacking, planned
from nastav.coverage.figures import Basis
from nastav.db import db
from nastav.district import queries as districts
from nastav.district.models import Cycle, District, School
from nastav.home import tasks
from nastav.home.events import LABELS
from nastav.home.records import Event, Return, ReturnedActivity, SchoolHome, SettingsFacts
from nastav.identity.matches import queries as matches
from nastav.identity.matches.within import queries as within
from nastav.identity.transfers import queries as transfers
from nastav.people.codes import queries as codes
from nastav.people.models import Participation
from nastav.plan.models import PlanTarget
from nastav.stages import queries as stages
from nastav.stages.models import Activity, Remark, SchoolStage, Stage, StageState, Step, Transition

EVENTS_SHOWN = 8
EVENTS_READ = 40  # repeated saves of one thing fold into one line


def school_home(school: School, cycle: Cycle, today: date) -> SchoolHome:
    """Return everything «Моя школа» shows of a school year on a day; no child's name is in it."""
    lines = stages.school_stages(school.id, cycle)
    without = lacking.count_without(school.id, today)
    silent = lacking.count_silent(school.id, today)
    unconsented = len(consents.missing(school, today))
    transferred = transfers.waiting(school.id)
    district = db.session.get_one(District, school.district_id)
    return SchoolHome(
        is_new=not transferred and not has_begun(school.id),
        lines=tuple(lines),
        heads={head.ordinal: head for head in stages.stages(cycle.id)},
        all_tasks=tuple(
            tasks.urgent(
                lines,
                without.pair,
                today,
                alone=without.mentor,
                undecided=without.decision,
                silent=silent,
                without_consent=unconsented,
                transferred=transferred,
                named=codes.named_in(school.id) if district.uses_codes else 0,
                doubled=matches.of_school(school, today),
                twice=within.count_cards(school, today),
            )
        ),
        next_due=tasks.next_due(lines, today),
        returns=returns(school.id, cycle.id),
        year=today.year,
        coverage=planned.school_coverage(school.id, [today.year], today)[today.year],
        basis=Basis(district.coverage_basis),
        within=district.meetings_within,
        events=tuple(last_events(school.id)),
        contacts=tuple(accounts.contacts([school.id]).get(school.id, ())),
    )


def has_begun(school_id: int) -> bool:
    """Tell whether a school has ever saved a stage or entered a person."""
    stage = exists().where(SchoolStage.school_id == school_id)
    person = exists().where(Participation.school_id == school_id)
    return bool(db.session.scalar(select(or_(stage, person))))


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


def last_events(school_id: int) -> list[Event]:
    """Return what was done last in and for a school, the newest first, by whose role."""
    rows = (
        select(AuditEntry.at, AuditEntry.event, AuditEntry.subject, AuditEntry.actor_role)
        .where(AuditEntry.school_id == school_id, AuditEntry.event.in_(LABELS))
        .order_by(AuditEntry.id.desc())
        .limit(EVENTS_READ)
    )
    found = [
        Event(at, LABELS[event], subject, ROLE_LABELS[Role(role)] if role else "")
        for at, event, subject, role in db.session.execute(rows)
    ]
    same = groupby(found, key=lambda event: (event.what, event.subject, event.by))
    return [next(group) for _, group in same][:EVENTS_SHOWN]


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
