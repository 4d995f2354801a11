"""What a mentor said of themselves, as the suggestions read it."""

from dataclasses import dataclass

from nastav.mentors.profiles.models import Selection


@dataclass(frozen=True)
class Profile:
    """What is known of a mentor when a pair is formed."""

    person_id: int
    competences: str
    interests: str
    free_time: str
    most_mentees: int | None
    grade_from: int | None
    grade_to: int | None
    age_from: int | None
    age_to: int | None
    decision: Selection
    kind_ids: frozenset[int]  # empty: any form
