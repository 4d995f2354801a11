"""The one way in: a photo's bytes without the place where it was taken."""

from nastav.photos import jpeg, png
from nastav.photos.blocks import Damaged, Found, Removed
from nastav.photos.tiff import TooMuch

__all__ = ["CLEARED", "REMOVED", "Damaged", "Removed", "without_place"]

REMOVED = {
    Removed.PLACE: "Координаты места съёмки удалены",
    Removed.DESCRIPTION: "Описание снимка удалено: в нём могли быть координаты места съёмки",
    Removed.TAIL: "Видео и служебные данные при снимке удалены: в них могли быть координаты",
}
CLEARED = {"image/jpeg": jpeg.clear, "image/png": png.clear}


def without_place(content: bytes, media_type: str) -> tuple[bytes, list[Removed]]:
    """Return the photo without coordinates, its picture unchanged, and what was taken out.

    A file of another type comes back as it is.

    Raises:
        Damaged: the file is broken, or made to keep the server busy, so that nobody can say whether
            coordinates are in it.
    """
    found = Found()
    clear = CLEARED.get(media_type)
    try:
        cleared = clear(content, found) if clear else content
    except TooMuch as error:
        raise Damaged from error
    return cleared, [removed for removed in Removed if removed in found]
