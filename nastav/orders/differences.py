"""In what an order file differs from an order that is loaded: a Russian sentence for each place."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from nastav import terms
from nastav.orders.loader import Activity, Order, Stage

Fields = Mapping[str, object]
Edited = Mapping[tuple[int, str], tuple[str, str]]
"""(Year, school) → what is said of its two cells of the plan where somebody changed them, else ""."""
UNEDITED: Edited = {}


def differences(file: Order, site: Order, edited: Edited = UNEDITED) -> list[str]:
    """Return a sentence for each value that is not the same, in the order of the file's parts.

    What stands on one side only is told once, without the values that belong to it. The plan of `site` is
    what its order prints; `edited` says where a cell holds something else by now.
    """
    return [
        *_fields("", _requisites(file), _requisites(site)),
        *_schools(file, site),
        *_plan_years(file, site, edited),
        *_stages(file, site),
        *_working_group(file, site),
    ]


def _requisites(order: Order) -> Fields:
    return {
        terms.ORDER["order_number"]: order.number,
        terms.ORDER["order_date"]: order.date,
        terms.ORDER["order_place"]: order.place,
        terms.ORDER["order_subject"]: order.subject,
        terms.ORDER["order_issuer"]: order.issuer,
        terms.ORDER["signed_by"]: order.signed_by,
        "Цель приказа": order.target,
        "Регион": order.district.region,
        terms.ORDER["coordinator"]: order.district.coordinator,
        terms.ORDER["coordinator_post"]: order.district.coordinator_post,
        "Пояснение к итогам плана": order.totals_note,
    }


def _schools(file: Order, site: Order) -> Iterator[str]:
    names, known = [row.school for row in file.plan], [row.school for row in site.plan]
    yield from _on_one_side(_named("Школа «{}»", names), _named("Школа «{}»", known))
    if names != known and sorted(names) == sorted(known):
        yield "Порядок школ: в файле он другой, чем на сайте."
    bases = {row.school: row.derived_mentee_base for row in site.plan}
    for row in file.plan:
        if row.school in bases:
            yield from _fields(
                f"{row.school}, ",
                {"всех обучающихся": row.derived_mentee_base},
                {"всех обучающихся": bases[row.school]},
            )


def _plan_years(file: Order, site: Order, edited: Edited) -> Iterator[str]:
    known = {year.year: place for place, year in enumerate(site.plan_years)}
    years = [year.year for year in file.plan_years]
    yield from _on_one_side(_named("План {} года", years), _named("План {} года", known))
    for place, year in enumerate(years):
        if year in known:
            before = f"План {year} года, "
            notes = {
                name: note
                for row in site.plan
                for name, note in zip(
                    _cells(row.school), edited.get((year, row.school), ()), strict=False
                )
            }
            yield from _fields(before, _plan(file, place), _plan(site, known[year]), notes)


def _cells(school: str) -> tuple[str, str]:
    """Return what the two cells of a school are called."""
    return f"{school}, наставляемых", f"{school}, наставников"


def _plan(order: Order, place: int) -> Fields:
    """Return the figures of a plan year: those printed for the district, then each school's."""
    year = order.plan_years[place]
    figures: dict[str, object] = {
        "процент наставляемых": year.mentee_percent,
        "процент наставников": year.mentor_percent,
        "напечатанный итог наставляемых": year.printed_mentees,
        "напечатанный итог наставников": year.printed_mentors,
    }
    for row in order.plan:
        mentees, mentors = _cells(row.school)
        figures |= {mentees: row.mentees[place], mentors: row.mentors[place]}
    return figures


def _stages(file: Order, site: Order) -> Iterator[str]:
    known = {stage.key: stage for stage in site.stages}
    named = [{stage.key: f"Этап {stage.roman}" for stage in order.stages} for order in (file, site)]
    yield from _on_one_side(*named)
    for stage in file.stages:
        if stage.key in known:
            before = f"Этап {stage.roman}, "
            yield from _fields(before, _stage(stage), _stage(known[stage.key]))
            yield from _activities(before, stage, known[stage.key])


def _stage(stage: Stage) -> Fields:
    return {
        "порядок": stage.roman,
        "название": stage.title,
        "краткое название": stage.short,
        "срок": stage.due,
        "срок словами приказа": stage.printed_due,
        "пояснение к сроку": stage.due_note,
        "срок зависит от срока работы пар": stage.due_follows_pair_period,
    }


def _activities(before: str, file: Stage, site: Stage) -> Iterator[str]:
    known = {activity.key: activity for activity in site.activities}
    named = [
        {activity.key: f"{before}мероприятие «{activity.title}»" for activity in stage.activities}
        for stage in (file, site)
    ]
    yield from _on_one_side(*named)
    for activity in file.activities:
        if activity.key in known:
            start = f"{before}мероприятие {activity.ordinal}, "
            yield from _fields(start, _activity(activity), _activity(known[activity.key]))


def _activity(activity: Activity) -> Fields:
    return {
        "порядок": activity.ordinal,
        "название": activity.title,
        "пункт приказа": activity.ref,
        "что считает сайт": activity.counts,
        "сколько документов": activity.documents,
    }


def _working_group(file: Order, site: Order) -> Iterator[str]:
    posts, known = (
        {
            working_group_member.name: working_group_member.post
            for working_group_member in order.working_group
        }
        for order in (file, site)
    )
    yield from _on_one_side(
        _named("Рабочая группа, {}", posts), _named("Рабочая группа, {}", known)
    )
    for name in posts:
        if name in known:
            before = f"Рабочая группа, {name}, "
            yield from _fields(before, {"должность": posts[name]}, {"должность": known[name]})


def _on_one_side(file: Mapping[str, str], site: Mapping[str, str]) -> Iterator[str]:
    """Tell by its name each thing, known by its key, that only one of the two has."""
    yield from (f"{name}: есть в файле, нет на сайте." for k, name in file.items() if k not in site)
    yield from (f"{name}: есть на сайте, нет в файле." for k, name in site.items() if k not in file)


def _named(pattern: str, keys: Iterable[object]) -> dict[str, str]:
    """Return key → name of things that are known by what they are called."""
    return {str(key): pattern.format(key) for key in keys}


def _fields(
    before: str, file: Fields, site: Fields, notes: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Tell each value that both sides have and that differs, with a note where there is one."""
    for name, value in file.items():
        if name in site and site[name] != value:
            note = (notes or {}).get(name, "")
            yield f"{before}{name}: в файле {_shown(value)}, на сайте {_shown(site[name])}{note}."


def _shown(value: object) -> str:
    if value is None or value == "":
        return "не указано"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return str(value) if isinstance(value, int) else f"«{value}»"
