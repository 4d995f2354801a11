"""The programme of training, and the journal of who took part, a line each to sign."""

from collections.abc import Sequence

from nastav import ru
from nastav.contents import common, reads, register
from nastav.contents.scope import Content, Scope
from nastav.gatherings.training import queries
from nastav.gatherings.training.queries import TrainingLine
from nastav.papers.filler import Data, Heading, Item
from nastav.people.models import Part

_NONE = "обучения ещё не было: впишите занятия на странице «Обучение»"
_NOBODY = "в занятиях никто не отмечен: отметьте участников"
_TRAININGS = "trainings"


def collect(scope: Scope) -> Content:
    """Return the trainings of the school year up to the day, the earliest first, and who was at each."""
    held = queries.trainings(scope.school.id, scope.cycle.first_year)
    held.sort(key=lambda line: (line.held_on, line.id))
    if scope.chosen is not None:
        kept = frozenset(scope.chosen.get(_TRAININGS, ()))
        held = [line for line in held if line.id in kept]
    else:
        held = [line for line in held if line.held_on <= scope.on]
    if not held:
        return Content([], nothing=_NONE)
    journal, who = _journal(scope, held)
    if not who:
        return Content([], nothing=_NOBODY)
    fields = common.fields(scope) | {"итог": _total(held)}
    lessons = [_lesson(number, line) for number, line in enumerate(held, 1)]
    lists: dict[str, list[Item | Heading]] = {"занятия": [*lessons], "журнал": journal}
    ids = {_TRAININGS: [line.id for line in held], register.PEOPLE: sorted(who)}
    return Content([Data(fields, lists)], ids, _remarks(held))


def _total(held: Sequence[TrainingLine]) -> str:
    """Return «2 занятия, 6 академических часов»."""
    hours = sum(line.hours for line in held)
    words = ("академический час", "академических часа", "академических часов")
    return f"{ru.counted(len(held), 'занятие', 'занятия', 'занятий')}, {ru.counted(hours, *words)}"


def _lesson(number: int, line: TrainingLine) -> Item:
    return {
        "номер": str(number),
        "дата": ru.date_short(line.held_on),
        "тема": line.programme,
        "часов": str(line.hours),
        "ведёт": line.leader,
    }


def _journal(scope: Scope, held: Sequence[TrainingLine]) -> tuple[list[Item | Heading], set[int]]:
    """Return a heading for each training with who took part under it, and everybody's ids."""
    known = {entry.person_id: entry for entry in reads.register(scope, Part.MENTOR)}
    present = queries.present_at(scope.school.id, [line.id for line in held])
    kept = None if scope.chosen is None else frozenset(scope.chosen.get(register.PEOPLE, ()))
    items: list[Item | Heading] = []
    everybody: set[int] = set()
    for line in held:
        ids = {id_ for id_ in present.get(line.id, ()) if kept is None or id_ in kept}
        listed = [entry for id_, entry in known.items() if id_ in ids]
        if not listed:
            continue
        hours = ru.counted(line.hours, "час", "часа", "часов")
        items.append(Heading(f"{ru.date_short(line.held_on)}, {line.programme}, {hours}"))
        for number, entry in enumerate(listed, 1):
            who = register.class_or_post(entry)
            row = {"номер": str(number), "имя": register.name(entry), "кто": who, "подпись": ""}
            items.append(row)
            everybody.add(entry.person_id)
    return items, everybody


def _remarks(held: Sequence[TrainingLine]) -> list[str]:
    empty = sum(line.present == 0 for line in held)
    if not empty:
        return []
    count = ru.counted(empty, "занятии", "занятиях", "занятиях")
    return [f"на {count} никто не отмечен"]
