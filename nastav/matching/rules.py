"""Who suits whom: pure, no database. Each suggestion carries its reasons as words of one sentence.

What is asked for (need and competence, class +1…+3, free time, an even load) weighs; what cannot be
(the load limit, wanted classes, a refused selection, an older mentee of a younger pupil) excludes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nastav import dates, ru
from nastav.mentors.profiles.models import Selection
from nastav.mentors.profiles.rows import Profile
from nastav.people.models import Kind
from nastav.people.rows import Entry

STEM = 5  # letters by which «математика» meets «математике»
SHORTEST = 4
EXAMS = frozenset({"огэ", "егэ", "впр"})  # shorter than that, but they say what is needed
USUAL_MOST = 8  # mentees of a mentor without a limit, unless the district's setting says otherwise
# words of a need that do not say of what: «готовится», «нужна помощь»
VAGUE = (
    "готов подго помощ помог нужна нужно хочет учите учени класс школа школе школь работ занят трудн"
).split()
_LAST_GRADE, _OLD = 11, 99
BEST_STEPS = range(1, 4)  # classes a pupil mentor should be above the mentee
OFFERED = 6  # mentors to choose from for one mentee
# «учёба» is met by any school subject
SUBJECTS = (
    "математ алгебр геомет физик химия русск литер истор биоло инфор геогр англий немец язык урок"
).split()


@dataclass(frozen=True)
class Candidate:
    """A mentor who could lead a mentee: the greater the weight the better."""

    mentor: Entry
    weight: int
    reasons: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return «Помогает с тем, что нужно: математика; старше на 2 класса; ведёт 1 из 3.»"""
        text = "; ".join(self.reasons)
        return f"{text[:1].upper()}{text[1:]}."


@dataclass(frozen=True)
class Suggestion:
    """A mentee without a pair with the mentors who suit, the best first; or why there is none."""

    mentee: Entry
    candidates: tuple[Candidate, ...]
    why_none: str = ""


@dataclass
class Desk:
    """What is known of the mentors, and whom they lead or are offered to."""

    mentors: Sequence[Entry]
    profiles: Mapping[int, Profile]
    trained: Iterable[int]
    leads: Mapping[int, int]  # how many each leads now
    usual_most: int = USUAL_MOST  # for who has no limit in the profile
    groups: Mapping[int, int] = field(default_factory=dict)  # in how many pairs and groups
    offered: dict[int, int] = field(default_factory=dict)  # to how many others, in this very list
    # read once a mentor, not once a mentee: words with their stems, what they can before what they like
    words: dict[int, tuple[list[tuple[str, set[str]]], ...]] = field(default_factory=dict)

    def profile(self, mentor: Entry) -> Profile | None:
        """Return a mentor's profile, or None where nobody filled it."""
        return self.profiles.get(mentor.person_id)

    def load(self, mentor: Entry) -> int:
        """Return how many a mentor would lead if all that is suggested so far came true."""
        return self.leads.get(mentor.person_id, 0) + self.offered.get(mentor.person_id, 0)

    def most(self, mentor: Entry) -> int:
        """Return how many a mentor may lead: by the profile, else as is usual in the district."""
        known = self.profile(mentor)
        return (known.most_mentees if known else None) or self.usual_most

    def is_full(self, mentor: Entry) -> bool:
        """Tell whether a mentor leads, with what is suggested, as many as they may."""
        return self.load(mentor) >= self.most(mentor)


def suggestions(mentees: Sequence[Entry], desk: Desk) -> list[Suggestion]:
    """Return a suggestion for every mentee, in the order given.

    Whoever fewest mentors suit is served first; each suggestion adds to its mentor's load, so that
    the limit holds for all of them together and the load is spread.
    """
    order = sorted(mentees, key=lambda entry: len(_suiting(entry, desk)))
    found = {}
    for mentee in order:
        candidates = _candidates(mentee, desk)
        if candidates:
            best = candidates[0].mentor.person_id
            desk.offered[best] = desk.offered.get(best, 0) + 1
        why = "" if candidates else _why_none(mentee, desk)
        found[mentee.person_id] = Suggestion(mentee, tuple(candidates[:OFFERED]), why)
    return [found[mentee.person_id] for mentee in mentees]


def _candidates(mentee: Entry, desk: Desk) -> list[Candidate]:
    wanted = _wanted(mentee.need)
    found = [
        _candidate(mentee, entry, desk, wanted)
        for entry in _suiting(mentee, desk)
        if not desk.is_full(entry)
    ]
    return sorted(
        found, key=lambda candidate: -candidate.weight
    )  # equals stay in the order of names


def _suiting(mentee: Entry, desk: Desk) -> list[Entry]:
    return [
        mentor for mentor in desk.mentors if not _hindrance(mentee, mentor, desk.profile(mentor))
    ]


def _hindrance(mentee: Entry, mentor: Entry, profile: Profile | None) -> str:
    """Return what makes a mentor impossible for a mentee, apart from the load; empty if nothing."""
    if mentor.person_id == mentee.person_id:
        return "same"
    if profile and profile.decision is Selection.DECLINED:
        return "declined"
    if mentee.kind is not Kind.PUPIL:
        return "pupil" if mentor.kind is Kind.PUPIL else ""
    if mentor.kind is Kind.PUPIL and mentor.class_key[0] < mentee.class_key[0]:
        return "younger"
    return _wish_against(mentee, profile) if profile else ""


def _wish_against(mentee: Entry, profile: Profile) -> str:
    """Return which wish of a profile a pupil does not meet; what nobody entered meets every wish."""
    grade = mentee.class_key[0]
    is_known = grade <= _LAST_GRADE
    if is_known and not (profile.grade_from or 1) <= grade <= (profile.grade_to or _LAST_GRADE):
        return "classes"
    youngest, eldest = _ages(mentee)
    first, last = profile.age_from or 0, profile.age_to or _OLD
    return "" if first <= eldest and youngest <= last else "ages"


def _ages(mentee: Entry) -> tuple[int, int]:
    """Return the least and the greatest age a pupil may have: by the group's, else by the class.

    A first-grader is from 6 to 8 years old within a school year.
    """
    age = mentee.age_group.age_on(dates.today()) if mentee.age_group else None
    if age is not None:
        return age, age + 1
    grade = mentee.class_key[0]
    return (grade + 6, grade + 7) if grade <= _LAST_GRADE else (0, _OLD)


def _candidate(mentee: Entry, mentor: Entry, desk: Desk, wanted: set[str]) -> Candidate:
    profile = desk.profile(mentor)
    found = [
        _by_need(wanted, mentor, desk),
        _by_class(mentee, mentor),
        (1, f"свободное время: {profile.free_time}") if profile and profile.free_time else None,
        (1, mentor.trained) if mentor.person_id in desk.trained else None,
        _by_load(mentor, desk),
        _by_groups(mentor, desk),
    ]
    known = [row for row in found if row]
    reasons = tuple(text for _, text in known if text)
    return Candidate(mentor, sum(weight for weight, _ in known), reasons or ("есть в базе",))


def _words_of(mentor: Entry, desk: Desk) -> tuple[list[tuple[str, set[str]]], ...]:
    """Return the words of what a mentor can and of what they like, each with its stems."""
    if mentor.person_id not in desk.words:
        profile = desk.profile(mentor)
        can = f"{profile.competences if profile else ''} {mentor.post}"
        texts = (can, profile.interests if profile else "")
        desk.words[mentor.person_id] = tuple(
            [(word, _stems(word).difference(VAGUE)) for word in text.replace(",", ", ").split()]
            for text in texts
        )
    return desk.words[mentor.person_id]


def _wanted(need: str) -> set[str]:
    """Return the stems of a need; «учёба» stands for every school subject."""
    wanted = _stems(need)
    wanted = wanted.difference(VAGUE) or wanted
    return wanted | set(SUBJECTS) if "учеба"[:STEM] in wanted else wanted


def _by_need(wanted: set[str], mentor: Entry, desk: Desk) -> tuple[int, str] | None:
    """Weigh what a mentor can by how much of the need it meets; what they only like weighs half."""
    if not wanted:
        return None
    for known, weight in zip(_words_of(mentor, desk), (12, 6), strict=True):
        met = [_met(stems, wanted) for _, stems in known]
        said = _said([word for word, _ in known], met)
        if said:
            more = min(len(set().union(*met)) - 1, 2)
            return weight + 2 * more, f"помогает с тем, что нужно: {', '.join(said[:3])}"
    return None


def _said(words: Sequence[str], met: Sequence[set[str]]) -> list[str]:
    """Return the words that meet a need; those beside each other without a comma are one phrase."""
    said: list[str] = []
    goes_on = False
    for word, stems in zip(words, met, strict=True):
        if stems and goes_on:
            said[-1] += f" {word.rstrip(',')}"
        elif stems:
            said.append(word.rstrip(","))
        goes_on = bool(stems) and not word.endswith(",")
    return list(dict.fromkeys(said))


def _met(stems: set[str], wanted: set[str]) -> set[str]:
    """Return which of the wanted stems the stems of a word meet."""
    return {
        text for text in wanted for stem in stems if stem.startswith(text) or text.startswith(stem)
    }


def _stems(text: str) -> set[str]:
    words = ru.search_key(text).split()
    return {word[:STEM] for word in words if len(word) >= SHORTEST or word in EXAMS}


def _by_class(mentee: Entry, mentor: Entry) -> tuple[int, str] | None:
    if mentor.kind is not Kind.PUPIL or mentee.kind is not Kind.PUPIL:
        return (1, "взрослый наставник") if mentor.kind is not Kind.PUPIL else None
    step = mentor.class_key[0] - mentee.class_key[0]
    if step in BEST_STEPS:
        return 4, f"старше на {ru.counted(step, 'класс', 'класса', 'классов')}"
    return (0, "из той же параллели") if step == 0 else (1, f"старше на {step} классов")


def _by_load(mentor: Entry, desk: Desk) -> tuple[int, str]:
    leads, offered = desk.leads.get(mentor.person_id, 0), desk.offered.get(mentor.person_id, 0)
    text = f"ведёт {leads} из {desk.most(mentor)}" if leads else "пока никого не ведёт"
    if offered:
        said = ru.by_patronymic(mentor.patronymic, "предложен", "предложена", "предложен")
        whom = ru.counted(offered, "ученику", "ученикам", "ученикам")
        text += f", в этом списке {said} ещё {whom}"
    return -2 * desk.load(mentor), text


def _by_groups(mentor: Entry, desk: Desk) -> tuple[int, str] | None:
    """Say that a mentor leads a pair already: what is begun of a suggestion is one more."""
    count = desk.groups.get(mentor.person_id, 0)
    if not count:
        return None
    return -1, "уже ведёт пару или группу, эта будет " + ("второй" if count == 1 else "ещё одной")


def _why_none(mentee: Entry, desk: Desk) -> str:
    """Say why nobody suits, by what hinders most, so that it can be mended."""
    if not desk.mentors:
        return "В базе нет наставников: добавьте их."
    if _suiting(mentee, desk):
        return "У всех, кто подходит, нагрузка заполнена: измените предел в анкете или добавьте наставника."
    hindrances = {_hindrance(mentee, mentor, desk.profile(mentor)) for mentor in desk.mentors}
    if "classes" in hindrances:
        return f"Никто из наставников не берёт {mentee.class_key[0]} класс: измените анкеты."
    return next((text for name, text in _WHY_NONE.items() if name in hindrances), _NOBODY_CHOSEN)


_NOBODY_CHOSEN = "Наставники есть, но по анкетам никто не отобран."
_WHY_NONE = {
    "ages": "Никто из наставников не берёт этот возраст: измените анкеты.",
    "pupil": "Молодому педагогу нужен взрослый наставник: добавьте его в базу.",
    "younger": "Все наставники-ученики младше: нужен старшеклассник или взрослый.",
}
