"""What is shown of answers and what is too little to show; no database."""

import pytest

from nastav.feedback.models import Moment, QuestionKind, Respondent
from nastav.feedback.summary import AnswerCount, Group, Scale, Wording, groups

FINAL = (Respondent.MENTEE, Moment.FINAL)


def wording(key: str, kind: QuestionKind = QuestionKind.SCALE) -> Wording:
    return Wording(*FINAL, key, kind, key, "мало", "много")


def final_group(
    *counts: tuple[str, int, int], threshold: int = 7, n: int = 9, people: int = 10
) -> Group:
    """Return the group of mentees at the end; counts are (key, value, how many)."""
    asked = [wording("satisfied"), wording("useful"), wording("go_on", QuestionKind.YES_NO)]
    found = [AnswerCount(*FINAL, *count) for count in counts]
    made = groups(asked, found, {FINAL: {1: n}}, {Respondent.MENTEE: people}, threshold)
    assert len(made) == 7
    return next(group for group in made if (group.part, group.moment) == FINAL)


def test_four_answers_have_no_distribution_and_five_have() -> None:
    group = final_group(("satisfied", 9, 4), ("useful", 3, 2), ("useful", 10, 3))
    assert [(scale.n, scale.counts) for scale in group.scales] == [
        (4, None),
        (5, (0, 0, 2, 0, 0, 0, 0, 0, 0, 3)),
    ]


def test_yes_of_four_is_not_told_and_of_five_is() -> None:
    assert final_group(("go_on", 1, 3), ("go_on", 0, 1)).yes_no[0].yes is None
    assert final_group(("go_on", 1, 3), ("go_on", 0, 2)).yes_no[0].yes == 3


@pytest.mark.parametrize(("threshold", "happy"), [(6, 5), (7, 3), (8, 0)])
def test_the_threshold_itself_is_satisfied_and_one_below_is_not(threshold: int, happy: int) -> None:
    group = final_group(("satisfied", 6, 2), ("satisfied", 7, 3), threshold=threshold)
    assert group.satisfied
    assert (group.satisfied.n, group.satisfied.happy) == (5, happy)


def test_the_satisfied_share_of_four_is_not_told() -> None:
    group = final_group(("satisfied", 10, 4))
    assert group.satisfied
    assert group.satisfied.happy is None


def test_satisfaction_is_asked_of_the_final_only() -> None:
    asked = [Wording(Respondent.MENTEE, Moment.START, "satisfied", QuestionKind.SCALE, "?", "", "")]
    made = groups(asked, [], {}, {}, 7)
    assert [group.satisfied for group in made] == [None] * 7


def test_a_group_with_no_answers_is_empty_rather_than_hidden() -> None:
    hidden = [final_group(n=n).is_hidden for n in (0, 1, 4, 5)]
    assert hidden == [False, True, True, False]


def test_one_square_is_one_answer_up_to_fifty_on_a_side() -> None:
    question = wording("useful")
    counts = (0, 0, 0, 0, 0, 0, 0, 0, 0)
    assert Scale(question, 50, (*counts, 50)).unit == 1
    assert Scale(question, 51, (*counts, 51)).unit == 2
    assert Scale(question, 0, None).unit == 1
