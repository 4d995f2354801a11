"""What the records say beside an activity, by its key in the order, and what the self-check makes of it.

With `sentences.PROVING` this is the table of rules.md#self-check. Nothing here is ever a proof. Pure; a
sentence is left out where there is nobody it could be about.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nastav import ru
from nastav.facts.sentences import Fact, Figures, Room, Weight, weigh

MENTEES = ("наставляемого", "наставляемых")
MENTORS = ("наставника", "наставников")
PAIRS = ("пары или группы", "пар и групп")
_MENTEES, _MENTORS = (Room("register.register", {"book": book}) for book in ("mentees", "mentors"))
_PAIRS, _FEEDBACK = Room("pair_list.board"), Room("feedback.school")
Weigher = Callable[[Figures], Weight | None]


def _never(_found: Figures) -> Weight | None:
    return None


@dataclass(frozen=True)
class Statement:
    """One thing to say: the figures it takes, the first of them its count, and whose room it is."""

    needs: tuple[str, ...]
    say: Callable[[Figures], str]  # "" = nothing to say
    room: Room
    weigh: Weigher = _never
    document_counts: bool = False  # a document of the activity says as much: nothing to remark then
    district_room: Room | None = None

    def fact(self, figures: Figures, *, has_document: bool = False) -> Fact | None:
        """Return the fact, or None where there is nothing to say."""
        sentence = self.say(figures)
        if not sentence:
            return None
        weight = self.weigh(figures)
        if weight is Weight.REMARK and self.document_counts and has_document:
            weight = None
        return Fact(
            figures[self.needs[0]],
            sentence,
            self.room,
            district_room=self.district_room,
            weight=weight,
        )


def _share(count: str, every: str) -> Weigher:
    """A note for fewer than all; that there are none at all is for another line to remark."""
    return lambda found: Weight.NOTE if found[count] < found[every] else None


def _is_any(*names: str) -> Weigher:
    return lambda found: Weight.NOTE if any(found[name] for name in names) else None


def _is_none(*names: str) -> Weigher:
    return lambda found: None if any(found[name] for name in names) else Weight.NOTE


def _of(said: str, every: int, words: tuple[str, str]) -> str:
    return f"{said} из {ru.out_of(every, *words)}" if every else ""


# --- I ----------------------------------------------------------------------------------------------


def _needs(found: Figures) -> str:
    said = f"Основной запрос записан у {found['mentees_with_need']}"
    return _of(said, found["mentees"], MENTEES) or "В базе ещё нет наставляемых с запросом"


def _team(found: Figures) -> str:
    if not found["team"]:
        return "В школьной рабочей группе никого нет"
    people = ru.counted(found["team"], "человек", "человека", "человек")
    curator = "куратор отмечен" if found["team_curators"] else "куратор не отмечен"
    return f"В школьной рабочей группе {people}, {curator}"


def _weigh_team(found: Figures) -> Weight | None:
    return weigh(found["team"]) or (None if found["team_curators"] else Weight.NOTE)


# --- II, III ----------------------------------------------------------------------------------------


def _empty(part: str, words: str) -> Statement:
    room = _MENTEES if part == "mentees" else _MENTORS
    return Statement(
        (part,),
        lambda found: "" if found[part] else f"В базе нет ни одного {words}",
        room,
        weigh=lambda found: weigh(found[part]),
    )


def _consents(part: str, words: tuple[str, str]) -> Statement:
    held, present = f"{part}_consented", f"{part}_present"
    return Statement(
        (held, present),
        lambda found: _of(f"Согласия есть у {found[held]}", found[present], words),
        Room("consents.missing"),
        weigh=_share(held, present),
    )


def _sources(found: Figures) -> str:
    return _of(f"Источник указан у {found['mentees_with_source']}", found["mentees"], MENTEES)


def _results(found: Figures) -> str:
    said = f"Предполагаемые результаты записаны у {found['mentees_with_result']}"
    return _of(said, found["mentees"], MENTEES)


def _profiles(found: Figures) -> str:
    said = _of(f"Анкета заполнена у {found['mentors_profiled']}", found["mentors"], MENTORS)
    return f"{said}, отобрано: {found['mentors_accepted']}" if said else ""


# --- IV, V ------------------------------------------------------------------------------------------


def _criteria(found: Figures) -> str:
    return "Критерии отбора записаны" if found["criteria"] else "Критерии отбора не записаны"


def _trainings(found: Figures) -> str:
    if not found["trainings"]:
        return "Занятия пока не внесены"
    held = ru.counted(found["trainings"], "занятие", "занятия", "занятий")
    return f"Проведено {held}, {ru.counted(found['training_hours'], 'час', 'часа', 'часов')}"


def _paired(found: Figures) -> str:
    said = f"В паре или группе в учебном году: {found['mentees_in_pairs']}"
    return _of(said, found["mentees"], MENTEES)


def _alone(found: Figures) -> str:
    return _of(f"Без пары и группы {found['mentees_alone']}", found["mentees"], MENTEES)


def _without_mentor(found: Figures) -> str:
    count = found["mentees_without_mentor"]
    return f"В парах и группах без наставника: {count}" if count else ""


def _drafts(found: Figures) -> str:
    count = found["pairs_drafted"]
    return f"Черновиков пар и групп: {count}, они нигде не считаются" if count else ""


# --- VI, VII ----------------------------------------------------------------------------------------


def _supported(found: Figures) -> str:
    every = ru.out_of(found["pairs"], *PAIRS)
    return f"Психологическое сопровождение есть в планах {found['pairs_supported']} из {every}"


def _answers(moment: str, title: str) -> Statement:
    names = (f"{moment}_mentee", "mentees_in_pairs", f"{moment}_mentor", "mentors_in_pairs")

    def say(found: Figures) -> str:
        mentees, of_mentees, mentors, of_mentors = (found[name] for name in names)
        if not any((mentees, of_mentees, mentors, of_mentors)):
            return ""
        parts = _part("наставляемые", mentees, of_mentees), _part("наставники", mentors, of_mentors)
        said = f"{title}: {', '.join(parts)}"
        has_pairs = of_mentees or of_mentors
        return said if has_pairs else f"{said}. Пар и групп в учебном году нет: внесите их"

    def differ(found: Figures) -> Weight | None:
        mentees, of_mentees, mentors, of_mentors = (found[name] for name in names)
        nobody = not (of_mentees or of_mentors) and (mentees or mentors)
        fewer = mentees < of_mentees or mentors < of_mentors
        return Weight.NOTE if nobody or fewer else None

    return Statement(names, say, _FEEDBACK, weigh=differ)


def _part(who: str, sheets: int, people: int) -> str:
    share = f"{sheets} из {people}" if sheets <= people else f"{sheets} (в парах {people})"
    return f"{who} —{ru.NBSP}{share}"


def _rewards(found: Figures) -> str:
    return "Система поощрений описана" if found["reward_system"] else ""


def _swot(found: Figures) -> str:
    count = found["swots"]
    forms = ru.counted(count, "форме", "формам", "формам")
    return f"SWOT-анализ есть по {forms}" if count else "SWOT-анализ за учебный год не заполнен"


def _decisions(found: Figures) -> str:
    count = found["pairs_decided"]
    said = f"Решение по п.{ru.NBSP}2.3 принято у {count} из {ru.out_of(found['pairs'], *PAIRS)}"
    if not count:
        return said
    kinds = (
        f"продолжить —{ru.NBSP}{found['pairs_to_go_on']}, "
        f"завершить —{ru.NBSP}{found['pairs_finished']}"
    )
    return f"{said}: {kinds}"


def _assessed(found: Figures) -> str:
    return "Оценка программы куратором внесена" if found["assessments"] else ""


def _awarded(found: Figures) -> str:
    return _of(f"Поощрено {found['mentors_awarded']}", found["mentors"], MENTORS)


def _practices(found: Figures) -> str:
    return f"Опубликовано в банке практик: {found['practices']}"


STATEMENTS: dict[str, tuple[Statement, ...]] = {
    "informing": (
        Statement(
            ("mentees_with_need", "mentees"), _needs, _MENTEES, _is_none("mentees_with_need")
        ),
    ),
    "school_team": (
        Statement(
            ("team", "team_curators"),
            _team,
            Room("district.school_team"),
            _weigh_team,
            district_room=Room("district.school_team"),
        ),
    ),
    "mentee_data": (
        _empty("mentees", MENTEES[0]),
        Statement(
            ("mentees_with_source", "mentees"),
            _sources,
            _MENTEES,
            _share("mentees_with_source", "mentees"),
        ),
        _consents("mentees", MENTEES),
    ),
    "mentee_register": (
        Statement(
            ("mentees_with_result", "mentees"),
            _results,
            _MENTEES,
            _share("mentees_with_result", "mentees"),
        ),
    ),
    "mentor_data": (
        _empty("mentors", MENTORS[0]),
        Statement(
            ("mentors_profiled", "mentors", "mentors_accepted"),
            _profiles,
            _MENTORS,
            _share("mentors_profiled", "mentors"),
        ),
        _consents("mentors", MENTORS),
    ),
    "selection_criteria": (
        Statement(
            ("criteria",),
            _criteria,
            Room("profiles.criteria"),
            lambda found: weigh(found["criteria"]),
            document_counts=True,
        ),
    ),
    "selection_and_training": (
        Statement(("trainings", "training_hours"), _trainings, Room("training.board")),
    ),
    "pairs_formed": (
        Statement(
            ("mentees_in_pairs", "mentees"), _paired, _PAIRS, _share("mentees_in_pairs", "mentees")
        ),
        Statement(
            ("mentees_alone", "mentees"),
            _alone,
            Room("register.register", {"book": "mentees", "show": "unpaired"}),
            _is_any("mentees_alone"),
        ),
        Statement(
            ("mentees_without_mentor",),
            _without_mentor,
            Room("pair_list.board", {"show": "lacking"}),
            _is_any("mentees_without_mentor"),
        ),
        Statement(
            ("pairs_drafted",),
            _drafts,
            Room("pair_list.board", {"show": "draft"}),
            _is_any("pairs_drafted"),
        ),
    ),
    "psychological_support": (
        Statement(
            ("pairs_supported", "pairs"),
            _supported,
            Room("plans.board"),
            lambda found: weigh(found["pairs_supported"], found["pairs"]),
            document_counts=True,
        ),
    ),
    "feedback_collected": (
        _answers("start", "Анкеты в начале работы"),
        _answers("interim", "Промежуточные анкеты"),
    ),
    "reward_system": (Statement(("reward_system",), _rewards, Room("awards.board")),),
    "feedback_analysed": (_answers("final", "Итоговые анкеты"),),
    "reflection": (Statement(("swots",), _swot, Room("feedback.swot.board"), _is_none("swots")),),
    "effectiveness": (
        Statement(
            ("pairs_decided", "pairs", "pairs_to_go_on", "pairs_finished"),
            _decisions,
            _PAIRS,
            lambda found: weigh(found["pairs_decided"], found["pairs"]),
        ),
        Statement(("assessments",), _assessed, _FEEDBACK),
    ),
    "celebration": (
        Statement(
            ("mentors_awarded", "mentors", "practices"),
            _awarded,
            Room("awards.board"),
        ),
        Statement(
            ("practices", "mentors_awarded"),
            _practices,
            Room("practices.own"),
            _is_none("practices", "mentors_awarded"),
        ),
    ),
}
