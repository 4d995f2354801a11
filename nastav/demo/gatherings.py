"""What a school holds besides meetings: training of mentors, events that mentees take part in, awards."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from nastav import ru
from nastav.demo.calendar import workday, workday_before
from nastav.demo.people import Registers, Someone
from nastav.gatherings.models import Attendance
from nastav.gatherings.occasions.models import OccasionPart, Sphere
from nastav.gatherings.training.models import TrainingAttendance
from nastav.mentors.awards.models import KIND_LABELS, Award, AwardKind
from nastav.mentors.awards.operations import AwardData
from nastav.people.models import Part

# name, sphere, month and day in the first or the second calendar year of the school year
EVENTS = (
    ("Осенний субботник", Sphere.SOCIAL, (0, 10, 23)),
    ("Школьный этап олимпиады", Sphere.LEARNING, (0, 11, 12)),
    ("Концерт ко Дню матери", Sphere.CULTURAL, (0, 11, 26)),
    ("Турнир по настольному теннису", Sphere.SPORT, (0, 12, 5)),
    ("Встреча с людьми разных профессий", Sphere.CAREER, (1, 1, 28)),
    ("Школьная научная конференция", Sphere.LEARNING, (1, 2, 19)),
    ("Выставка рисунков", Sphere.CULTURAL, (1, 3, 5)),
    ("Акция «Чистый двор»", Sphere.SOCIAL, (1, 4, 17)),
)
ROLES = ("участник", "участник", "участник", "организатор", "призёр", "")
REASONS = (
    "За помощь младшим в учёбе",
    "За подготовку команды к олимпиаде",
    "За проект, выполненный вместе с наставляемыми",
    "За терпение и регулярные встречи",
)
TRAINED, HELD = 0.85, 0.8
DAY = timedelta(days=1)
Roles = Mapping[Someone, str]


def fill(registers: Registers, year: int, people: Sequence[Someone]) -> None:
    """Add what a school year had, as far as its days have come."""
    random = Random(f"gatherings {registers.school.id} {year}")
    held_on = workday(date(year, 11, random.randint(5, 20)))
    _train(registers, random, held_on, people)
    for name, sphere, (after, month, day) in EVENTS:
        held_on = workday(date(year + after, month, day))
        if registers.desk.may(workday(held_on + DAY)) and random.random() < HELD:
            values = {"held_on": held_on, "sphere": sphere, "name": name}
            _attended(registers, random, values, people)
    for place, given_on in enumerate((date(year, 12, 24), date(year + 1, 5, 21))):
        _reward(registers, random, workday_before(given_on), people, most=1 + place)


def hold(
    registers: Registers,
    day: date,
    of: type[Attendance],
    values: Mapping[str, Any],
    roles: Sequence[tuple[int, str]],
) -> None:
    """Enter a gathering and who took part (`gatherings.operations.add`)."""
    desk = registers.desk
    at = desk.at(day)
    row = desk.book.add(of.gathering, at, school_id=registers.school.id, **values)
    for person_id, role in roles:
        more = {"role": role} if role else {}
        event_id = {f"{of.event}_id": row["id"]}
        desk.book.add(of, at, person_id=person_id, **event_id, **more)
    subject = of.gathering(**values).subject(len(roles))
    desk.note(at, f"{of.event}:added", subject)


def give(registers: Registers, day: date, mentors: Sequence[Someone], data: AwardData) -> None:
    """Enter an award of these mentors (`mentors.awards.operations.give`)."""
    desk = registers.desk
    at = desk.at(day)
    for mentor in mentors:
        desk.book.add(Award, at, school_id=registers.school.id, person_id=mentor.id, **vars(data))
    whom = ", ".join(f"№ {number}" for number in sorted(mentor.number for mentor in mentors))
    subject = f"{KIND_LABELS[data.kind]} {ru.date_short(data.given_on)}: {whom}"
    desk.note(at, "award:added", subject)


def _train(registers: Registers, random: Random, held_on: date, people: Sequence[Someone]) -> None:
    mentors = [someone.id for someone in _of(people, Part.MENTOR, held_on)]
    present = sorted(mentor for mentor in mentors if random.random() < TRAINED)
    entered = workday(held_on + DAY)
    if not present or not registers.desk.may(entered):
        return
    values = {
        "held_on": held_on,
        "hours": random.choice((2, 4, 6)),
        "programme": "Школа наставника",
        "leader": "педагог-психолог",
        "document": _order(random.randint(100, 180), held_on - 7 * DAY),
    }
    hold(registers, entered, TrainingAttendance, values, [(person_id, "") for person_id in present])


def _attended(
    registers: Registers, random: Random, values: Mapping[str, Any], people: Sequence[Someone]
) -> None:
    mentees = [someone.id for someone in _of(people, Part.MENTEE, values["held_on"])]
    came = sorted(random.sample(mentees, min(len(mentees), random.randint(3, 9))))
    if came:
        entered = workday(values["held_on"] + DAY)
        roles = [(person_id, random.choice(ROLES)) for person_id in came]
        hold(registers, entered, OccasionPart, values, roles)


def _reward(
    registers: Registers, random: Random, day: date, people: Sequence[Someone], *, most: int
) -> None:
    mentors = list(_of(people, Part.MENTOR, day))
    if not mentors or not registers.desk.may(day):
        return
    kind = list(AwardKind)[(registers.school.ordinal + most) % len(AwardKind)]
    document = _order(90 + registers.school.ordinal, day - 2 * DAY)
    data = AwardData(day, kind, random.choice(REASONS), document)
    give(registers, day, random.sample(mentors, min(len(mentors), most)), data)


def _of(people: Sequence[Someone], part: Part, day: date) -> Iterator[Someone]:
    return (person for person in people if person.part is part and person.is_here(day))


def _order(number: int, day: date) -> str:
    return f"Приказ № {number} от {ru.date_short(workday_before(day))}"
