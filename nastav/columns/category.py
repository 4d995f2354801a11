"""Category somebody is: read from the class, the post or place, the form of mentoring, never guessed.

Each may say it, and where two say different things the row is to be mended. Pure: no database.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from nastav import classes, ru, terms
from nastav.columns.cells import sides
from nastav.columns.column import Cells, passed_over
from nastav.columns.register import kind_label, read_kind
from nastav.people.models import KINDS_OF_PART, Kind, Part
from nastav.people.rows import Entry

LONGEST_POST = 200
SchoolClass = tuple[int, str]
_NO_CLASS = "Укажите класс, например 7 «А»."
_YOUNG_HINT = " Для молодого педагога укажите это в «Категории участника»."
_NOT_SAID = "Не сказано, кто это: укажите класс, должность или категорию участника."
CLASS_MISSING = "Класс не указан: впишите его здесь или потом в карточке."


class Source(StrEnum):
    """What says who somebody is, as a sentence names it."""

    CLASS = "Класс"
    POST = terms.PERSON["post"]
    FORM = "Форма"
    GROUP = "Группа или возраст"
    HEADING = "Заголовок столбца с именем"


@dataclass(frozen=True)
class Category:
    """What somebody is; of a pupil the class, of an adult the post; what was passed over is a notice."""

    kind: Kind
    grade: int | None = None
    letter: str = ""
    group_name: str = ""
    age: int | None = None
    post: str = ""
    notices: tuple[str, ...] = ()


def read(
    cells: Cells, part: Part, known: Entry | None, *, is_coded: bool, has_classes: bool
) -> Category:
    """Return who somebody is.

    Args:
        cells: the row.
        part: of which register.
        known: who has the register number of the row.
        is_coded: whether a pupil's code stands in the place of the name.
        has_classes: whether any row of the table says a class; else none can be asked of this one.

    Raises:
        ValueError: what to mend.
    """
    kind, notices = _said(cells, part)
    own_class, post, mistake = _class_and_post(cells, part)
    if kind is None:
        kind = Kind.PUPIL if is_coded else _found(cells, part, own_class)
    if mistake and kind in (Kind.PUPIL, None):
        raise mistake
    if kind is None:
        kind = known.kind if known else _nothing_says(cells, part)
    if kind is not Kind.PUPIL:
        if len(post) > LONGEST_POST:
            raise ValueError(f"Должность. {ru.too_long(len(post), LONGEST_POST)}")
        return Category(kind, post=post, notices=notices)
    if own_class:
        return Category(kind, *own_class, notices=notices)
    name, age, passed = _group(cells)
    if name or age:
        return Category(kind, group_name=name, age=age, notices=(*notices, *passed))
    if known is None:
        passed = (*passed, _without_class(cells, part, has_classes=has_classes))
    return Category(kind, notices=(*notices, *passed))


def _said(cells: Cells, part: Part) -> tuple[Kind | None, tuple[str, ...]]:
    """What the column of kinds says; a qualification («высшая») is no kind."""
    cell = cells.get("kind", "")
    if not cell or not ru.search_key(cell):
        return None, ()
    if re.fullmatch(_QUALIFICATION, ru.search_key(cell)):
        return None, (f"«Категория участника»: «{cell[:40]}» не загрузится. Это квалификация.",)
    return read_kind(cell, part), ()


_QUALIFICATION = (
    r"(?:без|нет)(?: \w+)?(?: категории)?|(?:высш|перв|втор|1|2|i|ii)\w*(?: \w+)?(?: категори\w+)?"
    r"|(?:соответстви\w+|сзд)\b.*|не (?:имеет|аттестован\w*)\b.*|(?:педагог|учитель) \w+ категории"
    r"|квалификацион\w+ категори\w+\b.*|молодой специалист без категории"
)


def _class_and_post(
    cells: Cells, part: Part
) -> tuple[SchoolClass | None, str, classes.BadClass | None]:
    """Return the class, the post, and what is wrong with the class where neither is meant.

    «Класс или должность» is one column, «Место работы/учебы» another that may hold a class.
    """
    typed, post = cells.get("class", ""), cells.get("post", "")
    if not typed:
        return in_words(post), post, None
    try:
        return classes.parse_class(typed), post or typed, None
    except classes.BadClass as mistake:
        found = in_words(typed)
        is_post = not typed[:1].isdigit() and (part is Part.MENTOR or _by_post(typed) is not None)
        return found, post or typed, None if found or is_post else mistake


def _group(cells: Cells) -> tuple[str, int | None, tuple[str, ...]]:
    """Return the group, the age in full years, and what of them is passed over.

    Raises:
        ValueError: the name of the group does not fit.
    """
    name, cell = cells.get("group_name", ""), cells.get("age", "")
    if len(name) > LONGEST_GROUP:
        raise ValueError(f"Группа. {ru.too_long(len(name), LONGEST_GROUP)}")
    if not ru.search_key(cell):
        return name, None, (_AGE_MISSING,) if name else ()
    found = re.fullmatch(r"(\d{1,2})(?: (?:лет|год|года|полных лет))?", ru.search_key(cell))
    if not found or not YOUNGEST <= int(found[1]) <= ELDEST:
        mistake = ValueError("Укажите полных лет, например 12.")
        return name, None, (passed_over("Возраст", cell, mistake),)
    return name, int(found[1]), ()


YOUNGEST, ELDEST = 4, 60  # full years of a pupil in a group
LONGEST_GROUP = 60
_AGE_MISSING = "Возраст не указан: впишите его здесь или потом в карточке."


def in_words(text: str) -> SchoolClass | None:
    """Return the class that stands in «МБОУ СОШ №5, 9А класс» or «ученик 9А»; None without just one.

    The number of a school is none: a class has a letter or its word.
    """
    found = {
        school_class
        for part in re.split(r"[,;()]|\.\s", text)
        for school_class in _classes(part.strip())
    }
    return found.pop() if len(found) == 1 else None


_OF_CLASS = re.compile(
    r"(?<![\w№.-])(?<!№ )(\d{1,2}(?:-?(?:го|й)\b)?\s*[-/]?\s*"
    r"[«\"']?(?:[а-яё]|\d{1,2}|доп\.?)?[»\"']?\s*кл(?:асс\w*|\.|\b))",
    re.IGNORECASE,
)
_AFTER_PUPIL = re.compile(
    r"\b(?:учени|учащ|обучающ|школьни)\w+\s+(\d{1,2}\s*-?\s*[«\"']?[а-яё]?[»\"']?)(?!\w)", re.I
)


def _classes(part: str) -> Iterator[SchoolClass]:
    texts = [match[1] for pattern in (_OF_CLASS, _AFTER_PUPIL) for match in pattern.finditer(part)]
    if re.search(r"[^\W\d_]|-\d|/\d", part) and part[:1].isdigit():
        texts.append(part)  # «9А» alone, not «10»
    for text in texts:
        try:
            yield classes.parse_class(text)
        except classes.BadClass:
            continue


_BY_WORDS = {
    Kind.PARENT: r"мама|мать|отец|папа|родитель|родительница|опекун",
    Kind.GRADUATE: r"выпускни(?:к|ца)",
    Kind.STUDENT: r"студент\w*|\d курс\w*",
    Kind.TEACHER: (
        r"учитель\w*|педагог\w*|преподаватель\w*|воспитатель|методист|тьютор|логопед|психолог"
        r"|дефектолог|концертмейстер|хореограф|тренер|инструктор|вожат(?:ый|ая)|завуч"
        r"|директор школы|(?:заместитель|зам) директора(?: по \w*[ув]\w*)?|библиотекарь"
        r"|(?:музыкальный|классный) руководитель|руководитель (?:кружка|объединения|музея)"
        r"|мастер производственного обучения|молодой (?:специалист|педагог)"
    ),
    Kind.PUPIL: r"ученик|ученица|учащ(?:ийся|аяся)|обучающ(?:ийся|аяся)|школьни(?:к|ца)",
    Kind.EMPLOYER: (
        r"ооо|оао|пао|зао|ао|ип|кфх|гуп|муп|работодатель|предприниматель|завод|фермер"
        r"|индивидуальный предприниматель"
    ),
}
_WEIGHTY = (
    Kind.PARENT,
    Kind.GRADUATE,
    Kind.STUDENT,
)  # «мама ученика 5А», whatever else stands there


def _by_post(text: str) -> set[Kind] | None:
    """Which kinds a post or a place names; None where it names none."""
    key = ru.search_key(text)
    found = [kind for kind, words in _BY_WORDS.items() if re.search(rf"\b(?:{words})\b", key)]
    if found and found[0] in _WEIGHTY:
        return {found[0]}
    if Kind.TEACHER in found:
        return set(found) - {Kind.EMPLOYER}
    return set(found) or None


def _found(cells: Cells, part: Part, own_class: SchoolClass | None) -> Kind | None:
    """Return who the cells say somebody is, if they agree.

    Raises:
        ValueError: they do not.
    """
    evidence = list(_evidence(cells, part, own_class))
    allowed = KINDS_OF_PART[part]
    evidence = [(source, kind) for source, kind in evidence if kind in allowed]
    if len({kind for _, kind in evidence}) <= 1:
        return evidence[0][1] if evidence else None
    (first, kind), (second, other) = (
        evidence[0],
        next(each for each in evidence if each[1] is not evidence[0][1]),
    )
    texts = [_quoted(source, cells, own_class) for source in (first, second)]
    kinds = [kind_label(each, part) for each in (kind, other)]
    raise ValueError(
        f"{texts[0]} — это {kinds[0]}, а {texts[1][:1].lower()}{texts[1][1:]} — {kinds[1]}: "
        "исправьте то или другое или укажите категорию участника."
    )


def _quoted(source: Source, cells: Cells, own_class: SchoolClass | None) -> str:
    if source is Source.CLASS and own_class:
        return f"{source} {classes.class_name(*own_class)}"
    if source in (Source.GROUP, Source.HEADING):
        return str(source)
    text = cells.get("kinds", "") if source is Source.FORM else _place(cells)
    return f"{source} «{text[:60]}»" if text else str(source)


def _evidence(
    cells: Cells, part: Part, own_class: SchoolClass | None
) -> Iterator[tuple[Source, Kind]]:
    named = _by_post(_place(cells)) or set()
    if "group_name" in cells or "age" in cells:
        yield Source.GROUP, Kind.PUPIL
    is_adult = bool(named) and Kind.PUPIL not in named
    if own_class and not is_adult:  # «классный руководитель 9А класса» is in no class
        yield Source.CLASS, Kind.PUPIL
    for kind in sorted(named, key=list(Kind).index):
        yield Source.POST, kind
    if "name_teacher" in cells:
        yield Source.HEADING, Kind.TEACHER
    form = _by_form(cells.get("kinds", ""), part)
    if form and not named & {Kind.PARENT, Kind.GRADUATE}:  # no form is called after them
        yield Source.FORM, form


def _place(cells: Cells) -> str:
    typed = cells.get("class", "")
    return " ".join(filter(None, ("" if typed[:1].isdigit() else typed, cells.get("post", ""))))


def _by_form(text: str, part: Part) -> Kind | None:
    """Which kind a side of the form of mentoring names; None where several forms name several."""
    forms = [sides(form) for form in re.split("[;,]", text)]
    found = {row[0 if part is Part.MENTOR else 1] for row in forms} - {None}
    return found.pop() if len(found) == 1 else None


def _nothing_says(cells: Cells, part: Part) -> Kind:
    place = _place(cells)
    if place:
        usual = ", ".join(kind_label(kind, part) for kind in KINDS_OF_PART[part])
        what = f"По месту работы не понятно, кто это: «{place[:60]}»."
        raise ValueError(f"{what} Укажите категорию участника: {usual}.")
    raise ValueError(_NOT_SAID if part is Part.MENTOR else _NO_CLASS + _YOUNG_HINT)


def _without_class(cells: Cells, part: Part, *, has_classes: bool) -> str:
    """Say that a class is missing; a mentee's may be, where no row of the table has one."""
    if part is Part.MENTOR or has_classes:
        raise ValueError(
            _NO_CLASS + ("" if part is Part.MENTOR or "kind" in cells else _YOUNG_HINT)
        )
    return CLASS_MISSING


def says_class(cells: Cells) -> bool:
    """Tell whether a row says a class at all, right or wrong."""
    return "class" in cells or in_words(cells.get("post", "")) is not None


def is_pupil(cells: Cells, part: Part) -> bool:
    """Tell whether a row speaks of a pupil, or may: where no names are kept, none of it may be."""
    try:
        kind, _ = _said(cells, part)
        own_class, *_ = _class_and_post(cells, part)
        kind = kind or _found(cells, part, own_class)
    except ValueError:
        return part is Part.MENTEE or cells.get("class", "")[:1].isdigit()
    return kind is Kind.PUPIL or (kind is None and part is Part.MENTEE)
