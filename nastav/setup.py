"""Filling a new database: the schema, the order, its school years."""

from pathlib import Path

from nastav import dates, revisions, ru
from nastav.access import Actor
from nastav.db import writing
from nastav.district import operations as districts
from nastav.district import queries
from nastav.district.kinds import operations as kinds
from nastav.district.kinds.models import PairKind
from nastav.district.models import District
from nastav.meetings.models import MeetingKind
from nastav.orders import loader as orders
from nastav.orders.differences import differences
from nastav.orders.loader import Order, load
from nastav.plan import operations as plan
from nastav.plan import queries as plans
from nastav.plan.models import PlanYear
from nastav.questionnaires.wording import operations as wording
from nastav.stages import operations as stages
from nastav.stages import queries as stage_queries
from nastav.stages.models import Stage


class OrderDiffers(Exception):
    """The district is here already and the file says something else; nothing of it was loaded."""


def prepare(actor: Actor, order_file: Path | None = None) -> bool:
    """Bring the schema up to date and load an order; True if the order was new here.

    Without a file the site's own order is loaded into an empty database only.

    Raises:
        OrderError: the file has mistakes; no order is loaded.
        OrderDiffers: the file is of a district that is here with another order, or with other values.
    """
    order = load(order_file)
    revisions.upgrade()
    with writing():
        known = {district.name: district for district in queries.districts()}
        if order.district.name in known and order_file:
            _refuse_if_it_differs(order, known[order.district.name])
        if order.district.name in known or (known and not order_file):
            return False
        _load(actor, order)
    return True


def district_of(order_file: Path | None) -> District | None:
    """Return the district of an order, by default of the site's own, if it is here."""
    name = load(order_file).district.name
    return next((district for district in queries.districts() if district.name == name), None)


def _refuse_if_it_differs(order: Order, district: District) -> None:
    found = differences(order, loaded_order(district, order), _edited(district.id))
    if not found:
        return
    known = f"№ {district.order_number} от {ru.date_short(district.order_date)}"
    given = f"№ {order.number} от {ru.date_short(order.date)}"
    advice = (
        "Если верно то, что в файле, исправьте это на страницах сайта («Настройки»): загружать "
        "изменения приказа сайт пока не умеет."
        if given == known
        else f"Это другой приказ ({given}), а по району загружен приказ {known}. Для второго приказа "
        "заведите отдельный район: дайте ему в файле другое название (name в [district])."
    )
    lines = "\n".join(f"  - {text}" for text in found)
    raise OrderDiffers(
        f"Район «{district.name}» уже есть на сайте, и файл отличается от того, что там сохранено. "
        f"Из файла ничего не загружено.\n{lines}\n{advice}"
    )


def _load(actor: Actor, order: Order) -> None:
    district = districts.load_order(actor, order)
    plan.load_plan(actor, district, queries.schools(district.id), order)
    kinds.load_kinds(PairKind, district)
    kinds.load_kinds(MeetingKind, district)
    wording.load_ours(district)
    current = dates.cycle_of(dates.today())
    for year in sorted({order.school_year, max(current, order.school_year)}):
        cycle = districts.open_cycle(actor, district, year, before_site=year < current)
        stages.load_stages(cycle, order)


def loaded_order(district: District, file: Order) -> Order:
    """Return what the site holds of a district as an order, for comparing it with a file.

    Its stages are those of the file's school year, else of the last one, with deadlines shifted
    by whole years; its plan is what the order printed, whatever the coordinator wrote over a
    cell. What the site does not keep is taken from the file.
    """
    schools = queries.schools(district.id)
    years = plans.years(district.id)
    cells = [plans.printed_targets(district.id, year.year) for year in years]
    return Order(
        number=district.order_number,
        date=district.order_date,
        place=district.order_place,
        subject=district.order_subject,
        issuer=district.order_issuer,
        signed_by=district.signed_by,
        target=district.target,
        district=orders.District(
            district.name, district.region, district.coordinator, district.coordinator_post
        ),
        totals_note=district.totals_note,
        plan_years=tuple(_plan_year(year) for year in years),
        plan=tuple(
            _plan_row(school.name, [of_year[place] for of_year in cells])
            for place, school in enumerate(schools)
        ),
        stages=_loaded_stages(district.id, file),
        working_group=tuple(
            orders.WorkingGroupMember(team_member.name, team_member.post)
            for team_member in queries.team(district.id)
        ),
        duties=file.duties,
    )


def _plan_year(year: PlanYear) -> orders.PlanYear:
    return orders.PlanYear(
        year.year,
        year.mentee_percent,
        year.mentor_percent,
        year.printed_mentees,
        year.printed_mentors,
    )


def _plan_row(school: str, cells: list[plans.SchoolTarget]) -> orders.PlanRow:
    return orders.PlanRow(
        school,
        tuple(cell.mentees for cell in cells),
        tuple(cell.mentors for cell in cells),
        cells[0].mentee_base if cells else None,
    )


def _edited(district_id: int) -> dict[tuple[int, str], tuple[str, str]]:
    """Return (year, school) → what is said of its cells that the coordinator has changed."""
    years = plans.plan_years(district_id)
    schools = [school.id for school in queries.schools(district_id)]
    edits = plans.edits(schools, years)
    return {
        (year, row.name): (_note(edit.mentees, row.mentees), _note(edit.mentors, row.mentors))
        for year in years
        for row in plans.targets(district_id, year)
        if (edit := edits.get((row.school_id, year)))
    }


def _note(edit: plans.Edit | None, now: int | None) -> str:
    if edit is None:
        return ""
    value = "план не введён" if now is None else str(now)
    return f" (ячейку изменил координатор {ru.date_short(edit.on)}, сейчас {value})"


def _loaded_stages(district_id: int, file: Order) -> tuple[orders.Stage, ...]:
    cycle = queries.cycle(district_id, file.school_year) or queries.cycles(district_id)[-1]
    years = file.school_year - cycle.first_year
    words = (
        {stage.key: (stage.printed_due, stage.due_note) for stage in file.stages} if years else {}
    )
    return tuple(
        _loaded_stage(
            activity, years, *words.get(activity.key, (activity.printed_due, activity.due_note))
        )
        for activity in stage_queries.stages_with_activities(cycle.id)
    )


def _loaded_stage(stage: Stage, years: int, printed_due: str, due_note: str) -> orders.Stage:
    return orders.Stage(
        ordinal=stage.ordinal,
        key=stage.key,
        roman=stage.roman,
        title=stage.title,
        short=stage.short,
        due=dates.shift_years(stage.due, years),
        printed_due=printed_due,
        due_note=due_note,
        due_follows_pair_period=stage.follows_pair_period,
        activities=tuple(
            orders.Activity(a.ordinal, a.key, a.title, a.ref, a.counts, a.documents)
            for a in stage.activities
        ),
    )
