"""Invented people: names are drawn from lists, and no two of a school are called alike."""

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
FATHERS = "Иван Пётр Сергей Андрей Олег Павел Роман Максим Виктор Денис Антон".split()


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
    """A source of names for one school; it never gives the same surname and first name twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._given: set[tuple[str, str]] = set()

    def next(self) -> Name:
        """Return a name nobody of this school has yet."""
        while True:
            is_girl = self._random.random() < 0.5
            surname = self._random.choice(SURNAMES) + ("а" if is_girl else "")
            given = self._random.choice(GIRLS if is_girl else BOYS)
            if (surname, given) not in self._given:
                self._given.add((surname, given))
                return Name(surname, given, _patronymic(self._random.choice(FATHERS), is_girl))


def _patronymic(father: str, is_girl: bool) -> str:
    if father == "Пётр":
        return "Петровна" if is_girl else "Петрович"
    if father.endswith("й"):
        return father[:-1] + ("евна" if is_girl else "евич")
    return father + ("овна" if is_girl else "ович")
