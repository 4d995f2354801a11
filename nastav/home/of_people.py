"""Tasks that are people and pairs: who waits for what, with the page where it is done. Pure, no database.

Whoever may not read names is told the figure and is led nowhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from nastav import ru, terms
from nastav.coverage.lacking import WeekSheet, Without
from nastav.facts.sentences import Room
from nastav.home.tasks import Action, Task, TaskKind
from nastav.people.models import Part

PUPILS = ("ученик", "ученика", "учеников")
NAMES = ("имя ученика", "имени учеников", "имён учеников")
MENTEES = ("наставляемый", "наставляемых", "наставляемых")


@dataclass(frozen=True)
class Waiting:
    """How many people and pairs of a school wait for what, on a day."""

    without: Without
    silent: int = 0  # active pairs that have not met for `within` days
    within: int = 0
    week: WeekSheet = field(default_factory=lambda: WeekSheet(0, 0))
    monday: date = date.min  # of the week
    classes: int = 0  # pupils in last year's class
    drafts: int = 0
    transferred: int = 0  # pupils whom other schools offer
    unconsented: int = 0  # people of both registers without a sufficient consent
    answers: tuple[str, str] | None = (
        None  # of whom sheets are missing: «Анкеты …», «наставляемые — 12 из 40»
    )
    named: int = 0  # names that wait for a code, where the district keeps codes
    doubled: Mapping[Part, Collection[int]] = field(
        default_factory=dict
    )  # maybe in another school too
    twice: int = 0  # cards of the school's own that may be somebody's second


def people_tasks(waiting: Waiting) -> list[Task]:
    """Return a task for each thing that people and pairs wait for."""
    without = waiting.without
    found = (
        _orphaned(without) if without.orphaned else None,
        _transferred(waiting.transferred) if waiting.transferred else None,
        _classes(waiting.classes) if waiting.classes else None,
        _undecided(without.decision) if without.decision else None,
        _drafts(waiting.drafts, without.drafted) if waiting.drafts else None,
        _week(waiting.week, waiting.monday) if waiting.week.met < waiting.week.pairs else None,
        _unpaired(without) if without.pair else None,
        _silent(waiting.silent, waiting.within) if waiting.silent else None,
        _answers(*waiting.answers) if waiting.answers else None,
        _unconsented(waiting.unconsented) if waiting.unconsented else None,
        _named(waiting.named) if waiting.named else None,
        *(_doubled(len(ids), part) for part, ids in waiting.doubled.items() if ids),
        _twice(waiting.twice) if waiting.twice else None,
    )
    return [task for task in found if task]


def _orphaned(without: Without) -> Task:
    count, mentees = without.orphaned, ru.counted(without.mentor, *MENTEES)
    if count == 1:
        title = f"У {'группы' if without.mentor > 1 else 'пары'} нет наставника"
    else:
        title = f"У {ru.out_of(count, 'пары или группы', 'пар и групп')} нет наставника"
    reason = f"Без него {ru.plural(without.mentor, 'остался', 'остались', 'остались')} {mentees}."
    room = Room("pair_list.board", {"show": "lacking"})
    return Task(
        TaskKind.WITHOUT_MENTOR,
        title,
        reason if without.mentor else "",
        (
            Action("Назначить наставника", room, "names:edit"),
            Action("Открыть пары", room, "names:read"),
        ),
    )


def _transferred(people: int) -> Task:
    verb = ru.plural(people, "переводится", "переводятся", "переводятся")
    return Task(
        TaskKind.TRANSFERRED,
        f"В школу {verb} {ru.counted(people, *PUPILS)}",
        "Школьный куратор принимает в базу или отвечает, что ученик не ваш.",
        _either("Принять или отказать", "Открыть список", Room("transfers.incoming")),
    )


def _classes(people: int) -> Task:
    word = ru.plural(people, "числится", "числятся", "числятся")
    return Task(
        TaskKind.CLASSES,
        f"{ru.counted(people, *PUPILS)} {word} в прошлогоднем классе",
        "Сайт предложит следующий класс, останется поправить исключения.",
        (Action("Перевести в классы", Room("classes.board"), "names:edit"),),
    )


def _undecided(pairs: int) -> Task:
    shown = Room("pair_list.board", {"show": "undecided"})
    return Task(
        TaskKind.UNDECIDED,
        f"{ru.counted(pairs, *terms.PAIRS)}: решение по п.{ru.NBSP}2.3 не принято",
        "31 августа они перестали считаться: каждую нужно продолжить или завершить.",
        _either("Записать решения", "Открыть пары", Room("closing.board"), shown),
    )


def _drafts(pairs: int, mentees: int) -> Task:
    where = ru.plural(pairs, "В нём", "В них", "В них")
    inside = f"{where} {ru.counted(mentees, *MENTEES)} без пары: " if mentees else ""
    end = "пока пара не начата, она нигде не считается."
    return Task(
        TaskKind.DRAFTS,
        f"{ru.counted(pairs, 'черновик', 'черновика', 'черновиков')} "
        f"{ru.plural(pairs, 'ждёт', 'ждут', 'ждут')} начала",
        inside + (end if inside else end.capitalize()),
        _either("Начать пары", "Открыть пары", Room("drafts.board"), Room("pair_list.board")),
    )


def _week(week: WeekSheet, monday: date) -> Task:
    sunday = date.fromordinal(monday.toordinal() + 6)
    days = f"{monday:%d.%m}–{sunday:%d.%m}"
    return Task(
        TaskKind.WEEK_SHEET,
        f"Лист встреч {days}",
        f"Заполнен у {week.met} из {ru.out_of(week.pairs, 'пары или группы', 'пар и групп')}.",
        _either("Заполнить лист", "Открыть лист", Room("week.sheet")),
    )


def _unpaired(without: Without) -> Task:
    people, drafted = without.pair, without.drafted
    parts = [f"без наставника, хотя пара или группа не завершена: {ru.number(without.mentor)}"]
    parts = parts if without.mentor else []
    parts += [f"в черновиках пар: {ru.number(drafted)}"] if drafted else []
    stands = ru.plural(people, "Стоит в базе, но его", "Стоят в базе, но их", "Стоят в базе, но их")
    reason = f"{stands} сегодня нет ни в паре, ни в группе."
    return Task(
        TaskKind.WITHOUT_PAIR,
        f"{ru.counted(people, *MENTEES)} без пары",
        f"{reason} Из них {'; '.join(parts)}." if parts else reason,
        _either(
            "Подобрать наставников",
            "Открыть список",
            Room("matching.board"),
            Room("register.register", {"book": "mentees", "show": "unpaired"}),
        ),
    )


def _silent(pairs: int, within: int) -> Task:
    word = ru.plural(pairs, "встречалась", "встречались", "встречались")
    room = Room("pair_list.board", {"show": "silent"})
    return Task(
        TaskKind.WITHOUT_MEETINGS,
        f"{ru.counted(pairs, *terms.PAIRS)} давно не {word}",
        f"Больше {ru.counted(within, 'дня', 'дней', 'дней')} без записанной встречи.",
        (Action("Открыть пары", room, "names:read"),),
    )


def _answers(title: str, reason: str) -> Task:
    entered = Room("feedback.school")
    return Task(
        TaskKind.ANSWERS,
        title,
        reason,
        (
            Action("Внести пачку анкет", Room("grid.new"), "feedback:edit"),
            Action("Открыть анкеты", entered, "feedback:read"),
        ),
    )


def _unconsented(people: int) -> Task:
    return Task(
        TaskKind.WITHOUT_CONSENT,
        f"{ru.counted(people, 'человек', 'человека', 'человек')} в базах без согласия",
        "Согласия на бумаге: полученные отмечают списком.",
        _either("Внести согласия", "Открыть список", Room("consents.missing")),
    )


def _named(people: int) -> Task:
    word = ru.plural(people, "заменено кодом", "заменены кодами", "заменены кодами")
    return Task(
        TaskKind.NAMED,
        f"{ru.counted(people, *NAMES)} ещё не {word}",
        "Район хранит учеников без имён, под кодами школ.",
        (Action("Заменить имена", Room("codes.ask"), "names:edit"),),
    )


def _doubled(people: int, part: Part) -> Task:
    is_listed = ru.plural(people, "числится", "числятся", "числятся")
    counts = ru.plural(people, "он считается", "они считаются", "они считаются")
    room = Room("register.register", {"book": f"{part}s", "show": "doubled"})
    return Task(
        TaskKind.DOUBLED,
        f"{ru.counted(people, *PUPILS)}, возможно, {is_listed} ещё в одной школе",
        f"Пока координатор не решил, {counts} дважды.",
        (Action("Открыть список", room, "names:read"),),
        part=part,
    )


def _twice(cards: int) -> Task:
    count = ru.counted(cards, "запись", "записи", "записей")
    return Task(
        TaskKind.DOUBLED,
        f"Возможно, один ребёнок внесён в школе дважды: {count}",
        "Пока это не решено, считается каждая запись.",
        (Action("Открыть список", Room("own_matches.board"), "names:read"),),
    )


def _either(edit: str, read: str, room: Room, read_room: Room | None = None) -> tuple[Action, ...]:
    return (
        Action(edit, room, "names:edit"),
        Action(read, read_room or room, "names:read"),
    )
