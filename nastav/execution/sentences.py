"""The справка in sentences: connected Russian, every number of it from the figures of the page."""

from collections.abc import Sequence

from nastav import dates, ru
from nastav.coverage import text as coverage_text
from nastav.coverage.figures import Basis, DistrictCoverage, SchoolCoverage, Verdict
from nastav.execution.facts import Decisions, Execution, Stages
from nastav.execution.words import looked_into
from nastav.people.models import Part

_PUPILS = ("обучающийся", "обучающихся", "обучающихся")
_CHILDREN = ("ребёнка", "детей", "детей")
_SCHOOLS = ("школа", "школы", "школ")
_MOST = 5  # schools that are named
_STOOD = {
    Basis.IN_PAIR: ("в наставнических парах и группах", ("состоял", "состояли", "состояли")),
    Basis.MET: ("хотя бы раз со своим наставником", ("встретился", "встретились", "встретились")),
    Basis.IN_REGISTER: ("в базах школ", ("состоял", "состояли", "состояли")),
}


def coverage(found: Execution) -> str:
    """Return how many mentees there are, of how many planned, and from where they came."""
    covered, year = found.coverage, found.year
    total = covered.mentees
    if total.everybody is None:
        plan = f" при плане {ru.number(total.target)}" if total.target else ""
        return f"За {year} год данных о наставляемых нет{plan}: школы никого не внесли."
    where, verbs = _STOOD[covered.basis]
    people = total.everybody if total.actual is None else total.actual
    said = f"В {year} году {where} {ru.plural(people, *verbs)} {ru.counted(people, *_PUPILS)}"
    if total.target is None:
        said += f"; план на {year} год не введён."
    else:
        said += f" при плане {ru.number(total.target)}{_percent(total.percent)}; {_gaps(covered)}."
    others = coverage_text.unplanned(covered, Part.MENTEE)
    more = [f"{ru.capitalized(others)}."] if others and total.target is not None else []
    return " ".join([said, *more, *_from_where(found, people)])


def _percent(percent: str) -> str:
    return "" if percent == ru.DASH else f" ({percent} плана)"


def _gaps(covered: DistrictCoverage) -> str:
    total = covered.mentees
    by_schools = ru.number(total.by_schools or 0)
    if (total.gap or 0) >= 0:
        said = "план района выполнен"
        return f"{said}, по школам не хватает {by_schools}" if total.by_schools else said
    lacking = ru.counted(total.shortfall, *_CHILDREN)
    return f"до плана района не хватает {lacking}, по школам не хватает {by_schools}"


def _from_where(found: Execution, people: int) -> list[str]:
    """Who came from the year before, who is new, and who is in a pair on the very day."""
    every, now = found.coverage.mentees.in_pair or 0, found.in_pair_now
    if not every:
        return []
    carried, new = found.carried, every - found.carried
    said = []
    begin = "" if every == people else f"Всего в парах за год — {ru.number(every)}: "
    if carried:
        verb = ru.plural(carried, "перешёл", "перешли", "перешли")
        who = ru.counted(carried, "наставляемый", "наставляемых", "наставляемых")
        joined = f"{ru.plural(new, 'вступил', 'вступили', 'вступили')} {ru.number(new)}"
        came = f"с {found.year - 1} года {verb} {who}, с 1{ru.NBSP}января {joined}."
        said.append(begin + came if begin else ru.capitalized(came))
    said.append(
        f"На день справки в парах и группах {ru.counted(now, 'ребёнок', 'ребёнка', 'детей')}."
    )
    return said


def schools(found: Execution) -> str:
    """Return which schools met their plan, which are below it and by how many children together."""
    rows = [row for row in found.coverage.schools if row.mentees.target is not None]
    if not rows:
        return (
            f"План на {found.year} год не введён ни у одной школы."
            if found.coverage.schools
            else ""
        )
    known = [row for row in rows if row.mentees.actual is not None]
    met = [row for row in known if not row.mentees.shortfall]
    said = [_met(met, len(rows))]
    lagging = coverage_text.lagging(found.coverage, Part.MENTEE)
    if lagging:
        lacking = ru.counted(sum(people for _, people in lagging), *_CHILDREN)
        behind = ru.counted(len(lagging), *_SCHOOLS)
        named = ru.list_and(f"{row.name} ({ru.number(people)})" for row, people in _mostly(lagging))
        most = f"; больше всего — {named}" if len(lagging) > 1 else f": {named}"
        verb = "им вместе не хватает" if len(lagging) > 1 else "ей не хватает"
        said.append(f"Ниже плана {behind}, {verb} {lacking}{most}.")
    empty = found.coverage.planned_without_data(Part.MENTEE)
    if empty:
        names = (f"{row.name} (план {ru.number(row.mentees.target)})" for row in empty)
        said.append(f"Нет данных: {ru.list_and(names)}.")
    if bare := found.coverage.unplanned(Part.MENTEE):
        said.append(f"План не введён: {ru.list_and(row.name for row in bare)}.")
    return " ".join(said)


def _met(met: Sequence[SchoolCoverage], planned: int) -> str:
    of = ru.out_of(planned, "школы", "школ")
    if not met:
        return f"План не выполнила ни одна из {of}."
    verb = ru.plural(len(met), "выполнила", "выполнили", "выполнили")
    said = f"План {verb} {ru.counted(len(met), *_SCHOOLS)} из {ru.number(planned)}"
    if len(met) > _MOST:
        return f"{said}."
    each = (
        f"{row.name} ({ru.number(row.mentees.actual)} при плане {ru.number(row.mentees.target)})"
        for row in met
    )
    return f"{said}: {ru.list_and(each)}."


def _mostly(lagging: list[tuple[SchoolCoverage, int]]) -> list[tuple[SchoolCoverage, int]]:
    """The fewest schools that make four fifths of the shortfall, not more than are named."""
    whole, added, kept = sum(people for _, people in lagging), 0, []
    for pair in lagging[:_MOST]:
        kept.append(pair)
        added += pair[1]
        if added * 5 >= whole * 4:
            break
    return kept


def mentors_and_forms(found: Execution) -> str:
    """Return the mentors among pupils against their plan, the adults beside, mentees by form."""
    total, bounds = found.coverage.mentors, found.coverage.bounds
    classes = f"{bounds.grade_from}–{bounds.grade_to} классов"
    if total.everybody is None:
        said = [f"Данных о наставниках из обучающихся {classes} нет."]
    else:
        count = total.everybody if total.actual is None else total.actual
        plan = (
            "; план не введён" if total.target is None else f" при плане {ru.number(total.target)}"
        )
        adults = found.adult_mentors
        beside = ""
        if adults:
            verb = ru.plural(adults, "был", "были", "были")
            whom = ru.counted(adults, "взрослый", "взрослых", "взрослых")
            beside = f"; кроме них, наставниками {verb} {whom}"
        said = [f"Наставников из обучающихся {classes} — {ru.number(count)}{plan}{beside}."]
    if found.forms:
        lines = ", ".join(
            f"«{line.form}» — {ru.number(line.numbers.mentees)}" for line in found.forms
        )
        adult = found.coverage.mentees.exceptions
        with_adults = any(adult.get(each) for each in (Verdict.YOUNG_TEACHER, Verdict.OTHER_ADULT))
        among = " (со взрослыми)" if with_adults else ""
        each_form = "; участник двух форм назван в каждой" if len(found.forms) > 1 else ""
        said.append(f"Наставляемых{among} по формам: {lines}{each_form}.")
    return " ".join(said)


def stages(found: Execution) -> str:
    """Return how many stages are accepted, wait, were returned, and where they are overdue."""
    told = found.stages
    if told is None or not told.total:
        return "Учебный год на сайте не открыт: данных об этапах нет."
    of = ru.out_of(told.total, "этапа", "этапов")
    said = (
        f"Из {of} {ru.school_year(told.first_year)} учебного года принято {told.accepted}, "
        f"на проверке {told.submitted}, возвращено {told.returned}"
    )
    if not told.overdue:
        return f"{said}; просроченных нет."
    late = ru.counted(told.overdue, "этап", "этапа", "этапов")
    where = ru.counted(len(told.late), "школе", "школах", "школах")
    verb = ru.plural(told.overdue, "просрочен", "просрочено", "просрочено")
    return f"{said}; {verb} {late} в {where}: {_late(told)}."


def _late(told: Stages) -> str:
    named = [f"{school.name} ({_romans(school.romans)})" for school in told.late[:_MOST]]
    if rest := len(told.late) - len(named):
        named.append(f"ещё в {ru.counted(rest, 'школе', 'школах', 'школах')}")
    return ru.list_and(named)


def _romans(romans: Sequence[str]) -> str:
    return f"{'этап' if len(romans) == 1 else 'этапы'} {ru.list_and(romans)}"


def duties(found: Execution) -> str:
    """Return what came of пп. 2.1–2.3."""
    told, event = found.practices, found.participation
    practices = ru.counted(told.published, "практика", "практики", "практик")
    verb = ru.plural(told.published, "опубликована", "опубликованы", "опубликовано")
    of = f" из {ru.out_of(told.schools, 'школы', 'школ')}" if told.published else ""
    first = f"По пункту 2.1 {verb} {practices}{of}."
    second = f"По пункту 2.2 событий за {found.year} год школы не записали."
    if event.occasions:
        events = ru.counted(event.occasions, "событии", "событиях", "событиях")
        took = ru.plural(event.took_part, "участвовал", "участвовали", "участвовали")
        who = ru.counted(event.took_part, "наставляемый", "наставляемых", "наставляемых")
        second = f"По пункту 2.2 в {events} {found.year} года {took} {who}."
    return f"{first} {second} {_decisions(found.decisions, found)}"


def control(found: Execution) -> str:
    """Return how the district looked into what schools say (п. 3); "" where it did not yet."""
    said = looked_into(found.control)
    return f"По пункту 3 {'; '.join(said)}." if said else ""


def _decisions(told: Decisions | None, found: Execution) -> str:
    if told is None:
        return "По пункту 2.3 решений нет: пар ещё не было."
    year = ru.school_year(told.first_year)
    outcome = (
        f"{told.carried_on} {ru.plural(told.carried_on, 'продолжена', 'продолжены', 'продолжены')}, "
        f"{told.finished} {ru.plural(told.finished, 'завершена', 'завершены', 'завершены')}"
    )
    if not (told.undecided or told.earlier):
        each = f"по всем {ru.counted(told.pairs, 'паре', 'парам', 'парам')}"
        if told.pairs == 1:
            each = "по единственной паре"
        return f"По пункту 2.3 решение принято {each} {year} учебного года: {outcome}."
    pairs = f"по {told.decided} из {ru.out_of(told.pairs, 'пары', 'пар')} {year} учебного года"
    said = f"По пункту 2.3 решение принято {pairs}: {outcome}"
    last = dates.cycle_bounds(told.first_year)[1]
    if found.on <= last:
        return f"{said}; срок решения — {ru.date_short(last)}."
    undecided = ru.counted(told.undecided + told.earlier, "пара", "пары", "пар")
    return f"{said}; срок прошёл {ru.date_short(last)}, без решения {undecided}."
