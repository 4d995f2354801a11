"""Invented people: the one place that names are drawn from, for demo, bench and tests."""

from dataclasses import dataclass
from random import Random

SURNAMES = (
    "Абрикосов Агатов Азбукин Алмазов Амбаров Ананасов Апельсинов Арбузов Астрин Багажов "
    "Баклажанов Балалайкин Балконов Барабанов Барсуков Батончиков Башмачников Бегемотов "
    "Березкин Бирюзов Блокнотов Бобриков Бочкин Брусникин Бубликов Букварёв Булочкин "
    "Васильков Ведёркин Веснушкин Ветеркин Виноградов Вишнёвкин Водопадов Воробушкин "
    "Гвоздикин Гитаров Глобусов Голубикин Горошкин Градусов Грибочков Грушин Гудков "
    "Дельфинов Диванов Дождиков Дынин Ёжиков Ёлкин Жасминов Желудёв Жёлобов Журавликов "
    "Заборов Звёздочкин Земляникин Зимородков Зонтиков Изумрудов Инжиров Ирисов Кабачков "
    "Календарёв Калинкин Калошин Камушкин Капустин Карандашов Картошкин Каштанов Кедров "
    "Киселёв Кленов Клюквин Ковриков Колокольчиков Компасов Конвертов Кораблёв Корзинкин "
    "Костёркин Кренделев Крыжовников Кувшинкин Ландышев Ларчиков Лимонов Лодочкин Лопухов "
    "Лукошкин Магнитов Малинкин Мандаринов Маяков Метёлкин Мимозов Мостов Мячиков "
    "Незабудкин Облаков Огурцов Одуванчиков Окуньков Орешкин Пирожков Планетин Подсолнухов "
    "Помидоров Портфелев Пряников Пуговкин Радугин Ракушкин Редискин Родничков Ромашкин "
    "Рубанков Рябинкин Сахаров Светофоров Свирелин Сиренев Скворушкин Сливин Снежинкин "
    "Соломкин Сосенкин Стрижов Тетрадкин Тополёв Тростников Тыквин Укропов Фиалкин "
    "Фонариков Хлебушкин Циркулев Чайкин Черёмухин Черникин Шариков Шишкин Шкафов Щавелев "
    "Щеглов Эскизов Яблочкин Ягодкин Якорев "
).split()
BOYS = (
    "Алексей Андрей Артём Богдан Вадим Виктор Глеб Даниил Денис Егор Захар Иван Кирилл Лев "
    "Максим Матвей Никита Олег Павел Роман Семён Степан Тимофей Фёдор "
).split()
GIRLS = (
    "Алина Анна Варвара Вера Дарья Ева Екатерина Елена Злата Ирина Кира Ксения Лидия Мария "
    "Милана Надежда Нина Ольга Полина София Таисия Ульяна Юлия Яна "
).split()
LETTERS = "АБВ"  # of classes
FATHERS = "Иван Пётр Сергей Андрей Олег Павел Роман Максим Виктор Денис Антон".split()

LISTED = 40_000  # names drawn from the lists before they are drawn twice too often


@dataclass(frozen=True)
class Name:
    """A full name of somebody who does not exist."""

    surname: str
    given_name: str
    patronymic: str

    @property
    def full(self) -> str:
        """Return «Ягодкина Ева Петровна»."""
        return f"{self.surname} {self.given_name} {self.patronymic}"


class Names:
    """A source of names for a district: nobody is called like another, as far as the lists reach."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._given: set[Name] = set()

    def next(self) -> Name:
        """Return a name nobody of the district has yet; a surname of two parts once the lists run dry."""
        while True:
            name = self._draw(is_double=len(self._given) > LISTED)
            if name not in self._given:
                self._given.add(name)
                return name

    def _draw(self, *, is_double: bool) -> Name:
        random = self._random
        is_girl = random.random() < 0.5
        surname = random.choice(SURNAMES) + ("а" if is_girl else "")
        if is_double:
            surname = f"{random.choice(SURNAMES)}{'а' if is_girl else ''}-{surname}"
        given = random.choice(GIRLS if is_girl else BOYS)
        return Name(surname, given, _patronymic(random.choice(FATHERS), is_girl))


class Codes:
    """A source of a school's codes in the place of names; one pupil has not been given a code yet."""

    def __init__(self, names: Names, named: int = 3) -> None:
        self._names, self._named = names, named
        self._count = 0

    def next(self) -> Name:
        """Return the next code, as a surname without a first name."""
        self._count += 1
        if self._count == self._named:
            return self._names.next()
        return Name(f"К-{100 + self._count}", "", "")


def _patronymic(father: str, is_girl: bool) -> str:
    father = {"Пётр": "Петр", "Павел": "Павл"}.get(father, father)  # the vowel falls out
    if father.endswith("й"):
        return father[:-1] + ("евна" if is_girl else "евич")
    return father + ("овна" if is_girl else "ович")
