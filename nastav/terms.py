"""What people read, once: the words and colours of states, the names of fields.

A form's label, a heading on a page, on paper and in a workbook, the journal and the help take a word
from here; templates know this module as `terms`. The keys are the codes of the models (an enum's member
is its code), so that the rooms below need not be imported.
"""

from typing import Final

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
# fill and ink in workbooks (rules.md#colours-of-states), no fill is the paper's; base.css has the same
COLOURS: Final = {
    "not_started": ("", "#505A66"),
    "in_progress": ("#E4EEF9", "#12395F"),
    "submitted": ("#7FB2E5", "#0B2545"),
    "accepted": ("#C4E3D4", "#103A28"),
    "returned": ("#FFB733", "#2B1D00"),
    "overdue": ("#9B1C1C", "#FFFFFF"),
}
