"""What a school's start page says of an event of the journal, after its subject («Этап VI: принят»).

An event without words here is not shown there: refusals, downloads, accounts.
"""

from typing import Final

from nastav import terms

LABELS: Final = {
    "stage:started": "начата работа",
    "stage:submitted": "отправлен на проверку",
    "stage:withdrawn": "отозван с проверки",
    "stage:accepted": terms.STAGE_STATES["accepted"],
    "stage:returned": "возвращён на доработку",
    "stage:reopened": "открыт заново",
    "stage:reopening_asked": "школа просит открыть",
    "stage:reopening_declined": "просьба открыть отклонена",
    "stage:undone": "решение отменено",
    "activity:saved": "сохранено",
    "document:added": "документ добавлен",
    "document:changed": "документ изменён",
    "document:removed": "документ удалён",
    "person:added": "внесён в базу",
    "people:added": "внесены в базу",
    "person:changed": "запись изменена",
    "person:left": "отмечено выбытие",
    "person:returned": "отмечено возвращение",
    "person:struck": "отмечен как внесённый по ошибке",
    "person:restored": "отметка об ошибке снята",
    "pair:created": "создана",
    "pair:changed": "изменена",
    "pair:joined": "добавлен наставляемый",
    "pair:left": "отмечен выход наставляемого",
    "pair:active": terms.PAIR_STATES["active"],
    "pair:paused": terms.PAIR_STATES["paused"],
    "pair:closed": terms.PAIR_STATES["closed"],
    "meeting:added": "записана встреча",
    "meeting:changed": "встреча исправлена",
    "meeting:deleted": "встреча удалена",
    "meeting:restored": "удалённая встреча возвращена",
    "meetings:entered": "записаны встречи",
    "response:added": "внесён ответ на анкету",
    "response:changed": "ответ на анкету исправлен",
    "response:deleted": "ответ на анкету удалён",
    "member:added": "включён в рабочую группу",
    "member:changed": "сведения о нём в рабочей группе изменены",
    "member:removed": "выбыл из рабочей группы",
}
