"""Opening a load, loading exactly the rows shown as good, giving it up, undoing it whole."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from nastav import dates, ru
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import Conflict, NotNow, db
from nastav.district.models import School
from nastav.identity.matches.within import operations as within
from nastav.loads import aside, queries, traces, updates
from nastav.loads.extras.operations import attach
from nastav.loads.models import Load, LoadState
from nastav.loads.ready import operations as ready
from nastav.loads.ready.operations import Made, make
from nastav.loads.ready.queries import drafts as drafts_of
from nastav.loads.rows import Preview, Row, Verdict
from nastav.loads.traces import Trace
from nastav.people import operations as people
from nastav.people import queries as registers
from nastav.people.changes.models import NAME, PersonChange
from nastav.people.lines import REGISTERS
from nastav.people.models import (
    Kind,
    Part,
    Participation,
    Person,
    PersonClass,
    PersonGroup,
    RegisterNumber,
)
from nastav.tables.table import Table

ROWS_KEPT = timedelta(days=3)  # of a load that nobody finishes
FORMER_KEPT = timedelta(days=30)  # values that an update replaced, for its undo
# of a load that changed somebody: without the former values it cannot be undone, so nothing is kept
_NOTHING: dict[str, Any] = {"changed": [], "replaced": [], "made": []}
_NO_ROWS: dict[str, Any] = {"rows": [], "notes": [], "asked": [], "skipped": []}
_NAMED = 10  # register numbers that a refusal names one by one


class NotUndoable(ValueError):
    """A load that can no longer be undone; the text says in Russian why, and what to do."""


def open_load(
    actor: Actor,
    school: School,
    part: Part,
    table: Table,
    *,
    joined: date,
    token: str,
    is_ours: bool = False,
) -> Load:
    """Keep a table to be checked; rows that nobody finished with in time are erased."""
    forget_old()
    load = Load(
        school_id=school.id,
        part=part,
        token=token[:64],
        joined=joined,
        rows=[list(row) for row in table.rows],
        notes=list(table.notes),
        asked=[asdict(asked) for asked in table.asked],
        is_ours=is_ours,
    )
    db.session.add(load)
    db.session.flush()
    _record(actor, "load:opened", load, len(table.rows))
    return load


def choose(load: Load, sheets: Collection[str], *, with_hidden: bool) -> bool:
    """Take the rows of these sheets of a file, hidden ones if wanted, and leave the others aside.

    Returns:
        Whether other rows are taken now than before.
    """
    before = aside.taken(load.rows)
    load.rows = aside.chosen(load.rows, sheets, with_hidden=with_hidden)
    db.session.flush()
    return aside.taken(load.rows) != before


def carry_out(actor: Actor, school: School, load: Load, preview: Preview) -> None:
    """Enter the good rows and update the known people of the rows chosen; all of it or nothing.

    Raises:
        Conflict: the load is not open, or somebody was changed meanwhile.
        NotAllowed: as `people.operations.add_people`.
    """
    if load.state is not LoadState.OPEN:
        raise Conflict
    good = preview.entered
    new = [row.new for row in good if row.new]
    added = people.add_people(actor, school, load.part, new)
    _tell_apart(actor, school, good, [newcomer.number for newcomer in added])
    rows = preview.updated
    year = dates.cycle_of(dates.today())
    former = updates.apply(actor, school.id, rows, year) if rows else []
    wanted = {newcomer.person_id: row.typed for newcomer, row in zip(added, good, strict=True)}
    wanted |= {row.known.person_id: row.typed for row in rows if row.known}
    written = attach(actor, school, load.part, wanted)
    ids = {row.number: row.known.person_id for row in preview.rows if row.known}
    ids |= {row.number: newcomer.person_id for newcomer, row in zip(added, good, strict=True)}
    pairs = [(ids[row.repeats or row.number], row.pair) for row in preview.pairs if row.pair]
    with_pairs = make(actor, school, load.part, pairs) if pairs else Made([], [])
    load.state = LoadState.LOADED
    load.skipped = [[row.said("Строка"), row.why_skipped] for row in preview.skipped]
    load.rows = [[row.number, row.cells] for row in preview.of(Verdict.BAD)]
    load.added = [
        [newcomer.participation_id, 0 if person.same_as else newcomer.person_id]
        for newcomer, person in zip(added, new, strict=True)
    ] + [
        [added.participation_id, added.person_id if is_new else 0]
        for added, is_new in with_pairs.added
    ]
    load.pairs = with_pairs.pairs
    load.changed = [asdict(trace) for trace in former]
    load.made = [asdict(trace) for trace in written.made]
    load.replaced = [asdict(trace) for trace in written.replaced]
    updated = {row.known.person_id for row in rows if row.known}
    updated |= {trace.person_id for trace in written.replaced}
    load.added_count, load.changed_count = len(added), len(updated)
    db.session.flush()


def _tell_apart(actor: Actor, school: School, rows: Sequence[Row], numbers: Sequence[int]) -> None:
    """Keep that «другой ребёнок» is another than those of the name, so that nobody asks again.

    Args:
        actor: who said so.
        school: whose registers they are.
        rows: whose people have just been entered.
        numbers: in the register, of these.
    """
    entered = {row.number: number for row, number in zip(rows, numbers, strict=True)}
    for row in rows:
        is_pupil = row.new is not None and row.new.kind is Kind.PUPIL
        others = {*row.alike, *(entered[at] for at in row.alike_rows if at in entered)}
        for other in sorted(others) if is_pupil else ():
            within.tell_apart(actor, school, other, entered[row.number])


def go_on(actor: Actor, load: Load) -> Load:
    """Make a load of its own of what is still to mend of one that is loaded: the same rows, open.

    Raises:
        NotNow: nothing is left of it.
    """
    token = hashlib.sha256(f"{load.token} rest".encode()).hexdigest()
    if rest := queries.load_of_form(load.school_id, load.part, token):
        return rest  # sent twice
    if load.state is not LoadState.LOADED or not load.rows:
        raise NotNow("Строк с ошибками больше нет: их исправили, удалили или прошло 3 дня.")
    rest = Load(school_id=load.school_id, part=load.part, token=token, joined=load.joined)
    rest.rows, rest.is_ours, load.rows = load.rows, load.is_ours, []
    db.session.add(rest)
    db.session.flush()
    _record(actor, "load:opened", rest, len(rest.rows))
    return rest


def drop(actor: Actor, load: Load) -> None:
    """Give a load up, or what is still to mend of one that was loaded: the rows are erased."""
    if load.state is LoadState.OPEN:
        load.state = LoadState.DROPPED
    if load.rows:
        _record(actor, "load:dropped", load, len(load.rows))
    load.rows, load.notes, load.asked, load.skipped = [], [], [], []
    db.session.flush()


def forget_old() -> None:
    """Erase the rows of loads nobody finished in time, and former values older than the undo needs.

    A load dated ahead of the clock counts from now: its names would stay for years.
    """
    now = dates.now()
    ahead = update(Load).where(Load.made_at > now + dates.LEEWAY)
    db.session.execute(ahead.values(made_at=now))
    old = update(Load).where(Load.is_erased.is_(False), Load.made_at < now - ROWS_KEPT)
    is_open = Load.state == LoadState.OPEN
    db.session.execute(old.where(is_open).values(state=LoadState.DROPPED))
    db.session.execute(old.values({**_NO_ROWS, "is_erased": True}))
    former = update(Load).where(Load.changed_count > 0, Load.made_at < now - FORMER_KEPT)
    db.session.execute(former.values(_NOTHING))


def forget_names(school_id: int) -> None:
    """Erase the rows and the former values of every load of a school: names stand in them."""
    loads = update(Load).where(Load.school_id == school_id)
    db.session.execute(loads.where(Load.state == LoadState.OPEN).values(state=LoadState.DROPPED))
    db.session.execute(loads.values(_NO_ROWS))
    db.session.execute(loads.where(Load.changed_count > 0).values(_NOTHING))


def forget_name(person_ids: Collection[int]) -> None:
    """Erase the parts of these people's names from the former values of every school's loads."""
    schools = select(RegisterNumber.school_id).where(RegisterNumber.person_id.in_(person_ids))
    loads = select(Load).where(Load.school_id.in_(schools), Load.changed_count > 0)
    for load in db.session.scalars(loads):
        load.changed = [
            {
                **change,
                "values": {key: was for key, was in change["values"].items() if key not in NAME},
            }
            if change["person_id"] in person_ids
            else change
            for change in load.changed
        ]
    db.session.flush()


def check_undo(load: Load) -> None:
    """Refuse the undo of a load whose people are spoken of elsewhere or were changed since.

    Raises:
        NotUndoable: names them by register number.
    """
    if load.state is not LoadState.LOADED:
        raise NotUndoable("Отменять нечего: эта загрузка не выполнена или уже отменена.")
    if load.changed_count and not (load.changed or load.replaced or load.made):
        days = f"{FORMER_KEPT.days}{ru.NBSP}дней"
        raise NotUndoable(
            f"Прежних значений уже нет: прошло больше {days} или имена заменены кодами. "
            "Верните их в карточках."
        )
    ids = [participation for participation, _ in load.added]
    owners = select(Participation.person_id).where(Participation.id.in_(ids))
    former = traces.stored(load.changed)
    moved = [trace.person_id for trace in former if "joined" in trace.values]
    brought = [
        person for _, person in load.added if person
    ]  # some may be merged into others by now
    made, replaced = _traces(load)
    drafts = drafts_of(load.school_id, load.pairs)
    if not all(is_as_made for _, is_as_made in drafts):
        text = "пары, которые она создала, уже начаты или изменены. Верните их в карточках."
        raise NotUndoable(f"Загрузку уже не отменить: {text}")
    people = [*db.session.scalars(owners), *brought, *moved]
    own = {
        **traces.rows_made(made),
        "pair_member": [member.id for pair, _ in drafts for member in pair.members],
    }
    busy = queries.spoken_of(load.part, people, ids, own)
    if load.pairs:  # their other side is new in the other register
        other = Part.MENTOR if load.part is Part.MENTEE else Part.MENTEE
        busy |= queries.spoken_of(other, brought, ids, own)
    if busy:
        mend = "Кого внесли напрасно, отметьте в карточке."
        _refuse(load, busy, "уже в парах или в других записях", mend)
    if changed := traces.changed_since(made, [*former, *replaced]):
        _refuse(load, changed, "изменены после загрузки", "Верните прежнее в карточках.")


def undo(actor: Actor, load: Load) -> None:
    """Take everybody a load brought in out of the register, and give the others their values back.

    Raises:
        NotUndoable: as `check_undo`.
    """
    check_undo(load)
    ready.remove(actor, load.school_id, load.pairs)
    traces.take_back(*_traces(load))
    ids = [participation for participation, _ in load.added]
    db.session.execute(delete(Participation).where(Participation.id.in_(ids)))
    brought = {person for _, person in load.added if person}
    staying = select(Participation.person_id).where(Participation.person_id.in_(brought))
    gone = brought - set(db.session.scalars(staying))
    numbers = registers.numbers(load.school_id, list(gone))
    within.forget(load.school_id, list(numbers.values()))  # they are given out again
    for column in (
        PersonClass.person_id,
        PersonGroup.person_id,
        PersonChange.person_id,
        RegisterNumber.person_id,
        Person.id,
    ):
        db.session.execute(delete(column.class_).where(column.in_(gone)))
    updates.restore(actor, load.school_id, traces.stored(load.changed))
    rows = load.added_count + load.changed_count
    load.state, load.rows, load.notes, load.skipped = LoadState.UNDONE, [], [], []
    load.added, load.changed, load.pairs = [], [], []
    load.made, load.replaced = [], []
    _record(actor, "load:undone", load, rows)
    db.session.flush()


def _traces(load: Load) -> tuple[list[Trace], list[Trace]]:
    made = traces.still_there(traces.stored(load.made))
    return made, traces.stored(load.replaced)


def _refuse(load: Load, person_ids: Collection[int], what: str, mend: str) -> None:
    numbers = sorted(registers.numbers(load.school_id, list(person_ids)).values())
    shown: list[int | str] = [*numbers[:_NAMED]]
    if len(numbers) > _NAMED:
        shown.append("другие")
    who = f"№{ru.NBSP}{ru.list_and(shown)}" if shown else "её люди"
    raise NotUndoable(f"Загрузку уже не отменить: {who} {what}. {mend}")


def _record(actor: Actor, event: str, load: Load, rows: int) -> None:
    subject = f"загрузка № {load.id}, {REGISTERS[load.part]}, строк: {rows}"
    record(actor, event, subject=subject, school_id=load.school_id)
