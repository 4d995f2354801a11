"""The form of numbers and dates: a row a paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, StringField

from nastav import ru, terms
from nastav.forms import RussianDate, VersionField, YearForm, in_school_year, not_in_future, short
from nastav.paperwork import rules
from nastav.paperwork.models import Paper
from nastav.paperwork.numbers.drift import Drift
from nastav.paperwork.numbers.operations import Entry


@dataclass(frozen=True)
class Row:
    """The fields of one paper."""

    paper: Paper
    drift: Drift
    number: Any
    dated: Any
    done: Any
    version: Any
    drafts: Any = None  # none: the paper holds no draft

    @property
    def name(self) -> str:
        return rules.named(self.paper.kind)

    @property
    def fields(self) -> list[Any]:
        """Return the fields that a mistake may stand in."""
        return [field for field in (self.number, self.dated, self.done, self.drafts) if field]

    @property
    def is_typed(self) -> bool:
        """Tell whether anything was typed into the number or the date."""
        return any("".join(field.raw_data or ()).strip() for field in (self.number, self.dated))

    @property
    def typed(self) -> str:
        """Return the number and date as they were typed: «№ 88 от 11.12.2020»."""
        return rules.mark(self.number.data or "", self.dated.data)

    @property
    def entry(self) -> Entry:
        """Return what was typed, once the form holds."""
        return Entry(
            self.paper,
            self.number.data or "",
            self.dated.data,
            self.version.data,
            is_done=self.done.data,
            begins=self.drafts is None or self.drafts.data,
        )


class NumbersForm(YearForm):
    """The numbers and dates of papers; `form_of` gives it the fields of each."""

    papers: Sequence[Paper] = ()
    drifts: Mapping[int, Drift] = {}
    signed: Sequence[Paper] = ()  # whose numbers the typed ones may not contradict

    @property
    def rows(self) -> Iterator[Row]:
        """Return the rows, in the order of the papers."""
        for paper in self.papers:
            yield Row(
                paper,
                self.drifts[paper.id],
                number=self[f"number_{paper.id}"],
                dated=self[f"dated_{paper.id}"],
                done=self[f"done_{paper.id}"],
                version=self[f"version_{paper.id}"],
                drafts=self._fields.get(f"drafts_{paper.id}"),
            )

    @property
    def typed(self) -> list[Row]:
        """Return the rows into which something was typed."""
        return [row for row in self.rows if row.is_typed]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check each row, and the rows against each other."""
        holds = super().validate(*args, **kwargs)
        typed = self.typed
        if not typed:
            self.form_errors.append("Впишите номер и дату хотя бы одной бумаги.")
        for row in typed:
            self._check_whole(row)
        self._check_dates(typed)
        return holds and not self.errors

    def _check_whole(self, row: Row) -> None:
        if not row.dated.data and not row.dated.errors:
            _blame(row.dated, "Укажите дату бумаги, например 10.12.2020.")
        if row.paper.kind.is_numbered and not row.number.data:
            _blame(row.number, "Укажите номер, например 87.")

    def _check_dates(self, typed: Sequence[Row]) -> None:
        """Orders of one number have one date; a protocol of that number is another paper."""
        known = {_key(paper, paper.number): paper.dated for paper in self.signed if paper.number}
        for row in typed:
            if not row.number.data or not row.dated.data:
                continue
            key = _key(row.paper, row.number.data)
            day = known.setdefault(key, row.dated.data)
            if day and day != row.dated.data and not row.paper.is_signed:
                other = rules.mark(row.number.data, day)
                _blame(row.dated, f"Номер тот же, а дата другая: уже есть {other}.")


class CorrectForm(YearForm):
    """The number and date of a signed paper, to be put right."""

    number = StringField("Номер", [short(terms.LONGEST_ORDER)])
    dated = RussianDate("Дата", [not_in_future, in_school_year])
    version = VersionField()

    def check(self, paper: Paper) -> bool:
        """Validate; a paper that has a number keeps one."""
        holds = self.validate()
        if paper.kind.is_numbered and not self.number.data:
            _blame(self.number, "Укажите номер, например 87.")
        if not self.dated.data and not self.dated.errors:
            _blame(self.dated, "Укажите дату бумаги, например 10.12.2020.")
        return holds and not self.errors


def form_of(papers: Sequence[Paper], drifts: Mapping[int, Drift]) -> type[NumbersForm]:
    """Return the form of these papers."""
    fields: dict[str, Any] = {"papers": tuple(papers), "drifts": drifts}
    for paper in papers:
        name, key = rules.named(paper.kind), paper.id
        fields[f"number_{key}"] = StringField(f"{name}: номер", [short(terms.LONGEST_ORDER)])
        fields[f"dated_{key}"] = RussianDate(f"{name}: дата", [not_in_future, in_school_year])
        fields[f"done_{key}"] = BooleanField(f"{name}: мероприятие выполнено", default=True)
        fields[f"version_{key}"] = VersionField(default=str(paper.version))
        if drifts[key].drafts:
            count = ru.counted(drifts[key].drafts, "черновик", "черновика", "черновиков")
            label = f"начать {count} с даты приказа"
            fields[f"drafts_{key}"] = BooleanField(label, default=True)
    return type("NumbersForm", (NumbersForm,), fields)


def _key(paper: Paper, number: str) -> tuple[str, str]:
    """Return what must have one date: a number among the orders, or the protocols, of a year."""
    return paper.kind.name.split()[0].casefold(), number.casefold()


def _blame(field: Any, sentence: str) -> None:
    field.errors = [*field.errors, sentence]
