"""Giving many people the consents and profiles that their rows say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from nastav import dates
from nastav.access import Actor
from nastav.audit.operations import record
from nastav.columns.column import Change, Room
from nastav.consents.models import Consent
from nastav.db import db
from nastav.district.kinds import queries as kinds
from nastav.district.models import School
from nastav.loads.extras import queries
from nastav.loads.extras.rules import Extras, RowExtras, changes
from nastav.loads.traces import Trace, Values, set_kinds, write_rows
from nastav.loads.writing import who
from nastav.mentors.profiles.models import MentorProfile, Selection
from nastav.people import queries as people
from nastav.people.models import Part


@dataclass(frozen=True)
class Traces:
    """The rows that a load made, and those in which it replaced something."""

    made: list[Trace]
    replaced: list[Trace]


def attach(actor: Actor, school: School, part: Part, wanted: Mapping[int, RowExtras]) -> Traces:
    """Give people what their rows say beside the register, in a number of statements that does not grow.

    Args:
        actor: who does it.
        school: the school.
        part: of which register they are.
        wanted: what is said of each, by person's id.

    Raises:
        Conflict: a profile or a consent was saved meanwhile.
    """
    known = queries.extras(school.id, part, wanted)
    found = {
        person_id: changes(typed, known.get(person_id, Extras()))
        for person_id, typed in wanted.items()
    }
    profiles = _chosen(found, Room.PROFILE)
    papers = {
        person_id: differences[0].value
        for person_id, differences in _chosen(found, Room.CONSENT).items()
    }
    made = [*_new_papers(school.id, papers)]
    replaced = [*_numbered(papers)]
    fresh = {
        profile: differences
        for profile, differences in profiles.items()
        if not (known.get(profile) or Extras()).profile
    }
    names = {kind.name: kind.id for kind in kinds.all_kinds(school.district_id)} if profiles else {}
    made += _new_profiles(
        school.id,
        {person_id: _columns(differences, names) for person_id, differences in fresh.items()},
    )
    replaced += _changed_profiles(
        school.id,
        {
            profile: _columns(differences, names)
            for profile, differences in profiles.items()
            if profile not in fresh
        },
    )
    _tell(actor, school.id, profiles, papers)
    return Traces(made, replaced)


def _chosen(found: Mapping[int, Sequence[Change]], room: Room) -> dict[int, list[Change]]:
    chosen = {
        person_id: [each for each in every if each.room is room]
        for person_id, every in found.items()
    }
    return {person_id: every for person_id, every in chosen.items() if every}


def _tell(
    actor: Actor,
    school_id: int,
    profiles: Mapping[int, Sequence[Change]],
    papers: Mapping[int, tuple[Any, ...]],
) -> None:
    numbers = people.numbers(school_id, [*profiles, *papers])
    fields = ", ".join(
        sorted({change.title for differences in profiles.values() for change in differences})
    )
    for event, ids, more in (
        ("consent:added", [number for number, paper in papers.items() if not paper[0]], ""),
        ("consent:changed", [number for number, paper in papers.items() if paper[0]], ""),
        ("profile:saved", list(profiles), f": {fields}"),
    ):
        if ids:
            subject = who([numbers[person_id] for person_id in ids]) + more
            record(actor, event, subject=subject, school_id=school_id)


# --- consents -------------------------------------------------------------------------------------


def _new_papers(school_id: int, papers: Mapping[int, tuple[Any, ...]]) -> Iterable[Trace]:
    now = dates.now()
    rows = [
        {
            "created_at": now,
            "school_id": school_id,
            "person_id": person_id,
            "signer": signer,
            "signed_on": signed_on,
            "number": number,
            "for_programme": True,
            "purposes": "",
            "version": 1,
        }
        for person_id, (row_id, signer, signed_on, number) in papers.items()
        if not row_id
    ]
    if not rows:
        return []
    statement = insert(Consent).returning(Consent.id, Consent.person_id)
    stamp = now.isoformat()
    return [Trace("consent", *row, 1, stamp) for row in db.session.execute(statement, rows)]


def _numbered(papers: Mapping[int, tuple[Any, ...]]) -> Iterable[Trace]:
    numbers = {paper[0]: paper[-1] for paper in papers.values() if paper[0]}
    return write_rows("consent", {row_id: {"number": number} for row_id, number in numbers.items()})


# --- profiles -------------------------------------------------------------------------------------


def _columns(changes: Sequence[Change], names: Mapping[str, int]) -> Values:
    """The values as the table has them; the forms of mentoring as a sorted list of ids."""
    values = {change.key: change.value for change in changes}
    if "grades" in values:
        values["grade_from"], values["grade_to"] = values.pop("grades")
    if "ages" in values:
        values["age_from"], values["age_to"] = values.pop("ages")
    if "kinds" in values:
        values["kind_ids"] = sorted(names[name] for name in values.pop("kinds"))
    return values


_EMPTY: Values = {
    "competences": "",
    "achievements": "",
    "interests": "",
    "free_time": "",
    "most_mentees": None,
    "grade_from": None,
    "grade_to": None,
    "age_from": None,
    "age_to": None,
    "interviewed_on": None,
    "decision": Selection.UNDECIDED,
    "decision_note": "",
}


def _new_profiles(school_id: int, wanted: Mapping[int, Values]) -> Iterable[Trace]:
    rows = [
        {
            **{name: values.get(name, empty) for name, empty in _EMPTY.items()},
            "school_id": school_id,
            "person_id": person_id,
            "version": 1,
        }
        for person_id, values in wanted.items()
    ]
    if not rows:
        return []
    statement = insert(MentorProfile).returning(MentorProfile.id, MentorProfile.person_id)
    made = [Trace("mentor_profile", *row, 1) for row in db.session.execute(statement, rows)]
    set_kinds({trace.row_id: wanted[trace.person_id].get("kind_ids", []) for trace in made})
    return made


def _changed_profiles(school_id: int, wanted: Mapping[int, Values]) -> Iterable[Trace]:
    rows = select(MentorProfile.person_id, MentorProfile.id).where(
        MentorProfile.school_id == school_id, MentorProfile.person_id.in_(wanted)
    )
    ids = {row.person_id: row.id for row in db.session.execute(rows)}
    return write_rows(
        "mentor_profile", {ids[person_id]: values for person_id, values in wanted.items()}
    )
