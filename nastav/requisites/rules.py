"""What a paper lacks of the requisites."""

from collections.abc import Iterable

from nastav.requisites.records import FIELDS, Requisites


def missing(requisites: Requisites, needs: Iterable[str]) -> list[str]:
    """Return which of the requisites asked for are not there yet: keys of `FIELDS`, in their order."""
    wanted = set(needs)
    return [key for key in FIELDS if key in wanted and not _is_there(requisites, key)]


def _is_there(requisites: Requisites, key: str) -> bool:
    if key == "curator":
        return bool(requisites.curator_name)
    if key == "curator_whom":
        return bool(requisites.curator_whom and requisites.curator_post_whom)
    return bool(getattr(requisites, key))
