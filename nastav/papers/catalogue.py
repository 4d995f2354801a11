"""The set of papers of a school, in the order of the stages they belong to."""

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from nastav.papers.holds import HOLDS
from nastav.papers.kinds import Kind, Names, Proof

_ORDER_OF_START = "start"
_HEAD = ("full_name", "short_name", "place", "head_name", "head_post")
_CURATOR = ("curator",)
_OF_CHILD = MappingProxyType(
    {
        "имя": "Дроздов Кирилл Олегович",
        "класс": "класс 6 «Б»",
        "подпись_ребёнка": "Я согласен (согласна), подпись ребёнка:",
    }
)

_KINDS: Final = (
    Kind(
        "start",
        "приказ о внедрении Программы",
        1,
        "prikaz-vnedrenie",
        is_numbered=True,
        proofs=(Proof("regulations", "Приказ о внедрении Программы наставничества"),),
        needs=(*_HEAD, *_CURATOR, "issuer_whom"),
        required=("школа_кратко", "директор"),
    ),
    Kind(
        "rules",
        "положение о наставничестве",
        1,
        "polozhenie",
        approved_by=_ORDER_OF_START,
        proofs=(Proof("regulations", "Положение о наставничестве"),),
        needs=_HEAD,
        required=("школа_кратко",),
    ),
    Kind(
        "plan",
        "план мероприятий на год",
        1,
        "plan-meropriyatiy",
        approved_by=_ORDER_OF_START,
        proofs=(Proof("regulations", "План мероприятий"),),
        needs=(*_HEAD, *_CURATOR),
        lists={
            "мероприятия": {
                "номер": "1",
                "что": "Рабочая группа",
                "срок": "до 30.11.2020",
                "ответственный": "директор",
            }
        },
        required=("школа_кратко", "мероприятия", "куратор"),
    ),
    Kind(
        "programme",
        "программа наставничества",
        1,
        "programma",
        approved_by=_ORDER_OF_START,
        proofs=(Proof("goals_and_forms", "Программа наставничества"),),
        needs=(*_HEAD, *_CURATOR),
        lists={
            "показатели": {
                "показатель": "Наставляемые, 2020 год",
                "план": "44",
                "факт": "40",
                "отклонение": "−4",
            }
        },
        required=("школа_кратко", "показатели", "куратор"),
    ),
    Kind(
        "roadmap",
        "дорожная карта",
        1,
        "dorozhnaya-karta",
        approved_by=_ORDER_OF_START,
        proofs=(Proof("roadmap", "Дорожная карта"),),
        needs=(*_HEAD, *_CURATOR),
        lists={
            "мероприятия": {
                "номер": "1.1",
                "что": "Нормативная база",
                "срок": "до 30.11.2020",
                "ответственный": "рабочая группа",
                "результат": "положение",
            }
        },
        required=("школа_кратко", "мероприятия", "куратор"),
    ),
    Kind(
        "meeting1",
        "протокол собрания о Программе",
        1,
        "protokol-sobraniya",
        is_numbered=True,
        proofs=(Proof("informing", "Протокол собрания о Программе"),),
        needs=_HEAD,
        fields={"итог": "18 человек"},
        lists={"запросы": {"запрос": "трудно даётся математика", "сколько": "6"}},
        required=("школа_кратко", "запросы"),
    ),
    Kind(
        "team",
        "приказ о рабочей группе и кураторе",
        1,
        "prikaz-gruppa",
        names=Names.ADULTS,
        is_numbered=True,
        proofs=(Proof("school_team", "Приказ о рабочей группе и школьном кураторе"),),
        needs=(*_HEAD, *_CURATOR, "issuer_whom", "curator_whom"),
        fields={
            "куратор_кого": "Мельник Ирину Сергеевну",
            "куратор_должность_кого": "заместителя директора по воспитательной работе",
        },
        lists={
            "группа": {
                "номер": "1",
                "имя": "Гончаренко Павел Игоревич",
                "должность": "директор",
                "роль": "руководитель",
                "подпись": "–",
            }
        },
        required=("школа_кратко", "директор", "группа"),
    ),
    Kind(
        "consents",
        "согласия на обработку данных детей",
        2,
        "soglasiya-dannye",
        names=Names.CHILDREN,
        needs=("full_name", "short_name", "address"),
        fields=_OF_CHILD,
        required=("школа", "адрес", "имя"),
    ),
    Kind(
        "taking_part",
        "согласия на участие детей",
        2,
        "soglasiya-uchastie",
        names=Names.CHILDREN,
        needs=("short_name",),
        fields=_OF_CHILD,
        required=("школа_кратко", "имя"),
    ),
    Kind(
        "forms",
        "анкеты наставляемого и наставника",
        2,
        "ankety",
        needs=("short_name",),
        fields={
            "название": "Анкета наставляемого: начало работы",
            "пояснение": "Обведите или отметьте ответ.",
        },
        lists={
            "вопросы": {
                "номер": "1",
                "вопрос": "У вас уже был наставник раньше?",
                "ответ": "☐ да   ☐ нет",
            }
        },
        required=("вопросы",),
    ),
    Kind(
        "mentees",
        "база наставляемых",
        2,
        "baza-nastavlyaemyh",
        names=Names.CHILDREN,
        proofs=(Proof("mentee_register", "База наставляемых"),),
        needs=(*_HEAD, *_CURATOR),
        fields={"итог": "18 наставляемых"},
        lists={
            "участники": {
                "номер": "112",
                "имя": "Дроздов Кирилл Олегович",
                "класс": "6 «Б»",
                "запрос": "трудно даётся математика",
                "результат": "решает задачи по теме сам",
                "дата": "06.10.2020",
                "наставник": "Савчук Артём Игоревич",
                "форма": "ученик – ученик",
            }
        },
        required=("школа_кратко", "участники", "куратор"),
    ),
    Kind(
        "mentors",
        "база наставников",
        3,
        "baza-nastavnikov",
        names=Names.CHILDREN,
        proofs=(Proof("mentor_register", "База наставников"),),
        needs=(*_HEAD, *_CURATOR),
        fields={"итог": "8 наставников"},
        lists={
            "участники": {
                "номер": "115",
                "имя": "Савчук Артём Игоревич",
                "кто": "10 «А»",
                "компетенции": "математика; шахматы",
                "формы": "ученик – ученик",
                "время": "2 часа в неделю",
                "дата": "08.10.2020",
                "наставляемые": "Дроздов Кирилл Олегович",
            }
        },
        required=("школа_кратко", "участники", "куратор"),
    ),
    Kind(
        "mentor_consents",
        "согласия взрослых наставников",
        3,
        "soglasiya-vzroslye",
        names=Names.ADULTS,
        needs=("full_name", "short_name", "address"),
        fields={"имя": "Бондарь Лев Андреевич", "должность": "учитель математики"},
        required=("школа", "адрес", "имя"),
    ),
    Kind(
        "criteria",
        "критерии отбора наставников",
        4,
        "kriterii",
        proofs=(Proof("selection_criteria", "Критерии отбора наставников"),),
        needs=_HEAD,
        fields={"критерии": "1. Умеет слушать.\n2. Успевает по предмету."},
        required=("школа_кратко", "критерии", "директор"),
    ),
    Kind(
        "training",
        "программа и журнал обучения наставников",
        4,
        "obuchenie",
        names=Names.CHILDREN,
        proofs=(Proof("selection_and_training", "Программа и журнал обучения наставников"),),
        needs=(*_HEAD, *_CURATOR),
        fields={"итог": "2 занятия, 6 академических часов"},
        lists={
            "занятия": {
                "номер": "1",
                "дата": "12.11.2020",
                "тема": "Как слушать и задавать вопросы",
                "часов": "2",
                "ведёт": "Ткаченко О. В.",
            },
            "журнал": {
                "номер": "1",
                "имя": "Савчук Артём Игоревич",
                "кто": "10 «А»",
                "подпись": "",
            },
        },
        required=("школа_кратко", "занятия", "журнал", "куратор"),
    ),
    Kind(
        "pairs",
        "приказ о закреплении пар",
        5,
        "prikaz-pary",
        names=Names.CHILDREN,
        is_numbered=True,
        proofs=(Proof("pairs_formed", "Приказ о закреплении пар"),),
        needs=(*_HEAD, *_CURATOR, "issuer_whom"),
        fields={"итог": "2 пары и 6 групп, 8 наставников, 18 наставляемых"},
        lists={
            "пары": {
                "номер": "1",
                "наставник": "Савчук Артём, 10 «А»",
                "наставляемые": "Дроздов Кирилл, 6 «Б»\nЗайцева Полина, 6 «Б»",
                "форма": "ученик – ученик",
                "период": "10.12.2020 – 25.05.2021",
            }
        },
        required=("школа_кратко", "директор", "пары", "итог"),
    ),
    Kind(
        "changes",
        "приказ об изменениях в списке пар",
        5,
        "prikaz-izmeneniya",
        names=Names.CHILDREN,
        is_numbered=True,
        proofs=(Proof("pairs_formed", "Приказ об изменениях в списке пар"),),
        needs=(*_HEAD, *_CURATOR, "issuer_whom"),
    ),
    Kind(
        "plans",
        "индивидуальные планы пар",
        6,
        "plany-par",
        names=Names.CHILDREN,
        proofs=(Proof("pair_plans", "Индивидуальные планы пар и групп"),),
        needs=("short_name", "head_name", "head_post"),
    ),
    Kind(
        "support",
        "план сопровождения педагога-психолога",
        6,
        "plan-soprovozhdeniya",
        names=Names.CHILDREN,
        proofs=(Proof("psychological_support", "План психологического сопровождения"),),
        needs=_HEAD,
    ),
    Kind(
        "answers",
        "сводка анкет",
        6,
        "svodka-anket",
        proofs=(
            Proof("feedback_collected", "Сводка анкет"),
            Proof("feedback_analysed", "Сводка анкет"),
        ),
        needs=(*_HEAD, *_CURATOR),
    ),
    Kind(
        "rewards",
        "порядок поощрения наставников",
        6,
        "poryadok-pooshchreniya",
        proofs=(Proof("reward_system", "Порядок поощрения наставников"),),
        needs=_HEAD,
    ),
    Kind(
        "final",
        "протокол итоговой встречи",
        7,
        "protokol-itogov",
        names=Names.CHILDREN,
        is_numbered=True,
        proofs=(Proof("reflection", "Протокол итоговой встречи"),),
        needs=_HEAD,
    ),
    Kind(
        "note",
        "аналитическая справка",
        7,
        "spravka",
        is_numbered=True,
        proofs=(Proof("effectiveness", "Аналитическая справка"),),
        needs=(*_HEAD, *_CURATOR),
    ),
    Kind(
        "award",
        "приказ о поощрении наставников",
        7,
        "prikaz-pooshchrenie",
        names=Names.CHILDREN,
        is_numbered=True,
        proofs=(Proof("celebration", "Приказ о поощрении наставников"),),
        needs=(*_HEAD, *_CURATOR),
    ),
    Kind(
        "diploma",
        "грамоты и благодарности",
        7,
        "gramoty",
        names=Names.CHILDREN,
        needs=("short_name", "head_name", "head_post"),
    ),
)


def _whole(kind: Kind) -> Kind:
    """Return a kind with what it holds, where that is said apart."""
    held = HOLDS.get(kind.key)
    if held is None:
        return kind
    return replace(kind, fields=held.fields, lists=held.lists, required=held.required)


KINDS: Final = MappingProxyType({kind.key: _whole(kind) for kind in _KINDS})


def proofs_of(activity: str) -> tuple[str, ...]:
    """Return what the papers that prove an activity are called among its documents."""
    proofs = (proof for kind in KINDS.values() for proof in kind.proofs)
    return tuple(proof.kind for proof in proofs if proof.activity == activity)
