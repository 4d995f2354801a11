"""What the help says of the hard fields of forms; «?» beside a field shows the same paragraph in place."""

from typing import NamedTuple


class Topic(NamedTuple):
    """A paragraph of the help."""

    title: str
    text: str


TOPICS = {
    "status": Topic(
        "Статус: выполнено, не требуется",
        "Для «выполнено» нужны дата не позже сегодняшней и подтверждение: документ или люди, которых "
        "сайт видит в базе и парах. Для «не требуется» — причина, без даты и документов.",
    ),
    "documents": Topic(
        "Подтверждающие документы",
        "Вид, номер и дата: «Приказ № 145 от 12.10.2020». Файл прикладывать не обязательно; подойдут "
        "PDF, JPG, PNG, Word, Excel, ODT, ODS, RTF до 10 МБ, по одному, когда документ сохранён.",
    ),
    "reason": Topic(
        "Почему не требуется",
        "Напишите, чего в школе нет: «Молодых педагогов в школе нет».",
    ),
}
