"""What the journal's codes are called in Russian; a code without a label is shown as it is."""

from datetime import date
from typing import Any, Final

from nastav import ru, terms

EVENTS: Final = {
    "access:refused": "Отказ в доступе",
    "activity:added": "Добавлено мероприятие этапа",
    "activity:removed": "Убрано мероприятие этапа",
    "activity:reworded": "Изменена формулировка мероприятия",
    "activity:saved": "Сохранено мероприятие",
    "award:added": "Внесено поощрение наставников",
    "award:changed": "Исправлено поощрение наставника",
    "award:removed": "Удалено поощрение наставника",
    "consent:added": "Внесены согласия",
    "consent:changed": "Исправлено согласие",
    "consent:removed": "Удалено согласие",
    "consent:withdrawn": "Отмечен отзыв согласия",
    "consent_rule:changed": "Изменено правило согласий",
    "classes:moved": "Ученики переведены в следующий класс",
    "classes:moved_back": "Отменён перевод в следующий класс",
    "counting_rules:changed": "Изменены правила подсчёта",
    "counting_rules:shown": "Показано, что изменили правила подсчёта",
    "meetings:moved": "Встречи перенесены в продолжение пары",
    "criteria:saved": "Сохранены критерии отбора наставников",
    "cycle:closed": "Закрыт учебный год, сохранён его отчёт",
    "cycle:opened": "Открыт учебный год",
    "cycle:reopened": "Учебный год открыт снова",
    "deadline:moved": "Перенесён срок этапа",
    "document:added": "Добавлен документ",
    "document:changed": "Изменён документ",
    "document:downloaded": "Скачан документ",
    "document:removed": "Удалён документ",
    "export:downloaded": "Скачана выгрузка",
    "match:confirmed": "Возможное совпадение: один ребёнок",
    "match:declined": "Возможное совпадение: разные дети",
    "match:reopened": "Отменено решение о возможном совпадении",
    "meeting:added": "Записана встреча",
    "meeting:changed": "Исправлена встреча",
    "meeting:deleted": "Удалена встреча",
    "meeting:erased": "Стёрты прежние записи о встрече",
    "meeting:restored": "Возвращена удалённая встреча",
    "meeting_kind:added": "Добавлен тип встречи",
    "meeting_kind:changed": "Изменён тип встречи",
    "meetings:entered": "Заполнен лист встреч",
    "load:columns_forgotten": "Забыты ответы о столбцах таблиц",
    "load:columns_named": "Названы столбцы таблицы",
    "load:dropped": "Удалены строки загрузки",
    "load:opened": "Прислана таблица для загрузки",
    "load:undone": "Отменена загрузка",
    "calendar:made": "Сделана ссылка на календарь сроков",
    "calendar:revoked": "Отозвана ссылка на календарь сроков",
    "links:made": "Сделаны ссылки на анкету",
    "links:moved": "Изменён срок ссылок на анкету",
    "links:opened": "Закрыты ссылки на анкету, ответы учтены",
    "member:added": "Добавлен участник рабочей группы",
    "member:changed": "Изменены сведения об участнике рабочей группы",
    "member:removed": "Исключён участник рабочей группы",
    "occasion:added": "Внесено участие наставляемых",
    "occasion:changed": "Исправлено участие наставляемых",
    "occasion:removed": "Удалено участие наставляемых",
    "order:changed": "Изменены реквизиты приказа",
    "order:loaded": "Загружен приказ",
    "order:worded": "Изменены слова приказа",
    "pair:active": "Начата или возобновлена пара (группа)",
    "pair:changed": "Изменена пара (группа)",
    "pair:closed": "Завершена пара (группа)",
    "pair:created": "Создана пара (группа)",
    "pair:draft": "Пара (группа) снова черновик",
    "pair:joined": "Добавлен наставляемый в группу",
    "pair:left": "Отмечен выход из пары (группы)",
    "pair:paused": "Приостановлена пара (группа)",
    "pair_plan:added": "Добавлена строка в индивидуальный план",
    "pair_plan:changed": "Изменена строка индивидуального плана",
    "pair_plan:removed": "Удалена строка индивидуального плана",
    "pair_plan:saved": "Сохранены сильные и слабые стороны в индивидуальном плане",
    "pair_plan:taken": "В индивидуальный план взято невыполненное из прошлого года",
    "pair:removed": "Удалён черновик пары (группы): завершённая открыта снова",
    "pair:reopened": "Завершённая пара (группа) открыта снова",
    "pair_kind:added": "Добавлена форма наставничества",
    "pair_kind:changed": "Изменена форма наставничества",
    "paper:corrected": "Исправлены номер и дата бумаги",
    "paper:made": "Сделана бумага",
    "paper:numbered": "Внесены номер и дата бумаги",
    "paper:removed": "Убрана бумага без номера",
    "paper:unnumbered": "Сняты номер и дата бумаги",
    "password:changed": "Изменён пароль",
    "password:reset": "Выдан новый пароль",
    "people:added": "Внесены люди списком",
    "people:changed": "Изменены сведения списком",
    "people:anonymised": "Обезличены карточки: срок хранения истёк",
    "people:coded": "Имена учеников заменены кодами",
    "requisites:changed": "Изменены реквизиты школы для бумаг",
    "requisites:case_confirmed": "Подтверждён падеж школьного куратора для приказа",
    "requisites:issuer_changed": "Изменено, чьим назван приказ района в бумагах школ",
    "school_texts:saved": "Сохранены тексты школы для бумаг",
    "blank:sent": "Прислан бланк бумаги района",
    "blank:introduced": "Введён бланк бумаги района",
    "blank:withdrawn": "Возвращён образец сайта вместо бланка района",
    "person:added": "Внесён человек",
    "person:changed": "Изменены сведения о человеке",
    "person:left": "Отмечено выбытие",
    "person:leaving_undone": "Снята отметка о выбытии",
    "person:merged": "Объединены карточки одного человека",
    "person:restored": "Снята отметка «внесён по ошибке»",
    "person:returned": "Отмечено возвращение",
    "person:struck": "Отмечено: внесён по ошибке",
    "person:unmerged": "Разъединены карточки",
    "plan:bases_changed": "Исправлена база наставляемых",
    "plan:bases_confirmed": "Подтверждено: база наставляемых — все обучающиеся",
    "plan:changed": "Изменён годовой план",
    "plan:loaded": "Загружен годовой план",
    "plan:opened": "Открыт план на год",
    "practice:added": "Описана практика",
    "practice:changed": "Изменена практика",
    "practice:published": "Практика опубликована в банке практик",
    "practice:removed": "Удалена практика",
    "practice:taken_back": "Школа убрала практику из банка",
    "practice:taken_off": "Координатор убрал практику из банка",
    "questionnaire:reworded": "Новая редакция анкеты",
    "profile:saved": "Сохранена анкета наставника",
    "response:added": "Внесён ответ на анкету",
    "report:kept": "Сохранён отчёт на дату",
    "response:changed": "Исправлен ответ на анкету",
    "responses:added": "Внесена пачка анкет",
    "response:deleted": "Удалён ответ на анкету",
    "reward_system:saved": "Сохранена система поощрений",
    "sample:drawn": "Вытянуты пары для выборочной проверки",
    "sample:marked": "Поставлены отметки выборочной проверки",
    "school:looked": "Координатор смотрел страницы как школа",
    "sign_in:closed": "Выход",
    "sign_in:failed": "Неудачная попытка входа",
    "sign_in:opened": "Вход",
    "sign_in:others_closed": "Завершены другие сеансы",
    "sign_in:throttled": "Вход приостановлен: много неудачных попыток",
    "stage:accepted": "Этап принят",
    "stage:reopened": "Этап открыт заново",
    "stage:reopening_asked": "Школа попросила открыть этап",
    "stage:left_accepted": "Этап оставлен принятым",
    "stage:reopening_declined": "Отказано в просьбе открыть этап",
    "stage:returned": "Этап возвращён на доработку",
    "stage:reworded": "Изменена формулировка этапа",
    "stage:started": "Начата работа над этапом",
    "stage:submitted": "Этап отправлен на проверку",
    "stage:undone": "Решение по этапу отменено",
    "stage:withdrawn": "Этап отозван с проверки",
    "training:added": "Внесено обучение наставников",
    "training:changed": "Изменено обучение наставников",
    "training:removed": "Удалено обучение наставников",
    "swot:saved": "Сохранён SWOT-анализ",
    "texts:erased": "Стёрты тексты, срок хранения которых истёк",
    "transfer:accepted": "Принят переведённый ученик",
    "transfer:offered": "Предложен перевод в другую школу",
    "transfer:refused": "Переведённый ученик не принят",
    "transfer:withdrawn": "Отозван перевод в другую школу",
    "user:added": "Добавлена учётная запись",
    "user:changed": "Изменена учётная запись",
    "user:disabled": "Отключена учётная запись",
    "user:enabled": "Включена учётная запись",
}
_TERMS = (
    terms.ACTIVITY | terms.STAGE | terms.ORDER | terms.KIND | terms.OFFICIAL | terms.RULES
    | terms.REQUISITES
)  # fmt: skip
FIELDS: Final = {
    **{name: terms.inside(term) for name, term in _TERMS.items()},
    "document": "документ",
    "number_and_date": "номер и дата",
    "place": "место в списке",
    "closed_on": "закрыт",
    "reason": "причина",  # of many things, each asked in its own words
    "state": "состояние",
    "title": "формулировка",  # of a stage and of an activity
}
VALUES: Final = {
    **{("state", state): word for state, word in (terms.STAGE_STATES | terms.PAIR_STATES).items()},
    **{("status", state): word for state, word in terms.ACTIVITY_STATES.items()},
    ("coverage_basis", "in_pair"): "дети в парах и группах",
    ("coverage_basis", "in_register"): "дети в базах школ",
    ("coverage_basis", "met"): "дети, у которых была хотя бы одна встреча",
}
# how operations write that a value is not kept (rules.md#journal-without-values)
OMITTED: Final = ("изменено", None)


def event_label(event: str) -> str:
    """Return what an event is called."""
    return EVENTS.get(event, event)


def field_label(name: str) -> str:
    """Return what a field is called."""
    return FIELDS.get(name, name)


def has_values(old: Any, new: Any) -> bool:
    """Tell whether a change holds values; else only the field is known."""
    return not (old in ("", None) and new in OMITTED)


def value_text(field: str, value: Any) -> str:
    """Return a value as a person reads it: a state in words, a date as ДД.ММ.ГГГГ, «—» for nothing."""
    if value is None or value == "":
        return ru.DASH
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, int):
        return ru.number(value)
    text = str(value)
    return VALUES.get((field, text)) or _date_text(text) or text


def _date_text(text: str) -> str:
    """Return the date of «2020-12-10», or nothing if the text is something else."""
    if len(text) != len("2020-12-10"):
        return ""
    try:
        return ru.date_short(date.fromisoformat(text))
    except ValueError:
        return ""
