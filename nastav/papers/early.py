"""Papers of stages I–IV: what is written before the pairs."""

from types import MappingProxyType
from typing import Final

from nastav.papers.kinds import CURATOR, HEAD, Kind, Names, Proof

START: Final = "start"  # the order that approves four others
_OF_CHILD = MappingProxyType(
    {
        "имя": "Дроздов Кирилл Олегович",
        "класс": "класс 6 «Б»",
        "подпись_ребёнка": "Я согласен (согласна), подпись ребёнка:",
    }
)

EARLY: Final = (
    Kind(
        "start",
        "приказ о внедрении Программы",
        1,
        "prikaz-vnedrenie",
        is_numbered=True,
        proofs=(Proof("regulations", "Приказ о внедрении Программы наставничества"),),
        needs=(*HEAD, *CURATOR, "issuer_whom"),
        required=("школа_кратко", "директор"),
    ),
    Kind(
        "rules",
        "положение о наставничестве",
        1,
        "polozhenie",
        approved_by=START,
        proofs=(Proof("regulations", "Положение о наставничестве"),),
        needs=HEAD,
        required=("школа_кратко",),
    ),
    Kind(
        "plan",
        "план мероприятий на год",
        1,
        "plan-meropriyatiy",
        approved_by=START,
        proofs=(Proof("regulations", "План мероприятий"),),
        needs=(*HEAD, *CURATOR),
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
        approved_by=START,
        proofs=(Proof("goals_and_forms", "Программа наставничества"),),
        needs=(*HEAD, *CURATOR),
        fields={"задачи_школы": "Привлечь к наставничеству выпускников школы."},
        texts={"programme_tasks": "задачи_школы"},
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
        approved_by=START,
        proofs=(Proof("roadmap", "Дорожная карта"),),
        needs=(*HEAD, *CURATOR),
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
        needs=HEAD,
        fields={"итог": "18 человек", "решили": "Поддержать участие школы в Программе."},
        texts={"meeting_decided": "решили"},
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
        needs=(*HEAD, *CURATOR, "issuer_whom", "curator_whom"),
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
        is_each=True,
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
        is_each=True,
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
        is_each=True,
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
        needs=(*HEAD, *CURATOR),
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
        needs=(*HEAD, *CURATOR),
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
        is_each=True,
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
        needs=HEAD,
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
        needs=(*HEAD, *CURATOR),
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
)
