"""What a district's answers say in one line: the number first. Pure, of figures that may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from nastav import ru
from nastav.feedback.labels import PARTS
from nastav.feedback.models import PARTICIPANTS, Moment
from nastav.feedback.summary import Group, Scale

LOW = 5  # marks up to it are left of the middle
_WHEN = {
    Moment.START: "в начале работы",
    Moment.INTERIM: "в середине работы",
    Moment.FINAL: "в конце работы",
}


@dataclass(frozen=True)
class Conclusion:
    """The leading sentence behind its number, and what that number does not say."""

    number: int
    sentence: str
    beneath: str = ""


def of_groups(groups: Sequence[Group]) -> Conclusion | None:
    """Return what participants said at the last moment with answers; None where too few answered.

    Groups of fewer than five answers stand in no sum here: taken from it, they would be told.
    """
    for moment in reversed(Moment):
        shown = [
            group
            for group in groups
            if group.moment is moment and group.part in PARTICIPANTS
            if group.n and not group.is_hidden
        ]
        if shown:
            beneath = " ".join(filter(None, (_by_part(shown), _lowest(shown))))
            return _satisfied(shown, beneath) or _answered(shown, moment, beneath)
    return None


def _satisfied(shown: Sequence[Group], beneath: str) -> Conclusion | None:
    asked = [group.satisfied for group in shown if group.satisfied]
    known = [(each.happy, each.n, each.threshold) for each in asked if each.happy is not None]
    if not known:
        return None
    happy, n = sum(row[0] for row in known), sum(row[1] for row in known)
    threshold = known[0][2]
    sentence = (
        f"из {ru.out_of(n, 'ответившего', 'ответивших')} довольны совместной работой "
        f"({ru.percent(happy, n)}): поставили {threshold} и больше из 10."
    )
    return Conclusion(happy, sentence, beneath)


def _answered(shown: Sequence[Group], moment: Moment, beneath: str) -> Conclusion:
    n = sum(group.n for group in shown)
    people = sum(group.people or 0 for group in shown)
    if not people:
        words = ru.plural(n, "ответ", "ответа", "ответов")
        return Conclusion(n, f"{words} {_WHEN[moment]}.", beneath)
    whole = ru.out_of(people, "участника", "участников")
    verb = ru.plural(n, "ответил", "ответили", "ответили")
    share = ru.percent(n, people)
    sentence = " ".join((f"из {whole}", verb, _WHEN[moment], f"({share})."))
    return Conclusion(n, sentence, beneath)


def _by_part(shown: Sequence[Group]) -> str:
    """«Ответили: наставляемые — 583 из 1 013, наставники — 97 из 148.»."""
    parts = [
        f"{PARTS[group.part]} {ru.DASH} {ru.number(group.n)}"
        + (f" из {ru.number(group.people)}" if group.people else "")
        for group in shown
    ]
    return f"Ответили: {', '.join(parts)}."


def _lowest(shown: Sequence[Group]) -> str:
    """The question with the largest share of marks up to five."""
    known = [
        (sum(scale.counts[:LOW]) / scale.n, scale)
        for group in shown
        for scale in group.scales
        if scale.counts and scale.n
    ]
    if not known:
        return ""
    _, scale = max(known, key=_share)
    low = sum((scale.counts or ())[:LOW])
    if not low:
        return ""
    return (
        f"Чаще всего ставили от 1 до {LOW} на вопрос «{scale.question.text}»: "
        f"{ru.number(low)} из {ru.number(scale.n)}."
    )


def _share(row: tuple[float, Scale]) -> float:
    return row[0]
