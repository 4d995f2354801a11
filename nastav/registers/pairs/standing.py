"""What the card of a pair says of each of its people, in one line."""

from dataclasses import dataclass
from datetime import date

from nastav import ru
from nastav.consents import queries as consents
from nastav.district.models import School
from nastav.gatherings.training import queries as training
from nastav.pairs.rows import Member, PairRow
from nastav.people import queries as people
from nastav.people.models import Part


@dataclass(frozen=True)
class Standing:
    """A member with what the card says of them: role, class, days in the pair, need or training."""

    member: Member
    facts: tuple[str, ...]
    lacks_consent: bool


def standings(school: School, row: PairRow, on: date) -> list[Standing]:
    """Return everybody of a pair: the mentor, the mentees, then those who have left."""
    members = sorted([*row.mentors, *row.mentees], key=lambda member: member.left is not None)
    present = [member.who for member in members if member.left is None and not member.is_mistake]
    lacking = {found.who.person_id for found in consents.missing(school, on, present)}
    mentees = [who.person_id for who in present if who.part is Part.MENTEE]
    needs = {
        entry.person_id: entry.need
        for entry in people.participations(school.id, mentees, Part.MENTEE)
    }
    trained = training.trained(school.id, on)
    found = []
    for member in members:
        who = member.who
        said = [_role(member), who.group, _days(member)]
        if who.part is Part.MENTOR and who.person_id in trained:
            said.append(f"{who.trained} {ru.date_short(trained[who.person_id].last)}")
        said.append(needs.get(who.person_id, ""))
        facts = tuple(text for text in said if text)
        found.append(Standing(member, facts, who.person_id in lacking and member.left is None))
    return found


def _role(member: Member) -> str:
    if member.is_mistake:
        return "внесено по ошибке, не считается"
    return "наставник" if member.who.part is Part.MENTOR else ""


def _days(member: Member) -> str:
    """Say since when somebody is in the pair, or when and why they left."""
    if member.left is None:
        return f"с{ru.NBSP}{ru.date_short(member.joined)}"
    span = f"с{ru.NBSP}{ru.date_short(member.joined)} по{ru.NBSP}{ru.date_short(member.left)}"
    return f"{span} ({member.left_reason})" if member.left_reason else span
