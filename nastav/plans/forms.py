"""Forms of a plan: what it begins with, and one line of its three tables."""

from typing import Any

from wtforms import StringField, TextAreaField

from nastav import terms
from nastav.forms import BaseForm, Filled, VersionField, not_in_future, short
from nastav.pairs.forms import CycleDate, read_in
from nastav.plans.models import LineKind, PairPlan, PlanLine
from nastav.plans.operations import LineFacts
from nastav.plans.words import PSYCHOLOGIST, WORDS

NEUTRAL = "Об учёбе, увлечениях и навыках; без сведений о здоровье и семье."


class TextsForm(BaseForm):
    """What a plan begins with."""

    strengths = TextAreaField(terms.PLAN["strengths"], [short(1000)], description=NEUTRAL)
    weaknesses = TextAreaField(terms.PLAN["weaknesses"], [short(1000)], description=NEUTRAL)
    version = VersionField(default="0")

    def texts(self) -> tuple[str, str]:
        """Return strengths and weaknesses, lines ended alike."""
        both = (self.strengths.data or "", self.weaknesses.data or "")
        first, second = (text.replace("\r\n", "\n") for text in both)
        return first, second


class LineForm(BaseForm):
    """A line of a plan; a table without a field does not have it."""

    period = StringField("Дата или период", [short(100)])
    what = StringField("", [Filled("Напишите в нескольких словах."), short(500)])
    who = StringField("", [short(200)])
    result = StringField("", [short(500)])
    actual = StringField(terms.PLAN["actual"], [short(500)])
    mark = StringField(terms.PLAN["mark"], [short(100)])
    done_on = CycleDate("Выполнено", [not_in_future], description="Дата; пусто — ещё нет")
    version = VersionField(default="0")

    def facts(self) -> LineFacts:
        """Return what was typed."""
        return LineFacts(
            what=self.what.data or "",
            period=self.period.data or "",
            who=(self.who.data or "") if "who" in self else "",
            result=(self.result.data or "") if "result" in self else "",
            actual=(self.actual.data or "") if "actual" in self else "",
            mark=(self.mark.data or "") if "mark" in self else "",
            done_on=self.done_on.data,
        )


def texts_form(saved: PairPlan | None) -> TextsForm:
    """Return the form filled with what is saved."""
    return TextsForm(obj=saved)


def new_line_form(kind: LineKind, cycle: int, *, posted: bool = False) -> LineForm:
    """Return the form of a new line, empty or as it was sent."""
    who = PSYCHOLOGIST if kind is LineKind.SUPPORT else ""
    settings: dict[str, Any] = {"prefix": f"{kind.value}-", "meta": read_in(cycle)}
    form = LineForm.posted(**settings) if posted else LineForm(data={"who": who}, **settings)
    return _named(form, kind)


def line_form(row: PlanLine, cycle: int, *, posted: bool = False) -> LineForm:
    """Return the form of a saved line, as saved or as it was sent."""
    settings: dict[str, Any] = {"prefix": f"line{row.id}-", "meta": read_in(cycle)}
    form = LineForm.posted(**settings) if posted else LineForm(obj=row, **settings)
    return _named(form, row.kind)


def _named(form: LineForm, kind: LineKind) -> LineForm:
    words = WORDS[kind]
    form.what.label.text = words.what
    for name, label in (("who", words.who), ("result", words.result)):
        if label:
            form[name].label.text = label
        else:
            del form[name]
    if not words.result:
        del form.actual
        del form.mark
    return form
