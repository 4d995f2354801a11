"""The figures of a report, flat: what «Сводка» shows, what is kept and compared later. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from nastav import ru
from nastav.execution.rules import PointState
from nastav.feedback.labels import asked
from nastav.people.models import Part
from nastav.reports.records import Material
from nastav.rollup.board import OVERDUE, OVERDUE_RETURNED
from nastav.stages.models import StageState

PEOPLE = {Part.MENTEE: "наставляемых", Part.MENTOR: "наставников (обучающихся)"}


@dataclass(frozen=True)
class Line:
    """A line of «Сводка»: a figure, and what it is compared with."""

    key: str
    section: str
    what: str
    fact: int | None  # None: нет данных
    whole: int | None = None  # the plan, or of how many; None: not known
    has_whole: bool = True
    is_plan: bool = False
    is_told: bool = True  # False: kept and compared, but nothing to read in «Сводка»


@dataclass(frozen=True)
class Figure:
    """A number of a report under a key that stays the same from year to year; None is «—»."""

    key: str
    label: str
    value: int | None


def lines(material: Material) -> list[Line]:
    """Return the lines of «Сводка» in reading order."""
    found = (_coverage, _stages, _work, _answers, _order)
    return [line for part in found for line in part(material)]


def figures(material: Material) -> list[Figure]:
    """Return every figure that is kept: the lines of «Сводка», then each school's own."""
    found = []
    for line in lines(material):
        label = f"{line.section}: {ru.inside(line.what)}"
        found.append(Figure(line.key, label, line.fact))
        if line.is_plan:  # what else is compared with is a figure of its own
            found.append(Figure(f"{line.key}.whole", f"{label}, план", line.whole))
    return [*found, *_of_schools(material), *_of_forms(material), *_of_late(material)]


def _coverage(material: Material) -> Iterable[Line]:
    coverage, own = material.coverage, material.progress
    section = f"Охват, {coverage.year} год"
    for part in Part:
        total = coverage.of(part)
        fact = total.everybody if total.target is None else total.actual
        what = f"Охвачено {PEOPLE[part]}"
        yield Line(f"{part.value}.covered", section, what, fact, total.target, is_plan=True)
        missing = f"Не хватает по школам {PEOPLE[part]}"
        yield Line(f"{part.value}.missing", section, missing, total.missing, has_whole=False)
    mentees = coverage.mentees
    yield Line("mentee.today", section, "Из охваченных в паре на эту дату", own.today, own.actual)
    yield Line("mentee.met", section, "Встречались хотя бы раз", mentees.met, mentees.in_pair)


def _stages(material: Material) -> Iterable[Line]:
    board = material.board
    if board is None:
        return
    section, total = f"Этапы, {ru.school_year(board.first_year)}", len(board.cells)
    unsent = board.count(StageState.NOT_STARTED) + board.count(StageState.IN_PROGRESS)
    yield Line("stages.accepted", section, "Принято", board.count(StageState.ACCEPTED), total)
    yield Line("stages.submitted", section, "На проверке", board.count(StageState.SUBMITTED), total)
    yield Line("stages.returned", section, "Возвращено", board.count(StageState.RETURNED), total)
    yield Line("stages.unsent", section, "В работе или не начато", unsent, total)
    yield Line("stages.overdue", section, "Просрочено", board.count(OVERDUE), total)
    late = board.count(OVERDUE_RETURNED)
    yield Line("stages.overdue_returned", section, "Из просроченных возвращено", late, total)
    yield Line(
        "stages.on_time", section, "Отправлено в срок", board.sent.on_time, board.sent.actual
    )


def _work(material: Material) -> Iterable[Line]:
    counts, found = material.monitoring.total, material.execution
    numbers, section = counts.numbers, f"Работа, {material.on.year} год"
    yield Line("pairs", section, "Пар и групп", numbers.pairs, has_whole=False)
    yield Line("mentors", section, "Наставников, со взрослыми", numbers.mentors, has_whole=False)
    yield Line("trained", section, "Наставников обучено", counts.trained, numbers.mentors)
    what = "Участников с согласием"
    yield Line("consented", section, what, counts.consented, counts.participants)
    what = "Молодых педагогов среди наставляемых"
    yield Line("young_teachers", section, what, counts.young_teachers, numbers.mentees)
    what = "Наставников от предприятий"
    yield Line("employers", section, what, counts.employers, numbers.mentors)
    took_part = found.participation.took_part
    what = "Наставляемых, кто участвовал в событиях"
    yield Line("took_part", section, what, took_part, found.coverage.mentees.in_pair)
    published = found.practices.published
    yield Line("practices", section, "Практик опубликовано", published, has_whole=False)


def _answers(material: Material) -> Iterable[Line]:
    section = f"Обратная связь, {ru.school_year(material.first_year)}"
    for group in material.feedback:
        who = asked(group.part, group.moment)
        key = f"feedback.{group.id}"
        what = f"Ответили: {who}"
        has_people = group.people is not None
        yield Line(
            f"{key}.n", section, what, group.n, group.people, has_people, is_told=group.n > 0
        )
        if group.satisfied:
            happy, n = group.satisfied.happy, group.satisfied.n
            what = f"Из ответивших довольны: {who}"
            yield Line(f"{key}.happy", section, what, happy, n, is_told=happy is not None)


def _order(material: Material) -> Iterable[Line]:
    own = [point for point in material.points if not point.is_appendix]
    done = sum(point.state is PointState.DONE for point in own)
    yield Line("points.done", "Исполнение приказа", "Пунктов исполнено", done, len(own))
    decisions = material.execution.decisions
    if decisions:
        what = f"Пар {ru.school_year(decisions.first_year)} с решением по итогам"
        decided, pairs = decisions.decided, decisions.pairs
        yield Line("decisions", "Исполнение приказа", what, decided, pairs)


def _of_schools(material: Material) -> Iterable[Figure]:
    for school in material.coverage.schools:
        for part in Part:
            figure, key = school.of(part), f"school.{school.school_id}.{part.value}"
            who = PEOPLE[part]
            yield Figure(f"{key}.plan", f"{school.name}, {who}, план", figure.target)
            yield Figure(f"{key}.fact", f"{school.name}, {who}", figure.actual)
            yield Figure(f"{key}.met", f"{school.name}, {who}, встречались", figure.met)


def _of_forms(material: Material) -> Iterable[Figure]:
    for line in material.monitoring.district[:-1]:
        numbers, key = line.counts.numbers, f"form.{line.form}"
        yield Figure(f"{key}.pairs", f"{line.form}, пар и групп", numbers.pairs)
        yield Figure(f"{key}.mentees", f"{line.form}, наставляемых", numbers.mentees)
        yield Figure(f"{key}.mentors", f"{line.form}, наставников", numbers.mentors)


def _of_late(material: Material) -> Iterable[Figure]:
    for row in material.board.rows if material.board else ():
        key = f"school.{row.school_id}"
        accepted, late = row.count(StageState.ACCEPTED), row.count(OVERDUE)
        yield Figure(f"{key}.accepted", f"{row.school}, этапов принято", accepted)
        yield Figure(f"{key}.overdue", f"{row.school}, этапов просрочено", late)
