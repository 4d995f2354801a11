"""The points of the order in words: what is ordered, its figures on the day, what proves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nastav import dates, ru
from nastav.coverage import text as coverage_text
from nastav.coverage.figures import DistrictCoverage
from nastav.execution import rules
from nastav.execution.facts import Control, Execution, Stages
from nastav.execution.rules import PointState
from nastav.people.models import Part

LATE = "с нарушением срока"
SCHOOLS = ("школа", "школы", "школ")
MENTEES = ("наставляемый", "наставляемых", "наставляемых")
MOST_KEPT = 6  # reports told by their day
CHILDREN = ("ребёнка", "детей", "детей")  # whom is missing
STAGES = ("этап", "этапа", "этапов")
# our own short words, where neither the order's nor its file's are known
USUAL = {
    "1.2": "Этапы Программы в школах (приложение 2)",
    "1.3": "Рабочая группа района (приложение 3)",
    "1.4": "Муниципальный координатор",
    "2.1": "Условия для Программы, обмен лучшими практиками",
    "2.2": "Вовлечённость наставляемых в социальные, культурные и образовательные процессы",
    "2.3": "Анализ работы пар и решение: продолжить в новом цикле или завершить",
    "3": "Контроль за исполнением приказа",
}


@dataclass(frozen=True)
class Proof:
    """What proves a figure; with an endpoint it leads there, for whoever may go."""

    text: str
    endpoint: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    permission: str = "rollup:read"


@dataclass(frozen=True)
class Point:
    """A line of the page, of the paper and of the workbook."""

    ref: str
    what: str
    state: PointState
    figure: str  # the number that matters, first
    said: str  # the rest of the sentence, and more of them
    proofs: tuple[Proof, ...]
    is_late: bool = False

    @property
    def is_appendix(self) -> bool:
        """Tell an appendix from a point: the lead counts points alone."""
        return self.ref.startswith("Прил")

    @property
    def figures(self) -> str:
        """Return the figures as one text."""
        return f"{self.figure}{self.said}"

    @property
    def proof(self) -> str:
        """Return what proves it as one text."""
        return "; ".join(proof.text for proof in self.proofs)


def points(found: Execution, target: str) -> list[Point]:
    """Return every point and appendix of the order in its order.

    Args:
        found: the figures.
        target: what the order wants in the end, in short words.
    """
    return [
        _coverage(found, target),
        _stages(found),
        _team(found),
        Point(
            "1.4", _what(found, "1.4"), rules.of_somebody(len(found.coordinator)),
            "Назначен" if found.coordinator else "Не указан",
            f": {ru.initials_first(found.coordinator)}." if found.coordinator else ".",
            (Proof("Состав и реквизиты приказа", "district.district_team"),),
        ),
        _conditions(found),
        _participation(found),
        _decisions(found),
        _control(found),
        _first_appendix(found),
        _second_appendix(found),
        Point(
            "Прил. 3", "Состав рабочей группы", rules.of_somebody(found.team),
            _people(found.team), " в составе на сегодня." if found.team else ".",
            (Proof("Состав", "district.district_team"),),
        ),
    ]  # fmt: skip


def lead(found: list[Point], coverage: DistrictCoverage) -> tuple[str, str, str]:
    """Return the sentence on top: its number, what is said of it, and the gap in people («» for none)."""
    own = [point for point in found if not point.is_appendix]
    counts = rules.counts(point.state for point in own)
    done = counts.pop(PointState.DONE, 0)
    points = ru.plural(len(own), "пункта", "пунктов", "пунктов")
    verb = ru.plural(done, "исполнен", "исполнены", "исполнены")
    said = [f" {points} {verb}"]
    said += [_rest(state, counts[state]) for state in _TOLD if state in counts]
    gap = coverage.mentees.gap
    people = ru.counted(-gap, *CHILDREN) if gap is not None and gap < 0 else ""
    return f"{done} из {len(own)}", ", ".join(said), people


# the gap in people stands last, so what is below the plan stands before it
_TOLD = (PointState.RUNNING, PointState.NOT_DUE, PointState.NO_DATA, PointState.BELOW)


def _rest(state: PointState, count: int) -> str:
    words = {
        PointState.RUNNING: ru.plural(count, "исполняется", "исполняются", "исполняются"),
        PointState.BELOW: f"{ru.DASH} ниже плана",
        PointState.NO_DATA: f"{ru.DASH} нет данных",
        PointState.NOT_DUE: f"{ru.DASH} срок не наступил",
    }
    return f"{count} {words[state]}"


def _what(found: Execution, ref: str, usual: str = "") -> str:
    return ru.capitalized(found.words.get(ref) or usual or USUAL[ref])


def _without_year(ref: str, what: str) -> Point:
    return Point(ref, what, PointState.NO_DATA, "Нет данных", ": учебный год не открыт.", ())


# --- п. 1: what the district does -------------------------------------------------------------------


def _coverage(found: Execution, target: str) -> Point:
    coverage = found.coverage
    said = [_against_plan(coverage), *_towards_goal(found)]
    wanted = target.replace(" %", f"{ru.NBSP}%")
    place: dict[str, str | int] = {"year": found.year}
    if not found.is_today:
        place["on"] = ru.date_short(found.on)
    proofs = [Proof("Охват и план", "progress.district", place)]
    if coverage.mentees.target is not None and not coverage.has_printed:
        proofs.append(Proof(f"план на {found.year} год задан районом, в приказе его нет"))
    return Point(
        "1.1",
        _what(found, "1.1", f"План охвата (приложение 1): {wanted}"),
        rules.of_coverage(coverage),
        _mentees_of_plan(coverage),
        " ".join(said),
        tuple(proofs),
    )


def _mentees_of_plan(coverage: DistrictCoverage) -> str:
    total = coverage.mentees
    if total.everybody is None:
        return "Нет данных"
    if total.target is None:
        return ru.number(total.everybody)
    return f"{ru.number(total.actual or 0)} из {ru.number(total.target)}"


def _against_plan(coverage: DistrictCoverage) -> str:
    total, year = coverage.mentees, coverage.year
    if total.everybody is None:
        return f" о наставляемых {year} года: школы никого не внесли."
    if total.target is None:
        word = ru.plural(total.everybody, *MENTEES)
        return f" {word} в {year} году; план на {year} год не введён."
    mentors = coverage.mentors
    said = f" наставляемых в {year} году ({total.percent}). {coverage_text.gaps(coverage, Part.MENTEE)}"
    if mentors.target is not None and mentors.actual is not None:
        said += f" Наставников из обучающихся — {ru.number(mentors.actual)} из {ru.number(mentors.target)}."
    return said


def _towards_goal(found: Execution) -> list[str]:
    """How far it is to what the order wants in the end, and how the last year of its plan ended."""
    goal = found.goal
    said: list[str] = []
    people = found.coverage.mentees.everybody
    if goal is None:
        return said
    if goal.pupils and people is not None:
        share = ru.percent(people, goal.pupils)
        said.append(
            f"Это {share} от {ru.out_of(goal.pupils, 'обучающегося', 'обучающихся')} при цели "
            f"{goal.percent}{ru.NBSP}% к {goal.year} году."
        )
    if goal.coverage and goal.coverage.mentees.actual is not None:
        total = goal.coverage.mentees
        plan = ru.number(total.target)
        said.append(f"В {goal.year} году — {ru.number(total.actual)} из {plan} ({total.percent}).")
    return said


def _stages(found: Execution) -> Point:
    stages, state = found.stages, rules.of_stages(found.stages, found)
    if stages is None or not stages.total:
        return _without_year("1.2", _what(found, "1.2"))
    rest = (
        f" {ru.plural(stages.total, 'этапа', 'этапов', 'этапов')} принято, {stages.submitted} на "
        f"проверке, {stages.unsent} в работе или не начато, {stages.returned} возвращено; "
        f"{_overdue(stages)}."
    )
    year = ru.school_year(stages.first_year)
    proofs = (
        Proof(f"Сводка по этапам, {year}", "rollup.stages", {"cycle": stages.first_year}),
        Proof(f"подтверждающих документов: {ru.number(stages.documents)}"),
    )
    figure = f"{ru.number(stages.accepted)} из {ru.number(stages.total)}"
    return Point("1.2", _what(found, "1.2"), state, figure, rest, proofs, bool(stages.overdue))


def _overdue(stages: Stages) -> str:
    if not stages.overdue:
        return "просроченных нет"
    returned = f", из них возвращено {stages.overdue_returned}" if stages.overdue_returned else ""
    return f"просрочено {stages.overdue}{returned}"


def _team(found: Execution) -> Point:
    said = "."
    if (stages := found.stages) and stages.schools:
        of = ru.out_of(stages.schools, "школы", "школ")
        said = f". Школьная группа подтверждена документом у {stages.with_team} из {of}."
    return Point(
        "1.3",
        _what(found, "1.3"),
        rules.of_somebody(found.team),
        _people(found.team),
        said,
        (Proof("Состав", "district.district_team"),),
    )


def _people(count: int) -> str:
    return ru.counted(count, "человек", "человека", "человек") if count else "Состав не введён"


# --- п. 2: what schools do ------------------------------------------------------------------------------


def _conditions(found: Execution) -> Point:
    stages, told = found.stages, found.practices
    state = rules.of_conditions(stages, found)
    published = f" Практик опубликовано {told.published}"
    if told.published:
        published += f", из {ru.out_of(told.schools, 'школы', 'школ')}"
    board = Proof("Практики", "practices.board.listing")
    if stages is None or not stages.total:
        return Point(
            "2.1", _what(found, "2.1"), state, "Нет данных", f" об этапах.{published}.", (board,)
        )
    figure = f"{stages.first_accepted} из {stages.schools}"
    schools = ru.plural(stages.schools, "школы", "школ", "школ")
    sent = f"{stages.first_submitted} на проверке"
    rest = f" {schools}: этап {stages.first_roman} принят; {sent}.{published}."
    place = {"cycle": stages.first_year, "stage": 1}
    proofs = (Proof(f"Этап {stages.first_roman}", "rollup.stages", place), board)
    is_late = bool(stages.first_overdue)
    return Point("2.1", _what(found, "2.1"), state, figure, rest, proofs, is_late)


def _participation(found: Execution) -> Point:
    told, mentees = found.participation, found.coverage.mentees.in_pair or 0
    state = rules.of_participation(found)
    if state is PointState.NO_DATA:
        rest = f" о событиях {found.year} года: школы их не записали."
        return Point("2.2", _what(found, "2.2"), state, "Нет данных", rest, ())
    figure = f"{ru.number(told.took_part)} из {ru.number(mentees)}"
    events = ru.out_of(told.occasions, "событии", "событий")
    rest = (
        f" наставляемых в парах и группах участвовали хотя бы в одном из {events}"
        f" {found.year} года"
        f" ({ru.percent(told.took_part, mentees)})."
    )
    schools = ru.out_of(len(found.coverage.schools), "школы", "школ")
    verb = ru.plural(told.schools, "ведёт", "ведут", "ведут")
    proof = Proof(f"Учёт событий {verb} {told.schools} из {schools}")
    return Point("2.2", _what(found, "2.2"), state, figure, rest, (proof,))


def _decisions(found: Execution) -> Point:
    told = found.decisions
    if told is None:
        state = rules.of_decisions(None, is_due=False)
        return Point("2.3", _what(found, "2.3"), state, "Нет данных", ": пар ещё не было.", ())
    last = dates.cycle_bounds(told.first_year)[1]
    is_due = found.on > last
    state = rules.of_decisions(told, is_due=is_due)
    rest = (
        f" {ru.plural(told.pairs, 'пары', 'пар', 'пар')} {ru.school_year(told.first_year)} учебного года: "
        f"продолжены {told.carried_on}, завершены {told.finished}. Без решения — {told.undecided}"
    )
    rest += f", за прежние годы — {told.earlier}." if told.earlier else "."
    if not is_due:
        rest += f" Срок решения — {ru.date_short(last)}."
    figure = f"{ru.number(told.decided)} из {ru.number(told.pairs)}"
    proofs = [Proof("Решения по парам принимают школы")]
    if found.stages:
        place = {"cycle": told.first_year, "stage": 7}
        proofs.insert(0, Proof("Этап VII", "rollup.stages", place))
    is_late = is_due and bool(told.undecided or told.earlier)
    return Point("2.3", _what(found, "2.3"), state, figure, rest, tuple(proofs), is_late)


# --- п. 3 and the appendices ------------------------------------------------------------------------------


def _control(found: Execution) -> Point:
    stages, state = found.stages, rules.of_control(found.stages, found)
    if stages is None or not stages.total:
        return _without_year("3", _what(found, "3"))
    sent = stages.decided + stages.submitted
    figure = f"{ru.number(stages.decided)} из {ru.number(sent)}"
    many = "отправленных этапов"
    of = ru.plural(sent, "отправленного этапа", many, many)
    rest = f" {of} проверено: {stages.accepted} принято, {stages.returned} возвращено."
    if not sent:
        figure, rest = "0", " этапов отправлено на проверку."
    more = [f"{ru.capitalized(said)}." for said in looked_into(found.control)]
    proofs = [
        Proof("Журнал решений", "audit.journal", permission="audit:read"),
        Proof("Сводка по этапам", "rollup.stages", {"cycle": stages.first_year}),
    ]
    if found.control.sampled:
        year = {"cycle": stages.first_year}
        proofs.append(Proof("Выборочная проверка", "samples.district", year))
    if found.control.kept:
        proofs.append(Proof("Сохранённые отчёты", "reports.page", {"_anchor": "kept"}))
    return Point("3", _what(found, "3"), state, figure, " ".join([rest, *more]), tuple(proofs))


def looked_into(control: Control) -> list[str]:
    """Return «выборочный контроль: проверено 5, подтверждено 4 (2 школы)» and which reports are kept."""
    said = []
    if control.sampled:
        where = ru.counted(control.sampled, *SCHOOLS)
        said.append(f"выборочный контроль: {control.sample.sentence} ({where})")
    if control.kept:
        days = [f"{day:%d.%m}" for day in control.kept[-MOST_KEPT:]]
        earlier = len(control.kept) - len(days)
        more = f" и ещё {earlier} раньше" if earlier else ""
        what = "сохранены отчёты на" if days[1:] else "сохранён отчёт на"
        said.append(f"{what} {', '.join(days)}{more}")
    return said


def _first_appendix(found: Execution) -> Point:
    coverage = found.coverage
    rows = [row for row in coverage.schools if row.mentees.target is not None]
    met = [row for row in rows if row.mentees.actual is not None and not row.mentees.shortfall]
    below = len(rows) - len(met)
    state = rules.of_schools(coverage)
    what = f"План и факт по {ru.counted(len(coverage.schools), 'школе', 'школам', 'школам')}"
    proof = Proof("Таблица", "progress.district", {"year": found.year, "_anchor": "coverage-table"})
    if not rows:
        return Point("Прил. 1", what, state, "План не введён", f" на {found.year} год.", (proof,))
    names = f" ({', '.join(row.name for row in met)})" if 0 < len(met) <= 5 else ""
    verb = ru.plural(len(met), "выполнила", "выполнили", "выполнили")
    figure = ru.counted(len(met), *SCHOOLS)
    rest = f" {verb} план по наставляемым{names}, {below} ниже плана."
    return Point("Прил. 1", what, state, figure, rest, (proof,))


def _second_appendix(found: Execution) -> Point:
    stages, state = found.stages, rules.of_activities(found.stages, found)
    if stages is None or not stages.total:
        return _without_year("Прил. 2", "Этапы и мероприятия")
    each = ru.counted(stages.total // stages.schools, *STAGES)
    activities = ru.counted(stages.activities, "мероприятие", "мероприятия", "мероприятий")
    figure = f"{ru.number(stages.done)} из {ru.number(stages.activities * stages.schools)}"
    rest = " мероприятий во всех школах выполнено или не требуется."
    proof = Proof("Сводка по этапам", "rollup.stages", {"cycle": stages.first_year})
    return Point(
        "Прил. 2", f"{each}, {activities}", state, figure, rest, (proof,), bool(stages.overdue)
    )
