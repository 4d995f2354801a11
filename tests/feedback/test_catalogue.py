"""The questionnaires that come with the site, and what is refused in a file of them."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from nastav.feedback import catalogue
from nastav.feedback.catalogue import CatalogueError, QuestionnaireText, load, load_all, written

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


def test_each_role_has_start_interim_and_final_and_the_curator_one(
    questionnaires: list[QuestionnaireText],
) -> None:
    assert [(str(each.part), str(each.moment)) for each in questionnaires] == [
        ("mentee", "start"),
        ("mentee", "interim"),
        ("mentee", "final"),
        ("mentor", "start"),
        ("mentor", "interim"),
        ("mentor", "final"),
        ("parent", "final"),
        ("curator", "final"),
    ]


def test_a_questionnaire_asks_five_to_ten_questions(
    questionnaires: list[QuestionnaireText],
) -> None:
    counts = [len(each.questions) for each in questionnaires]
    assert all(5 <= count <= 10 for count in counts), counts


def test_satisfied_is_asked_at_the_end_only(questionnaires: list[QuestionnaireText]) -> None:
    asked = [
        (str(each.part), str(each.moment))
        for each in questionnaires
        if "satisfied" in keys(each, "scale")
    ]
    assert asked == [("mentee", "final"), ("mentor", "final"), ("parent", "final")]


def test_at_least_three_scales_can_be_compared_from_start_to_end(
    questionnaires: list[QuestionnaireText],
) -> None:
    for start, final in (questionnaires[0:3:2], questionnaires[3:6:2]):
        assert len(keys(start, "scale") & keys(final, "scale")) >= 3, start.part


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
        (
            'role = "mentor"',
            'role = "head"',
            "Строка 3, role: нужно одно из mentee, mentor, curator",
        ),
        ('role = "mentor"', 'role = "curator"', "questions: нужно 9 утверждений вида points"),
        ('moment = "final"', 'moment = "end"', "Строка 4, moment: нужно одно из start"),
        ('moment = "final"', 'moment = "start"', "уже есть другой файл"),
        ('moment = "final"', "", "нет обязательного ключа moment"),
        ('moment = "final"', 'moment = "final"\nversion = 2', "version: неизвестный ключ"),
        ('title = "', 'title = " ', "Строка 2, title: лишние пробелы"),
        ('kind = "yes_no"', 'kind = "yesno"', r"questions\[7\].kind: нужно одно из scale, points"),
        ('kind = "yes_no"', 'kind = "scale"', r"questions\[7\]: нет обязательного ключа low"),
        ('key = "satisfied"', 'key = "content"', "нужен вопрос с ключом satisfied"),
        ('key = "valued"', 'key = "lacking"', r"questions\[9\].key: ключ lacking уже есть выше"),
        ('key = "valued"', 'key = "Ценное"', r"questions\[8\].key: ключ пишется строчными"),
        (
            'low = "Не удалось совсем"',
            f'low = "{"а" * 101}"',
            "low: текст длиннее 100 знаков: в нём 101",
        ),
        ('low = "Не удалось совсем"', 'low = ""', "low: текст пуст"),
        ("[[questions]]", "[[question]]", "question: неизвестный ключ"),
        ('title = "', "title = ", "Строка 2, знак 9: не разобрать «title ="),
    ],
)
def test_wrong_file_is_refused_by_name_line_and_key(
    folder: Path, old: str, new: str, said: str
) -> None:
    path = folder / "mentor_final.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=said) as caught:
        load_all(folder)
    assert ".toml: " in str(caught.value)


def test_all_mistakes_of_a_file_are_told_at_once(folder: Path) -> None:
    path = folder / "mentor_final.toml"
    text = path.read_text(encoding="utf-8").replace('role = "mentor"', 'role = "head"')
    path.write_text(text.replace('kind = "yes_no"', 'kind = "yesno"'), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(path)
    places = [problem.split(":")[0] for problem in caught.value.problems]
    assert places == ["Строка 3, role", "Строка 50, questions[7].kind"]


def test_missing_moment_is_refused(folder: Path) -> None:
    (folder / "mentee_interim.toml").unlink()
    with pytest.raises(CatalogueError, match="нет файла role = mentee, moment = interim"):
        load_all(folder)


def test_key_asked_as_scale_and_then_as_text_is_refused(folder: Path) -> None:
    path = folder / "mentee_start.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('key = "expectations"', 'key = "satisfied"'), encoding="utf-8")
    with pytest.raises(CatalogueError, match="вопрос satisfied в других анкетах имеет вид scale"):
        load_all(folder)


def test_file_that_is_not_utf8_is_refused_by_name(folder: Path) -> None:
    (folder / "mentor_start.toml").write_bytes("title = 'Анкета'".encode("cp1251"))
    with pytest.raises(CatalogueError, match=r"mentor_start\.toml: Строка 1: файл не в кодировке"):
        load_all(folder)


@pytest.mark.parametrize("questions", ["5", "[]", "[1, 2]"])
def test_questions_that_are_not_tables_are_refused(folder: Path, questions: str) -> None:
    path = folder / "mentor_start.toml"
    head = path.read_text(encoding="utf-8").split("[[questions]]")[0]
    path.write_text(f"{head}questions = {questions}\n", encoding="utf-8")
    with pytest.raises(
        CatalogueError, match=r"mentor_start\.toml: Строка 6, questions: нужны табл"
    ):
        load_all(folder)


def test_what_is_written_is_read_back(
    questionnaires: list[QuestionnaireText], tmp_path: Path
) -> None:
    path = tmp_path / "one.toml"
    for questionnaire in questionnaires:
        quoted = replace(questionnaire, title='Анкета "А" \\ Б')
        path.write_text(written(quoted), encoding="utf-8")
        assert load(path) == quoted
