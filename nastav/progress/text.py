"""The year in sentences: the number first, the gap in people last. `**…**` stands around what is bold.

«Не хватает» never stands alone: to the district's plan, or by schools (rules.md#two-gaps).
"""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Final, NamedTuple

from nastav import ru
from nastav.coverage import text as coverage_text
from nastav.coverage.figures import Basis, Verdict
from nastav.people.models import Kind, Part
from nastav.progress.figures import FormOfYear, Group, Progress, SchoolProgress

_CHILDREN: Final = ("ребёнок", "ребёнка", "детей")
_WERE: Final = ("был", "были", "были")
_WHERE: Final = {
    Basis.IN_PAIR: "в паре",
    Basis.MET: "на встрече своей пары",
    Basis.IN_REGISTER: "в базе школы",
}
_WHO_COUNTS: Final = {
    Basis.IN_PAIR: "в охват года входит каждый, кто был в паре хотя бы день",
    Basis.MET: "в охват года входит каждый, кто хотя бы раз был на встрече своей пары",
    Basis.IN_REGISTER: "в охват года входит каждый, кто хотя бы день стоял в базе школы",
}
_SINCE: Final = {
    Basis.IN_PAIR: "по дням вступления",
    Basis.MET: "по дню первой встречи в году",
    Basis.IN_REGISTER: "по дням вхождения в базу",
}
WAITING: Final = {
    Basis.IN_PAIR: "Внесены, без пары в этом году",
    Basis.MET: "Внесены, ещё без встреч",
    Basis.IN_REGISTER: "Внесены, не посчитаны",
}
_PEOPLE: Final = {
    Kind.PUPIL: ("обучающийся", "обучающихся", "обучающихся"),
    Kind.TEACHER: ("педагог", "педагога", "педагогов"),
    Kind.STUDENT: ("студент", "студента", "студентов"),
    Kind.EMPLOYER: ("работодатель", "работодателя", "работодателей"),
    Kind.GRADUATE: ("выпускник", "выпускника", "выпускников"),
    Kind.PARENT: ("родитель", "родителя", "родителей"),
}
NO_PLAN: Final = "не введён"
_NAMED = 5  # schools named in a sentence at most
_MOST = 3  # schools named in a cell at most
_SCHOOLS: Final = ("школа", "школы", "школ")
_QUARTER = 4  # weeks that a pace is taken from


def lead(found: Progress) -> str:
    """Return the one sentence of the page: children, per cent of the plan, the gap."""
    year, target = found.coverage.year, found.total.target
    if not found.coverage.has_begun:
        plan = "план не введён" if target is None else f"план — **{ru.number(target)}**"
        return f"{year} год ещё не начался: {plan}."
    if found.actual is None:
        plan = "" if target is None else f", до плана района не хватает **{ru.number(target)}**"
        return f"За {year} год **нет данных**: в базы школ никого не внесли{plan}."
    children = f"**{ru.number(found.actual)}** {ru.plural(found.actual, *_CHILDREN)}"
    where = _WHERE[found.coverage.basis]
    said = f"{children} {ru.plural(found.actual, *_WERE)} {where} в {year} году"
    return f"{said}{_against_plan(found)}."


def _against_plan(found: Progress) -> str:
    total = found.total
    if total.target is None:
        return ", план не введён"
    if not total.target:
        return " при плане 0"
    said = f" — {total.percent} плана ({ru.number(total.target)})"
    gap = total.gap or 0
    if gap < 0:
        return f"{said}, до плана района не хватает **{ru.number(-gap)}**"
    return f"{said}, сверх плана **{ru.number(gap)}**" if gap else f"{said}, ровно по плану"


def under_lead(found: Progress) -> list[str]:
    """Return what that number does not say: today, the order's share, the pace, the schools."""
    if not found.coverage.has_begun or found.actual is None:
        return []
    said = [_today(found), _order_share(found), _pace(found), _by_schools(found)]
    said += [_most(found), _waiting(found), _unplanned(found)]
    return [sentence for sentence in said if sentence]


def _today(found: Progress) -> str:
    on = f"На {ru.date_short(found.coverage.on)}"
    who = _WHO_COUNTS[found.coverage.basis]
    return f"{on} в парах **{ru.number(found.today)}**: {who}."


def _order_share(found: Progress) -> str:
    """The order's own target: how many of all pupils, for the last year it names."""
    share, covered = found.order_share, found.total.everybody
    if share is None or covered is None:
        return ""
    wanted = f"Приказ на {share.year} год — {percentage(share.percent)} обучающихся"
    of_all = f"{ru.number(covered)} из {ru.number(share.pupils)}"
    return f"{wanted}; охвачено **{ru.percent(covered, share.pupils)}** ({of_all})."


def percentage(value: Decimal) -> str:
    """Return «70 %», or «12,5 %»."""
    whole = ru.number(int(value)) if value == int(value) else str(value.normalize())
    return f"{whole.replace('.', ',')}{ru.NBSP}%"


def _pace(found: Progress) -> str:
    """What was added in a week and what would be needed, side by side."""
    pace, gap = found.pace, found.total.gap
    if pace is None or not found.goes_on or (gap is not None and gap >= 0):
        return ""
    said = f"За последние четыре недели прибавлялось {_a_week(pace.gain)} в неделю"
    if pace.gain <= 0:
        said = "За последние четыре недели не прибавилось никого"
    if gap is not None and found.days_left >= 7:
        weekly = -(gap * 7 // found.days_left)  # rounded up: fewer would not do
        said += f", до плана района нужно по **{ru.number(weekly)}**"
    elif gap is not None:
        left = ru.counted(found.days_left, "день", "дня", "дней")
        said += f", до конца года {left}"
    return f"{said}."


def _a_week(gain: int) -> str:
    whole = int(ru.round_half_up(Decimal(gain) / _QUARTER))
    return f"по **{ru.number(whole)}**" if whole else "**менее чем по 1**"


def _by_schools(found: Progress) -> str:
    total = found.total
    if not total.by_schools:
        return ""
    said = f"По школам не хватает **{ru.number(total.by_schools)}**"
    over = sum(school.row.mentees.gap or 0 for school in found.surplus)
    if over:
        at = ru.list_and(_names(found.surplus)[:_NAMED])
        more = " и других" if len(found.surplus) > _NAMED else ""
        said += f": {ru.number(over)} сверх плана ({at}{more}) чужую нехватку не закрывают"
    return f"{said}."


def _names(schools: Iterable[SchoolProgress]) -> list[str]:
    return [school.row.name for school in schools]


def _most(found: Progress) -> str:
    """Where most are missing, and which of them have no data at all."""
    schools = found.most
    if len(found.below) < 2:
        return ""
    named = [f"{school.row.name} — {ru.number(school.shortfall)}" for school in schools[:_NAMED]]
    return f"Больше всего: {', '.join(named)}."


def _waiting(found: Progress) -> str:
    below = found.below
    waiting = sum(school.waiting for school in below)
    if not below or not found.goes_on:
        return ""
    to_enter = sum(school.to_enter for school in below)
    words = ru.inside(WAITING[found.coverage.basis]).replace("внесены, ", "внесены, но ")
    return f"В школах ниже плана {words} **{ru.number(waiting)}**, ещё внести **{ru.number(to_enter)}**."


def _unplanned(found: Progress) -> str:
    others = coverage_text.unplanned(found.coverage, Part.MENTEE)
    return f"{ru.capitalized(others)}." if others and found.total.target is not None else ""


def plain(sentence: str) -> str:
    """Return a sentence without the marks of what is bold."""
    return sentence.replace("**", "")


# --- titles and notes of the charts ----------------------------------------------------------------


def trend_title(found: Progress) -> str:
    """Return «1 053 из 1 572 перешли с 2025 года, 519 — новые»."""
    year = found.coverage.year
    if not found.weeks:
        return f"{year} год по неделям"
    last = found.weeks[-1]
    if not last.total:
        of = "" if found.total.target is None else f" из {ru.number(found.total.target)}"
        return f"0{of}: в {year} году никто ещё не посчитан"
    carried = f"{ru.number(last.carried)} из {ru.number(last.total)}"
    return f"{carried} перешли с {year - 1} года, {ru.number(last.new)} — новые"


def trend_label(found: Progress) -> str:
    """Return what the drawing says beside its title, for whoever does not see it."""
    said = [f"Охват {found.coverage.year} года по неделям"]
    if found.weeks:
        on = ru.date_short(found.coverage.on)
        said.append(f"всего на {on} {ru.number(found.weeks[-1].total)}")
    else:
        said.append("нет данных")
    if found.total.target is not None:
        said.append(f"план {ru.number(found.total.target)}")
    if found.pace and found.pace.ahead:
        said.append(f"при этом темпе к 31 декабря около {ru.number(found.pace.ahead)}")
    return ", ".join(said)


def trend_note(found: Progress) -> str:
    """Return how the drawing is to be read."""
    since = _SINCE[found.coverage.basis]
    said = f"По неделям, в детях, {since}; по данным, внесённым на сегодня."
    if found.pace and found.pace.ahead:
        said += (
            " Пунктир — темп четырёх недель, продлённый до 31 декабря: около "
            f"{ru.number(found.pace.ahead)}. Это счёт, а не обещание."
        )
    return said


class WeekRow(NamedTuple):
    """A line of «Числа по неделям»: neighbouring weeks without a change are one."""

    days: str  # «01.01–08.10»
    total: int
    new: int
    gain: int | None


def weeks(found: Progress) -> list[WeekRow]:
    """Return the numbers of the drawing, the earliest first."""
    rows: list[WeekRow] = []
    for (total, new), run in groupby(found.weeks, key=lambda week: (week.total, week.new)):
        days = [ru.date_short(week.on)[:5] for week in run]
        shown = days[0] if len(days) == 1 else f"{days[0]}–{days[-1]}"
        rows.append(WeekRow(shown, total, new, total - rows[-1].total if rows else None))
    return rows


def plot_title(above: int | None, up_to: int | None) -> str:
    """Return what stands over the schools of one scale, where there are two."""
    if above is not None:
        return f"План или факт больше {ru.number(above)} человек"
    if up_to is not None:
        return f"План и факт до {ru.number(up_to)} человек — шкала другая"
    return "Каждой школе до её плана, человек"


def of_plan(school: SchoolProgress) -> str:
    """Return «289 из 473»: fact and plan of a school, whatever of them is known."""
    figure = school.row.mentees
    if figure.actual is None:
        return "—" if figure.target is None else f"— из {ru.number(figure.target)}"
    if figure.target is None:
        return f"{ru.number(figure.actual)}, плана нет"
    if not figure.target:
        return f"{ru.number(figure.actual)}, план 0"
    return f"{ru.number(figure.actual)} из {ru.number(figure.target)}"


def to_plan(school: SchoolProgress) -> str:
    """Return «не хватает 184» of a school under the heading «до плана школы»."""
    figure = school.row.mentees
    if figure.actual is None:
        return "нет данных"
    if figure.gap is None:
        return "плана нет"
    if figure.gap < 0:
        return f"не хватает {ru.number(-figure.gap)}"
    return f"сверх плана {ru.number(figure.gap)}" if figure.gap else "ровно по плану"


def years_label(school: SchoolProgress) -> str:
    """Return the school's years in their order; its name stands beside the drawing."""
    said = []
    for year in school.years:
        fact = "нет данных" if year.actual is None else ru.number(year.actual)
        plan = ", плана нет" if year.target is None else f" из {ru.number(year.target)}"
        said.append(f"{fact}{plan}")
    return f"По годам с {school.years[0].year}: {'; '.join(said)}"


def people(groups: Iterable[Group]) -> str:
    """Return «128 обучающихся, 4 педагога», or «—»."""
    return ", ".join(ru.counted(group.people, *_PEOPLE[group.kind]) for group in groups) or "—"


def adult_mentees(form: FormOfYear) -> str:
    """Return the mentees of a form who are no children, «7 педагогов», or nothing."""
    adults = [group for group in form.mentees if group.kind is not Kind.PUPIL]
    return people(adults) if adults else ""


def forms_note(found: Progress) -> str:
    """Return why the forms' children add up to more, and who stands apart."""
    said = []
    parts = [form.children for form in found.forms if form.children]
    if found.twice:
        sums = " + ".join(map(ru.number, parts))
        said.append(
            f"{ru.counted(found.twice, *_CHILDREN)} посчитаны в двух формах: "
            f"{sums} − {ru.number(found.twice)} = {ru.number(found.in_pairs)}."
        )
    said.append("Взрослые названы отдельно и в план не входят.")
    return " ".join(said)


class Beside(NamedTuple):
    """A line of «Что не вошло»: who, how many of the district, where most of them are."""

    who: str
    people: int
    most: str


def left_out(found: Progress) -> list[Beside]:
    """Return who is in no figure and why, mentees first; a reason that nobody has is left out."""
    coverage = found.coverage
    schools = found.schools
    waiting = [(school.row.name, school.waiting) for school in schools]
    rows = [_beside(f"Наставляемые: {ru.inside(WAITING[coverage.basis])}", waiting)]
    for each in coverage_text.left_out(coverage):
        named = [(school.row.name, each.of(school.row)) for school in schools]
        why = f"из посчитанных {each.why}" if each.verdict is Verdict.SILENT else each.why
        who = f"{ru.capitalized(coverage_text.PLURAL[each.part])}: {why}"
        rows.append(_beside(who, named))
    return [row for row in rows if row.people]


def _beside(who: str, schools: list[tuple[str, int]]) -> Beside:
    most = sorted((pair for pair in schools if pair[1]), key=lambda pair: -pair[1])
    named = ", ".join(f"{name} — {ru.number(people)}" for name, people in most[:_MOST])
    more = f" и ещё {ru.counted(len(most) - _MOST, *_SCHOOLS)}" if len(most) > _MOST else ""
    return Beside(who, sum(people for _, people in most), f"{named}{more}")


def close_note(usual_most: int) -> str:
    """Return what a free place is."""
    return (
        "Свободные места — предельная нагрузка наставников из базы школы (не указана в анкете — "
        f"{ru.number(usual_most)}, правило района) минус те, кого каждый ведёт."
    )
