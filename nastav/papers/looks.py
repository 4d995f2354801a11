"""What a paper's paragraphs are called in Word: the builder makes the styles, the drawer knows them."""

from typing import Final

LETTERHEAD: Final = "Бланк"
ORGANISATION: Final = "Название школы"
KIND: Final = "Вид бумаги"
NUMBER: Final = "Дата и номер"
PLACE: Final = "Место"
TITLE: Final = "Название бумаги"
SUBJECT: Final = "Заголовок бумаги"
HEADING: Final = "Заголовок таблицы"
TEXT: Final = "Текст бумаги"
ORDERING: Final = "Приказываю"
LEFT: Final = "Без отступа"
SMALL: Final = "Мелкий текст"
STAMP: Final = "Гриф"
RULED: Final = "Линейка"
CAPTION: Final = "Под чертой"
CHECK: Final = "Отметка"
CELL: Final = "Ячейка"
SIGN: Final = "Подпись"
SEEN: Final = "Ознакомление"
GRID: Final = "Table Grid"  # of a table that is data; one without lines holds a signature
UNDER: Final = "(подпись)"
LINE: Final = "____________"  # where one signs
DAY: Final = "от _________________"
NO: Final = "№\N{NO-BREAK SPACE}_________"
BOX: Final = "☐"
