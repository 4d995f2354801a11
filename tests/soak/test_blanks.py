"""Two thousand mangled templates: no error, none taken that would leave a brace on paper."""

import pytest

from tests.support.spoiled_blanks import taken_with_a_leftover

pytestmark = pytest.mark.soak


def test_no_mangled_template_is_taken_with_a_leftover() -> None:
    taken, wrong = taken_with_a_leftover(2000, seed=428)
    print(f"mangled templates: 2000, taken {taken}, with a leftover {len(wrong)}")
    assert wrong == []
    assert taken > 50
