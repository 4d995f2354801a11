"""What the three tables of a plan are called, and phrases to begin with: never health or family."""

from dataclasses import dataclass

from nastav import terms
from nastav.plans.models import LineKind


@dataclass(frozen=True)
class Words:
    """One table of a plan in Russian; `asked`: which of who and result it has."""

    heading: str
    counted: tuple[str, str, str]  # задача, задачи, задач
    accusative: str  # in the accusative: «Изменить задачу»
    what: str
    who: str  # the label; empty where the table does not ask
    result: str
    none: str
    phrases: tuple[str, ...]


WORDS = {
    LineKind.TASK: Words(
        heading="Задачи на периоды",
        counted=("задача", "задачи", "задач"),
        accusative="задачу",
        what="Задача",
        who="",
        result=terms.PLAN["result"],
        none="Задач пока нет.",
        phrases=(
            "Выбрать тему проекта и составить план работы",
            "Повторить темы прошлого года",
            "Научиться планировать учебную неделю",
            "Подготовить выступление перед классом",
            "Познакомиться с профессиями и выбрать профиль",
            "Подготовиться к олимпиаде",
            "Освоить новый учебный навык",
        ),
    ),
    LineKind.ACTIVITY: Words(
        heading="План мероприятий",
        counted=("мероприятие", "мероприятия", "мероприятий"),
        accusative="мероприятие",
        what="Мероприятие",
        who="Ответственный",
        result="",
        none="Мероприятий пока нет.",
        phrases=(
            "Встреча-знакомство",
            "Консультация по предмету",
            "Работа над проектом",
            "Репетиция выступления",
            "Посещение музея или выставки",
            "Участие в школьной конференции",
            "Подведение итогов",
        ),
    ),
    LineKind.SUPPORT: Words(
        heading="Психологическое сопровождение",
        counted=("запись психолога", "записи психолога", "записей психолога"),
        accusative="запись",
        what="Что делает педагог-психолог",
        who="Кто проводит",
        result="",
        none="Записей пока нет.",
        phrases=(
            "Занятие на знакомство и сплочение пары",
            "Занятие по навыкам общения",
            "Консультация наставника",
            "Занятие по постановке целей",
            "Анкетирование участников",
            "Итоговая беседа с участниками",
        ),
    ),
}
PERIODS = (
    "сентябрь–декабрь",
    "январь–май",
    "I четверть",
    "II четверть",
    "III четверть",
    "IV четверть",
    "еженедельно",
)
MARKS = ("выполнено полностью", "выполнено частично", "не выполнено", "отлично", "хорошо")
PSYCHOLOGIST = "педагог-психолог"
