"""What a school's start page says of what was done: events of the journal by day, alike ones as one line.

An event without words here is not shown there: refusals, downloads, accounts. Nobody's number stands in it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from nastav import dates, ru, terms
from nastav.access import ROLE_LABELS, SCHOOL_ROLES, Role

LONG_AGO: Final = 180  # days; before them a day is named with its year
# event of stages → what was done with one of them, with several
STAGES: Final = {
    "stage:started": ("Начат", "Начаты"),
    "stage:submitted": ("Отправлен на проверку", "Отправлены на проверку"),
    "stage:withdrawn": ("Отозван с проверки", "Отозваны с проверки"),
    "stage:accepted": ("Принят", "Приняты"),
    "stage:returned": ("Возвращён на доработку", "Возвращены на доработку"),
    "stage:reopened": ("Открыт заново", "Открыты заново"),
    "stage:reopening_asked": ("Школа просит открыть", "Школа просит открыть"),
    "stage:reopening_declined": ("Не открыт по просьбе", "Не открыты по просьбе"),
    "stage:undone": ("Отменено решение:", "Отменены решения:"),
}
_PEOPLE = ("человек", "человека", "человек")
_MEETINGS = ("встреча", "встречи", "встреч")
_SHEETS = ("анкета", "анкеты", "анкет")
_DOCUMENTS = ("документ", "документа", "документов")
# event → verb of one, verb of several, what
COUNTED: Final = {
    "activity:saved": ("Сохранено", "Сохранено", ("мероприятие", "мероприятия", "мероприятий")),
    "document:added": ("Добавлен", "Добавлено", _DOCUMENTS),
    "document:changed": ("Исправлен", "Исправлено", _DOCUMENTS),
    "document:removed": ("Удалён", "Удалено", _DOCUMENTS),
    "people:added": ("Внесён в базу", "Внесено в базу", _PEOPLE),
    "person:changed": ("Исправлена", "Исправлено", ("запись базы", "записи базы", "записей базы")),
    "person:left": ("Выбыл из базы", "Выбыло из базы", _PEOPLE),
    "person:leaving_undone": ("Снята отметка о выбытии", "Сняты отметки о выбытии", _PEOPLE),
    "person:returned": ("Возвращён в базу", "Возвращено в базу", _PEOPLE),
    "classes:moved": (
        "Переведён в класс",
        "Переведено в классы",
        ("ученик", "ученика", "учеников"),
    ),
    "pair:created": ("Создана", "Создано", terms.PAIRS),
    "pair:active": ("Начата", "Начато", terms.PAIRS),
    "pair:changed": ("Изменена", "Изменено", terms.PAIRS),
    "pair:paused": ("Приостановлена", "Приостановлено", terms.PAIRS),
    "pair:closed": ("Завершена", "Завершено", terms.PAIRS),
    "meeting:added": ("Записана", "Записано", _MEETINGS),
    "meeting:changed": ("Исправлена", "Исправлено", _MEETINGS),
    "meeting:deleted": ("Удалена", "Удалено", _MEETINGS),
    "responses:added": ("Внесена", "Внесено", _SHEETS),
    "response:changed": ("Исправлена", "Исправлено", _SHEETS),
    "response:deleted": ("Удалена", "Удалено", _SHEETS),
}
# what is said the same of one and of many
PLAIN: Final = {
    "meetings:entered": "Заполнен лист встреч",
    "consent:added": "Отмечены согласия",
    "member:added": "Дополнена рабочая группа",
    "member:changed": "Изменены сведения о рабочей группе",
    "member:removed": "Изменён состав рабочей группы",
}
SAME: Final = {  # one person is said as many are
    "person:added": "people:added",
    "people:changed": "person:changed",
    "response:added": "responses:added",
}
SHOWN: Final = (*STAGES, *COUNTED, *PLAIN, *SAME)
# «10 чел., наставляемые», «наставники, итоговая: 9», «2026/27: 79 учеников»: how many the event is about
_AMOUNT: Final = re.compile(r"^(\d+) чел\.|: (\d+)(?:\s+учени\w+)?$")
_WITH_AMOUNT: Final = frozenset(
    {"people:added", "people:changed", "responses:added", "classes:moved"}
)


class Happened(NamedTuple):
    """An entry of the journal."""

    at: datetime
    event: str
    subject: str
    actor_name: str
    actor_role: str | None


@dataclass(frozen=True)
class Day:
    """What was done on a day, the latest first: «Сохранено 4 мероприятия этапа VI (Кузнецова О. В.)»."""

    title: str  # «Сегодня», «30 ноября, понедельник»
    sentences: tuple[str, ...]


def days(entries: Iterable[Happened], today: date, most: int) -> list[Day]:
    """Return entries, the newest first, by day; `most` sentences at most."""
    groups: dict[tuple[date, str, str], list[Happened]] = {}
    for entry in entries:
        event = SAME.get(entry.event, entry.event)
        key = dates.local(entry.at).date(), event, _who(entry)
        groups.setdefault(key, []).append(entry)
    by_day: dict[date, list[str]] = {}
    for (day, event, who), alike in list(groups.items())[:most]:
        said = _sentence(event, alike)
        by_day.setdefault(day, []).append(f"{said} ({who})" if who else said)
    return [Day(day_title(day, today), tuple(said)) for day, said in by_day.items()]


def day_title(day: date, today: date) -> str:
    """Return «Сегодня», «Вчера», «30 ноября, понедельник», «25 мая 2021 г.»."""
    if day == today:
        return "Сегодня"
    if day == today - timedelta(days=1):
        return "Вчера"
    if (today - day).days > LONG_AGO:
        return ru.date_long(day)
    return f"{day.day}{ru.NBSP}{ru.MONTHS[day.month - 1]}, {ru.WEEKDAYS[day.weekday()]}"


def _who(entry: Happened) -> str:
    role = Role(entry.actor_role) if entry.actor_role else None
    if role in SCHOOL_ROLES:
        return ru.short_name(*ru.split_full_name(entry.actor_name.partition(" (")[0]))
    return ROLE_LABELS[role] if role else ""


def _sentence(event: str, alike: list[Happened]) -> str:
    if event in STAGES:
        romans = _stages(alike)
        verb = STAGES[event][len(romans) > 1]
        return f"{verb} {ru.plural(len(romans), 'этап', 'этапы', 'этапы')} {ru.list_and(romans)}"
    if event in PLAIN:
        return PLAIN[event]
    one, many, words = COUNTED[event]
    count = sum(map(_amount, alike))
    said = f"{ru.plural(count, one, many, many)} {ru.counted(count, *words)}"
    if event == "activity:saved":
        romans = _stages(alike)
        said += f" {'этапов' if romans[1:] else 'этапа'} {ru.list_and(romans)}"
    return said


def _stages(alike: Iterable[Happened]) -> list[str]:
    """«Этап VI, мероприятие 4» → «VI», each once, in the order they were begun with."""
    found = dict.fromkeys(entry.subject.partition(",")[0].rpartition(" ")[2] for entry in alike)
    return list(found)[::-1]


def _amount(entry: Happened) -> int:
    found = _AMOUNT.search(entry.subject) if entry.event in _WITH_AMOUNT else None
    return int(found[1] or found[2]) if found else 1
