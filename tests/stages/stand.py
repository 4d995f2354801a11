"""Stages of the cast's schools put into a state, and what the tests read of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select

from nastav.db import db, writing
from nastav.district.models import Cycle
from nastav.stages import queries
from nastav.stages.activities.operations import Details, Values, save_activity
from nastav.stages.models import (
    ActivityStatus,
    Remark,
    SchoolStage,
    StageState,
    Step,
    Transition,
)
from nastav.stages.operations import take_step
from nastav.stages.records import StageSheet
from nastav.stages.sending.operations import submit_stage
from tests.support.cast import Cast

ORDER = Details("Приказ", "145", date(2020, 10, 12))
DONE = {
    "status": "done",
    "done_on": "12.10.2020",
    "responsible": "Белов Б. Б.",
    "doc_kind": "Приказ",
    "doc_number": "145",
    "doc_dated": "12.10.2020",
}
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF"


@dataclass
class Stand:
    """The school year of the tests, and what is done in it behind the pages."""

    app: Flask
    cast: Cast
    year: int = 2020

    def url(self, ordinal: int, rest: str = "", *, school: int | None = None) -> str:
        """Return the address of a stage's page."""
        where = school or self.cast.boris_school
        return f"/schools/{where}/{self.year}/stages/{ordinal}{rest}"

    def sheet(self, ordinal: int) -> StageSheet:
        """Return the stage of Boris's school as it stands."""
        with self.app.app_context():
            return self._sheet(ordinal)

    def _sheet(self, ordinal: int) -> StageSheet:
        cycle = db.session.scalars(select(Cycle).filter_by(first_year=self.year)).one()
        found = queries.stage_sheet(self.cast.boris_school, cycle.id, ordinal)
        assert found
        return found

    def state(self, ordinal: int) -> StageState:
        """Return the stored state of the stage."""
        return self.sheet(ordinal).state

    def fill(self, ordinal: int) -> None:
        """Have Boris declare done what is not, each activity with an order of its own."""
        open_ones = [
            row.ordinal
            for row in self.sheet(ordinal).activities
            if row.status is not ActivityStatus.DONE
        ]
        for number in open_ones:
            with self.app.app_context(), writing():
                sheet = self._sheet(ordinal)
                activity = sheet.activity(number)
                assert activity
                values = Values(
                    ActivityStatus.DONE, done_on=date(2020, 10, 12), responsible="Белов Б. Б."
                )
                boris = self.cast.actor("boris")
                save_activity(boris, sheet, activity, values, version=0, documents=[ORDER])

    def put(self, ordinal: int, state: StageState) -> None:
        """Bring a stage into a state, the way it comes there in life."""
        if state is StageState.NOT_STARTED:
            return
        self.fill(ordinal)
        if state is StageState.IN_PROGRESS:
            return
        with self.app.app_context(), writing():
            sheet = self._sheet(ordinal)
            submit_stage(self.cast.actor("boris"), sheet, version=sheet.version)
        if state is StageState.SUBMITTED:
            return
        self.decide(ordinal, state)

    def decide(self, ordinal: int, state: StageState) -> None:
        """Have Anna accept or return a stage (the review itself is tested elsewhere)."""
        with self.app.app_context(), writing():
            sheet = self._sheet(ordinal)
            row = db.session.get_one(SchoolStage, sheet.row_id)
            is_return = state is StageState.RETURNED
            step = take_step(
                self.cast.actor("anna"),
                row,
                sheet.head,
                Step.RETURNED if is_return else Step.ACCEPTED,
                fix_by=date(2020, 12, 14) if is_return else None,
            )
            row.decided_at = step.at
            if is_return:
                row.fix_by = date(2020, 12, 14)
                self._remark(step, sheet)

    def _remark(self, step: Transition, sheet: StageSheet) -> None:
        db.session.add(
            Remark(
                transition_id=step.id,
                school_id=sheet.school_id,
                activity_id=sheet.activities[0].id,
                text="Укажите номер приказа.",
            )
        )

    def count(self, model: Any, **where: Any) -> int:
        """Return how many rows of a table there are."""
        with self.app.app_context():
            return len(db.session.scalars(select(model).filter_by(**where)).all())
