"""What `nastav check` looks at: the database, its schema, the key, the room on the disk."""

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from nastav import backup, closed, copies, dates, revisions, ru, soundness, sqlite

_ROOM = 500 * 1024**2  # bytes that should be free beside the database
_STALE = 2  # days without a good copy before it is told as a fault
TABLES = (
    ("school", "школ"),
    ("user", "учётных записей"),
    ("person", "человек в базах школ"),
    ("pair", "пар"),
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at, told in a Russian sentence."""

    is_good: bool
    sentence: str


def checkup(app: Flask, database: Path) -> list[Finding]:
    """Return what was found; nothing is changed."""
    if not database.exists():
        return [Finding(False, f"Базы {database} нет. Создайте её: nastav init")]
    folder = Path(app.instance_path)
    return [*_inside(database), *_copies(folder), _modes(folder), _room(database)]


def _inside(database: Path) -> list[Finding]:
    try:
        with closing(soundness.look_into(database)) as connection:
            whole, keys = _whole(connection), _keys(connection)
            return [whole, keys, _schema(database), *_counts(connection)]
    except soundness.DAMAGE as error:
        if soundness.is_busy(error):
            return [
                Finding(False, f"База занята или не читается ({error}). Повторите через минуту.")
            ]
        return [_damaged(soundness.reason(error))]  # too damaged to be asked anything


def _whole(connection: sqlite.Connection) -> Finding:
    if fault := soundness.fault_inside(connection):
        return _damaged(fault)
    return Finding(True, "База цела.")


def _damaged(how: object) -> Finding:
    return Finding(False, f"База повреждена ({how}). Восстановите её из копии: nastav restore ФАЙЛ")


def _keys(connection: sqlite.Connection) -> Finding:
    loose = soundness.loose_rows(connection)
    if not loose:
        return Finding(True, "Связи между записями целы.")
    return Finding(False, f"Записей с оборванной связью: {loose}. Восстановите базу из копии.")


def _copies(instance: Path) -> list[Finding]:
    """Tell of the daily copies; the newest is unpacked and looked at again."""
    folder = instance / copies.FOLDER
    known, newest = copies.state(folder), copies.newest_checked(folder)
    found = []
    if known.last_failure and known.failed_at:
        at = ru.moment(known.failed_at, dates.zone())
        found.append(Finding(False, f"Последняя попытка, {at}: {known.last_failure}"))
    if newest is None:
        if found:
            return [*found, Finding(False, "Ни одной исправной копии базы нет.")]
        return [Finding(True, "Проверенных копий базы ещё нет: первую сделает запущенный сайт.")]
    if fault := copies.fault(newest):
        return [*found, Finding(False, f"Последняя копия {newest.name} испортилась. {fault}")]
    if known.last_good is None:
        return [*found, Finding(False, f"Копия {newest.name} сделана, когда часы спешили.")]
    days = (dates.now() - known.last_good).days
    age = (
        "меньше суток назад"
        if days < 1
        else f"{days} {ru.plural(days, 'день', 'дня', 'дней')} назад"
    )
    return [*found, Finding(days <= _STALE, f"Последняя исправная копия: {newest}, {age}.")]


def _schema(database: Path) -> Finding:
    found, newest = backup.schema_of(database), revisions.newest()
    if found == newest:
        return Finding(True, f"Схема базы: {found}, самая новая.")
    return Finding(
        False, f"Схема базы {found or 'не создана'}, нужна {newest}. Запустите: nastav init"
    )


def _journal(found: str) -> Finding:
    """Tell the driver and its mode; a file the other driver left is switched at its next start."""
    if found == sqlite.JOURNAL:
        return Finding(True, sqlite.described())
    return Finding(True, f"{sqlite.described()} В файле пока {found}: сменится при запуске.")


def _counts(connection: sqlite.Connection) -> list[Finding]:
    mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
    parts = []
    for table, words in TABLES:
        try:
            count = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        except sqlite.OperationalError:
            return [Finding(False, "В базе не хватает таблиц. Запустите: nastav init")]
        parts.append(f"{words} — {ru.number(count)}")
    return [
        _journal(str(mode).upper()),
        Finding(True, f"В базе: {', '.join(parts)}."),
    ]


def _modes(instance: Path) -> Finding:
    if closed.WINDOWS:
        return Finding(
            True,
            f"Права на файлы в Windows сайт не проверяет и не меняет. Папку {instance} закройте сами: "
            "«Свойства» → «Безопасность», оставьте только того, кто запускает сайт.",
        )
    found = closed.open_to_others(instance)
    if not found:
        return Finding(True, "Файлы сайта и секретный ключ закрыты от других.")
    names = ", ".join(str(path.relative_to(instance.parent)) for path in found[:3])
    return Finding(
        False,
        f"Другие пользователи машины могут прочесть: {names}{' и ещё' if len(found) > 3 else ''} "
        f"(всего {len(found)}). Закройте: nastav check --mend",
    )


def _room(database: Path) -> Finding:
    free = shutil.disk_usage(database.parent).free
    megabytes = ru.number(free // 1024**2)
    if free > _ROOM:
        return Finding(True, f"Свободно на диске: {megabytes} МБ.")
    return Finding(False, f"На диске осталось {megabytes} МБ. Освободите место.")
