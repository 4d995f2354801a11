"""A block pasted from Excel, spread over the activities of a stage. Pure text in, cells out."""

from collections.abc import Mapping
from dataclasses import replace

from nastav import ru
from nastav.filling.words import status_of
from nastav.intake import block
from nastav.intake.block import Column, Grid, Naming, Spread


def _status(text: str) -> str | None:
    status = status_of(text)
    return status.value if status else None


COLUMNS = (
    Column(
        "status",
        r"(?:статус|отметка|состояние)\b.*",
        _status,
        "нет такого статуса, выберите его из списка",
    ),
    Column("done_on", r"дата|дата (?:выполнения|исполнения)"),
    Column("responsible", r"(?:ответственн\w+|исполнител[ьи])\b.*"),
    Column("document", r"(?:подтверждающи[ей] )?документы?|подтверждение|вид документа"),
    Column("doc_number", r"(?:номер|n) документа", is_in_order=False),
    Column("doc_dated", r"дата документа", is_in_order=False),
    Column("comment", r"(?:комментари[йи]|примечани[ея])\b.*"),
    Column("reason", r"почему не требуется|причина\b.*"),
)
_DOCUMENT = {"document", "doc_number", "doc_dated"}


def spread(text: str, titles: Mapping[int, str]) -> Spread[int]:
    """Return the cells of a pasted block for the activities with these numbers and titles."""
    count = ru.counted(len(titles), "мероприятие", "мероприятия", "мероприятий")
    numbers = block.named((number, [str(number)]) for number in titles)
    names = block.named((number, [title]) for number, title in titles.items())
    grid = Grid(
        keys=list(titles),
        naming=(
            Naming(r"|n|номер|(?:n )?п п", numbers, lambda text: text.rstrip(".").isdecimal()),
            Naming(r"мероприяти[ея]\b.*|наименование\b.*", names, lambda _: False),
        ),
        columns=COLUMNS,
        unknown=f"в этапе {count}.",
        is_loose=True,
    )
    found = block.spread(text, grid)
    return replace(found, cells={key: _cells(cells) for key, cells in found.cells.items()})


def _cells(named: Mapping[str, str]) -> Mapping[str, str]:
    """Return the cells of a row under the names of the form's fields."""
    cells = {name: text for name, text in named.items() if name not in _DOCUMENT}
    if document := _document(named):
        cells["document_line"] = document
    return cells


def _document(named: Mapping[str, str]) -> str:
    """Return a document's line, put together where the block has a column for each part."""
    parts = [named.get("document", "")]
    if number := named.get("doc_number"):
        parts.append(number if number.startswith("№") else f"№ {number}")
    if dated := named.get("doc_dated"):
        parts.append(dated if dated.startswith("от") else f"от {dated}")
    return " ".join(filter(None, parts))
