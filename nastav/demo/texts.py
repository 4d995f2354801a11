"""What each school writes once: criteria, how it rewards, a practice, SWOT of a year that is over."""

from dataclasses import replace
from datetime import date, timedelta

from nastav import dates
from nastav.db import db
from nastav.demo.calendar import workday, workday_before
from nastav.demo.district import Scene
from nastav.demo.life import Life
from nastav.district.kinds.models import PairKind
from nastav.feedback.swot import operations as swot
from nastav.mentors.awards import operations as awards
from nastav.mentors.profiles import operations as profiles
from nastav.practices import operations as practices
from nastav.practices.models import Practice
from nastav.retention import operations as retention

CRITERIA = "желание помогать\nуспехи в учёбе или в деле\nумение слушать\nсогласие родителей"
SYSTEM = awards.SystemData(
    what_for="Встречи проходят по плану; наставляемый доволен работой; опыт передан другим.",
    how="Благодарность на линейке в конце полугодия, грамота в мае, доска почёта.",
)
PRACTICES = {
    "ученик – ученик": practices.PracticeData(
        title="Старшие ведут кружок для младших",
        kind_id=0,
        audience="Наставляемые 5–6 классов",
        done="Раз в неделю десятиклассник готовит занятие кружка: опыты, сборка моделей, настольные "
        "игры. Тему выбирают вместе, руководитель кружка помогает с материалами.",
        result="Младшие приходят без напоминаний, у старших появился опыт объяснять. За год ни одна "
        "пара не распалась.",
    ),
    "учитель – ученик": practices.PracticeData(
        title="Час проекта по четвергам",
        kind_id=0,
        audience="Наставляемые 8–9 классов, которые готовят итоговый проект",
        done="Педагог и группа из четырёх учеников встречаются в библиотеке. На первой встрече делят "
        "работу на шаги, на каждой следующей показывают, что готово.",
        result="Все проекты защищены в срок, трое учеников взялись помогать следующей группе.",
    ),
    "работодатель – ученик": practices.PracticeData(
        title="День на рабочем месте",
        kind_id=0,
        audience="Наставляемые 9–11 классов, которые выбирают профессию",
        done="Раз в четверть группа проводит день на предприятии: обход, разговор с мастером, "
        "небольшое задание. После — полчаса обсуждения в школе.",
        result="По опросу две трети участников яснее представляют, куда поступать.",
    ),
}
SWOT = {
    "strengths": "Пары встречаются регулярно; есть опытные наставники.",
    "weaknesses": "Мало наставников среди старшеклассников; планы пар заполняют не сразу.",
    "opportunities": "Выпускники школы готовы приходить на встречи.",
    "threats": "В мае у наставников экзамены, встречи становятся реже.",
}
LATE = 8  # the ordinal of a school that has not erased what is due
YEARS_KEPT = 3  # names, before anything can be due
MAY = 5  # when most pairs are closed
UNTIDY = "В тексте нет результата за прошлый год."


def write(scene: Scene) -> None:
    """Let every school that works write what it has to, each text on a day of its own."""
    for life in scene.lives:
        desk, school = life.desk, life.registers.school
        after = scene.begun + timedelta(days=10 + school.ordinal)
        if desk.may(workday(after)):
            with desk.stopped(workday(after)):
                profiles.save_criteria(desk.actor, school.id, CRITERIA, version=0)
        _reward(scene, life, workday(after + timedelta(days=20)))
        _swot(life)
    _practices(scene)
    _erase(scene)


def _reward(scene: Scene, life: Life, day: date) -> None:
    if life.ordinal % 4 and life.desk.may(day):
        document = f"Положение о поощрении наставников № 12 от 01.09.{scene.begun.year}"
        with life.desk.stopped(day):
            data = replace(SYSTEM, document=document)
            awards.save_system(life.desk.actor, life.registers.school.id, data, version=0)


def _swot(life: Life) -> None:
    """Look back on a year in June, by the form that most pairs had."""
    days = [bond.row["ended"] for bond in life.bonds if bond.row["ended"]]
    years = {day.year for day in days if day.month == MAY}
    kind = db.session.get_one(PairKind, life.kinds["ученик – ученик"])
    for year in sorted(years) if life.ordinal % 2 else ():
        day = workday(date(year, 6, 4 + (life.ordinal - 1) % 13))
        if life.desk.may(day):
            with life.desk.stopped(day):
                school, first = life.registers.school, year - 1
                swot.save(life.desk.actor, school, first, kind, SWOT, version=0)


def _erase(scene: Scene) -> None:
    """Erase in autumn what has been kept for its time; one school has not come to it yet."""
    day = workday_before(scene.last - timedelta(days=12))
    for life in scene.lives:
        if life.ordinal != LATE and day > scene.begun + timedelta(days=YEARS_KEPT * 365):
            with life.desk.stopped(day):
                retention.anonymise_school(life.desk.actor, life.registers.school.id)


# --- practices ------------------------------------------------------------------------------------


def _practices(scene: Scene) -> None:
    """Two of three schools describe one: published, taken back, taken off, or a draft still."""
    for life in scene.lives:
        day = _day(scene, life)
        if life.ordinal % 3 == 0 or not life.desk.may(day):
            continue
        with life.desk.stopped(day):
            row = _describe(scene, life)
        if life.ordinal % 5:
            _post(scene, life, row, workday(day + timedelta(days=1)))


def _day(scene: Scene, life: Life) -> date:
    """In the present school year where it has come so far, else in the one before."""
    year = dates.cycle_of(scene.last)
    day = workday(date(year, 10, 12) + timedelta(days=2 * life.ordinal))
    later = workday(day + timedelta(days=8))
    return day if life.desk.may(later) else workday(dates.shift_years(day, -1))


def _describe(scene: Scene, life: Life) -> Practice:
    form = list(PRACTICES)[life.ordinal % len(PRACTICES)]
    since = max(scene.begun.year, dates.today().year - 2)
    data = replace(PRACTICES[form], kind_id=life.kinds[form], since_year=since)
    return practices.add_practice(life.desk.actor, life.registers.school.id, data)


def _post(scene: Scene, life: Life, row: Practice, day: date) -> None:
    if not life.desk.may(workday(day + timedelta(days=4))):
        return
    with life.desk.stopped(day):
        practices.publish(life.desk.actor, row, version=row.version)
    later = workday(day + timedelta(days=4))
    if life.ordinal == 2:
        with scene.coordinator.stopped(later):
            practices.take_off(scene.coordinator.actor, row, UNTIDY, version=row.version)
    elif life.ordinal == 11:
        with life.desk.stopped(later):
            practices.take_back(life.desk.actor, row, version=row.version)
