"""One sheet of answers, typed or read from a stack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Sheet:
    """A filled questionnaire as it is entered; answers by question's id, what is empty left out."""

    answered_on: date
    answers: Mapping[int, int | str]
    pair_id: int | None = None
    person_id: int | None = None
    sheet_code: int | None = None
