"""A school's years: in autumn people come and pairs form, in spring they are decided on, then some go."""

from collections.abc import Iterable
from datetime import date, timedelta

from nastav.demo import arrivals, forming, pairs
from nastav.demo.calendar import workday, workday_before
from nastav.demo.life import Life
from nastav.demo.pairs import Bond
from nastav.demo.people import Someone
from nastav.pairs.models import Decision
from nastav.pairs.operations import Closing
from nastav.people.models import Part

AWAY = ("смена места жительства", "перешёл в учреждение дополнительного образования")
SOLVED, GRADUATED = "запрос решён", "окончание школы"
LAST_GRADE = 11
STAYING, CONTINUED = 0.55, 0.6  # of the mentees; of the pairs whose people stay
DAY = timedelta(days=1)


def live(life: Life, year: int, begun: date, mentees: int, mentors: int) -> None:
    """Let a school year pass as far as it has come.

    Args:
        life: the school.
        year: its first year.
        begun: the day on which the school began to work at the programme that year.
        mentees: the plan of the calendar year.
        mentors: the same of mentors who are pupils.
    """
    if not life.desk.may(date(year, 9, 8)):
        return
    _move_up(life, year)
    forming.carry_on(life, year)
    arrivals.mentors(life, begun, mentees, mentors)
    arrivals.mentees(life, begun, mentees)
    arrivals.describe(life, begun)
    forming.form_pairs(life, year, begun)
    arrivals.select(life, year, begun)
    _some_go(life, year)
    _decide(life, year)


def _move_up(life: Life, year: int) -> None:
    day = workday(date(year, 9, 4))
    pupils = [person for person in life.people if person.is_pupil and person.is_here(day)]
    for pupil in pupils:
        pupil.grade += 1
    life.registers.move_up(day, year, pupils)


# --- winter, spring and summer --------------------------------------------------------------------


def _some_go(life: Life, year: int) -> None:
    """A few mentees of groups leave in winter, and one pair comes to its goal early."""
    random = life.desk.random
    for bond in [bond for bond in life.bonds if bond.is_open and len(bond.mentees) > 2]:
        on = workday(date(year, 12, 1) + random.randint(0, 110) * DAY)
        if random.random() < 0.25 and bond.started < on and life.desk.may(workday(on + DAY)):
            someone, reason = random.choice(bond.mentees), random.choice(AWAY)
            if someone.line["left"] is None:
                life.registers.leave(workday(on + DAY), someone, on, reason)
                pairs.drop_out(bond, someone, on, reason)
    early = next((bond for bond in life.bonds if bond.is_open and bond.started.year == year), None)
    on = workday(date(year + 1, 1, 22))
    if early and len(life.bonds) > 4 and life.desk.may(on):
        closing = Closing(on, "цель достигнута раньше срока", "проект сдан", Decision.FINISH)
        pairs.close(life.desk, on, early, closing)


def _decide(life: Life, year: int) -> None:
    """Close the pairs in May, each with its decision; in June those go whose request is solved."""
    on = workday_before(date(year + 1, 5, 14) + life.ordinal % 7 * DAY)
    if not life.desk.may(workday(on + DAY)):
        return
    _count(life, on)
    staying = _staying(life, on)
    still_open = [bond for bond in life.bonds if bond.is_open]
    left_open = still_open[-1:] if life.undecided_year == year else []
    for bond in still_open:
        if bond not in left_open:
            pairs.close(life.desk, workday(on + DAY), bond, _closing(life, bond, on, staying))
    kept = {mentee.id for bond in left_open for mentee in bond.mentees}
    solved = [someone for someone in life.here(Part.MENTEE, on) if someone.id not in staying | kept]
    younger = [someone for someone in solved if someone.grade < LAST_GRADE]
    _leave(life, younger, date(year + 1, 5, 25), SOLVED)
    pupils = [person for person in life.people if person.is_pupil and person.grade >= LAST_GRADE]
    _leave(life, pupils, date(year + 1, 6, 25), GRADUATED)


def _count(life: Life, on: date) -> None:
    for part in Part:
        life.in_spring[part] = sum(someone.is_pupil for someone in life.here(part, on))


def _staying(life: Life, on: date) -> set[int]:
    mentees = [someone for someone in life.here(Part.MENTEE, on) if someone.grade < LAST_GRADE]
    return {mentee.id for mentee in mentees if life.desk.random.random() < STAYING}


def _closing(life: Life, bond: Bond, on: date, staying: set[int]) -> Closing:
    lasting = [mentee for mentee in bond.mentees if mentee.id in staying]
    graduates = bond.mentor.grade >= LAST_GRADE
    if lasting and not graduates and life.desk.random.random() < CONTINUED:
        reason = "срок взаимодействия закончился"
        return Closing(on, reason, "работа идёт по плану", Decision.CONTINUE)
    reason = GRADUATED if graduates else "срок взаимодействия закончился"
    return Closing(on, reason, "цель достигнута", Decision.FINISH)


def _leave(life: Life, people: Iterable[Someone], on: date, reason: str) -> None:
    """Mark who has left, on several days of work behind the last one."""
    for place, person in enumerate(people):
        day = workday(on + (1 + place % 4) * DAY)
        if person.line["left"] is None and life.desk.may(day):
            life.registers.leave(day, person, on, reason)
