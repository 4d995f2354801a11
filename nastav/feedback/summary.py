"""What answers say in sum, and when they are too few to be shown (security.md#p3)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nastav import ru
from nastav.charts.squares import Squares, draw
from nastav.feedback.catalogue import ASKED, SATISFIED
from nastav.feedback.models import (
    ABOUT_PAIRS,
    LISTED,
    PARTICIPANTS,
    Moment,
    QuestionKind,
    Respondent,
    chosen,
)

LEAST_SHOWN = 5  # answers; a distribution of fewer would tell who said what
MARKS = 10
SQUARES = 50  # at most so many on a side of a chart; past that one square is several answers


@dataclass(frozen=True)
class AnswerCount:
    """How many times one value was given to one question, with the options it was chosen from."""

    part: Respondent
    moment: Moment
    key: str
    value: int
    count: int
    options: Sequence[str] = ()


@dataclass(frozen=True)
class Wording:
    """A question as its newest version words it."""

    part: Respondent
    moment: Moment
    key: str
    kind: QuestionKind
    text: str
    low: str
    high: str
    options: Sequence[str] = ()


@dataclass(frozen=True)
class Scale:
    """The answers to a scaled question; `counts` of marks 1–10 is None where they are too few."""

    question: Wording
    n: int
    counts: tuple[int, ...] | None

    @property
    def unit(self) -> int:
        """Return how many answers one square of the chart stands for."""
        counts = self.counts or ()
        longest = max(sum(counts[:5]), sum(counts[5:]))
        return max(1, -(-longest // SQUARES))

    @property
    def drawn(self) -> Squares:
        """Return the chart of the counts that may be shown."""
        return draw(self.counts or (0,) * 10, self.unit)


@dataclass(frozen=True)
class YesNo:
    """The answers to a yes-or-no question; `yes` is None where they are too few."""

    question: Wording
    n: int
    yes: int | None


@dataclass(frozen=True)
class Listed:
    """How often each option of a list was chosen, by n answers; `counts` is None where they are too few.

    What is no longer offered, or in one variant only, comes last.
    """

    question: Wording
    n: int
    counts: Mapping[str, int] | None

    @property
    def is_several(self) -> bool:
        """Tell whether an answer may hold several options."""
        return self.question.kind is QuestionKind.SEVERAL

    @property
    def total(self) -> int:
        """Return how many options were chosen in all: more than n where an answer held several."""
        return sum((self.counts or {}).values())


@dataclass(frozen=True)
class Satisfied:
    """How many marked their satisfaction, and how many of them at the threshold or above."""

    threshold: int
    n: int
    happy: int | None


@dataclass(frozen=True)
class Group:
    """All that one part said at one moment: n responses, of so many people in pairs of the year.

    How many parents there are nobody knows: `people` is None.
    """

    part: Respondent
    moment: Moment
    n: int
    people: int | None
    versions: tuple[int, ...]  # of the wording that the responses were given to
    scales: tuple[Scale, ...]
    yes_no: tuple[YesNo, ...]
    lists: tuple[Listed, ...]
    satisfied: Satisfied | None

    @property
    def is_hidden(self) -> bool:
        """Tell whether there are answers, but too few to be shown."""
        return 0 < self.n < LEAST_SHOWN

    @property
    def is_over(self) -> bool:
        """Tell whether more answered than there are people in pairs."""
        return self.people is not None and self.n > self.people

    @property
    def id(self) -> str:
        """Return the name of the group's place on a page."""
        return f"{self.part.value}-{self.moment.value}"


@dataclass(frozen=True)
class Unanswered:
    """How many questionnaires of a moment are missing to one from everybody in a pair of the year."""

    moment: Moment
    mentees: int
    mentors: int


def unanswered(found: Iterable[Group]) -> list[Unanswered]:
    """Return what is missing of each moment, those left out of which nothing is."""
    missing = {
        (group.part, group.moment): max(group.people - group.n, 0)
        for group in found
        if group.people is not None
    }
    moments = [
        Unanswered(moment, *(missing.get((part, moment), 0) for part in PARTICIPANTS))
        for moment in Moment
    ]
    return [row for row in moments if row.mentees or row.mentors]


def shown_moment(found: Iterable[Group], asked: str | None) -> Moment:
    """Return the moment a page shows: the one asked for, else the last that has answers."""
    if asked in set(Moment):
        return Moment(asked)
    answered = {group.moment for group in found if group.n}
    return [moment for moment in Moment if moment in answered or moment is Moment.START][-1]


def groups(
    wordings: Iterable[Wording],
    counts: Iterable[AnswerCount],
    responses: Mapping[tuple[Respondent, Moment], Mapping[int, int]],
    people: Mapping[Respondent, int],
    satisfied_from: int,
) -> tuple[Group, ...]:
    """Return the groups in the order of ASKED, the curator's left out; small figures are left out here.

    `responses` counts by version of the wording.
    """
    given: dict[tuple[Respondent, Moment, str], Counter[int]] = defaultdict(Counter)
    ticked: Ticked = defaultdict(Counter)
    for count in counts:
        asked_of = count.part, count.moment, count.key
        if count.options:
            ticked[asked_of][tuple(chosen(count.options, count.value))] += count.count
        else:
            given[asked_of][count.value] += count.count
    asked: dict[tuple[Respondent, Moment], list[Wording]] = defaultdict(list)
    for wording in wordings:
        asked[wording.part, wording.moment].append(wording)
    return tuple(
        Group(
            part,
            moment,
            sum(responses.get((part, moment), {}).values()),
            None if part is Respondent.PARENT else people.get(part, 0),
            tuple(sorted(responses.get((part, moment), {}))),
            tuple(_scales(asked[part, moment], given)),
            tuple(_yes_no(asked[part, moment], given)),
            tuple(_lists(asked[part, moment], ticked)),
            _satisfied(asked[part, moment], given, satisfied_from),
        )
        for part, moment in ASKED
        if part in ABOUT_PAIRS
    )


Given = Mapping[tuple[Respondent, Moment, str], Mapping[int, int]]
Ticked = dict[
    tuple[Respondent, Moment, str], Counter[tuple[str, ...]]
]  # by the options of an answer


def _of(wording: Wording, given: Given) -> Mapping[int, int]:
    return given.get((wording.part, wording.moment, wording.key), {})


def _scales(asked: list[Wording], given: Given) -> Iterable[Scale]:
    for wording in asked:
        if wording.kind is QuestionKind.SCALE:
            found = _of(wording, given)
            n = sum(found.values())
            marks = tuple(found.get(mark, 0) for mark in range(1, MARKS + 1))
            yield Scale(wording, n, marks if n >= LEAST_SHOWN else None)


def _yes_no(asked: list[Wording], given: Given) -> Iterable[YesNo]:
    for wording in asked:
        if wording.kind is QuestionKind.YES_NO:
            found = _of(wording, given)
            n = sum(found.values())
            yield YesNo(wording, n, found.get(1, 0) if n >= LEAST_SHOWN else None)


def _lists(asked: list[Wording], ticked: Ticked) -> Iterable[Listed]:
    for wording in asked:
        if wording.kind in LISTED:
            found = ticked.get((wording.part, wording.moment, wording.key), Counter())
            n = found.total()
            others = {option for options in found for option in options} - set(wording.options)
            counts = {
                option: sum(count for options, count in found.items() if option in options)
                for option in (*wording.options, *sorted(others, key=ru.sort_key))
            }
            yield Listed(wording, n, counts if n >= LEAST_SHOWN else None)


def _satisfied(asked: list[Wording], given: Given, threshold: int) -> Satisfied | None:
    """The question of satisfaction counts at the end only (rules.md#feedback-in-sum)."""
    for wording in asked:
        if wording.key == SATISFIED and wording.moment is Moment.FINAL:
            found = _of(wording, given)
            n = sum(found.values())
            happy = sum(count for value, count in found.items() if value >= threshold)
            return Satisfied(threshold, n, happy if n >= LEAST_SHOWN else None)
    return None
