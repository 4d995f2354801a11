"""The columns of a mentor's profile and of the consent, which need no place in the register itself."""

from typing import Any

from nastav import terms
from nastav.columns import cells
from nastav.columns.column import Column, Room, Value, day, text
from nastav.consents.models import SIGNER_LABELS, Signer
from nastav.mentors.profiles.forms import DECISIONS
from nastav.mentors.profiles.models import Selection
from nastav.people.models import Part

DECIDED = tuple(
    DECISIONS[selection] for selection in Selection if selection is not Selection.UNDECIDED
)
SIGNERS = tuple(SIGNER_LABELS.values())


def _as_it_is(value: Value) -> Value:
    return value


def _mentors(key: str, title: str, heading: str, **more: Any) -> Column:
    settings: dict[str, Any] = {"said": _as_it_is, "of_parents": True, "of_pairs": True, **more}
    return Column(key, title, heading, room=Room.PROFILE, parts=(Part.MENTOR,), **settings)


PROFILE = (
    _mentors(
        "competences",
        terms.MENTOR["competences"],
        r"(?:\w+ )?компетенц\w+\b.*|(?:в )?чем (?:может )?помо\w+",
        read=text(500),
        hint="В чём поможет.",
        example="математика, шахматы",
        width=28,
    ),
    _mentors(
        "achievements",
        terms.MENTOR["achievements"],
        r"(?:\w+ ){0,3}достижени\w+\b.*",
        read=text(500),
        example="призёр олимпиады по физике",
        width=28,
    ),
    _mentors(
        "interests",
        terms.MENTOR["interests"],
        r"(?:\w+ )?интересы\b.*|увлечения\b.*|хобби\b.*",
        read=text(500),
        example="музыка",
        width=24,
    ),
    _mentors(
        "free_time",
        terms.MENTOR["free_time"],
        r"ресурсы? времени\b.*|временной ресурс|(?:свободное|удобное) время\b.*",
        read=text(200),
        hint="Когда может встречаться.",
        example="вторник и четверг после уроков",
        width=24,
    ),
    _mentors(
        "grades",
        terms.MENTOR["grades"],
        r"(?:желаем\w+|предпочитаем\w+|предпочтительн\w+) класс\w*\b.*",
        read=cells.grades,
        said=cells.span_said,
        hint="Первый и последний класс. Пусто — любые.",
        example="с 5 по 7",
        width=13,
    ),
    _mentors(
        "ages",
        terms.MENTOR["ages"],
        r"(?:желаем\w+|предпочитаем\w+|предпочтительн\w+) возраст\w*\b.*",
        read=cells.ages,
        said=cells.span_said,
        hint="Полных лет. Пусто — любой.",
        example="10–12",
        width=13,
    ),
    _mentors(
        "most_mentees",
        terms.MENTOR["most_mentees"],
        r"предельная нагрузка\b.*|ведет не больше\b.*"
        r"|(?:предельн|максимальн|наибольш)\w+ (?:количество|число) \w+",
        read=cells.most,
        hint="Сколько человек ведёт самое большее. Пусто — без ограничения.",
        example="3",
        width=13,
    ),
    _mentors(
        "kinds",
        terms.MENTOR["kinds"],
        r"форм[аы](?: вид\w*)?(?: наставничества)?|(?:желаем\w+|предпочитаем\w+) форм[аы]\b.*",
        said=cells.kinds_said,
        hint="Одна или несколько, через точку с запятой. Пусто — подойдёт любая.",
        width=24,
    ),
    _mentors(
        "interviewed_on",
        terms.MENTOR["interviewed_on"],
        r"(?:дата )?собеседовани[ея](?: дата)?|дата отбора|отбор дата",
        read=day,
        hint="Дата собеседования.",
        example="25.09.2020",
        width=15,
        is_day=True,
    ),
    _mentors(
        "decision",
        terms.MENTOR["decision"],
        r"отбор|(?:решение|результаты?|итоги?)(?: по| об)? (?:отбор\w*|собеседовани\w*)",
        read=cells.decision,
        said=cells.decision_said,
        hint="Пусто — решения ещё нет.",
        example="отобран",
        width=13,
    ),
)
# another purpose, another paper; what is withdrawn is said on the card
_NO_DAY = r"(?!.*\b(?:подпис[аы]л|подписано|номер))"
_NOT_THIS = r"(?!.*\b(?:отозва\w*|отзыв\w*|фото\w*|видео\w*|публикац\w+|психолог\w*))"
CONSENT = (
    Column(
        "signed_on",
        terms.CONSENT["signed_on"],
        rf"{_NO_DAY}{_NOT_THIS}(?:наличие |дата (?:подписания |получения )?)?согласи[ея]\b.*",
        read=cells.signed_on,
        room=Room.CONSENT,
        said=_as_it_is,
        hint="День подписания согласия на участие и обработку данных. Само согласие хранится в школе.",
        example="01.09.2020",
        width=14,
        is_day=True,
        of_parents=True,
    ),
    Column(
        "signer",
        terms.CONSENT["signer"],
        rf"{_NOT_THIS}(?:(?:согласие )?(?:кто|кем) подпис\w+(?: согласие)?|согласие подписал\w*)",
        read=cells.signer,
        room=Room.CONSENT,
        said=lambda value: SIGNER_LABELS[Signer(value)],
        hint="Пусто — тот, кто должен: за ученика представитель, в старших классах оба.",
        example="законный представитель",
        width=24,
        of_parents=True,
    ),
    Column(
        "paper",
        terms.CONSENT["number"],
        rf"{_NOT_THIS}(?:согласие номер(?: в деле)?|номер согласия\b.*)",
        read=text(40),
        room=Room.CONSENT,
        said=_as_it_is,
        hint="Номер в деле, если есть.",
        example="12-с",
        width=14,
        of_parents=True,
    ),
)
