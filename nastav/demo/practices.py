"""Invented practices on the board, systems of rewards, and awards of mentors."""

from datetime import date, timedelta
from random import Random

from sqlalchemy import or_, select

from nastav import dates, ru
from nastav.db import db
from nastav.district.models import School
from nastav.mentors.awards.models import Award, AwardKind, RewardSystem
from nastav.people.models import Part, Participation
from nastav.practices.models import Practice, PracticeState

PRACTICES = (
    (
        "ученик",
        "Старшие ведут кружок для младших",
        "Наставляемые 5–6 классов",
        "Раз в неделю десятиклассник готовит занятие кружка: опыты, сборка моделей, настольные игры. "
        "Тему выбирают вместе, руководитель кружка помогает с материалами.",
        "Младшие приходят без напоминаний, у старших появился опыт объяснять. За год ни одна пара "
        "не распалась.",
    ),
    (
        "учитель",
        "Час проекта по четвергам",
        "Наставляемые 8–9 классов, которые готовят итоговый проект",
        "Педагог и группа из четырёх учеников встречаются в библиотеке. На первой встрече делят работу "
        "на шаги, на каждой следующей показывают, что готово.",
        "Все проекты защищены в срок, трое учеников взялись помогать следующей группе.",
    ),
    (
        "работодатель",
        "День на рабочем месте",
        "Наставляемые 9–11 классов, которые выбирают профессию",
        "Раз в четверть группа проводит день на предприятии: обход, разговор с мастером, небольшое "
        "задание. После — полчаса обсуждения в школе.",
        "По опросу две трети участников яснее представляют, куда поступать.",
    ),
)
REASONS = (
    "За помощь младшим в учёбе",
    "За подготовку команды к олимпиаде",
    "За проект, выполненный вместе с наставляемыми",
    "За терпение и регулярные встречи",
)


def fill(school: School, kinds: dict[str, int], first_years: list[int]) -> None:
    """Give some schools a practice on the board, most a system of rewards, mentors their awards."""
    index, random = school.ordinal, Random(school.ordinal)
    if index % 3 != 0:
        _practice(school, kinds, index, first_years[-1])
    if index % 4 != 0:
        _system(school, first_years[0])
    for year in first_years:
        _awards(random, school, year)


def _practice(school: School, kinds: dict[str, int], index: int, year: int) -> None:
    form, title, audience, done, result = PRACTICES[index % len(PRACTICES)]
    kind_id = next((id_ for name, id_ in kinds.items() if name.lower().startswith(form)), None)
    is_posted = index % 5 != 0
    db.session.add(
        Practice(
            school_id=school.id,
            kind_id=kind_id or next(iter(kinds.values())),
            state=PracticeState.PUBLISHED if is_posted else PracticeState.DRAFT,
            title=title,
            audience=audience,
            done=done,
            result=result,
            since_year=year - 1,
            published_on=min(date(year, 10, index), dates.today()) if is_posted else None,
        )
    )


def _system(school: School, year: int) -> None:
    db.session.add(
        RewardSystem(
            school_id=school.id,
            what_for="Встречи проходят по плану; наставляемый доволен работой; опыт передан другим.",
            how="Благодарность на линейке в конце полугодия, грамота в мае, доска почёта.",
            document=f"Положение о поощрении наставников № 12 от 01.09.{year}",
        )
    )


def _awards(random: Random, school: School, year: int) -> None:
    day = date(year + 1, 5, 24) if date(year + 1, 5, 24) <= dates.today() else date(year, 10, 5)
    if day > dates.today():
        return
    rows = select(Participation.person_id).where(
        Participation.school_id == school.id,
        Participation.part == Part.MENTOR,
        Participation.joined <= day,
        or_(Participation.left.is_(None), Participation.left >= day),
    )
    mentors = sorted(set(db.session.scalars(rows)))
    for person_id in random.sample(mentors, min(len(mentors), 2)):
        db.session.add(
            Award(
                school_id=school.id,
                person_id=person_id,
                given_on=day,
                kind=random.choice((AwardKind.GRATITUDE, AwardKind.DIPLOMA, AwardKind.LETTER)),
                reason=random.choice(REASONS),
                document=f"Приказ № {90 + school.ordinal} от {ru.date_short(day - timedelta(days=2))}",
            )
        )
