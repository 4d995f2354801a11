"""The parts of an order's file: its keys, and the rule of each."""

from dataclasses import dataclass, field
from typing import Annotated

from nastav.orders.values import YEARS, Day, Flag, Text, Whole, Wholes

People = Annotated[int, Whole(0, 1_000_000)]  # nobody plans more in one cell
Figures = Annotated[tuple[int, ...], Wholes(0, 1_000_000)]
Percents = Annotated[tuple[int, ...], Wholes(0, 100)]


@dataclass(frozen=True, slots=True)
class Head:
    """[order]: its requisites."""

    number: Text
    date: Day
    place: Text
    subject: Text
    issuer: Text
    signed_by: Text
    target: Text


@dataclass(frozen=True, slots=True)
class District:
    """The district, its region, and the district's coordinator as the order names them."""

    name: Text
    region: Text
    coordinator: Text
    coordinator_post: Text


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """[[plan.schools]]: people for each plan year."""

    name: Text
    mentees: Figures
    mentors: Figures


@dataclass(frozen=True, slots=True)
class Plan:
    """[plan]: a list has a figure for each of the years; () where the order prints none."""

    years: Annotated[tuple[int, ...], Wholes(*YEARS)]
    schools: tuple[SchoolLine, ...]
    mentee_percent: Percents = ()
    mentor_percent: Percents = ()
    printed_total_mentees: Figures = ()
    printed_total_mentors: Figures = ()
    totals_note: Text = ""
    derived_mentee_base: dict[str, People] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """[[stages.activities]]: a line of a stage."""

    key: Text
    title: Text
    ref: Text
    documents: Annotated[int, Whole(0, 100)]
    counts: Text = ""


@dataclass(frozen=True, slots=True)
class StageLine:
    """[[stages]]: a stage with its last day."""

    ordinal: Annotated[int, Whole(1, 39)]
    key: Text
    roman: Text
    title: Text
    short: Text
    due: Day
    activities: tuple[ActivityLine, ...]
    printed_due: Text = ""
    due_note: Text = ""
    due_follows_pair_period: Flag = False


@dataclass(frozen=True, slots=True)
class WorkingGroupMember:
    """One of the district's working group."""

    name: Text
    post: Text


@dataclass(frozen=True, slots=True)
class Duty:
    """What the heads of schools must see to, with its point of the order."""

    ref: Text
    duty: Text


@dataclass(frozen=True, slots=True)
class OrderFile:
    """The whole file."""

    order: Head
    district: District
    plan: Plan
    stages: tuple[StageLine, ...]
    working_group: tuple[WorkingGroupMember, ...]
    school_duties: tuple[Duty, ...]
