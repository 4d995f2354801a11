"""Numbered steps that lead a school: at its very beginning, and in September. Pure, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nastav import ru
from nastav.facts.sentences import Room
from nastav.home.navigation.rules import MONTHS, Season
from nastav.home.tasks import Action, Task, TaskKind
from nastav.stages.records import StageHead, StageLine


@dataclass(frozen=True)
class Step:
    """One of the steps: what, how long or how much, what for, what is needed, where."""

    title: str
    aside: str
    text: str
    actions: tuple[Action, ...]
    needs: str = ""
    sample: Action | None = None
    is_done: bool = False


@dataclass(frozen=True)
class Begun:
    """What a school has ever entered."""

    stage: bool
    mentees: bool
    mentors: bool
    pairs: bool

    @property
    def everything(self) -> bool:
        """Tell whether all the first steps are behind."""
        return self.stage and self.mentees and self.mentors and self.pairs

    @property
    def nothing(self) -> bool:
        """Tell whether the school is empty."""
        return not (self.stage or self.mentees or self.mentors or self.pairs)


def first_steps(begun: Begun, first: StageHead, line: StageLine) -> tuple[Step, ...]:
    """Return the steps of a school that begins: stage I, people, pairs; none once all are behind.

    Args:
        begun: what it has entered already.
        first: the first stage.
        line: how it stands; what is only begun is not done.
    """
    if begun.everything:
        return ()
    lacking = "mentors" if begun.mentees else "mentees"
    return (_papers_first(begun, first, line), _people_next(begun, lacking), _pairs_last(begun))


def _papers_first(begun: Begun, first: StageHead, line: StageLine) -> Step:
    here = {"ordinal": first.ordinal}
    sheet = Room("stages.sheet", here)
    start = "Продолжить" if begun.stage else "Начать"
    return Step(
        f"Этап {first.roman}: документы школы",
        "около 10 минут",
        f"Отметьте {ru.counted(line.total, 'мероприятие', 'мероприятия', 'мероприятий')}: у каждого "
        "статус, дата и документ. Все строки заполняются одной таблицей.",
        (
            Action(f"{start} этап {first.roman}", Room("stages.stage", here), "stages:edit"),
            Action(f"Распечатать лист этапа {first.roman}", sheet, "reports:read"),
        ),
        "номера и даты приказа, положения и плана. Сканы не обязательны.",
        Action("Образец заполнения", Room("stages.sheet", {**here, "sample": 1}), "stages:edit"),
        is_done=line.is_locked or 0 < line.total == line.ready,
    )


def _people_next(begun: Begun, lacking: str) -> Step:
    return Step(
        "Списки детей и наставников",
        "около 5 минут",
        "Вставьте таблицу из Excel: сайт сам узнает столбцы, найдёт повторы и покажет, что исправить.",
        (Action("Вставить список", Room("loads.ask", {"book": lacking}), "names:edit"),),
        "два столбца, «ФИО» и «Класс»; остальное по желанию.",
        Action("Скачать образец (Excel)", Room("loads.template", {"book": lacking}), "names:edit"),
        is_done=begun.mentees and begun.mentors,
    )


def _pairs_last(begun: Begun) -> Step:
    return Step(
        "Пары и группы",
        "около 15 минут",
        "Сайт предложит, кого с кем соединить, по запросу, форме и нагрузке наставника. Решаете вы: "
        "до начала пары остаются черновиками.",
        (Action("Подобрать пары", Room("matching.board"), "names:edit"),),
        "списки из второго шага; номер приказа о закреплении можно внести позже.",
        is_done=begun.pairs,
    )


_CARRIED = {
    TaskKind.CLASSES: "Перевести классы",
    TaskKind.DRAFTS: "Продолжить пары",
    TaskKind.UNDECIDED: "Решить о прошлогодних парах",
    TaskKind.UNSENT: "Закончить прошлый год",
}


def autumn_steps(tasks: Sequence[Task], today: date) -> tuple[tuple[Step, ...], tuple[Task, ...]]:
    """Return what carries over from last year as steps, and the tasks that remain; only in September."""
    carried = [kind for kind in _CARRIED if any(task.kind is kind for task in tasks)]
    if today.month not in MONTHS[Season.CLASSES] or not carried:
        return (), tuple(tasks)
    steps = tuple(
        Step(_CARRIED[kind], "", f"{task.title}. {task.reason}", task.actions)
        for kind in carried
        for task in tasks
        if task.kind is kind
    )
    return steps, tuple(task for task in tasks if task.kind not in _CARRIED)
