"""The text Excel puts on the clipboard: every cell comes back, a stray quote swallows nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastav.intake.clipboard import cells


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("а\tб\r\nв\tг\r\n", [["а", "б"], ["в", "г"]]),
        ("а\t\n\tб", [["а", ""], ["", "б"]]),
        ("а\n\nб\n", [["а"], [""], ["б"]]),
        ('7 "А"\tб', [['7 "А"', "б"]]),
        ('"7 ""А"""\tб', [['7 "А"', "б"]]),
        ('"две\nстроки"\t"с\tтабуляцией"\nв', [["две\nстроки", "с\tтабуляцией"], ["в"]]),
        ('"Дружба" и ещё\tб\nв\tг', [['"Дружба" и ещё', "б"], ["в", "г"]]),
        ('"не закрыта\tб\nв\tг', [['"не закрыта', "б"], ["в", "г"]]),
        ('"не закрыта\n"закрыта"\tб', [['"не закрыта'], ["закрыта", "б"]]),
        ('""\tа', [["", "а"]]),
        ('"', [['"']]),
    ],
)
def test_a_block_is_read_as_excel_wrote_it(text: str, rows: list[list[str]]) -> None:
    assert cells(text) == rows


def written(cell: str) -> str:
    """As Excel writes a cell: in quotes only where it has to."""
    if cell.startswith('"') or {"\t", "\n"} & set(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


CELL = st.text(st.sampled_from('аб7"\t\n ') | st.characters(exclude_characters="\r\0"), max_size=9)
BLOCK = st.lists(st.lists(CELL, min_size=2, max_size=4), max_size=8)


@settings(deadline=None, max_examples=200)
@given(BLOCK)
def test_any_block_comes_back_whole(block: list[list[str]]) -> None:
    text = "".join("\t".join(map(written, row)) + "\r\n" for row in block)
    assert cells(text) == block


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from('аб"\t\n'), max_size=40))
def test_no_sign_of_any_text_is_lost_but_quotes_and_partings(text: str) -> None:
    kept = "".join(sign for row in cells(text) for cell in row for sign in cell)
    assert kept.translate({ord(sign): None for sign in '"\t\n'}) == text.translate(
        {ord(sign): None for sign in '"\t\n'}
    )


def test_a_text_of_nothing_but_quotes_is_read_at_once() -> None:
    for pattern in ('"а""б\t', '"""\t', '"\n', '""', '"а'):
        assert cells(pattern * 100_000)
