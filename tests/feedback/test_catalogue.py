"""The six questionnaires, and what is refused in a file of them."""

import shutil
from pathlib import Path

import pytest

from nastav.feedback import catalogue
from nastav.feedback.catalogue import CatalogueError, QuestionnaireText, load_all

OURS = Path(catalogue.__file__).with_name("questionnaires")
# Categories that the site must not keep about a child: health, family, behaviour.
SENSITIVE = ("здоров", "болезн", "диагноз", "инвалид", "семь", "родител", "поведен", "религи")


@pytest.fixture(scope="module")
def questionnaires() -> list[QuestionnaireText]:
    return load_all()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OURS, tmp_path / "questionnaires"))


def keys(questionnaire: QuestionnaireText, kind: str) -> set[str]:
    return {question.key for question in questionnaire.questions if question.kind == kind}


def test_each_role_has_start_interim_and_final_in_this_order(
    questionnaires: list[QuestionnaireText],
) -> None:
    assert [(each.role, each.moment, each.version) for each in questionnaires] == [
        ("mentee", "start", 1),
        ("mentee", "interim", 1),
        ("mentee", "final", 1),
        ("mentor", "start", 1),
        ("mentor", "interim", 1),
        ("mentor", "final", 1),
    ]


def test_a_questionnaire_asks_five_to_nine_questions(
    questionnaires: list[QuestionnaireText],
) -> None:
    counts = [len(each.questions) for each in questionnaires]
    assert all(5 <= count <= 9 for count in counts), counts


def test_satisfied_is_asked_at_the_end_only(questionnaires: list[QuestionnaireText]) -> None:
    asked = [
        (each.role, each.moment) for each in questionnaires if "satisfied" in keys(each, "scale")
    ]
    assert asked == [("mentee", "final"), ("mentor", "final")]


def test_at_least_three_scales_can_be_compared_from_start_to_end(
    questionnaires: list[QuestionnaireText],
) -> None:
    for start, final in (questionnaires[0:3:2], questionnaires[3:6:2]):
        assert len(keys(start, "scale") & keys(final, "scale")) >= 3, start.role


def test_scales_say_what_both_ends_mean_and_other_kinds_have_none(
    questionnaires: list[QuestionnaireText],
) -> None:
    for each in questionnaires:
        for question in each.questions:
            ends = (bool(question.low), bool(question.high))
            assert ends == ((True, True) if question.kind == "scale" else (False, False))


def test_questions_are_in_russian_and_neutral(questionnaires: list[QuestionnaireText]) -> None:
    for each in questionnaires:
        for question in each.questions:
            said = f"{question.text} {question.low} {question.high}".lower()
            assert not [letter for letter in said if "a" <= letter <= "z"], said
            assert not [root for root in SENSITIVE if root in said], said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('role = "mentor"', 'role = "head"', "role must be one of"),
        ('moment = "final"', 'moment = "end"', "moment must be one of"),
        ('moment = "final"', 'moment = "start"', "a second file for this moment"),
        ("version = 1", "version = true", "version must be 1 or more"),
        ("version = 1", "version = 0", "version must be 1 or more"),
        ("version = 1", "", "keys must be"),
        ('title = "', 'title = " ', "title must be a text"),
        ('kind = "yes_no"', 'kind = "yesno"', "kind must be one of"),
        ('kind = "yes_no"', 'kind = "scale"', "keys must be"),
        ('key = "satisfied"', 'key = "content"', "'satisfied' is missing"),
        ('key = "valued"', 'key = "lacking"', "a key is used twice"),
        ('key = "valued"', 'key = "Ценное"', "is not snake_case"),
        ('low = "Не удалось совсем"', 'low = ""', "low must be a text"),
        ("[[questions]]", "[[question]]", "keys must be"),
        ('title = "', "title = ", "mentor_final.toml: Invalid value"),
    ],
)
def test_wrong_file_is_refused_by_name(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "mentor_final.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=said) as caught:
        load_all(folder)
    assert ".toml: " in str(caught.value)


def test_missing_moment_is_refused(folder: Path) -> None:
    (folder / "mentee_interim.toml").unlink()
    with pytest.raises(CatalogueError, match=r"no questionnaire for \[\('mentee', 'interim'\)\]"):
        load_all(folder)


def test_key_asked_as_scale_and_then_as_text_is_refused(folder: Path) -> None:
    path = folder / "mentee_start.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('key = "expectations"', 'key = "satisfied"'), encoding="utf-8")
    with pytest.raises(CatalogueError, match="mentee 'satisfied': text and scale"):
        load_all(folder)


def test_file_that_is_not_utf8_is_refused_by_name(folder: Path) -> None:
    (folder / "mentor_start.toml").write_bytes("title = 'Анкета'".encode("cp1251"))
    with pytest.raises(CatalogueError, match=r"mentor_start\.toml: "):
        load_all(folder)


@pytest.mark.parametrize("written", ["5", "[]", "[1, 2]"])
def test_questions_that_are_not_tables_are_refused(folder: Path, written: str) -> None:
    path = folder / "mentor_start.toml"
    head = path.read_text(encoding="utf-8").split("[[questions]]")[0]
    path.write_text(f"{head}questions = {written}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"mentor_start\.toml: questions must be"):
        load_all(folder)
