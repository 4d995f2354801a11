"""What `make check` runs: each change selects the tests that would notice it, and few enough."""

import pytest

from tests.support import changed
from tests.support.changed import EVERY_PAGE, GUARDS, MOST
from tests.support.imports import ROOT
from tests.support.slow import LONGEST, SLOW, is_slow, turn


def chosen(*files: str) -> list[str]:
    return [name for name in changed.tests_of(set(files)) if name not in GUARDS]


@pytest.mark.parametrize(
    ("file", "test"),
    [
        ("nastav/db.py", "tests/test_db.py"),
        ("nastav/access.py", "tests/test_access.py"),
        ("nastav/forms.py", "tests/accounts/test_account.py"),
        ("nastav/htmx.py", "tests/accounts/test_sign_in.py"),
        ("nastav/excel/book.py", "tests/test_excel.py"),
        ("nastav/errors.py", "tests/home/test_pages.py"),
        ("nastav/intake/reader.py", "tests/test_intake.py"),
        ("nastav/plan/queries.py", "tests/plan/test_settings.py"),
        ("nastav/people/operations.py", "tests/registers/test_changes.py"),
        ("nastav/facts/queries.py", "tests/stages/test_facts.py"),
        ("templates/plan/edit.html", "tests/plan/test_settings.py"),
        ("templates/base.html", "tests/test_weight.py"),
        ("templates/parts/forms.html", "tests/home/test_pages.py"),
        ("static/css/base.css", "tests/test_weight.py"),
        ("tests/support/pages.py", "tests/pairs/test_rights.py"),
        ("tests/plan/test_settings.py", "tests/plan/test_settings.py"),
    ],
)
def test_a_change_selects_the_tests_that_notice_it(file: str, test: str) -> None:
    assert test in chosen(file)


def test_every_file_of_the_program_selects_some_and_not_too_many() -> None:
    files = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("nastav/**/*.py")]
    found = {file: chosen(file) for file in files if "versions" not in file}
    assert len(found) > 300
    assert [file for file, some in found.items() if not some] == []
    assert max(sum(changed.size(test) for test in some) for some in found.values()) <= MOST


def test_what_is_slow_is_left_out_though_it_was_changed() -> None:
    assert chosen("tests/test_canary.py") == []


def test_the_longest_begin_and_the_short_end() -> None:
    names = ["tests/test_ru.py::test_a", "tests/test_clock.py::test_b[New Year]", *LONGEST[::-1]]
    assert sorted(names, key=turn) == names[::-1]


def test_every_named_test_is_there() -> None:
    for name in (*SLOW, *LONGEST, *GUARDS, *EVERY_PAGE):
        path, _, test = name.partition("::")
        assert (ROOT / path).exists(), name
        assert not test or f"def {test}(" in (ROOT / path).read_text("utf-8"), name
    assert not [name for name in (*GUARDS, *EVERY_PAGE) if is_slow(name)]
