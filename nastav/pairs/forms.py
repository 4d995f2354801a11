"""Forms of pairs and of what ends them."""

from datetime import date
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from nastav import dates, terms
from nastav.forms import (
    BaseForm,
    Filled,
    RussianDate,
    VersionField,
    not_in_future,
    options,
    row_id,
    short,
)
from nastav.pairs.models import (
    Decision,
    Lasts,
    Meets,
    Pair,
    PairState,
    is_of_summer,
    usual_last_cycle,
)
from nastav.pairs.operations import Closing, NewPair, PairFacts

MEETS = {Meets.IN_PERSON: "очно", Meets.ONLINE: "онлайн", Meets.MIXED: "смешанно"}
DECISIONS = {
    Decision.CONTINUE: "продолжить в новом цикле",
    Decision.FINISH: "завершить работу",
}
LASTS = {Lasts.THIS: "до 31.08", Lasts.NEXT: "и на следующий учебный год"}
LONGEST_REASON = 280  # the history of a person has 300 for the day and the reason


class CycleDate(RussianDate):
    """A date that, typed without a year, is read in the school year of the page."""

    def process_formdata(self, valuelist: Any) -> None:
        """Turn the text into a date.

        Raises:
            ValueError: with the sentence of `ru.parse_date`.
        """
        self.school_year = getattr(self.meta, "school_year", None)
        super().process_formdata(valuelist)


class PairForm(BaseForm):
    """What a pair is, besides its members."""

    kind_id = SelectField(terms.PAIR["kind"], coerce=row_id, validate_choice=False)
    started = CycleDate(
        terms.PAIR["started"], [Filled("Укажите дату начала, например 10.12.2020.")]
    )
    planned_end = CycleDate(terms.PAIR["planned_end"])
    meets = SelectField(terms.PAIR["meets"], coerce=Meets, choices=options(MEETS.items()))
    goal = TextAreaField(terms.PAIR["goal"], [short(1000)])
    role_model = StringField(
        terms.PAIR["role_model"],
        [short(200)],
        description="Например: успевающий – неуспевающий, лидер – пассивный. Можно своими словами.",
    )
    order_number = StringField(terms.PAIR["order_number"], [short(terms.LONGEST_ORDER)])
    order_date = CycleDate(terms.PAIR["order_date"], [not_in_future])
    lasts = RadioField(
        terms.PAIR["lasts"],
        choices=options((lasts.value, text) for lasts, text in LASTS.items()),
        validate_choice=False,
        description="Пара, начатая с 1 июня по 31 августа: другие считаются до ближайшего 31 августа",
    )
    version = VersionField()

    @property
    def is_of_summer(self) -> bool:
        """Tell whether the form asks until when the pair counts."""
        return bool(self.started.data) and is_of_summer(self.started.data)

    def validate_lasts(self, field: Any) -> None:
        """Ask of a pair begun in summer until when it counts, with the usual answer chosen.

        Raises:
            ValidationError: nothing was chosen.
        """
        if self.is_of_summer and field.data not in set(Lasts):
            field.data = usual_of(self.started.data, self.planned_end.data).value
            raise ValidationError("Пара начата летом: выберите, до какого дня она считается.")

    def last_cycle(self) -> int:
        """Return to the end of which school year the pair counts."""
        cycle = dates.cycle_of(self.started.data)
        return cycle + 1 if self.is_of_summer and self.lasts.data == Lasts.NEXT else cycle

    def facts(self) -> PairFacts:
        """Return what was typed."""
        return PairFacts(
            kind_id=self.kind_id.data,
            started=self.started.data,
            planned_end=self.planned_end.data,
            meets=self.meets.data,
            goal=self.goal.data or "",
            role_model=self.role_model.data or "",
            order_number=self.order_number.data or "",
            order_date=self.order_date.data,
            last_cycle=self.last_cycle(),
        )


class NewPairForm(PairForm):
    """A pair to be formed."""

    mentor_id = SelectField(
        "Наставник",
        [Filled("Выберите наставника из базы.")],
        coerce=row_id,
        validate_choice=False,
    )
    mentee_ids = SelectMultipleField(
        "Наставляемые",
        [Filled("Отметьте хотя бы одного наставляемого.")],
        coerce=row_id,
        validate_choice=False,
    )
    state = RadioField(
        terms.PAIR["state"],
        choices=options(
            [
                (PairState.ACTIVE.value, terms.PAIR_STATES["active"]),
                (PairState.DRAFT.value, f"{terms.PAIR_STATES['draft']}: пока не считается"),
            ]
        ),
        default=PairState.ACTIVE.value,
        validate_choice=True,
    )

    def new_pair(self, continues_id: int | None) -> NewPair:
        """Return the pair as typed."""
        return NewPair(
            **vars(self.facts()),
            mentor_id=self.mentor_id.data,
            mentee_ids=tuple(self.mentee_ids.data or ()),
            state=PairState(self.state.data),
            continues_id=continues_id,
        )


def saved_pair_form(pair: Pair) -> PairForm:
    """Return the form filled with what is saved."""
    names = (
        "kind_id",
        "started",
        "planned_end",
        "meets",
        "goal",
        "role_model",
        "order_number",
        "order_date",
    )
    data = {name: getattr(pair, name) for name in (*names, "version")}
    goes_on = pair.last_cycle > dates.cycle_of(pair.started)
    return PairForm(data=data | {"lasts": (Lasts.NEXT if goes_on else Lasts.THIS).value})


def usual_of(started: date, planned_end: date | None) -> Lasts:
    """Return what the form offers of a pair begun in summer."""
    goes_on = usual_last_cycle(started, planned_end) > dates.cycle_of(started)
    return Lasts.NEXT if goes_on else Lasts.THIS


class CloseForm(BaseForm):
    """How a pair ended, and the decision that п. 2.3 of the order asks for."""

    ended = CycleDate(
        "Последний день", [Filled("Укажите дату завершения, например 25.05.2021."), not_in_future]
    )
    reason = StringField(
        "Причина",
        [Filled("Укажите причину, например «цель достигнута»."), short(300)],
        description="Например: цель достигнута, окончание учебного года.",
    )
    outcome = TextAreaField("Итог", [short(1000)], description="Чего достигли. По желанию.")
    decision = RadioField(
        "Решение по п. 2.3 приказа",
        [Filled("Выберите решение: продолжить или завершить.")],
        choices=options((decision.value, text) for decision, text in DECISIONS.items()),
        validate_choice=False,
    )
    version = VersionField()

    def validate_decision(self, field: Any) -> None:
        """Accept one of the two decisions only.

        Raises:
            ValidationError: it is neither.
        """
        if field.data not in set(Decision):
            raise ValidationError("Выберите решение: продолжить или завершить.")

    def closing(self) -> Closing:
        """Return what was typed."""
        return Closing(
            ended=self.ended.data,
            reason=self.reason.data or "",
            outcome=self.outcome.data or "",
            decision=Decision(self.decision.data),
        )


class JoinForm(BaseForm):
    """A mentee to be added to a pair."""

    person_id = SelectField(
        "Наставляемый",
        coerce=row_id,
        validate_choice=False,
        validators=[Filled("Выберите, кого добавить.")],
    )
    joined = CycleDate("С какого дня", [Filled("Укажите дату, например 10.12.2020.")])


class LeaveForm(BaseForm):
    """The last day of somebody, in a pair or in a register, and why."""

    left = CycleDate(
        "Последний день",
        [Filled("Укажите дату выбытия, например 08.12.2020."), not_in_future],
        description="Этот день ещё считается.",
    )
    reason = StringField(
        "Причина",
        [Filled("Укажите причину, например «перевод в другую школу»."), short(LONGEST_REASON)],
        description="Например: перевод в другую школу, по заявлению родителей.",
    )
    version = VersionField()


class ReturnForm(BaseForm):
    """The day somebody comes back into a register."""

    joined = RussianDate(
        "Снова в базе с", [Filled("Укажите дату, например 01.09.2021."), not_in_future]
    )


def read_in(first_year: int) -> dict[str, int]:
    """Return the `meta` of a form posted from a page of this school year: how it reads dates."""
    return {"school_year": first_year}


def first_day(first_year: int) -> Any:
    """Return the day a form of a school year offers: today, or the year's first or last day."""
    first, last = dates.cycle_bounds(first_year)
    return min(max(dates.today(), first), last)
