"""The filter of the matrix; the date of a workbook."""

from datetime import date
from functools import cached_property
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from nastav import dates, ru, terms
from nastav.forms import BaseForm, RussianDate, not_in_future
from nastav.rollup.board import Board, Filter
from nastav.stages.models import StageState


class FilterForm(BaseForm):
    """Which cells of the matrix to show; sent by GET, so that a filtered page can be mailed."""

    state = SelectField("Состояние")
    stage = SelectField("Этап")
    school = SelectField("Школа")
    overdue = BooleanField("Только просроченные")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        self.board = board
        super().__init__(*args, **kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Offer the states, the stages and the schools of the board."""
        board = self.board
        every = SelectChoice("", "все")
        self.state.choices = [
            every,
            *(SelectChoice(state, word) for state, word in terms.STAGE_STATES.items()),
        ]
        self.stage.choices = [
            every, *(SelectChoice(str(stage.ordinal), stage.roman) for stage in board.stages)
        ]  # fmt: skip
        self.school.choices = [
            every, *(SelectChoice(str(row.school_id), row.school) for row in board.rows)
        ]  # fmt: skip
        super().process(*args, **kwargs)

    def filter(self) -> Filter:
        """Return what was asked for; what is not among the choices asks for everything."""
        state, stage, school = map(_chosen, (self.state, self.stage, self.school))
        return Filter(
            state=StageState(state) if state else None,
            stage=int(stage) if stage else None,
            school=int(school) if school else None,
            only_overdue=bool(self.overdue.data),
        )


def _chosen(field: SelectField) -> str:
    """What was chosen, or nothing where an address names something else."""
    offered = {value for value, *_ in field.iter_choices()}
    return str(field.data) if field.data in offered else ""


class OnForm(BaseForm):
    """The day a figure is asked for; nothing typed means today."""

    on = RussianDate("Охват на дату", [not_in_future])


class MatrixDayForm(BaseForm):
    """The day the matrix is asked for; nothing typed means today."""

    on = RussianDate("На дату", [not_in_future])

    def __init__(self, *args: Any, first_year: int, order_date: date, **kwargs: Any) -> None:
        self.first_year, self.order_date = first_year, order_date
        super().__init__(*args, **kwargs)

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read a day without a year in the matrix's school year."""
        self.on.school_year = self.first_year
        super().process(*args, **kwargs)

    def validate_on(self, field: RussianDate) -> None:
        """Refuse a day before the order: nothing was asked of anybody then.

        Raises:
            ValidationError: names the order's day.
        """
        if field.data and field.data < self.order_date:
            issued = ru.date_short(self.order_date)
            raise ValidationError(f"Приказ издан {issued}: укажите этот день или позже.")

    @cached_property
    def day(self) -> date:
        """Return the day asked for, today where none is or what was typed is no day."""
        return self.on.data if self.validate() and self.on.data else dates.today()
