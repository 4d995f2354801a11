"""The nine parts of the book: their order, names and keys. Pure."""

from dataclasses import dataclass
from typing import Final

from nastav import ru
from nastav.reports.records import Contents


@dataclass(frozen=True)
class Part:
    """A part of the book, of one sheet or a few, that can be taken alone."""

    key: str  # of `?sheet=`
    title: str


PARTS: Final = (
    Part("summary", "Сводка"),
    Part("coverage", "Охват"),
    Part("plan", "План по форме приложения 1"),
    Part("stages", "Этапы по форме приложения 2"),
    Part("overdue", "Просрочено"),
    Part("monitoring", "Мониторинг"),
    Part("feedback", "Обратная связь"),
    Part("execution", "Исполнение приказа"),
    Part("how", "Как считалось"),
)
BY_KEY: Final = {part.key: part for part in PARTS}


def said(contents: Contents) -> dict[str, str]:
    """Return of each part what its sheets hold, by key."""
    schools = ru.counted(contents.schools, "школа", "школы", "школ")
    totals = "две строки ИТОГО" if contents.has_printed else "строка ИТОГО"
    years = ru.counted(len(contents.years), "год", "года", "лет")
    first, last = contents.years[0], contents.years[-1]
    which = str(first) if first == last else f"{first}–{last}"
    rows = ru.counted(contents.rows, "строка", "строки", "строк")
    late = "просроченных этапов нет"
    if contents.overdue:
        stages = ru.counted(contents.overdue, "этап", "этапа", "этапов")
        late = f"{stages}, {ru.counted(contents.late_schools, 'школа', 'школы', 'школ')}"
    no_year = "учебный год не открыт"
    return {
        "summary": "главные числа: план, факт, доля, отклонение",
        "coverage": f"{schools}, {totals}; по неделям и по школам, с графиками Excel",
        "plan": f"{years} ({which}) по школам, затем рядом факт: наставляемые и наставники",
        "stages": f"{rows}: школа, этап, мероприятие, состояние, дата, ответственный, документ; "
        "есть отбор"
        if contents.first_year
        else no_year,
        "overdue": late if contents.first_year else no_year,
        "monitoring": "организация × форма: наставляемые, наставники, пары, встречи, обучены, "
        "согласия, молодые педагоги, предприятия",
        "feedback": f"доля {contents.threshold} из 10 и выше, с числом ответов, в сумме по району",
        "execution": "пункты приказа и приложения",
        "how": "правила и настройки на эту дату",
    }
