"""Tables of the stages: what a school year asks, and what each school has done of it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nastav import dates
from nastav.db import Model, UtcDateTime, Versioned, choice


class StageState(StrEnum):
    """Where a stage of a school stands; overdue is computed, never stored."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class ActivityStatus(StrEnum):
    """What the school declares of an activity."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_REQUIRED = "not_required"

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing more is to be done about the activity."""
        return self in (ActivityStatus.DONE, ActivityStatus.NOT_REQUIRED)


class Step(StrEnum):
    """An action that moves a stage (rules.md#stage), and undoing a decision."""

    STARTED = "started"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REOPENED = "reopened"
    UNDONE = "undone"
    REOPENING_ASKED = "reopening_asked"
    REOPENING_DECLINED = "reopening_declined"


class Stage(Versioned, Model):
    """A stage of a school year: wording and deadline belong to the year, the key is stable."""

    __tablename__ = "stage"
    __table_args__ = (
        UniqueConstraint("cycle_id", "ordinal"),
        UniqueConstraint("cycle_id", "key"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    ordinal: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    roman: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(300))
    short: Mapped[str] = mapped_column(String(100))
    due: Mapped[date]  # inclusive
    printed_due: Mapped[str] = mapped_column(String(200), default="")  # as the order prints it
    due_note: Mapped[str] = mapped_column(String(300), default="")  # why not as printed
    due_reason: Mapped[str] = mapped_column(String(300), default="")  # why the district moved it
    follows_pair_period: Mapped[bool] = mapped_column(default=False)

    activities: Mapped[list["Activity"]] = relationship(
        lazy="raise_on_sql", order_by="Activity.ordinal"
    )


class Activity(Model):
    """An activity (мероприятие) of a stage."""

    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("stage_id", "ordinal"), UniqueConstraint("stage_id", "key"))
    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    ordinal: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(500))
    ref: Mapped[str] = mapped_column(String(60), default="")  # the order's point
    counts: Mapped[str | None] = mapped_column(String(40))  # what the site itself can count
    documents: Mapped[int] = mapped_column(default=0)  # how many are expected


class SchoolStage(Versioned, Model):
    """A stage in one school; made by the first save of an activity."""

    __tablename__ = "school_stage"
    __table_args__ = (UniqueConstraint("school_id", "stage_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    state: Mapped[StageState] = mapped_column(choice(StageState), default=StageState.NOT_STARTED)
    before_submit: Mapped[StageState | None] = mapped_column(choice(StageState))  # for withdrawing
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fix_by: Mapped[date | None]  # «исправить до», inclusive
    days_late: Mapped[int | None]  # of the sending; fixed by the first decision (rules.md#lateness)
    due_then: Mapped[date | None]  # the deadline that `days_late` was judged by
    fix_late: Mapped[int | None]  # days past «исправить до», of the worst sending after a return
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the first decision
    reopening_reason: Mapped[str] = mapped_column(String(500), default="")  # «Попросить открыть»


class SchoolActivity(Versioned, Model):
    """What a school says of an activity; no row means «не начато»."""

    __tablename__ = "school_activity"
    __table_args__ = (UniqueConstraint("school_id", "activity_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    status: Mapped[ActivityStatus] = mapped_column(
        choice(ActivityStatus), default=ActivityStatus.NOT_STARTED
    )
    done_on: Mapped[date | None]
    responsible: Mapped[str] = mapped_column(String(200), default="")
    comment: Mapped[str] = mapped_column(String(1000), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")  # why «не требуется»


class Evidence(Versioned, Model):
    """A document (подтверждающий документ) by its details, with or without a file.

    The district opens files of stage I; of later stages only those marked as free of
    children's names (rules.md#files-of-stages). A removed one stays for the history.
    """

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_school_activity", "school_id", "activity_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    kind: Mapped[str] = mapped_column(String(100))  # приказ, положение, план …
    number: Mapped[str] = mapped_column(String(60), default="")
    dated: Mapped[date | None]
    no_names: Mapped[bool] = mapped_column(default=False)
    file_name: Mapped[str] = mapped_column(String(200), default="")  # as it was sent; "" = no file
    media_type: Mapped[str] = mapped_column(String(120), default="")
    size: Mapped[int] = mapped_column(default=0)  # bytes
    removed: Mapped[str] = mapped_column(String(60), default="")  # of a photo: `Removed`, by commas
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EvidenceFile(Model):
    """The bytes of a document's file, read only at download."""

    __tablename__ = "evidence_file"
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class Transition(Model):
    """A step of a stage in a school, kept for ever with its time and what the school had sent."""

    __tablename__ = "transition"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_stage_id: Mapped[int] = mapped_column(ForeignKey("school_stage.id"), index=True)
    step: Mapped[Step] = mapped_column(choice(Step))
    before: Mapped[StageState] = mapped_column(choice(StageState))
    after: Mapped[StageState] = mapped_column(choice(StageState))
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    day: Mapped[date] = mapped_column(default=dates.today)  # by the site's calendar
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    actor_name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(1000), default="")
    fix_by: Mapped[date | None]
    is_undone: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[
        int | None
    ]  # of the school's stage after a decision: a later one voids undo
    snapshot: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)  # activities as they were
    # of a sending: the date that bound, the days past it, the remarks confirmed; none: sent before kept
    due: Mapped[date | None]
    days_late: Mapped[int | None]
    confirmed: Mapped[list[str] | None] = mapped_column(JSON)
    # of an acceptance: the facts that stood then, as (activity's ordinal, sentence), and by which rules
    # they were counted; none: accepted before kept
    counted: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class Remark(Model):
    """A remark of the coordinator on an activity, and what the school answers to it."""

    __tablename__ = "remark"
    id: Mapped[int] = mapped_column(primary_key=True)
    transition_id: Mapped[int] = mapped_column(ForeignKey("transition.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    text: Mapped[str] = mapped_column(String(1000))
    answer: Mapped[str] = mapped_column(String(1000), default="")  # «Что исправлено»
    is_open: Mapped[bool] = mapped_column(default=True)  # until the next decision


WAS = "was"  # in the values of a revision that one press made: what the activity was before it


class ActivityRevision(Model):
    """An activity as it was after a save: the history that outlives later changes."""

    __tablename__ = "activity_revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("school.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=dates.now)
    actor_name: Mapped[str] = mapped_column(String(200))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)  # status, day, responsible, documents …
