"""What stands above the grid: which questionnaire, the date, how many rows."""

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from nastav.feedback.forms import within_year
from nastav.forms import BaseForm, Filled, RussianDate, not_in_future

ROWS = (10, 20, 40)
CELLS = 1900  # of a form: 2,000 fields are taken


class StackForm(BaseForm):
    """The date of a whole stack and its number of rows; the cells are read by `rules.Stack`."""

    questionnaire = HiddenField()
    rows = HiddenField()
    answered_on: RussianDate


def stack_form(first_year: int) -> type[StackForm]:
    """Return the form of a school year."""
    day = RussianDate(
        "Дата ответа (одна на всю пачку)",
        [
            Filled("Укажите дату, когда заполнили анкеты."),
            not_in_future,
            within_year(first_year),
        ],
        school_year=first_year,
    )
    return type("FilledStackForm", (StackForm,), {"answered_on": day})


def rows_of(text: str | None, questions: int) -> int:
    """Return how many rows an address or a form asks for; 20 unless it says one of ROWS.

    Fewer where a questionnaire is so long that more would not fit into one form.
    """
    most = CELLS // (questions + 3)
    offered = {str(count) for count in (*ROWS, most)}
    return min(int(text) if text in offered else 20, most)


class ChoiceForm(BaseForm):
    """Which questionnaire the stack holds, and about how many sheets."""

    questionnaire = SelectField("Анкета", choices=[])
    rows = SelectField(
        "Сколько листов",
        choices=[SelectChoice(str(count), f"до {count}") for count in ROWS],
        default="20",
    )
