"""The one way in: a photo's bytes without the place where it was taken."""

from nastav.photos import jpeg, png
from nastav.photos.blocks import Damaged, Found, Removed

__all__ = ["CLEARED", "Damaged", "Removed", "without_place"]

CLEARED = {"image/jpeg": jpeg.clear, "image/png": png.clear}


def without_place(content: bytes, media_type: str) -> tuple[bytes, list[Removed]]:
    """Return the photo without coordinates, its picture unchanged, and what was taken out.

    A file of another type comes back as it is.

    Raises:
        Damaged: the file is broken, so that nobody can say whether coordinates are in it.
    """
    found: Found = set()
    clear = CLEARED.get(media_type)
    cleared = clear(content, found) if clear else content
    return cleared, [one for one in Removed if one in found]
