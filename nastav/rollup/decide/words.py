"""What a decision says: the number and what of, why with the schools' names, the button."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from textwrap import shorten
from typing import Final

from nastav import ru, terms
from nastav.progress.figures import Standing
from nastav.rollup.board import Board, Cell
from nastav.rollup.decide.records import Missing, NeverIn, Sent
from nastav.rollup.decide.rules import Decision, Kind, Lead
from nastav.stages.models import StageState
from nastav.stages.rules import LOCKED

NEAR: Final = timedelta(days=3)
FAR: Final = timedelta(days=30)
STILL_FOR: Final = timedelta(days=14)
STAGES: Final = ("этап", "этапа", "этапов")
SCHOOLS: Final = ("школа", "школы", "школ")
_NAMED = 15  # schools; of more the rest is counted
_COUNTED = 6  # schools; of more their stages are not counted
_REASON = 70  # characters of what a school writes
_NUMBERED = re.compile(r"(.*?)\s*№\s*(\S+)")
_TIMES = ("", "", "два", "три", "четыре", "пять", "шесть", "семь")
_GROUPS = (
    (StageState.IN_PROGRESS, (terms.STAGE_STATES["in_progress"],) * 2),
    (StageState.RETURNED, ("возвращён", "возвращены")),
    (StageState.NOT_STARTED, ("не начала", "не начали")),
)


def schools(names: Iterable[str]) -> str:
    """Return schools in one line: «№4 (два), 5, 7», «СОШ №4, 5, Лицей №1»; one alone in full.

    A name that comes again is counted; of very many the last are a number: «и ещё 15 школ».
    """
    times = Counter(list(names))
    said, before = [], None
    common = _common_beginning(times)
    for name, count in list(times.items())[:_NAMED]:
        found = _NUMBERED.fullmatch(name)
        beginning = found[1] if found else None
        short = found[2] if found and beginning == before else name.removeprefix(common)
        is_said = count > 1 and len(times) <= _COUNTED
        said.append(f"{short} ({_TIMES[count]})" if is_said and count < len(_TIMES) else short)
        before = beginning
    left = len(times) - _NAMED
    more = f" и ещё {ru.counted(left, *SCHOOLS)}" if left > 0 else ""
    return ", ".join(said) + more


def _common_beginning(names: Collection[str]) -> str:
    """Return «СОШ » where all of several schools are called so and numbered, else ""."""
    beginnings = {found[1] if (found := _NUMBERED.fullmatch(name)) else "" for name in names}
    return f"{beginnings.pop()} " if len(names) > 1 and len(beginnings) == 1 else ""


def overdue(board: Board) -> Decision | None:
    """Return what is past its deadline, or past «исправить до»."""
    late = [cell for cell in board.cells if cell.line.standing.is_overdue]
    if not late:
        return None
    returned = [cell.school for cell in late if cell.line.state is StageState.RETURNED]
    unsent = [cell.school for cell in late if cell.line.state is not StageState.RETURNED]
    parts = [f"не отправлены в срок: {schools(unsent)}"] if unsent else []
    parts += [f"возвращены и не исправлены в срок: {schools(returned)}"] if returned else []
    verb = ru.plural(len(late), "просрочен", "просрочено", "просрочено")
    return Decision(
        Kind.OVERDUE,
        f"{ru.counted(len(late), *STAGES)} {verb}",
        "; ".join(parts),
        Lead("Напомнить", "rollup.overdue", {"cycle": board.first_year}),
    )


def due(board: Board) -> list[Decision]:
    """Return what is not sent though due today or within three days, a row for each deadline."""
    ahead = sorted({stage.due for stage in board.stages if board.is_within(stage, NEAR)})
    rows = ((day, due_cells(board, day)) for day in ahead)
    return [_due(board, day, cells) for day, cells in rows if cells]


def due_cells(board: Board, day: date) -> list[Cell]:
    """Return the stages due on a day that are not sent."""
    return [cell for cell in board.cells if cell.stage.due == day and cell.line.state not in LOCKED]


def _due(board: Board, day: date, cells: Sequence[Cell]) -> Decision:
    names = list(dict.fromkeys(cell.school for cell in cells))
    romans = list(dict.fromkeys(cell.stage.roman for cell in sorted(cells, key=_ordinal)))
    verb = ru.plural(len(names), "не отправила", "не отправили", "не отправили")
    who = f"{ru.counted(len(names), *SCHOOLS)} {verb}"
    parts = [
        f"{ru.plural(len(within), one, many, many)} {schools(within)}"
        for state, (one, many) in _GROUPS
        if (within := {cell.school: None for cell in cells if cell.line.state is state})
    ]
    return Decision(
        Kind.DUE,
        f"{who} {stages(romans)}: срок {when(day, board.today)}",
        "; ".join(parts),
        Lead("Текст напоминания", "rollup.overdue", {"cycle": board.first_year, "_anchor": "due"}),
    )


def stages(romans: Sequence[str]) -> str:
    """Return «этап I», «этапы III и V»."""
    return f"{ru.plural(len(romans), 'этап', 'этапы', 'этапы')} {ru.list_and(romans)}"


def when(day: date, today: date) -> str:
    """Return «сегодня, 30.11», «завтра, 30.11», «через 3 дня, 30.11»."""
    left = (day - today).days
    ahead = f"через {ru.counted(left, 'день', 'дня', 'дней')}"
    return f"{('сегодня', 'завтра')[left] if left < 2 else ahead}, {ru.date_short(day)[:5]}"


def _ordinal(cell: Cell) -> int:
    return cell.stage.ordinal


def review(waiting: Sequence[Sent], today: date) -> Decision | None:
    """Return what waits for the coordinator, with the school that has waited longest."""
    if not waiting:
        return None
    first = waiting[0]
    days = (today - first.on).days if first.on else 0
    since = ru.counted(days, "день", "дня", "дней") if days > 0 else "отправлен сегодня"
    longest = f"{first.school}, этап {first.roman}: {since}"
    verb = ru.plural(len(waiting), "ждёт", "ждут", "ждут")
    return Decision(
        Kind.REVIEW,
        f"{ru.counted(len(waiting), *STAGES)} {verb} проверки",
        longest if len(waiting) == 1 else f"дольше всех {longest}",
        Lead("Проверить", "review.queue"),
    )


def reopening(asked: Sequence[Sent]) -> Decision | None:
    """Return the accepted stages that schools ask to open, one with its reason."""
    if not asked:
        return None
    first = asked[0]
    reason = shorten(first.reason, _REASON, placeholder="…")
    count = ru.counted(len(asked), "просьба", "просьбы", "просьб")
    if len(asked) > 1:
        why = schools(each.school for each in asked)
        return Decision(
            Kind.REOPENING,
            f"{count} открыть принятые этапы",
            why,
            Lead("Решить", "review.queue", {"_anchor": "asked"}),
        )
    place = {"school_id": first.school_id, "cycle": first.first_year, "number": first.ordinal}
    return Decision(
        Kind.REOPENING,
        f"{count} открыть принятый этап",
        f"{first.school}, этап {first.roman}: «{reason}»",
        Lead("Решить", "review.stage", place),
    )


def changed(board: Board) -> Decision | None:
    """Return the accepted stages that rest on less than when they were accepted."""
    found = [cell for cell in board.cells if cell.is_changed]
    if not found:
        return None
    verb = ru.plural(len(found), "изменён", "изменены", "изменены")
    return Decision(
        Kind.CHANGED,
        f"{ru.counted(len(found), *STAGES)} {verb} после приёмки",
        f"в базе нет тех, на ком держалась приёмка: {schools(cell.school for cell in found)}",
        Lead("Посмотреть", "review.queue", {"_anchor": "changed"}),
    )


def behind(found: Standing) -> Decision | None:
    """Return that the year's plan is out of reach as things go, or that nobody was added for four weeks.

    Only where a forecast is drawn, or nothing was gained and the plan is not met.
    """
    target, actual, pace = found.target, found.actual, found.pace
    if pace is None or target is None or actual is None or actual >= target:
        return None
    lead = Lead("Где не хватает", "progress.district", {"year": found.year, "sort": "gap"})
    title = f"До плана района не хватает {ru.number(target - actual)}"
    if pace.gain <= 0:
        return Decision(Kind.PACE, title, "за четыре недели никто не прибавился", lead)
    if pace.ahead is None or pace.ahead >= target:
        return None
    ahead = f"при этом темпе 31.12 будет около {ru.number(pace.ahead)} из {ru.number(target)}"
    return Decision(Kind.PACE, title, ahead, lead)


def of_pairs(
    kind: Kind, pairs: Mapping[str, int], title: str, why: str, first_year: int
) -> Decision | None:
    """Return how many pairs of which schools wait for something; `title` follows the number."""
    total = sum(pairs.values())
    if not total:
        return None
    common = _common_beginning(pairs)
    listed = [
        f"{name.removeprefix(common)} {ru.DASH} {ru.number(count)}" for name, count in pairs.items()
    ]
    more = f" и ещё {ru.counted(len(listed) - _COUNTED, *SCHOOLS)}" if listed[_COUNTED:] else ""
    lead = Lead("Напомнить", "rollup.overdue", {"cycle": first_year, "_anchor": kind.value})
    said = f"{ru.counted(total, *terms.PAIRS)} {title}"
    return Decision(kind, said, f"{why}: {', '.join(listed[:_COUNTED])}{more}", lead)


def more_than(days: int) -> str:
    """Return «больше 30 дней»."""
    return f"больше {ru.out_of(days, 'дня', 'дней')}"


def no_curator(missing: Sequence[str], every: int) -> Decision | None:
    """Return the schools that have no curator's account."""
    if not missing:
        return None
    nobody = "пока нет учётных записей, школы ничего не внесут"
    some = f"{schools(missing)}: без учётной записи школа ничего не внесёт"
    return Decision(
        Kind.NO_CURATOR,
        f"{ru.counted(len(missing), *SCHOOLS)} без куратора",
        nobody if len(missing) == every else some,
        Lead("Создать учётные записи", "users.board"),
    )


def never_in(accounts: Sequence[NeverIn]) -> Decision | None:
    """Return the curators who never signed in."""
    if not accounts:
        return None
    count = len(accounts)
    who = ru.counted(count, "куратор", "куратора", "кураторов")
    title = f"{who} ни разу не {ru.plural(count, 'входил', 'входили', 'входили')}"
    first = accounts[0]
    if count == 1:
        made = ru.date_short(first.created)
        why = f"{first.school}, учётная запись создана {made}"
        lead = Lead("Листок с паролем", "users.edit", {"user_id": first.user_id})
        return Decision(Kind.NEVER_IN, title, why, lead)
    lead = Lead("Листки с паролями", "users.board")
    return Decision(Kind.NEVER_IN, title, schools(each.school for each in accounts), lead)


def missing(found: Missing, today: date) -> list[Decision]:
    """Return that the year of today has no plan, or is not open."""
    decisions = []
    if found.cycle is not None:
        year = ru.school_year(found.cycle)
        title = f"Учебный год {year} не открыт"
        lead = Lead("Открыть год", "cycles.school_years")
        why = "без него у школ нет этапов и сроков этого года"
        decisions.append(Decision(Kind.CYCLE, title, why, lead))
    if found.unplanned:
        is_whole = len(found.unplanned) == found.schools
        title = f"План на {today.year} год {'не введён' if is_whole else 'введён не для всех школ'}"
        why = "без него охват не с чем сравнить" if is_whole else schools(found.unplanned)
        lead = Lead("Ввести план", "plan.years", {"year": today.year})
        decisions.append(Decision(Kind.PLAN, title, why, lead))
    return decisions


def copy(faults: Sequence[str]) -> Decision | None:
    """Return what is wrong with the daily copies of the database."""
    return Decision(Kind.COPY, "Резервные копии", " ".join(faults)) if faults else None


def matches(count: int, year: int) -> Decision | None:
    """Return how many children may stand in two schools."""
    if not count:
        return None
    words = ("возможное совпадение", "возможных совпадения", "возможных совпадений")
    title = ru.counted(count, *words)
    return Decision(Kind.MATCHES, title, lead=Lead("", "matches.page", {"year": year}))


def still(cells: Sequence[Cell], first_year: int) -> Decision | None:
    """Return the stages near their deadline that nobody has touched for two weeks."""
    if not cells:
        return None
    since = f"нет движения {ru.counted(STILL_FOR.days, 'день', 'дня', 'дней')}"
    cell = cells[0]
    if len(cells) == 1:
        place = {
            "school_id": cell.line.school_id,
            "cycle": first_year,
            "ordinal": cell.stage.ordinal,
        }
        lead = Lead("", "stages.stage", place)
        title = f"{since} {ru.DASH} {cell.school}, этап {cell.stage.roman}"
        return Decision(Kind.STILL, title, lead=lead)
    lead = Lead("", "rollup.overdue", {"cycle": first_year, "_anchor": Kind.STILL.value})
    said = f"{since} {ru.DASH} {ru.counted(len(cells), *STAGES)}"
    return Decision(Kind.STILL, said, lead=lead)


def first_due(board: Board) -> Decision | None:
    """Return the nearest deadline, where there is nobody yet to be reminded of it."""
    day = board.next_due
    if day is None:
        return None
    romans = [stage.roman for stage in board.stages if stage.due == day]
    left = (day - board.today).days
    ahead = f"через {ru.counted(left, 'день', 'дня', 'дней')}" if left else "сегодня"
    return Decision(
        Kind.FIRST_DUE,
        f"Ближайший срок {ru.DASH} {ru.date_short(day)[:5]}, {stages(romans)}",
        f"{ahead}; напоминать пока некому",
        Lead("Сроки", "cycles.deadlines"),
    )


def nothing(board: Board) -> str:
    """Return what stands where nothing waits: the nearest deadline and how many have sent."""
    day = board.next_due
    if day is None:
        return "Все сроки этого учебного года прошли."
    heads = [stage for stage in board.stages if stage.due == day]
    unsent = {cell.school for cell in due_cells(board, day)}
    sent = ru.counted(len(board.rows) - len(unsent), *SCHOOLS)
    whole = ru.out_of(len(board.rows), "школы", "школ")
    romans = stages([stage.roman for stage in heads])
    verb = ru.plural(len(board.rows) - len(unsent), "отправила", "отправили", "отправили")
    return f"Ближайший срок {ru.DASH} {ru.date_short(day)[:5]}, {romans}; {verb} {sent} из {whole}."
