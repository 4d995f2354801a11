"""«Номера и даты» after whatever became of the pairs between making and signing, and undone again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nastav.audit.models import AuditEntry
from nastav.db import db, write_mode
from nastav.district import queries as districts
from nastav.district.models import District, School
from nastav.identity.merging.operations import merge
from nastav.pairs import operations as pairs
from nastav.pairs import queries
from nastav.pairs.models import Decision, Pair, PairMember, PairState
from nastav.pairs.rules import Step
from nastav.papers.catalogue import KINDS
from nastav.paperwork.drawing import Place
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers import operations as numbers
from nastav.paperwork.operations import make
from nastav.people.models import Part, Participation, Person
from nastav.stages.models import Activity, Evidence, SchoolActivity, SchoolStage, StageState
from tests.paperwork.conftest import Desk
from tests.support import databases
from tests.support.cast import Cast
from tests.support.people import enter

DAY, MADE = date(2020, 12, 9), date(2020, 12, 8)
PLACES = 8  # of the fifteen pairs whatever may happen to
EVENTS = ("nothing", "begun", "closed", "numbered", "mistake", "gone", "merged")


@dataclass(frozen=True)
class Story:
    """What happens: to some of the pairs after the paper was made, to their stage, to the paper."""

    events: tuple[str, ...]
    is_locked: bool
    begins: bool
    is_done: bool
    corrected: str  # another number; "" none


STORIES = st.builds(
    Story,
    events=st.lists(st.sampled_from(EVENTS), min_size=PLACES, max_size=PLACES).map(tuple),
    is_locked=st.booleans(),
    begins=st.booleans(),
    is_done=st.booleans(),
    corrected=st.sampled_from(["", "", "78"]),
)


@settings(
    max_examples=databases.examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=STORIES)
def test_exactly_the_papers_pairs_once_and_back_again(
    app: Flask, cast: Cast, desk: Desk, story: Story
) -> None:
    with app.app_context(), write_mode():
        try:
            check(cast, desk, story)
        finally:
            db.session.rollback()


def check(cast: Cast, desk: Desk, story: Story) -> None:
    place, boris = place_of(desk), cast.actor("boris")
    (paper,) = make(boris, place, [KINDS["pairs"]], DAY).papers
    held = set(paper.ids["pairs"])
    assert held == set(desk.pairs)
    for pair_id, event in zip(desk.drafts, story.events, strict=False):
        happen(cast, desk, pair_id, event)
    if story.is_locked:
        stage_to(cast, StageState.SUBMITTED)
    before = standing()
    numbered = {"numbered": story.events, "mistake": story.events}
    other, nobody = (
        {pair_id for pair_id, each in zip(desk.drafts, events, strict=False) if each == event}
        for event, events in numbered.items()
    )
    entry = numbers.Entry(
        paper, "87", DAY, paper.version, is_done=story.is_done, begins=story.begins
    )
    for _ in range(2):  # the same sent twice
        numbers.enter(boris, place, [entry])
    given = ("87", DAY)
    if story.corrected and not story.is_locked:
        given = (story.corrected, DAY)
        numbers.correct(boris, place, paper, *given, version=paper.version)
    check_pairs(before["pairs"], standing()["pairs"], held - other - nobody, given, story)
    check_lines(story, given)
    check_journal(story)
    numbers.undo(boris, place, paper, version=paper.version)
    assert standing() == before
    assert (paper.number, paper.dated, paper.effects["pairs"]) == ("", None, {})


def check_pairs(
    before: dict[int, Any],
    after: dict[int, Any],
    own: set[int],
    given: tuple[str, date],
    story: Story,
) -> None:
    """Those of the paper have its number and no other has; its drafts begin where they are to."""
    assert before.keys() == after.keys()
    for pair_id, (state, started, *order) in before.items():
        expected = [state, started, *order]
        if pair_id in own:
            is_begun = state is PairState.DRAFT and story.begins
            expected = [PairState.ACTIVE, DAY] if is_begun else [state, started]
            expected += given
        assert list(after[pair_id]) == expected, pair_id


def check_lines(story: Story, given: tuple[str, date]) -> None:
    """The evidence stands once; in a locked stage it waits, and the activity with it."""
    found = standing()
    lines = [] if story.is_locked else [("pairs_formed", *given)]
    assert found["lines"] == lines
    status = dict(found["activities"]).get("pairs_formed", ("not_started", None))
    is_done = story.is_done and not story.is_locked
    assert status == (("done", DAY) if is_done else ("not_started", None))


def check_journal(story: Story) -> None:
    rows = db.session.query(AuditEntry).filter(AuditEntry.event.like("paper:%ed"))
    changes = [
        [text.replace("\xa0", " ") for text in row.changes["number_and_date"]]
        for row in rows.order_by(AuditEntry.id)
        if row.changes
    ]
    expected = [["", "№ 87 от 09.12.2020"]]
    if story.corrected and not story.is_locked:
        expected.append(["№ 87 от 09.12.2020", f"№ {story.corrected} от 09.12.2020"])
    assert changes == expected


def standing() -> dict[str, Any]:
    """Return everything that a number may change, and nothing that only counts saves."""
    db.session.flush()
    lines = (
        db.session.query(Activity.key, Evidence.number, Evidence.dated)
        .join(Evidence, Evidence.activity_id == Activity.id)
        .filter(Evidence.removed_at.is_(None))
    )
    done = db.session.query(Activity.key, SchoolActivity).join(
        SchoolActivity, SchoolActivity.activity_id == Activity.id
    )
    found = [(key, (row.status.value, row.done_on)) for key, row in done]
    return {
        "pairs": {
            pair.id: (pair.state, pair.started, pair.order_number, pair.order_date)
            for pair in db.session.query(Pair)
        },
        "lines": [tuple(row) for row in lines],
        "activities": [each for each in found if each[1] != ("not_started", None)],
        "signed": [paper.id for paper in db.session.query(Paper) if paper.is_signed],
    }


def place_of(desk: Desk) -> Place:
    school = db.session.get_one(School, desk.school)
    cycle = districts.current_cycle(school.district_id, DAY)
    assert cycle
    return Place(db.session.get_one(District, school.district_id), school, cycle)


def happen(cast: Cast, desk: Desk, pair_id: int, event: str) -> None:
    """Let something become of a draft that the paper holds."""
    boris, pair = cast.actor("boris"), queries.pair(desk.school, pair_id)
    assert pair is not None
    members = db.session.query(PairMember).filter_by(pair_id=pair_id, part=Part.MENTEE)
    (mentee,) = [row.person_id for row in members]
    if event in ("begun", "closed"):
        pairs.take_step(boris, pair, Step.ACTIVATE, version=pair.version)
    if event == "closed":
        closing = pairs.Closing(date(2020, 12, 5), "переезд", "", Decision.FINISH)
        pairs.close_pair(boris, pair, closing, met=None, version=pair.version)
    elif event == "numbered":
        pair.order_number, pair.order_date = "12", MADE
    elif event == "mistake":
        db.session.query(Participation).filter_by(person_id=mentee).one().is_mistake = True
    elif event == "gone":
        pairs.remove_draft(boris, pair)
    elif event == "merged":
        _merge(cast, desk, mentee)
    db.session.flush()


def _merge(cast: Cast, desk: Desk, person_id: int) -> None:
    """Make the card of a mentee one with a newer card of the same child, which stays."""
    school, old = db.session.get_one(School, desk.school), db.session.get_one(Person, person_id)
    new = Person(
        district_id=old.district_id,
        kind=old.kind,
        surname=old.surname,
        given_name=old.given_name,
        patronymic=old.patronymic,
        search_key=old.search_key,
        sort_key=old.sort_key,
    )
    db.session.add(new)
    db.session.flush()
    enter(new, desk.school, joined=date(2020, 9, 1))
    merge(cast.actor("boris"), school, new, old, versions=[new.version, old.version])


def stage_to(cast: Cast, state: StageState) -> None:
    """Put stage V of Борис's school into a state."""
    stage_id = db.session.query(Activity.stage_id).filter_by(key="pairs_formed").scalar()
    row = SchoolStage(school_id=cast.boris_school, stage_id=stage_id, state=state)
    db.session.add(row)
    db.session.flush()
