"""The columns of a register's table, once: the template, the export, headings, how a cell is read.

A further text of a register needs a line in `REGISTER` and what `people.models.TEXTS` says; nothing that
reads, saves, loads, exports or takes back a line names its texts one by one. What stands beside the
register, the profile and the consent, has its columns in `extras.py`.
"""

import re
from collections.abc import Collection, Container, Sequence

from nastav import classes, ru, terms
from nastav.columns.column import DROPPED, Column, day, text
from nastav.columns.extras import CONSENT, DECIDED, PROFILE, SIGNERS
from nastav.columns.pair import PAIR
from nastav.people.codes import rules as codes
from nastav.people.forms import USUAL, YOUNG
from nastav.people.models import KIND_LABELS, KINDS_OF_PART, Kind, Part
from nastav.people.rows import Entry


def _class(entry: Entry) -> str:
    """The class of this school year, if everybody moved up; nothing where there is no such class."""
    if entry.kind is not Kind.PUPIL or not entry.school_class:
        return ""
    grade = entry.school_class.grade_in(entry.first_year)
    return classes.class_name(grade, entry.school_class.letter) if 1 <= grade <= 11 else ""


def kind_label(kind: Kind, part: Part) -> str:
    """Return what a person of a part is called: a mentee who is a teacher is a young one."""
    return YOUNG if (kind, part) == (Kind.TEACHER, Part.MENTEE) else KIND_LABELS[kind]


REGISTER = (
    Column(
        DROPPED,
        "№ п/п",
        r"номер|(?:номер |n )?п п|строка|что исправить",
    ),
    Column(
        "number",
        terms.PERSON["number"],
        r"(?:номер |n )?в (?:реестре|базе)|регистрационный номер|номер записи",
        write=lambda entry: entry.number,
        width=9,
        in_template=False,
    ),
    Column(
        "code",
        terms.PERSON["code"],
        r"(?:код|шифр)(?: (?:ученика|учащегося|обучающегося|ребенка|участника|наставляемого"
        r"|наставника|школы))?",
        write=lambda entry: entry.surname if entry.is_coded else "",
        hint=f"Для учеников, вместо имени. {codes.HINT}",
        example="К-15",
    ),
    Column(
        "name_teacher",
        "ФИО педагога",
        r"(?:фио|ф и о|фамилия имя)\b.*\b(?:педагог\w*|учител\w*|молод\w+ специалист\w*)",
    ),
    Column("given_first", "Имя и фамилия", r"имя (?:отчество )?(?:и )?фамилия(?: \w+)?"),
    Column(
        "name",
        "ФИО",
        r"(?:фио|ф и о|ф и|фи|фамилия имя|фамилия и о)\b.*|кто"
        r"|(?:ученик|ученица|обучающийся|учащийся|наставляемый|наставник|участник|ребенок)(?: фио)?"
        r"|(?:список|имена) (?:учеников|обучающихся|учащихся|наставляемых|наставников|участников)",
    ),
    Column(
        "surname",
        terms.PERSON["surname"],
        r"фамилия(?: \w+)?",
        write=lambda entry: "" if entry.is_coded else entry.surname,
        hint="Или фамилия, имя и отчество целиком: тогда два следующих столбца пусты.",
        example="Петрова",
    ),
    Column(
        "given_name",
        terms.PERSON["given_name"],
        r"имя(?: \w+)?",
        write=lambda entry: entry.given_name,
        example="Ирина",
    ),
    Column(
        "patronymic",
        terms.PERSON["patronymic"],
        r"отчество\b.*",
        write=lambda entry: entry.patronymic,
        hint="Если есть.",
        example="Сергеевна",
    ),
    Column(
        "class",
        terms.PERSON["class"],
        r"класс\b.*",
        write=_class,
        hint="Для учеников: 7 «А», 7А, 7-а или 11.",
        example="7 «А»",
        width=9,
    ),
    Column(
        "group_name",
        terms.PERSON["group_name"],
        r"(?:учебная )?группа|(?:творческое |детское )?объединение\b.*|кружок|секция|студия",
        write=lambda entry: entry.age_group.name if entry.age_group else "",
        hint="Где классов нет: «Вокал», ТМ-21.",
        example="Вокал",
        width=16,
        in_template=False,
    ),
    Column(
        "age",
        terms.PERSON["age"],
        r"возраст(?: \w+)?|(?:полных )?лет|сколько лет",
        write=lambda entry: entry.age_group.age if entry.age_group else None,
        hint="Полных лет на 1 сентября этого учебного года, если класса нет.",
        example="12",
        width=9,
        in_template=False,
    ),
    Column(
        "kind",
        terms.PERSON["kind"],
        r"тип|тип (?:участника|наставника|наставляемого)|кто это|категория(?: \w+)?|роль",
        write=lambda entry: kind_label(entry.kind, entry.part),
        hint="Можно не указывать, если это видно из класса, должности или формы наставничества.",
        example="ученик",
        width=16,
    ),
    Column(
        "post",
        terms.PERSON["post"],
        r"(?:должность|место работы|место учебы|организация)\b.*",
        write=lambda entry: entry.post,
        hint="Для взрослых.",
        example="учитель физики",
        width=28,
    ),
    Column(
        "need",
        terms.PERSON["need"],
        r"(?:\w+ )?(?:запрос|потребность|потребности|дефициты?)\b.*",
        write=lambda entry: entry.need,
        read=text(200),
        parts=(Part.MENTEE,),
        hint="Чем помочь, нейтрально: без сведений о здоровье, семье и поведении.",
        example="учёба",
        width=28,
    ),
    Column(
        "source",
        terms.PERSON["source"],
        r"источники?(?: (?:запроса|информации|сведений|выявления|данных))?"
        r"|(?:кто|кем) (?:выявил|выявлен|назвал|назван|направил|направлен)",
        write=lambda entry: entry.source,
        read=text(100),
        parts=(Part.MENTEE,),
        hint="От кого запрос. Можно написать и своё, без имён.",
        example="классный руководитель",
        width=22,
    ),
    Column(
        "expected_result",
        terms.PERSON["expected_result"],
        r"(?:предполагаем|ожидаем|планируем)\w+ результат\w*\b.*",
        write=lambda entry: entry.expected_result,
        read=text(300),
        parts=(Part.MENTEE,),
        hint="Чего ждут от программы.",
        example="не ниже «4» по математике",
        width=28,
    ),
    Column(
        "joined",
        terms.PERSON["joined"],
        r"дата (?:вхождения|включения|вступления|внесения|зачисления|начала)\b.*|в (?:реестре|базе) с",
        write=lambda entry: entry.joined,
        read=day,
        hint="ДД.ММ.ГГГГ. Пусто — день, указанный при загрузке.",
        example="01.09.2020",
        width=13,
        is_day=True,
    ),
)
COLUMNS = (*REGISTER[:-1], *PROFILE, REGISTER[-1], *CONSENT, *PAIR)
# whose name, class or post a column holds, when it is not that of the register's own people
_OTHERS = {
    Part.MENTEE: "наставник(?:а|ов)?",
    Part.MENTOR: r"наставляем\w+",
}
_NOT_THEM = r"родител\w+|представител\w+|руководител\w+|куратор\w*|психолог\w*"


def columns(part: Part) -> list[Column]:
    """Return the columns of a register."""
    return [column for column in COLUMNS if part in column.parts]


def written(part: Part, *, in_template: bool = False, without: Container[str] = ()) -> list[Column]:
    """Return the columns of our files: of the export, or of the empty template."""
    return [
        column
        for column in columns(part)
        if (column.write or column.said)
        and (column.in_template or not in_template)
        and column.key not in without
    ]


WHO = {"code", "surname", "name", "name_teacher", "given_first"}  # columns of a name or a code


_ALWAYS = {Part.MENTEE: ("class", "kind"), Part.MENTOR: ("class", "post", "kind")}


def edited(part: Part, keys: Collection[str]) -> list[Column]:
    """Return the columns by which a row is mended: those of its table, and who somebody is."""
    there = {*keys, *_ALWAYS[part]}
    if not there & WHO:
        there |= {"name"}
    return [column for column in columns(part) if column.key in there and column.key != DROPPED]


def heading_key(heading: str) -> str:
    """Return a heading as it is compared and remembered."""
    return ru.search_key(re.sub(r"№\s*(?=\w)", "номер ", heading))


def understood(part: Part, heading: str) -> str | None:
    """Return the key of the column a heading stands for, or None if the register has no such one."""
    key = heading_key(heading)
    is_parents = re.search(rf"\b(?:{_NOT_THEM})\b", key) is not None
    is_pairs = re.search(rf"\b(?:{_OTHERS[part]})\b", key) is not None
    return next(
        (
            column.key
            for column in columns(part)
            if (column.of_parents or not is_parents)
            and (column.of_pairs or not is_pairs)
            and re.fullmatch(column.heading, key)
        ),
        None,
    )


# what a school's table may hold and the site never keeps (rules.md#names-stay-in-the-school)
_NEVER = "|".join(
    ru.search_key(item) if item.isascii() else item
    for item in (
        r"контакт\w*|телефон\w*|тел|почт\w+|адрес\w*|прописк\w*|ссылк\w*|сайт\w*|мессенджер\w*|соцсет\w*",
        r"(?:год|дата|день|число|месяц|место) рожд\w*|рожден\w*|г р|д р|пол|гражданств\w*|националь\w*",
        r"снилс|инн|паспорт\w*|полис\w*|свидетельств\w*|документ\w* удостоверя\w*",
        r"диагноз\w*|овз|инвалид\w*|здоров\w*|заболеван\w*|группа здоровья|диспансер\w*",
        r"сем[ьие]\w*|социальн\w+ статус\w*|малоимущ\w*|учет\w* (?:в |кдн|пдн)\w*|кдн|пдн|сирот\w*",
        r"опек\w*|родител\w*|законн\w+ представител\w*|мам[аы]|пап[аы]|отец|отца|мать|матери",
        r"отметк\w*|подпис\w*|(?<!дополнительное )образование|(?:\w+ )?стаж(?: \w+)?",
        "email", "e mail", "mail", "whatsapp", "telegram", "vk",
    )
)  # fmt: skip
_NO_VALUE = re.compile(
    r"\+?[78]?[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d\d[\s-]*\d\d.*|\S+@\S+\.\S+|https?:\S+|www\.\S+", re.I
)


def is_never_kept(heading: str, values: Sequence[str]) -> bool:
    """Tell whether a column is passed over without a question: whose heading or values say so."""
    key = ru.search_key(heading)
    if re.search(rf"\b(?:{_NEVER})\b", key) or re.search(rf"\b(?:{_NOT_THEM})\b", key):
        return True
    return bool(values) and all(_NO_VALUE.fullmatch(value) for value in values)


_USUAL = USUAL | {"decision": DECIDED, "signer": SIGNERS}


def choices(column: Column, part: Part, kinds: Sequence[str] = ()) -> list[str]:
    """Return the allowed or usual values of a column; `kinds` are the district's forms of mentoring."""
    if column.key == "kind":
        return [kind_label(kind, part) for kind in KINDS_OF_PART[part]]
    return list(kinds if column.key in ("kinds", "pair_kind") else _USUAL.get(column.key, ()))


_KINDS = {
    Kind.PUPIL: r"учени\w+|школьни\w+|учащ\w+|обучающ\w+",
    Kind.TEACHER: r"(?:молодой )?(?:педагог|учител\w+|преподавател\w+|специалист)",
    Kind.STUDENT: r"студент\w*",
    Kind.EMPLOYER: r"(?:представитель )?работодател\w+|сотрудник\w*",
    Kind.GRADUATE: r"выпускни\w+",
    Kind.PARENT: r"родител\w+|мать|мама|отец|папа",
}


def read_kind(cell: str, part: Part) -> Kind:
    """Return who somebody is.

    Raises:
        ValueError: names what may stand there.
    """
    key = ru.search_key(cell)
    for kind in KINDS_OF_PART[part]:
        if re.fullmatch(_KINDS[kind], key):
            return kind
    usual = ", ".join(kind_label(kind, part) for kind in KINDS_OF_PART[part])
    raise ValueError(f"Не понятно, кто это: «{cell[:40]}». Укажите: {usual}.")
