"""What a coordinator is told in red: a damaged database, a daily copy that came to nothing or is old."""

from pathlib import Path

from nastav import condition, copies, dates, ru, unit

STALE_DAYS = 2  # without a good copy, before it is told


def of_database() -> list[str]:
    """Return what is wrong with the database, [] as long as nothing was found."""
    damage = condition.of_site().damage
    if damage is None:
        return []
    at = ru.moment(damage.found_at, dates.zone())
    return [
        f"База данных повреждена, обнаружено {at}. Сохранить ничего нельзя, сайт только показывает. "
        "Тому, кто обслуживает сайт: остановите его и восстановите базу из последней исправной "
        f"копии, nastav restore ФАЙЛ. SQLite сообщает: {damage.how}"
    ]


def of_copies(folder: Path) -> list[str]:
    """Return what is wrong with the daily copies, with the age of the last good one."""
    found = _of(copies.state(folder))
    if found:
        unit.for_once("told until it is mended")
    return found


def _of(known: copies.Copies) -> list[str]:
    found = []
    if known.last_failure and known.failed_at:
        at = ru.moment(known.failed_at, dates.zone())
        found.append(f"Резервная копия не сделана, {at}. {known.last_failure}")
    if known.last_good is None:
        return [*found, "Исправной резервной копии нет."] if found else []
    days = (dates.real_today() - dates.local(known.last_good).date()).days
    if found or days > STALE_DAYS:
        made = ru.moment(known.last_good, dates.zone())
        ago = f"{days} {ru.plural(days, 'день', 'дня', 'дней')} назад" if days else "сегодня"
        found.append(f"Последняя исправная резервная копия: {made}, {ago}.")
    return found
