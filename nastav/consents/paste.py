"""A block pasted from Excel, spread over the list of missing consents."""

from collections.abc import Sequence
from typing import Any

from nastav import dates, ru
from nastav.consents.models import SIGNER_LABELS
from nastav.consents.queries import Missing
from nastav.intake import block
from nastav.intake.block import Column, Grid, Spread
from nastav.paging import FORM_ROWS
from nastav.people import pasted

_SIGNERS = {ru.search_key(label): signer.value for signer, label in SIGNER_LABELS.items()}


def spread(text: str, found: Sequence[Missing]) -> Spread[int]:
    """Return the papers that a block tells of, by the id of the person without a consent."""
    grid = Grid(
        keys=[missing.who.person_id for missing in found],
        naming=(pasted.people(missing.who for missing in found),),
        columns=(
            Column("signed_on", r"дата\b.*|подписано", _day, "нужна дата, например 01.09.2020"),
            Column("signer", r"кто подписал|подписал\b.*", _signer, "выберите, кто подписал"),
            Column("number", r"n|номер|n согласия|номер согласия"),
        ),
        unknown="среди тех, у кого нет согласия, такого имени нет.",
        must_name=True,  # whose a paper is, is never guessed by the order
        most=FORM_ROWS,
    )
    return block.spread(text, grid)


def put(data: Any, spread: Spread[int], found: Sequence[Missing]) -> None:
    """Put what was pasted among the fields that were sent: ticked, of today where no day is told."""
    ticked = data.getlist("got")
    signers = {missing.who.person_id: missing.signer.value for missing in found}
    for person_id, cells in spread.cells.items():
        usual = {"signed_on": ru.date_short(dates.today()), "signer": signers[person_id]}
        for name, text in (usual | dict(cells)).items():
            if name in cells or f"p{person_id}-{name}" not in data:
                data[f"p{person_id}-{name}"] = text
        ticked.append(str(person_id))
    data.setlist("got", list(dict.fromkeys(ticked)))


def _day(text: str) -> str | None:
    try:
        ru.parse_date(text, today=dates.today())
    except ru.BadDate:
        return None
    return text


def _signer(text: str) -> str | None:
    return _SIGNERS.get(ru.search_key(text))
