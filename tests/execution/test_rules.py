"""The state of each point by rule: pure, no database."""

from dataclasses import replace
from datetime import date

import pytest

from nastav.coverage.figures import USUAL, Basis, DistrictCoverage, Figure, SchoolCoverage
from nastav.district import signing
from nastav.execution import rules
from nastav.execution.facts import Control, Decisions, Execution, Participation, Practices, Stages
from nastav.execution.rules import PointState
from nastav.execution.words import lead, points

ON = date(2020, 12, 9)
STAGES = Stages(
    first_year=2020,
    schools=2,
    activities=22,
    accepted=0,
    submitted=0,
    returned=0,
    unsent=14,
    overdue=0,
    overdue_returned=0,
    done=0,
    documents=0,
    begun=0,
    first_due=date(2020, 11, 30),
)


def figure(target: int | None, actual: int | None) -> Figure:
    return Figure(target, actual, actual, actual, actual, {})


def coverage(*mentees: tuple[int | None, int | None], on: date = ON) -> DistrictCoverage:
    """Two figures a school: plan and fact of its mentees; of mentors there is neither."""
    rows = tuple(
        SchoolCoverage(
            n, f"СОШ №{n}", found[1] is not None, figure(*found), figure(None, None), USUAL
        )
        for n, found in enumerate(mentees, 1)
    )
    return DistrictCoverage(1, on.year, on, Basis.IN_PAIR, USUAL, True, rows, None, None, 0)


def known(found: DistrictCoverage | None = None, stages: Stages | None = STAGES) -> Execution:
    return Execution(
        on=ON,
        is_today=True,
        coverage=found or coverage((10, 12), (10, 4)),
        goal=None,
        carried=0,
        in_pair_now=0,
        forms=(),
        adult_mentors=0,
        stages=stages,
        decisions=None,
        participation=Participation(0, 0, 0),
        practices=Practices(0, 0),
        control=Control(),
        team=0,
        coordinator="",
    )


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (coverage((10, 10), (0, 0)), PointState.DONE),
        (coverage((10, 12), (10, 4)), PointState.BELOW),
        (
            coverage((10, 20), (10, 9)),
            PointState.DONE,
        ),  # the district's sum; its schools are appendix 1
        (coverage((None, 5), (None, 1)), PointState.NO_DATA),  # a year without a plan
        (coverage((10, None), (5, None)), PointState.NO_DATA),  # nobody was entered
        (coverage((0, 0)), PointState.DONE),  # a plan of nobody is met
    ],
)
def test_coverage_is_judged_by_the_districts_sum(
    found: DistrictCoverage, state: PointState
) -> None:
    assert rules.of_coverage(found) is state


def test_an_appendix_is_judged_school_by_school() -> None:
    assert rules.of_schools(coverage((10, 20), (10, 9))) is PointState.BELOW
    assert rules.of_schools(coverage((10, 20), (10, 10))) is PointState.DONE


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, PointState.RUNNING),  # nobody began, and the first deadline is over
        ({"first_due": ON}, PointState.NOT_DUE),  # the day itself is still in time
        ({"first_due": ON, "begun": 1}, PointState.RUNNING),
        ({"accepted": 14, "unsent": 0, "begun": 14}, PointState.DONE),
        ({"unsent": 0}, PointState.NO_DATA),  # a district without schools
    ],
)
def test_stages_are_done_when_all_are_accepted(change: dict[str, int], state: PointState) -> None:
    assert rules.of_stages(replace(STAGES, **change), known()) is state


@pytest.mark.parametrize(
    ("told", "is_due", "state"),
    [
        (None, True, PointState.NO_DATA),
        (Decisions(2020, 0, 1, 4), False, PointState.NOT_DUE),
        (Decisions(2020, 3, 2, 0), True, PointState.DONE),
        (Decisions(2020, 3, 2, 1), True, PointState.RUNNING),
        (Decisions(2020, 3, 2, 0, earlier=1), True, PointState.RUNNING),
    ],
)
def test_a_decision_is_due_once_its_year_is_over(
    told: Decisions | None, is_due: bool, state: PointState
) -> None:
    assert rules.of_decisions(told, is_due=is_due) is state


def test_overdue_stages_are_said_beside_three_lines() -> None:
    found = known(stages=replace(STAGES, overdue=2, first_overdue=1, unsent=14))
    late = [point.ref for point in points(found, "цель") if point.is_late]
    assert late == ["1.2", "2.1", "Прил. 2"]
    later = known(stages=replace(STAGES, overdue=2))  # of another stage than the first
    assert [point.ref for point in points(later, "цель") if point.is_late] == ["1.2", "Прил. 2"]


def test_the_lead_counts_points_and_leaves_appendices_out() -> None:
    found = known()
    number, said, gap = lead(points(found, "цель"), found.coverage)
    assert number == "0 из 8"
    assert said.startswith(" пунктов исполнены")
    assert gap == "4 детей".replace(" ", "\xa0")
    told = {point.ref: point.state for point in points(found, "цель")}
    assert len(told) == 11


@pytest.mark.parametrize(
    ("text", "post", "name"),
    [
        ("Начальник управления Е.А. Соляник", "Начальник управления", "Е.\xa0А.\xa0Соляник"),
        ("Начальник управления Соляник Е. А.", "Начальник управления", "Е.\xa0А.\xa0Соляник"),
        (
            "и. о. начальника управления, Е.А.Соляник-Ким",
            "и. о. начальника управления",
            "Е.\xa0А.\xa0Соляник-Ким",
        ),
        ("Начальник управления", "Начальник управления", ""),
    ],
)
def test_who_signed_is_a_post_and_a_name(text: str, post: str, name: str) -> None:
    assert signing.signer(text) == (post, name)
