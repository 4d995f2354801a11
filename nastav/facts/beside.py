"""What the records say beside an activity, by its key in the order: information, never a proof. Pure.

A sentence is left out where there is nobody it could be about.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nastav import ru
from nastav.facts.sentences import Fact, Figures, Room

MENTEES = ("наставляемого", "наставляемых")
MENTORS = ("наставника", "наставников")
PAIRS = ("пары или группы", "пар и групп")
_MENTORS, _PAIRS = Room("register.register", {"book": "mentors"}), Room("pair_list.board")


@dataclass(frozen=True)
class Beside:
    """One thing to say: the figures it takes, the first of them its count, and whose room it is."""

    needs: tuple[str, ...]
    say: Callable[[Figures], str]  # "" = nothing to say
    room: Room

    def fact(self, figures: Figures) -> Fact | None:
        """Return the fact, or None where there is nothing to say."""
        sentence = self.say(figures)
        return Fact(figures[self.needs[0]], sentence, self.room) if sentence else None


def _consents(part: str, words: tuple[str, str]) -> Beside:
    held, present = f"{part}_consented", f"{part}_present"
    return Beside(
        (held, present),
        lambda found: _of(f"Согласия есть у {found[held]}", found[present], words),
        Room("consents.missing"),
    )


def _profiles(found: Figures) -> str:
    said = _of(f"Анкета заполнена у {found['mentors_profiled']}", found["mentors"], MENTORS)
    return f"{said}, отобрано: {found['mentors_accepted']}" if said else ""


def _trainings(found: Figures) -> str:
    if not found["trainings"]:
        return "Занятия пока не внесены"
    held = ru.counted(found["trainings"], "занятие", "занятия", "занятий")
    return f"Проведено {held}, {ru.counted(found['training_hours'], 'час', 'часа', 'часов')}"


def _alone(found: Figures) -> str:
    return _of(f"Без пары и группы {found['mentees_alone']}", found["mentees"], MENTEES)


def _answers(moment: str, title: str) -> Beside:
    names = (f"{moment}_mentee", "mentees_in_pairs", f"{moment}_mentor", "mentors_in_pairs")

    def say(found: Figures) -> str:
        mentees, of_mentees, mentors, of_mentors = (found[name] for name in names)
        if not any((mentees, of_mentees, mentors, of_mentors)):
            return ""
        told = _part("наставляемые", mentees, of_mentees), _part("наставники", mentors, of_mentors)
        return f"{title}: {', '.join(told)}"

    return Beside(names, say, Room("feedback.school"))


def _part(who: str, sheets: int, people: int) -> str:
    share = f"{sheets} из {people}" if sheets <= people else f"{sheets} (в парах {people})"
    return f"{who} —{ru.NBSP}{share}"


def _supported(found: Figures) -> str:
    said = f"Психологическое сопровождение есть в планах {found['pairs_supported']}"
    return _of(said, found["pairs"], PAIRS)


def _closed(found: Figures) -> str:
    said = _of(f"Завершено {found['pairs_closed']}", found["pairs"], PAIRS)
    if not found["pairs_closed"]:
        return said
    told = (
        f"продолжить —{ru.NBSP}{found['pairs_to_go_on']}, "
        f"завершить —{ru.NBSP}{found['pairs_finished']}"
    )
    return f"{said}; решения по п. 2.3: {told}"


def _awarded(found: Figures) -> str:
    return _of(f"Поощрено {found['mentors_awarded']}", found["mentors"], MENTORS)


def _practices(found: Figures) -> str:
    return f"Опубликовано в банке практик: {found['practices']}"


def _of(said: str, every: int, words: tuple[str, str]) -> str:
    return f"{said} из {ru.out_of(every, *words)}" if every else ""


BESIDE: dict[str, tuple[Beside, ...]] = {
    "mentee_data": (_consents("mentees", MENTEES),),
    "mentor_data": (
        Beside(("mentors_profiled", "mentors", "mentors_accepted"), _profiles, _MENTORS),
        _consents("mentors", MENTORS),
    ),
    "selection_and_training": (
        Beside(("trainings", "training_hours"), _trainings, Room("training.board")),
    ),
    "pairs_formed": (Beside(("mentees_alone", "mentees"), _alone, _PAIRS),),
    "psychological_support": (
        Beside(("pairs_supported", "pairs"), _supported, Room("plans.board")),
    ),
    "feedback_collected": (
        _answers("start", "Анкеты в начале работы"),
        _answers("interim", "Промежуточные анкеты"),
    ),
    "feedback_analysed": (_answers("final", "Итоговые анкеты"),),
    "effectiveness": (
        Beside(("pairs_closed", "pairs", "pairs_to_go_on", "pairs_finished"), _closed, _PAIRS),
    ),
    "celebration": (
        Beside(("mentors_awarded", "mentors"), _awarded, Room("awards.board")),
        Beside(("practices",), _practices, Room("practices.own")),
    ),
}
