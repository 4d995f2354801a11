"""What people read, once: the words and colours of states, the names of fields.

A form's label, a heading on a page, on paper and in a workbook, the journal and the help take a word
from here; templates know this module as `terms`. The keys are the codes of the models (an enum's member
is its code), so that the rooms below need not be imported.
"""

import re
from dataclasses import dataclass
from typing import Final

LONGEST_ORDER: Final = 60  # signs of the number of a school's order, in its paper and its pairs

# --- states ---------------------------------------------------------------------------------------

# three words for three facts: мероприятие «выполнено», этап «на проверке», этап «принят»
STAGE_STATES: Final = {
    "not_started": "не начат",
    "in_progress": "в работе",
    "submitted": "на проверке",
    "accepted": "принят",
    "returned": "возвращён",
}
# how a stage stands: overdue is no state, it comes of the deadline and wins over the state
STAGE_STANDINGS: Final = STAGE_STATES | {"overdue": "просрочен"}
ACTIVITY_STATES: Final = {
    "not_started": "не начато",
    "in_progress": "в работе",
    "done": "выполнено",
    "not_required": "не требуется",
}
PAIR_STATES: Final = {
    "draft": "черновик",
    "active": "действует",
    "paused": "приостановлена",
    "closed": "завершена",
}
# a point of the order, and which state's colours and icon it has
POINT_STATES: Final = {
    "done": "исполнено",
    "running": "исполняется",
    "below": "ниже плана",
    "no_data": "нет данных",
    "not_due": "срок не наступил",
}
POINT_LOOKS: Final = {
    "done": ("accepted", "accepted"),
    "running": ("in_progress", "in_progress"),
    "below": ("returned", "warning"),
    "no_data": ("not_started", "info"),
    "not_due": ("not_started", "calendar"),
}
# fill and ink in workbooks (rules.md#colours-of-states), no fill is the paper's; base.css has the same
COLOURS: Final = {
    "not_started": ("", "#505A66"),
    "in_progress": ("#E4EEF9", "#12395F"),
    "submitted": ("#7FB2E5", "#0B2545"),
    "accepted": ("#C4E3D4", "#103A28"),
    "returned": ("#FFB733", "#2B1D00"),
    "overdue": ("#9B1C1C", "#FFFFFF"),
}

# --- a pair or a group ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Noun:
    """A noun in the cases that sentences about a pair need."""

    nominative: str
    genitive: str
    prepositional: str
    accusative: str

    def said(self, sentence: str) -> str:
        """Return a sentence about a pair as one about this noun; both are feminine, so no verb changes."""
        for word, own in zip(vars(_PAIR).values(), vars(self).values(), strict=True):
            sentence = re.sub(rf"\b{word}\b", own, sentence)
            sentence = re.sub(rf"\b{word.capitalize()}\b", own.capitalize(), sentence)
        return sentence


def pair_noun(mentees: int) -> Noun:
    """Return what a pair of so many mentees is called: several make a group."""
    return _GROUP if mentees > 1 else _PAIR


_PAIR = Noun("пара", "пары", "паре", "пару")
_GROUP = Noun("группа", "группы", "группе", "группу")
# of a count that takes in both
PAIRS: Final = ("пара или группа", "пары или группы", "пар и групп")

# --- fields ---------------------------------------------------------------------------------------

# somebody in a base; the keys as `people.rows.Entry` and the columns of tables have them
PERSON: Final = {
    "number": "№ в базе",
    "code": "Код ученика",
    "surname": "Фамилия",
    "given_name": "Имя",
    "patronymic": "Отчество",
    "class": "Класс",
    "group_name": "Группа",
    "age": "Возраст",
    "aged_on": "На какой день возраст",
    "group": "Группа и возраст",
    "kind": "Категория участника",
    "post": "Должность или место работы",
    "need": "Основной запрос",
    "source": "Источник",
    "expected_result": "Предполагаемые результаты",
    "joined": "Дата вхождения",
}
MENTOR: Final = {
    "competences": "Компетенции",
    "achievements": "Достижения",
    "interests": "Интересы",
    "free_time": "Ресурс времени",
    "grades": "Желаемые классы",
    "ages": "Желаемый возраст",
    "most_mentees": "Предельная нагрузка",
    "kinds": "Формы наставничества",
    "interviewed_on": "Собеседование",
    "decision": "Отбор",
}
CONSENT: Final = {
    "signed_on": "Дата согласия",
    "signer": "Кто подписал согласие",
    "number": "Номер согласия в деле",
}
PAIR: Final = {
    "kind": "Форма наставничества",
    "meets": "Формат встреч",
    "started": "Начало",
    "planned_end": "Плановое окончание",
    "ended": "Окончание",
    "state": "Состояние",
    "goal": "Цель",
    "role_model": "Ролевая модель",
    "order_number": "Приказ о закреплении, №",
    "order_date": "Дата приказа",
    "lasts": "Пара или группа, начатая летом, считается",
}
PLAN: Final = {
    "strengths": "Сильные стороны",
    "weaknesses": "Слабые стороны",
    "result": "Планируемый результат",
    "actual": "Фактический результат",
    "mark": "Отметка наставника",
}
ACTIVITY: Final = {
    "status": "Статус",
    "done_on": "Дата выполнения",
    "responsible": "Ответственный",
    "answer": "Что исправлено",
    "comment": "Комментарий",
}
STAGE: Final = {"due": "Срок", "short": "Короткое название"}
ORDER: Final = {
    "order_number": "Номер приказа",
    "order_date": "Дата приказа",
    "order_place": "Место издания",
    "order_issuer": "Кто издал приказ",
    "order_subject": "О чём приказ",
    "signed_by": "Кто подписал приказ",
    "coordinator": "Муниципальный координатор",
    "coordinator_post": "Должность координатора",
}
REQUISITES: Final = {
    "full_name": "Полное название школы",
    "short_name": "Краткое название",
    "town": "Населённый пункт",
    "address": "Почтовый адрес",
    "founder": "Учредитель",
    "head_name": "Кто подписывает бумаги",
    "head_post": "Должность того, кто подписывает",
    "acting_name": "Временно подписывает",
    "acting_post": "Должность того, кто временно подписывает",
    "acting_until": "Подписывает по какое число",
    "name_whom": "Назначить куратором: кого?",
    "post_whom": "Должность куратора: кого?",
    "issuer_whom": "Кто издал приказ района: чьего приказа?",
}
SCHOOL_TEXTS: Final = {
    "programme_tasks": "Задачи нашей школы",
    "meeting_decided": "Что решили на собрании",
    "final_heard": "Кого и что слушали",
    "final_decided": "Что ещё решили на итоговой встрече",
    "note_difficulties": "Трудности",
    "note_conclusions": "Выводы и задачи на следующий год",
}
KIND: Final = {"is_hidden": "Не предлагать в списках"}
OFFICIAL: Final = {
    "name": "Фамилия, имя, отчество",
    "post": "Должность",
    "phone": "Телефон",
    "email": "Электронная почта",
    "is_curator": "Школьный куратор",
}
RULES: Final = {
    "coverage_basis": "С планом сравнивается",
    "mentor_grade_from": "Обучающиеся считаются наставниками с класса",
    "mentor_grade_to": "По класс",
    "mentor_age_from": "Где классов нет — с возраста, полных лет на 1 сентября",
    "satisfied_from": "Доволен совместной работой — при ответе не ниже",
    "meetings_within": "Пара или группа давно не встречалась, если прошло дней больше",
    "meeting_minutes": "Обычная длительность встречи, минут",
    "most_mentees": "Предельная нагрузка по умолчанию, наставляемых",
    "uses_codes": "Ученики без имён, только по кодам школ",
    "consent_both_from": "С какого класса подписывают оба",
}


def inside(term: str) -> str:
    """Return a term as it stands within a sentence: «дата вхождения», «№ в базе»."""
    return term[:1].lower() + term[1:]
