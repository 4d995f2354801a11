"""Questionnaires as TOML: the files that come with the site, and those a district writes itself.

A file is one questionnaire: `title`, `role` (mentee, mentor, curator), `moment` (start, interim, final)
and `[[questions]]` with `key`, `kind`, `text` and, on a scale, `low` and `high`. A mistake is told in
Russian with its line and key, as in an order's file.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from nastav.feedback.models import PARTICIPANTS, Moment, QuestionKind, Respondent
from nastav.orders.lines import OrderError, Table, read

SATISFIED = "satisfied"  # the question of the share of satisfied people
STATEMENTS = 9  # of the curator's assessment; its levels are counted from their sum (`assessment`)
LONGEST = {"title": 200, "text": 500, "low": 100, "high": 100}  # characters
# whom the programme asks, and when
ASKED = (*product(PARTICIPANTS, Moment), (Respondent.CURATOR, Moment.FINAL))

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


class CatalogueError(ValueError):
    """A questionnaire's file has mistakes; `problems` has a Russian sentence for each."""

    def __init__(self, file: str, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(f"{file}: {problem}" for problem in self.problems))


@dataclass(frozen=True, slots=True)
class QuestionText:
    """One question; `low` and `high` say what 1 and 10 mean and are "" but on a scale."""

    key: str
    kind: QuestionKind
    text: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class QuestionnaireText:
    """The questions to a respondent at a moment, in the order asked."""

    part: Respondent
    moment: Moment
    title: str
    questions: tuple[QuestionText, ...]


def load_all(folder: Path | None = None) -> list[QuestionnaireText]:
    """Return the questionnaires of a folder (by default the site's own) in the order of ASKED.

    Raises:
        CatalogueError: a file is wrong, or a respondent and moment has no file, or two.
    """
    found: dict[tuple[Respondent, Moment], QuestionnaireText] = {}
    kinds: dict[tuple[Respondent, str], QuestionKind] = {}
    folder = folder or Path(__file__).with_name("questionnaires")
    for path in sorted(folder.glob("*.toml")):
        one = load(path)
        problems = rekinded(
            one, {key: kind for (part, key), kind in kinds.items() if part is one.part}
        )
        if (one.part, one.moment) in found:
            problems.append("для этих role и moment уже есть другой файл.")
        if problems:
            raise CatalogueError(path.name, problems)
        found[one.part, one.moment] = one
        kinds.update({(one.part, each.key): each.kind for each in one.questions})
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
        top = read(path)
        one = _questionnaire(top)
        top.problems.raise_if_any()
    except OrderError as error:
        raise CatalogueError(path.name, error.problems) from error
    return one


def rekinded(one: QuestionnaireText, kinds: Mapping[str, QuestionKind]) -> list[str]:
    """Return a sentence for each question asked elsewhere in another kind: it could not be compared.

    Args:
        one: the questionnaire.
        kinds: key → kind in the respondent's other questionnaires and older versions.
    """
    return [
        f"questions[{place}].kind: вопрос {each.key} в других анкетах имеет вид {kinds[each.key]}, "
        f"а здесь {each.kind}; дайте ему другой ключ."
        for place, each in enumerate(one.questions, start=1)
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


def written(one: QuestionnaireText) -> str:
    """Return the questionnaire as a TOML file that `load` reads back."""
    lines = [f"title = {_quoted(one.title)}", f'role = "{one.part}"', f'moment = "{one.moment}"']
    for each in one.questions:
        lines += ["", "[[questions]]", f'key = "{each.key}"', f'kind = "{each.kind}"']
        lines.append(f"text = {_quoted(each.text)}")
        if each.kind is QuestionKind.SCALE:
            lines += [f"low = {_quoted(each.low)}", f"high = {_quoted(each.high)}"]
    return "\n".join(lines) + "\n"


def _questionnaire(top: Table) -> QuestionnaireText:
    part = Respondent(_one_of(top, "role", list(Respondent)))
    moment = Moment(_one_of(top, "moment", list(Moment)))
    is_known = (top.values.get("role"), top.values.get("moment")) == (part, moment)
    if is_known and (part, moment) not in ASKED:
        top.note("moment", f"анкета {part} бывает только final")
    title = _text(top, "title")
    questions = tuple(_question(table) for table in top.tables("questions"))
    keys = [each.key for each in questions]
    for place, key in enumerate(keys):
        if key and key in keys[:place]:
            top.problems.note(f"questions[{place + 1}].key", f"ключ {key} уже есть выше")
    lacking = missing(part, moment, questions) if is_known and questions else ""
    if lacking:
        top.problems.note("questions", lacking)
    return QuestionnaireText(part, moment, title, questions)


def _question(table: Table) -> QuestionText:
    key = table.text("key")
    if key and not _KEY.fullmatch(key):
        table.note(
            "key", "ключ пишется строчными латинскими буквами, цифрами и знаком «_», до 40 знаков"
        )
    kind = QuestionKind(_one_of(table, "kind", list(QuestionKind)))
    text = _text(table, "text")
    is_scale = kind is QuestionKind.SCALE
    # what 1 and 10 mean; of a kind that is misspelt nothing more is asked
    has_ends = is_scale or table.values.get("kind") != kind
    ends = [_text(table, end, required=is_scale) for end in ("low", "high") if has_ends]
    return QuestionText(key, kind, text, *ends)


def _one_of(table: Table, key: str, options: list[str]) -> str:
    """Return one of the words; the last where the key is absent or wrong (which is noted)."""
    word = table.text(key)
    if word and word not in options:
        table.note(key, f"нужно одно из {', '.join(options)}, а дано {word}")
    return word if word in options else options[-1]


def _text(table: Table, key: str, *, required: bool = True) -> str:
    text = table.text(key, required=required)
    if len(text) > LONGEST[key]:
        table.note(key, f"текст длиннее {LONGEST[key]} знаков: в нём {len(text)}")
    return text


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
