"""How large an invented district is: the demo follows its plan, a bench asks for more."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """What may be larger than the plan asks; None follows it."""

    schools: int | None = None  # of the district; further ones are invented
    mentees: int | None = None  # that come to a school each autumn
    mentors: int | None = None  # the same, pupils
    pauses: tuple[int, ...] = (14, 21, 28)  # days between two meetings of a pair
    answered: float = 0.7  # the share of people in pairs who fill in a questionnaire
    documents: int = 0  # of each activity, beside those that the order expects
    districts: int = 1  # other districts beside this one
    is_bare: bool = False  # people, pairs and stages alone: no papers, meetings, answers, stories
