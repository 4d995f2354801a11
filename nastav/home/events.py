"""What a school's start page calls the events of the journal; one without a label is not shown there."""

from typing import Final

LABELS: Final = {
    "stage:started": "Начата работа над этапом",
    "stage:submitted": "Этап отправлен на проверку",
    "stage:withdrawn": "Этап отозван с проверки",
    "stage:accepted": "Этап принят",
    "stage:returned": "Этап возвращён на доработку",
    "stage:reopened": "Этап открыт заново",
    "stage:reopening_asked": "Школа попросила открыть этап",
    "stage:undone": "Решение по этапу отменено",
    "activity:saved": "Сохранено мероприятие",
    "document:added": "Добавлен документ",
    "document:changed": "Изменён документ",
    "document:removed": "Удалён документ",
    "person:added": "Внесён человек",
    "people:added": "Внесены люди",
    "person:left": "Отмечено выбытие",
    "person:returned": "Отмечено возвращение",
    "pair:created": "Создана пара или группа",
    "pair:changed": "Изменена пара или группа",
    "pair:joined": "Добавлен наставляемый",
    "pair:left": "Отмечен выход из пары",
    "pair:closed": "Завершена пара или группа",
    "response:added": "Внесён ответ на анкету",
    "member:added": "Добавлен участник рабочей группы",
    "member:changed": "Изменены сведения об участнике рабочей группы",
    "member:removed": "Участник выбыл из рабочей группы",
}
