"""What a paper's paragraphs are called in Word: the builder makes the styles, the drawer knows them."""

from typing import Final

LETTERHEAD: Final = "Бланк"
TITLE: Final = "Название бумаги"
HEADING: Final = "Заголовок таблицы"
TEXT: Final = "Текст бумаги"
CELL: Final = "Ячейка"
SIGN: Final = "Подпись"
GRID: Final = "Table Grid"  # of a table that is data; one without lines holds a signature
UNDER: Final = "(подпись)"
