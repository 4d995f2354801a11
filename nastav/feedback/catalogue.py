"""Questionnaires as TOML: the files that come with the site, and those a district writes itself.

A file is one questionnaire: `title`, `role` (mentee, mentor, curator, parent), `moment` (start, interim,
final) and `[[questions]]` with `key`, `kind`, `text`; on a scale `low` and `high`, where something is
chosen from a list `options`. A mistake is told in Russian with its line and key, as in an order's file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Annotated

from nastav.feedback.models import (
    LISTED,
    OPTIONS,
    PARTICIPANTS,
    Moment,
    QuestionKind,
    Respondent,
)
from nastav.orders.reading import Notes, OrderError, read
from nastav.orders.values import OneOf, Wrong, shown, text

SATISFIED = "satisfied"  # the question of the share of satisfied people
STATEMENTS = 9  # of the curator's assessment; its levels are counted from their sum (`assessment`)
LONGEST = {"title": 200, "text": 500, "low": 100, "high": 100, "option": 100}  # characters
# whom the programme asks, and when
ASKED = (
    *product(PARTICIPANTS, Moment),
    (Respondent.PARENT, Moment.FINAL),
    (Respondent.CURATOR, Moment.FINAL),
)

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class CatalogueError(ValueError):
    """A questionnaire's file has mistakes; `problems` has a Russian sentence for each."""

    def __init__(self, file: str, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(f"{file}: {problem}" for problem in self.problems))


@dataclass(frozen=True, slots=True)
class QuestionText:
    """One question; `low` and `high` say what 1 and 10 mean and are "" but on a scale.

    `options` are those of a list, in the order offered.
    """

    key: str
    kind: QuestionKind
    text: str
    low: str = ""
    high: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionnaireText:
    """The questions to a respondent at a moment, in the order asked."""

    part: Respondent
    moment: Moment
    title: str
    questions: tuple[QuestionText, ...]


def _key(value: object) -> str:
    if not _KEY.fullmatch(key := text(value)):
        raise Wrong("ключ пишется строчными латинскими буквами, цифрами и знаком «_», до 40 знаков")
    return key


@dataclass(frozen=True)
class _Short:
    """Takes a line of text of at most so many characters."""

    limit: int

    def __call__(self, value: object) -> str:
        if len(found := text(value)) > self.limit:
            raise Wrong(f"текст длиннее {self.limit} знаков: в нём {len(found)}")
        return found


def _options(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Wrong(f"нужен список вариантов в квадратных скобках, а дано {shown(value)}")
    found = tuple(text(each) for each in value)
    if complaint := bad_options(found):
        raise Wrong(complaint)
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """[[questions]] of a file."""

    key: Annotated[str, _key]
    kind: Annotated[QuestionKind, OneOf(QuestionKind)]
    text: Annotated[str, _Short(LONGEST["text"])]
    low: Annotated[str, _Short(LONGEST["low"])] = ""
    high: Annotated[str, _Short(LONGEST["high"])] = ""
    options: Annotated[tuple[str, ...], _options] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """A questionnaire's file."""

    title: Annotated[str, _Short(LONGEST["title"])]
    role: Annotated[Respondent, OneOf(Respondent)]
    moment: Annotated[Moment, OneOf(Moment)]
    questions: tuple[_Line, ...]


def load_all(folder: Path | None = None) -> list[QuestionnaireText]:
    """Return the questionnaires of a folder (by default the site's own) in the order of ASKED.

    Raises:
        CatalogueError: a file is wrong, or a respondent and moment has no file, or two.
    """
    found: dict[tuple[Respondent, Moment], QuestionnaireText] = {}
    kinds: dict[tuple[Respondent, str], QuestionKind] = {}
    folder = folder or Path(__file__).with_name("questionnaires")
    for path in sorted(folder.glob("*.toml")):
        questionnaire_text = load(path)
        problems = rekinded(
            questionnaire_text,
            {key: kind for (part, key), kind in kinds.items() if part is questionnaire_text.part},
        )
        if (questionnaire_text.part, questionnaire_text.moment) in found:
            problems.append("для этих role и moment уже есть другой файл.")
        if problems:
            raise CatalogueError(path.name, problems)
        found[questionnaire_text.part, questionnaire_text.moment] = questionnaire_text
        kinds.update(
            {
                (questionnaire_text.part, each.key): each.kind
                for each in questionnaire_text.questions
            }
        )
    missing = [
        f"нет файла role = {part}, moment = {moment}."
        for part, moment in ASKED
        if (part, moment) not in found
    ]
    if missing:
        raise CatalogueError(folder.name, missing)
    return [found[asked] for asked in ASKED]


def load(path: Path) -> QuestionnaireText:
    """Return the questionnaire of one file.

    Raises:
        CatalogueError: names every mistake with its line and key.
    """
    try:
        file, notes = read(path, _File)
        questionnaire_text = _questionnaire(file, notes)
        notes.raise_if_any()
    except OrderError as error:
        raise CatalogueError(path.name, error.problems) from error
    return questionnaire_text


def rekinded(questionnaire_text: QuestionnaireText, kinds: Mapping[str, QuestionKind]) -> list[str]:
    """Return a sentence for each question asked elsewhere in another kind: it could not be compared.

    Args:
        one: the questionnaire.
        kinds: key → kind in the respondent's other questionnaires and older versions.
    """
    return [
        f"questions[{place}].kind: вопрос {each.key} в других анкетах имеет вид {kinds[each.key]}, "
        f"а здесь {each.kind}; дайте ему другой ключ."
        for place, each in enumerate(questionnaire_text.questions, start=1)
        if kinds.get(each.key, each.kind) is not each.kind
    ]


def missing(part: Respondent, moment: Moment, questions: Iterable[QuestionText]) -> str:
    """Return what a questionnaire may not do without, as a part of a sentence; "" if all is there."""
    asked = list(questions)
    if part is Respondent.CURATOR:
        points = sum(each.kind is QuestionKind.POINTS for each in asked)
        is_whole = points == STATEMENTS
        return "" if is_whole else f"нужно {STATEMENTS} утверждений вида points, а дано {points}"
    scales = {each.key for each in asked if each.kind is QuestionKind.SCALE}
    if moment is Moment.FINAL and SATISFIED not in scales:
        return f"нужен вопрос с ключом {SATISFIED} и видом scale: по нему считается доля довольных"
    return "" if asked else "нужен хотя бы один вопрос"


def bad_options(options: Sequence[str]) -> str:
    """Return what is wrong with the options of a question, as a part of a sentence; "" if nothing is."""
    fewest, most = OPTIONS
    if not fewest <= len(options) <= most:
        return f"нужно от {fewest} до {most} вариантов, а вписано {len(options)}"
    for place, option in enumerate(options):
        if len(option) > LONGEST["option"]:
            return (
                f"вариант «{option[:40]}…» длиннее {LONGEST['option']} знаков: в нём {len(option)}"
            )
        if option.casefold() in map(str.casefold, options[:place]):
            return f"вариант «{option}» вписан дважды, оставьте один"
    return ""


def written(questionnaire_text: QuestionnaireText) -> str:
    """Return the questionnaire as a TOML file that `load` reads back."""
    lines = [
        f"title = {_quoted(questionnaire_text.title)}",
        f'role = "{questionnaire_text.part}"',
        f'moment = "{questionnaire_text.moment}"',
    ]
    for each in questionnaire_text.questions:
        lines += ["", "[[questions]]", f'key = "{each.key}"', f'kind = "{each.kind}"']
        lines.append(f"text = {_quoted(each.text)}")
        if each.kind is QuestionKind.SCALE:
            lines += [f"low = {_quoted(each.low)}", f"high = {_quoted(each.high)}"]
        if each.options:
            lines.append(f"options = [{', '.join(map(_quoted, each.options))}]")
    return "\n".join(lines) + "\n"


def _questionnaire(file: _File, notes: Notes) -> QuestionnaireText:
    if (file.role, file.moment) not in ASKED:
        notes.note("moment", f"анкета {file.role} бывает только final")
    questions = tuple(
        _question(each, f"questions[{n}]", notes) for n, each in enumerate(file.questions, start=1)
    )
    keys = [each.key for each in questions]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            notes.note(f"questions[{place + 1}].key", f"ключ {key} уже есть выше")
    lacking = missing(file.role, file.moment, questions)
    if lacking:
        notes.note("questions", lacking)
    return QuestionnaireText(file.role, file.moment, file.title, questions)


def _question(line: _Line, path: str, notes: Notes) -> QuestionText:
    own = {QuestionKind.SCALE: ("low", "high")} | dict.fromkeys(LISTED, ("options",))
    for key in ("low", "high", "options"):
        is_own, value = key in own.get(line.kind, ()), getattr(line, key)
        if is_own and not value:
            notes.note(path, f"нет обязательного ключа {key}")
        if value and not is_own:
            notes.note(f"{path}.{key}", "неизвестный ключ")
    return QuestionText(line.key, line.kind, line.text, line.low, line.high, line.options)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
