"""Reading what the cards of a school hold beside the registers."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, select

from nastav.consents.models import Consent
from nastav.db import db
from nastav.district.kinds.models import PairKind
from nastav.loads.extras.rules import Extras, Paper
from nastav.mentors.profiles.models import MentorKind, MentorProfile
from nastav.people.models import Part


def extras(school_id: int, part: Part, ids: Iterable[int] | None = None) -> dict[int, Extras]:
    """Return what the cards of a school hold, by person's id; of everybody, or of those asked for.

    Args:
        school_id: the school.
        part: of mentees only the papers are read.
        ids: of whom; None for everybody.
    """
    wanted = None if ids is None else list(ids)
    papers = _papers(school_id, wanted)
    profiles = _profiles(school_id, wanted) if part is Part.MENTOR else {}
    return {
        person_id: Extras(profiles.get(person_id, {}), papers.get(person_id, ()))
        for person_id in {*papers, *profiles}
    }


def _papers(school_id: int, wanted: list[int] | None) -> dict[int, list[Paper]]:
    rows = (
        select(
            Consent.person_id,
            Consent.id,
            Consent.version,
            Consent.signer,
            Consent.signed_on,
            Consent.number,
            Consent.withdrawn_on.is_not(None),
        )
        .where(Consent.school_id == school_id, Consent.for_programme.is_(True))
        .where(*_among(Consent, wanted))
        .order_by(Consent.signed_on, Consent.id)
    )
    found: dict[int, list[Paper]] = defaultdict(list)
    for row in db.session.execute(rows):
        found[row[0]].append(Paper(*row[1:]))
    return found


def _profiles(school_id: int, wanted: list[int] | None) -> dict[int, dict[str, Any]]:
    named: dict[int, list[str]] = defaultdict(list)
    kinds = (
        select(MentorKind.profile_id, PairKind.name)
        .join(PairKind, PairKind.id == MentorKind.kind_id)
        .join(MentorProfile, MentorProfile.id == MentorKind.profile_id)
        .where(MentorProfile.school_id == school_id, *_among(MentorProfile, wanted))
        .order_by(PairKind.ordinal, PairKind.id)
    )
    for profile_id, name in db.session.execute(kinds):
        named[profile_id].append(name)
    mine = (MentorProfile.school_id == school_id, *_among(MentorProfile, wanted))
    return {
        row.person_id: {
            "competences": row.competences,
            "achievements": row.achievements,
            "interests": row.interests,
            "free_time": row.free_time,
            "grades": (row.grade_from, row.grade_to),
            "ages": (row.age_from, row.age_to),
            "most_mentees": row.most_mentees,
            "kinds": tuple(named[row.id]),
            "interviewed_on": row.interviewed_on,
            "decision": row.decision,
        }
        for row in db.session.scalars(select(MentorProfile).where(*mine))
    }


def _among(
    model: type[Consent] | type[MentorProfile], wanted: list[int] | None
) -> list[ColumnElement[bool]]:
    return [] if wanted is None else [model.person_id.in_(wanted)]
