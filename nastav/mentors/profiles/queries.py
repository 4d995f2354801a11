"""Reading mentors' profiles and the criteria of one school."""

from collections import defaultdict

from sqlalchemy import select

from nastav.db import db
from nastav.mentors.profiles.models import MentorKind, MentorProfile, SelectionCriteria
from nastav.mentors.profiles.rows import Profile


def profile(school_id: int, person_id: int) -> MentorProfile | None:
    """Return a mentor's profile in a school, to be changed, or None before its first save."""
    return db.session.scalar(
        select(MentorProfile).filter_by(school_id=school_id, person_id=person_id)
    )


def wanted_kinds(profile_id: int) -> list[int]:
    """Return the forms of mentoring a mentor agrees to."""
    rows = select(MentorKind.kind_id).filter_by(profile_id=profile_id)
    return list(db.session.scalars(rows.order_by(MentorKind.kind_id)))


def profiles(school_id: int) -> dict[int, Profile]:
    """Return every profile of a school by the person's id; two queries for any number of mentors."""
    kinds = defaultdict(set)
    wanted = select(MentorKind).join(MentorProfile, MentorProfile.id == MentorKind.profile_id)
    for mentor_kind in db.session.scalars(wanted.where(MentorProfile.school_id == school_id)):
        kinds[mentor_kind.profile_id].add(mentor_kind.kind_id)
    rows = db.session.scalars(select(MentorProfile).filter_by(school_id=school_id))
    return {
        row.person_id: Profile(
            person_id=row.person_id,
            competences=row.competences,
            interests=row.interests,
            free_time=row.free_time,
            most_mentees=row.most_mentees,
            grade_from=row.grade_from,
            grade_to=row.grade_to,
            age_from=row.age_from,
            age_to=row.age_to,
            decision=row.decision,
            kind_ids=frozenset(kinds[row.id]),
        )
        for row in rows
    }


def most_mentees(school_id: int, person_id: int) -> int | None:
    """Return how many mentees a mentor agrees to lead at once, or None where it is not limited."""
    rows = select(MentorProfile.most_mentees).filter_by(school_id=school_id, person_id=person_id)
    return db.session.scalar(rows)


def criteria(school_id: int) -> SelectionCriteria | None:
    """Return a school's criteria of selection, or None before their first save."""
    return db.session.get(SelectionCriteria, school_id)
