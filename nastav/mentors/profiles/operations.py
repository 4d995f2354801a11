"""Changing mentors' profiles and the criteria; the journal gets names of fields, never values."""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from nastav.access import Actor
from nastav.audit.operations import record
from nastav.db import check_version, db
from nastav.district.kinds import queries as kinds
from nastav.mentors.profiles import queries
from nastav.mentors.profiles.models import MentorKind, MentorProfile, Selection, SelectionCriteria
from nastav.people import queries as people
from nastav.refusals import NotAllowed

FIELDS = {
    "competences": "компетенции",
    "achievements": "достижения",
    "interests": "интересы",
    "free_time": "ресурс времени",
    "most_mentees": "предельная нагрузка",
    "grade_from": "желаемые классы",
    "grade_to": "желаемые классы",
    "age_from": "желаемый возраст",
    "age_to": "желаемый возраст",
    "interviewed_on": "собеседование",
    "decision": "решение",
    "decision_note": "решение",
    "kind_ids": "формы наставничества",
}


@dataclass(frozen=True)
class ProfileData:
    """A profile as typed."""

    competences: str = ""
    achievements: str = ""
    interests: str = ""
    free_time: str = ""
    most_mentees: int | None = None
    grade_from: int | None = None
    grade_to: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    interviewed_on: date | None = None
    decision: Selection = Selection.UNDECIDED
    decision_note: str = ""
    kind_ids: frozenset[int] = frozenset()


def saved_data(row: MentorProfile) -> ProfileData:
    """Return a profile as it is saved."""
    names = [field.name for field in fields(ProfileData) if field.name != "kind_ids"]
    return ProfileData(
        **{name: getattr(row, name) for name in names},
        kind_ids=frozenset(queries.wanted_kinds(row.id)),
    )


def save_profile(
    actor: Actor, school_id: int, person_id: int, data: ProfileData, *, version: int
) -> None:
    """Save a mentor's profile, made by its first save (version 0). Saving the same does nothing.

    Raises:
        Conflict: the profile was saved since the form was opened.
        NotAllowed: a form of mentoring is not one of the district's.
    """
    row = queries.profile(school_id, person_id)
    before = saved_data(row) if row else ProfileData()
    changed = [name for name in FIELDS if getattr(before, name) != getattr(data, name)]
    if not changed:
        return
    if not kinds.kinds_belong(school_id, data.kind_ids):
        raise NotAllowed("kind_ids", "Выберите формы наставничества из списка.")
    if row is None:
        row = MentorProfile(school_id=school_id, person_id=person_id)
        db.session.add(row)
        db.session.flush()
    else:
        check_version(row, version)
    _assign(row, data)
    number = people.numbers(school_id, [person_id])[person_id]
    names = ", ".join(dict.fromkeys(FIELDS[name] for name in changed))
    record(actor, "profile:saved", subject=f"№ {number}: {names}", school_id=school_id)


def _assign(row: MentorProfile, data: ProfileData) -> None:
    for field in fields(ProfileData):
        if field.name != "kind_ids":
            setattr(row, field.name, getattr(data, field.name))
    if frozenset(queries.wanted_kinds(row.id)) != data.kind_ids:
        db.session.execute(delete(MentorKind).filter_by(profile_id=row.id))
        db.session.add_all(
            MentorKind(profile_id=row.id, kind_id=kind_id) for kind_id in data.kind_ids
        )
        flag_modified(row, "decision_note")  # the version moves with the forms of mentoring too
    db.session.flush()


def save_criteria(actor: Actor, school_id: int, text: str, *, version: int) -> None:
    """Save a school's criteria of selection; version 0 for the first time.

    Raises:
        Conflict: they were saved since the form was opened.
    """
    row = queries.criteria(school_id)
    if (row.text if row else "") == text:
        return
    if row is None:
        row = SelectionCriteria(school_id=school_id, text="")
        db.session.add(row)
    else:
        check_version(row, version)
    row.text = text
    db.session.flush()
    record(actor, "criteria:saved", subject="критерии отбора наставников", school_id=school_id)
